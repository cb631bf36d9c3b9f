// SPDX-License-Identifier: GPL-3.0-or-later
// Facets from columns: as many as a count by hand, whatever is filtered, over one index or two.
#include <random>
#include <set>

#include "base/io.hpp"
#include "indexer/bulk.hpp"
#include "indexer/inspect.hpp"
#include "support.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace colophon::indexer {
namespace {

namespace fs = std::filesystem;

struct Made {
  std::string year, type;
  std::set<std::string> projects;
};

class Facets : public testing::Test {
 protected:
  // Replaces some of fifty works in each of the two indexes by others.
  void change(unsigned seed, std::size_t count) {
    std::mt19937 random(seed);
    for (std::size_t shard = 0; shard < 2; ++shard) {
      Writer writer = std::move(*Writer::open(dirs_[shard], {"library", shard ? "signed-in" : "public"}));
      for (std::size_t i = 0; i < count; ++i) {
        const std::string id = fmt::format("{}{:02}", shard ? "s" : "p", random() % 50);
        EntryData one = test::work(id, "On heat", static_cast<int>(2000 + random() % 6));
        Made made{std::to_string(*one.record.year()), random() % 2 ? "report" : "article", {}};
        one.record.type = made.type == "report" ? bib::WorkType::report : bib::WorkType::article;
        for (const char* project : {"Cool", "Urban Heat", "Water"}) {
          if (random() % 3) continue;
          one.record.add(bib::FieldId::project, bib::Text{project, ""});
          made.projects.insert(project);
        }
        ASSERT_TRUE(writer.replace(one.entry()));
        made_[id] = made;
        if (random() % 7 == 0) {
          ASSERT_TRUE(writer.remove(id));
          made_.erase(id);
        }
      }
      ASSERT_TRUE(writer.commit(seed));
    }
  }

  static bool fits(const Made& made, const std::vector<Filter>& filters, std::string_view but) {
    return std::ranges::all_of(filters, [&](const Filter& filter) {
      if (filter.name == but) return true;
      return std::ranges::any_of(filter.values, [&](const std::string& value) {
        if (filter.name == "year") return made.year == value;
        if (filter.name == "type") return made.type == value;
        return made.projects.contains(value);
      });
    });
  }

  std::map<std::string, std::size_t> by_hand(std::string_view facet, const std::vector<Filter>& filters) const {
    std::map<std::string, std::size_t> out;
    for (const auto& [id, made] : made_) {
      if (!fits(made, filters, facet)) continue;
      if (facet == "year") ++out[made.year];
      if (facet == "type") ++out[made.type];
      if (facet == "project")
        for (const std::string& project : made.projects) ++out[project];
    }
    return out;
  }

  void compare(const std::vector<Filter>& filters) {
    auto searcher = Searcher::open(dirs_);
    ASSERT_TRUE(searcher);
    const auto page = searcher->search({.text = "heat", .limit = 5, .filters = filters, .facets = {"year", "type", "project"}});
    ASSERT_TRUE(page);
    EXPECT_TRUE(page->exact);
    EXPECT_EQ(page->total, static_cast<std::size_t>(
                               std::ranges::count_if(made_, [&](const auto& one) { return fits(one.second, filters, ""); })));
    EXPECT_EQ(page->hits.size(), std::min<std::size_t>(5, page->total));
    for (const auto& [name, values] : page->facets) {
      std::map<std::string, std::size_t> got;
      for (const FacetValue& value : values) got[value.value] = value.count;
      EXPECT_EQ(got, by_hand(name, filters)) << name;
    }
  }

  TemporaryFolder folder_;
  std::vector<fs::path> dirs_ = {folder_.path() / "one", folder_.path() / "two"};
  std::map<std::string, Made> made_;
};

TEST_F(Facets, CountWhatElseCouldBeChosen) {
  change(1, 80);
  compare({});
  compare({{"type", {"report"}}});
  compare({{"type", {"report"}}, {"year", {"2001", "2003"}}});
  compare({{"type", {"report"}}, {"year", {"2001", "2003"}}, {"project", {"Cool", "Water"}}});
  compare({{"project", {"Urban Heat"}}, {"project", {"Water"}}});
  compare({{"type", {"no such type"}}});
}

TEST_F(Facets, FollowEveryChange) {
  for (unsigned seed = 1; seed < 12; ++seed) {
    change(seed, 9);
    compare({{"year", {"2002", "2004"}}});
  }
}

TEST_F(Facets, AreRightWithoutTheFileOfColumnsOrWithADamagedOne) {
  change(1, 80);
  fs::remove(dirs_[0] / "columns");
  ASSERT_TRUE(replace_file(dirs_[1] / "columns", "colophon columns 1\nnonsense"));
  compare({{"type", {"report"}}});
  change(2, 5);  // the next commit writes them again
  EXPECT_TRUE(fs::exists(dirs_[0] / "columns"));
  compare({{"type", {"report"}}});
}

TEST_F(Facets, AColumnsFileOfAnotherCommitIsNotRead) {
  change(1, 80);
  const auto old = read_file(dirs_[0] / "columns");
  change(2, 60);
  ASSERT_TRUE(replace_file(dirs_[0] / "columns", *old));
  compare({{"type", {"report"}}});
}

TEST_F(Facets, AFileCutShortIsNotRead) {
  change(1, 80);
  const std::string whole = *read_file(dirs_[0] / "columns");
  for (std::size_t size = 0; size < whole.size(); size += size < 80 ? 1 : 41) {  // each end of the first lines, too
    ASSERT_TRUE(replace_file(dirs_[0] / "columns", std::string_view(whole).substr(0, size)));
    compare({{"type", {"report"}}});
  }
}

TEST_F(Facets, CountTheSameAfterCompaction) {
  change(1, 80);
  change(2, 40);
  for (const fs::path& dir : dirs_) ASSERT_TRUE(compact(dir));
  compare({{"type", {"report"}}});
  change(3, 10);
  compare({{"type", {"report"}}});
}

TEST_F(Facets, PagesOfOneSearchAddUpToItsTotal) {
  change(1, 100);
  auto searcher = Searcher::open(dirs_);
  std::set<std::string> seen;
  std::size_t total = 0;
  for (std::size_t offset = 0;; offset += 7) {
    const auto page = searcher->search({.text = "heat", .offset = offset, .limit = 7, .facets = {"type"}});
    if (offset > 0) {
      EXPECT_EQ(page->total, total);
    }
    total = page->total;
    for (const Hit& hit : page->hits) EXPECT_TRUE(seen.insert(hit.id).second) << hit.id;
    if (page->hits.empty()) break;
  }
  EXPECT_EQ(seen.size(), total);
}

}  // namespace
}  // namespace colophon::indexer

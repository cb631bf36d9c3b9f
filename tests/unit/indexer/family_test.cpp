// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/family.hpp"

#include <algorithm>
#include <set>

#include "base/io.hpp"
#include "indexer/searcher.hpp"
#include "support.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace colophon::indexer {
namespace {

namespace fs = std::filesystem;
using Ids = std::vector<std::string>;

void relate(bib::Work& record, const char* relation, const char* scheme, const char* target) {
  record.add(bib::FieldId::related, bib::Link{relation, scheme, target, {}});
}
bib::Work with_doi(const char* doi) {
  bib::Work out;
  out.add(bib::FieldId::doi, bib::Code{doi});
  return out;
}

TEST(Family, IsTheEarliestIdentifierThatTheRecordKnows) {
  EXPECT_EQ(family_of(bib::Work{}), "");
  EXPECT_EQ(family_of(with_doi("10.1002/A")), "10.1002/a");
  struct Case {
    const char *relation, *scheme, *target, *family;
  };
  for (const Case& one :
       {Case{"has-preprint", "doi", "10.1009/p", "10.1009/p"}, Case{"has-preprint", "doi", "10.1001/P", "10.1001/p"},
        Case{"is-version-of", "doi", "10.1003/v1", "10.1003/v1"},
        Case{"has-preprint", "url", "https://doi.org/10.1009/p", "10.1009/p"},
        Case{"has-preprint", "url", "https://arxiv.org/abs/2101.00001v2", "10.48550/arxiv.2101.00001"},
        Case{"has-preprint", "arxiv", "2101.00001", "10.48550/arxiv.2101.00001"}, Case{"is-version-of", "pmid", "12345", "12345"},
        // what says nothing of an earlier version of the same work
        Case{"is-translation-of", "doi", "10.1009/p", "10.1002/a"}, Case{"corrects", "doi", "10.1009/p", "10.1002/a"},
        Case{"related", "doi", "10.1009/p", "10.1002/a"}, Case{"has-preprint", "doi", "no identifier", "10.1002/a"},
        Case{"has-preprint", "url", "https://example.org/p", "10.1002/a"}}) {
    bib::Work record = with_doi("10.1002/a");
    relate(record, one.relation, one.scheme, one.target);
    EXPECT_EQ(family_of(record), one.family) << one.relation << " " << one.target;
  }
}

TEST(Family, ArticlesAndTheirPreprintsAgreeInWhateverFormIsWritten) {
  bib::Work preprint, article = with_doi("10.1005/x");
  preprint.add(bib::FieldId::arxiv, bib::Code{"2101.00001"});
  relate(article, "has-preprint", "doi", "10.48550/arXiv.2101.00001");
  EXPECT_EQ(family_of(preprint), family_of(article));
}

TEST(Family, DoesNotDependOnTheOrderOfRelations) {
  bib::Work one = with_doi("10.1002/a"), other = with_doi("10.1002/a");
  relate(one, "has-preprint", "doi", "10.1009/p"), relate(one, "is-version-of", "doi", "10.1003/v1");
  relate(other, "is-version-of", "doi", "10.1003/v1"), relate(other, "has-preprint", "doi", "10.1009/p");
  EXPECT_EQ(family_of(one), family_of(other));
}

EntryData version(const char* id, const char* title, int year, const char* doi, const char* preprint = nullptr) {
  EntryData out = test::work(id, title, year);
  out.record.add(bib::FieldId::doi, bib::Code{doi});
  if (preprint) relate(out.record, "has-preprint", "doi", preprint);
  return out;
}

class Collapse : public testing::Test {
 protected:
  void index(std::vector<EntryData> works, const std::string& index_class = "public") {
    const fs::path dir = folder_.path() / index_class;
    Writer writer = std::move(*Writer::open(dir, {"library", index_class}));
    for (const EntryData& one : works) ASSERT_TRUE(writer.replace(one.entry()));
    ASSERT_TRUE(writer.commit(1));
    dirs_.push_back(dir);
  }
  ResultPage run(SearchRequest request) {
    auto page = Searcher::open(dirs_)->search(request);
    EXPECT_TRUE(page) << (page ? "" : page.error().message);
    return std::move(*page);
  }

  TemporaryFolder folder_;
  std::vector<fs::path> dirs_;
};

TEST_F(Collapse, TheBestVersionStandsForAll) {
  index({version("pre", "Heat plans of towns", 2023, "10.1009/p"), version("art", "Heat plans", 2024, "10.1002/a", "10.1009/p"),
         version("alone", "Heat waves and other plans for very many towns", 2020, "10.1002/b"),
         test::work("bare", "Heat plans without identifier")});
  const ResultPage page = run({.text = "heat plans", .facets = {"year"}, .collapse = true});
  EXPECT_EQ(page.hits.front().id, "art");
  EXPECT_EQ(page.hits.front().versions, 1u);
  EXPECT_EQ(test::ids(page).size(), 3u);
  EXPECT_EQ(std::ranges::count(test::ids(page), "pre"), 0);
  for (const Hit& hit : page.hits) {
    EXPECT_EQ(hit.versions, hit.id == "art" ? 1u : 0u) << hit.id;
  }
  // counted are works, each version for itself
  EXPECT_EQ(page.total, 4u);
  EXPECT_TRUE(page.exact);
  EXPECT_FALSE(page.more);
  EXPECT_EQ(page.facets.at("year").size(), 3u);
  // all of them on request, and by their family
  EXPECT_EQ(run({.text = "heat plans"}).hits.size(), 4u);
  Ids family = test::ids(run({.text = family_query(page.hits.front().family), .collapse = true}));
  std::ranges::sort(family);
  EXPECT_EQ(family, (Ids{"art", "pre"}));
}

TEST_F(Collapse, HoldsInEveryOrder) {
  index({version("pre", "Heat", 2023, "10.1009/p"), version("art", "Heat", 2024, "10.1002/a", "10.1009/p")});
  EXPECT_EQ(test::ids(run({.text = "heat", .sort = Sort::newest, .collapse = true})), Ids{"art"});
  EXPECT_EQ(test::ids(run({.text = "heat", .sort = Sort::oldest, .collapse = true})), Ids{"pre"});
  EXPECT_EQ(run({.text = "", .collapse = true}).hits.size(), 1u);
  // the other version is told of, also where it does not match
  EXPECT_EQ(run({.text = "heat year:2023", .collapse = true}).hits.front().versions, 1u);
}

TEST_F(Collapse, CountsOnlyWhatIsOpenAndNoTwinTwice) {
  EntryData known = version("art", "Heat", 2024, "10.1002/a", "10.1009/p"), full = known;
  known.twin = "signed-in";
  index({version("pre", "Heat", 2023, "10.1009/p"), known});
  EXPECT_EQ(run({.text = "heat", .collapse = true}).hits.front().versions, 1u);
  index({full}, "signed-in");
  const ResultPage page = run({.text = "heat", .collapse = true});
  EXPECT_EQ(page.hits.size(), 1u);
  EXPECT_EQ(page.hits.front().versions, 1u);
  EXPECT_EQ(page.total, 2u);
}

// Paging through a search shows each family once, whatever it is sorted by.
RC_GTEST_FIXTURE_PROP(Collapse, PagesShowEachFamilyOnce, (const std::vector<std::uint8_t>& families)) {
  RC_PRE(families.size() < 60u);
  std::vector<EntryData> works;
  std::set<int> distinct;
  for (std::size_t i = 0; i < families.size(); ++i) {
    const int family = families[i] % 20;
    distinct.insert(family);
    const std::string doi = fmt::format("10.1005/w{}", i), preprint = fmt::format("10.1001/f{}", family);
    works.push_back(
        version(fmt::format("w{:02}", i).c_str(), "Heat", 2000 + static_cast<int>(i % 7), doi.c_str(), preprint.c_str()));
  }
  fs::remove_all(folder_.path() / "public");
  dirs_.clear();
  index(works);
  for (const Sort sort : {Sort::relevance, Sort::newest, Sort::title}) {
    std::set<std::string> seen;
    std::size_t shown = 0;
    for (std::size_t offset = 0;; offset += 7) {
      const ResultPage page = run({.text = "heat", .offset = offset, .limit = 7, .sort = sort, .collapse = true});
      RC_ASSERT(page.total == families.size());
      for (const Hit& hit : page.hits) RC_ASSERT(seen.insert(hit.family.empty() ? hit.id : hit.family).second);
      shown += page.hits.size();
      RC_ASSERT(page.more == (shown < distinct.size()));
      if (!page.more) break;
    }
    RC_ASSERT(shown == distinct.size());
  }
}

}  // namespace
}  // namespace colophon::indexer

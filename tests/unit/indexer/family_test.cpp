// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/family.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/io.hpp"
#include "indexer/bulk.hpp"
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

TEST(VersionLinks, AreWhatARecordSaysOfItsVersions) {
  EXPECT_EQ(version_links(bib::Work{}).key(), "");
  EXPECT_EQ(version_links(with_doi("10.1002/A")).own, Ids{"10.1002/a"});
  struct Case {
    const char *relation, *scheme, *target;
    Ids earlier, later;
  };
  for (const Case& one : {
           Case{"has-preprint", "doi", "10.1001/P", {"10.1001/p"}, {}},
           Case{"is-version-of", "doi", "10.1003/v1", {"10.1003/v1"}, {}},
           Case{"is-preprint-of", "doi", "10.1003/x", {}, {"10.1003/x"}},
           Case{"has-version", "pmcid", "PMC123", {}, {"pmc123"}},
           Case{"is-updated-by", "doi", "10.1003/x", {}, {"10.1003/x"}},
           Case{"has-preprint", "url", "https://doi.org/10.1009/p", {"10.1009/p"}, {}},
           Case{"has-preprint", "url", "https://arxiv.org/abs/2101.00001v2", {"10.48550/arxiv.2101.00001"}, {}},
           Case{"has-preprint", "arxiv", "2101.00001", {"10.48550/arxiv.2101.00001"}, {}},
           Case{"is-version-of", "pmid", "12345", {"12345"}, {}},
           // what says nothing of another version of the same work
           Case{"is-translation-of", "doi", "10.1009/p", {}, {}},
           Case{"corrects", "doi", "10.1009/p", {}, {}},
           Case{"related", "doi", "10.1009/p", {}, {}},
           Case{"has-preprint", "doi", "no identifier", {}, {}},
           Case{"has-preprint", "url", "https://example.org/p", {}, {}},
       }) {
    bib::Work record = with_doi("10.1002/a");
    relate(record, one.relation, one.scheme, one.target);
    const VersionLinks links = version_links(record);
    EXPECT_EQ(links.earlier, one.earlier) << one.relation << " " << one.target;
    EXPECT_EQ(links.later, one.later) << one.relation << " " << one.target;
    EXPECT_EQ(links.key(), "10.1002/a");
  }
}

TEST(VersionLinks, NameAWorkWithoutIdentifiersByItsVersions) {
  bib::Work record;
  relate(record, "has-preprint", "doi", "10.1009/p"), relate(record, "is-version-of", "doi", "10.1003/v1");
  EXPECT_EQ(version_links(record).key(), "10.1003/v1");
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

// A work with these links, "relation target".
EntryData linked(const char* id, int year, const char* doi, std::initializer_list<std::pair<const char*, const char*>> links) {
  EntryData out = test::work(id, "Heat", year);
  if (*doi) out.record.add(bib::FieldId::doi, bib::Code{doi});
  for (const auto& [relation, target] : links) relate(out.record, relation, "doi", target);
  return out;
}

TEST_F(Collapse, FollowsChains) {
  index({linked("v1", 2020, "10.1001/v1", {}), linked("v2", 2021, "10.1001/v2", {{"is-version-of", "10.1001/v1"}}),
         linked("v3", 2022, "10.1001/v3", {{"is-version-of", "10.1001/v2"}}),
         linked("art", 2023, "10.1001/a", {{"has-preprint", "10.1001/v3"}}), linked("else", 2019, "10.1001/e", {})});
  const ResultPage page = run({.text = "heat", .sort = Sort::newest, .collapse = true});
  EXPECT_EQ(test::ids(page), (Ids{"art", "else"}));
  EXPECT_EQ(page.hits.front().versions, 3u);
  EXPECT_EQ(page.hits.front().family, "10.1001/v1");
  EXPECT_EQ(page.total, 5u);
  for (const char* any : {"10.1001/v1", "10.1001/V2", "10.1001/a"})
    EXPECT_EQ(run({.text = family_query(any), .collapse = true}).total, 4u) << any;
  EXPECT_EQ(run({.text = fmt::format("heat -{}", family_query("10.1001/v3"))}).total, 1u);
}

TEST_F(Collapse, ALinkFromEitherSideJoins) {
  index({linked("pre", 2020, "10.1001/p", {{"is-preprint-of", "10.1001/a"}}), linked("art", 2021, "10.1001/a", {}),
         linked("next", 2022, "10.1001/n", {}), linked("old", 2018, "10.1001/o", {{"has-version", "10.1001/p"}})});
  const ResultPage page = run({.text = "heat", .sort = Sort::newest, .collapse = true});
  EXPECT_EQ(test::ids(page), (Ids{"next", "art"}));
  EXPECT_EQ(page.hits.back().family, "10.1001/o");
  EXPECT_EQ(page.hits.back().versions, 2u);
}

TEST_F(Collapse, AVersionIsKnownByAnyOfItsIdentifiers) {
  EntryData preprint = test::work("pre", "Heat", 2020), article = linked("art", 2021, "10.1001/a", {});
  preprint.record.add(bib::FieldId::arxiv, bib::Code{"2101.00001"});
  relate(article.record, "has-preprint", "doi", "10.48550/arXiv.2101.00001");
  article.record.add(bib::FieldId::pmid, bib::Code{"12345"});
  EntryData update = linked("up", 2022, "10.1001/u", {});
  relate(update.record, "is-version-of", "pmid", "12345");
  index({preprint, article, update});
  const ResultPage page = run({.text = "heat", .sort = Sort::newest, .collapse = true});
  EXPECT_EQ(test::ids(page), Ids{"up"});
  EXPECT_EQ(page.hits.front().versions, 2u);
  EXPECT_EQ(page.hits.front().family, "10.48550/arxiv.2101.00001");
}

TEST_F(Collapse, MeetsThroughAVersionThatIsNotThere) {
  index({linked("a", 2020, "10.1001/a", {{"has-preprint", "10.1001/gone"}}),
         linked("b", 2021, "", {{"is-version-of", "10.1001/gone"}})});
  const ResultPage page = run({.text = "heat", .sort = Sort::newest, .collapse = true});
  EXPECT_EQ(test::ids(page), Ids{"b"});
  EXPECT_EQ(page.hits.front().versions, 1u);
  EXPECT_EQ(page.hits.front().family, "10.1001/gone");
}

TEST_F(Collapse, AHiddenVersionJoinsNothing) {
  // The middle of a chain stands in an index that a visitor does not open.
  const EntryData first = linked("a", 2020, "10.1001/a", {}), last = linked("c", 2022, "10.1001/c", {});
  index({first, last});
  index({linked("b", 2021, "10.1001/b", {{"is-version-of", "10.1001/a"}, {"is-preprint-of", "10.1001/c"}})}, "signed-in");
  dirs_.pop_back();
  const ResultPage page = run({.text = "heat", .sort = Sort::newest, .collapse = true});
  EXPECT_EQ(test::ids(page), (Ids{"c", "a"}));
  EXPECT_EQ(page.hits.front().versions, 0u);
}

// Families are the connected works, whatever order they came in and however often they were replaced.
RC_GTEST_FIXTURE_PROP(Collapse, FamiliesAreWhatLinksConnect, (const std::vector<std::pair<std::uint8_t, std::uint8_t>>& drawn)) {
  RC_PRE(drawn.size() < 25u);
  constexpr std::size_t kWorks = 20;
  std::vector<EntryData> works;
  std::array<std::size_t, kWorks> root;
  for (std::size_t i = 0; i < kWorks; ++i) {
    root[i] = i;
    works.push_back(
        linked(fmt::format("w{:02}", i).c_str(), 2000 + static_cast<int>(i), fmt::format("10.1001/{:02}", i).c_str(), {}));
  }
  std::vector<EntryData> bare = works;
  for (const auto& [from, to] : drawn) {
    constexpr std::array kRelations = {"has-preprint", "is-version-of", "is-preprint-of", "has-version"};
    const std::size_t a = from % kWorks, b = to % kWorks;
    relate(works[a].record, kRelations[from / kWorks % 4], "doi", fmt::format("10.1001/{:02}", b).c_str());
    const std::size_t old = root[a], now = root[b];
    for (std::size_t& one : root) one = one == old ? now : one;
  }
  fs::remove_all(folder_.path());
  dirs_.clear();
  index(bare), dirs_.clear();
  std::ranges::rotate(works, works.begin() + (drawn.empty() ? 0 : drawn.front().first % kWorks));
  index(works);
  const ResultPage page = run({.text = "heat", .limit = kWorks, .sort = Sort::oldest, .collapse = true});
  RC_ASSERT(page.hits.size() == std::set<std::size_t>(root.begin(), root.end()).size());
  for (const Hit& hit : page.hits) {
    const std::size_t i = std::stoul(hit.id.substr(1));
    RC_ASSERT(hit.versions + 1 == static_cast<std::size_t>(std::ranges::count(root, root[i])));
    if (hit.versions > 0) RC_ASSERT(run({.text = family_query(hit.family)}).total == hit.versions + 1);
  }
  // an index made anew says the same
  const fs::path anew = folder_.path() / "anew";
  const StreamFactory streams = [&](std::size_t share, std::size_t shares) -> Result<Stream> {
    return [&works, shares, at = share](EntryData& entry) mutable -> Result<bool> {
      if (at >= works.size()) return false;
      entry = works[at];
      at += shares;
      return true;
    };
  };
  RC_ASSERT(build(anew, {.jobs = 1, .identity = {"library", "public"}}, streams).has_value());
  dirs_ = {anew};
  const ResultPage same = run({.text = "heat", .limit = kWorks, .sort = Sort::oldest, .collapse = true});
  RC_ASSERT(test::ids(same) == test::ids(page));
  for (std::size_t i = 0; i < page.hits.size(); ++i) RC_ASSERT(same.hits[i].family == page.hits[i].family);
}

}  // namespace
}  // namespace colophon::indexer

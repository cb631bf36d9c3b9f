// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/priors.hpp"

#include "base/io.hpp"
#include "indexer/query/parser.hpp"
#include "support.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace colophon::indexer {
namespace {

namespace fs = std::filesystem;
using Ids = std::vector<std::string>;

TEST(Priors, AreOffWhereASearchSaysExactlyWhatItSeeks) {
  struct Case {
    const char* query;
    Priors priors;
  };
  for (const Case& one : {
           Case{"heat plans", Priors::on},
           Case{"", Priors::on},
           Case{"(flood OR drought) africa", Priors::on},
           Case{"nature-based solutions", Priors::on},
           Case{"heat near/8 city", Priors::on},
           Case{"adapt*", Priors::on},
           Case{"~\"heat wave\"", Priors::on},
           Case{"concept:\"heat wave\"", Priors::on},
           Case{"heat type:report year:2019.. date:\"last month\"", Priors::on},
           Case{"heat -\"urban heat island\" -author:meerow", Priors::on},
           Case{"\"heat plans\"", Priors::off},
           Case{"cities \"heat plans\"", Priors::off},
           Case{"flood OR \"heat plans\"", Priors::off},
           Case{"\"heat plans\" near cities", Priors::off},
           Case{"author:meerow", Priors::off},
           Case{"heat title:plans", Priors::off},
           Case{"title:resil*", Priors::off},
           Case{"author:(folke OR meerow) heat", Priors::off},
       })
    EXPECT_EQ(priors_for(query::parse(one.query).root), one.priors) << one.query;
}

TEST(Priors, LieBetweenNoneAndOne) {
  EXPECT_EQ(citation_prior(0), 0);
  EXPECT_LT(citation_prior(1), citation_prior(2));
  EXPECT_EQ(citation_prior(100), 1);
  EXPECT_EQ(citation_prior(5000), 1);
  EXPECT_EQ(recency_prior(0, 2026), 0);
  EXPECT_EQ(recency_prior(2030, 2026), 1);
  EXPECT_EQ(recency_prior(2026, 2026), 1);
  EXPECT_DOUBLE_EQ(recency_prior(2016, 2026), 0.5);
  EXPECT_DOUBLE_EQ(recency_prior(2006, 2026), 1.0 / 3);
}

constexpr Weights kWithout = {.citation = 0, .recency = 0};

class RankingByPriors : public testing::Test {
 protected:
  void index(const std::vector<EntryData>& works, const std::string& index_class = "public") {
    Writer writer = std::move(*Writer::open(folder_.path() / index_class, {"library", index_class}));
    for (const EntryData& one : works) ASSERT_TRUE(writer.replace(one.entry()));
    ASSERT_TRUE(writer.commit(1));
  }
  ResultPage run(const std::string& text, Weights weights = {}, Ids classes = {"public"}) {
    std::vector<fs::path> dirs;
    for (const std::string& one : classes) dirs.push_back(folder_.path() / one);
    auto searcher = Searcher::open(dirs);
    return std::move(*searcher->search({.text = text, .today = "2026-11-22", .explain = true, .weights = weights}));
  }
  // The line of an explanation that begins so: its works and weight.
  static const ExplainedPart* line(const ResultPage& page, std::string_view beginning) {
    for (const ExplainedPart& part : page.explanation->parts) {
      if (part.what.starts_with(beginning)) return &part;
    }
    return nullptr;
  }

  TemporaryFolder folder_;
};

EntryData with_doi(EntryData work, const std::string& doi) {
  work.record.add(bib::FieldId::doi, bib::Code{doi});
  return work;
}
EntryData citing(EntryData work, const std::string& doi) {
  work.record.add(bib::FieldId::reference, bib::Link{"references", "doi", doi, "Some work"});
  return work;
}

TEST_F(RankingByPriors, OfEqualsTheCitedAndTheNewerStandFirst) {
  index({with_doi(test::work("a", "Heat plans one", 2010), "10.1000/a"),
         with_doi(test::work("b", "Heat plans two", 2010), "10.1000/B"), test::work("c", "Heat plans six", 2012),
         test::work("d", "Heat plans ten", 0), citing(test::work("e", "Coal", 2011), "10.1000/b"),
         citing(test::work("f", "Ore", 2011), "10.1000/b")});
  EXPECT_EQ(test::ids(run("heat plans", kWithout)), (Ids{"a", "b", "c", "d"}));
  const ResultPage page = run("heat plans");
  EXPECT_EQ(test::ids(page), (Ids{"b", "c", "a", "d"}));
  const ExplainedPart* const cited = line(page, "is cited");
  ASSERT_TRUE(cited);
  EXPECT_EQ(cited->works, 2u);
  const ExplainedPart* const recent = line(page, "how new it is: 2010");
  ASSERT_TRUE(recent);
  EXPECT_GT(recent->weight, 0);
  double sum = 0;
  for (const ExplainedPart& part : page.explanation->parts) sum += part.depth == 1 ? part.weight : 0;
  EXPECT_NEAR(sum, page.hits.front().score, 1e-9);
  EXPECT_EQ(line(page, "citations and year do not count"), nullptr);
}

TEST_F(RankingByPriors, AWorkThatSaysMoreIsNotOvertaken) {
  std::vector<EntryData> works = {test::work("new", "Heat and the sea and its harbours", 2026),
                                  test::work("old", "Heat heat heat", 1950)};
  works.front() = with_doi(std::move(works.front()), "10.1000/new");
  for (int i = 0; i < 150; ++i) works.push_back(citing(test::work(fmt::format("z{}", i), "Coal", 2000), "10.1000/new"));
  index(works);
  EXPECT_EQ(test::ids(run("heat")), (Ids{"old", "new"}));
}

TEST_F(RankingByPriors, AreOffForTitlesPhrasesAndFields) {
  index({with_doi(test::work("a", "Heat plans: a guide", 2000), "10.1000/a"),
         test::work("b", "Heat plans, a guide to them", 2026), test::work("c", "Plans of a guide to heat", 2026)});
  for (const char* text :
       {"heat plans: a guide", "HEAT PLANS A GUIDE", "\"heat plans\"", "title:heat", "author:nobody OR heat"}) {
    const ResultPage page = run(text), bare = run(text, kWithout);
    ASSERT_FALSE(page.hits.empty()) << text;
    EXPECT_EQ(test::ids(page), test::ids(bare)) << text;
    for (std::size_t i = 0; i < page.hits.size(); ++i) EXPECT_EQ(page.hits[i].score, bare.hits[i].score) << text;
    const ExplainedPart* const off = line(page, "citations and year do not count: the search says exactly what it seeks");
    ASSERT_TRUE(off) << text;
    EXPECT_EQ(off->weight, 0);
  }
  EXPECT_EQ(line(run("guide heat"), "citations and year"), nullptr);
}

TEST_F(RankingByPriors, CountsOnlyWhatIsOpenAndAWorkOnce) {
  EntryData known = citing(test::work("known", "Coal", 2000), "10.1000/a"), full = known;
  known.twin = "signed-in";
  index({with_doi(test::work("a", "Heat of towns", 2010), "10.1000/a"),
         with_doi(test::work("b", "Heat of the sea", 2010), "10.1000/b"), known});
  index({full, citing(test::work("hidden", "Ore", 2000), "10.1000/a")}, "signed-in");
  const auto citations = [&](Ids classes) { return line(run("heat", {}, std::move(classes)), "is cited")->works; };
  EXPECT_EQ(citations({"public"}), 1u);
  EXPECT_EQ(citations({"public", "signed-in"}), 2u);
}

// Whoever changes places differed by less than the shares allow, whatever the years and citations.
RC_GTEST_FIXTURE_PROP(RankingByPriors, ChangeOnlyNearTies, (const std::vector<std::pair<std::uint8_t, std::uint8_t>>& works)) {
  RC_PRE(works.size() > 1u && works.size() < 40u);
  std::vector<EntryData> entries;
  for (std::size_t i = 0; i < works.size(); ++i) {
    std::string text;
    for (int n = 0; n < works[i].first % 13; ++n) text += n % 3 ? "heat " : "sea ";
    const std::string id = fmt::format("w{:02}", i);
    entries.push_back(with_doi(test::work(id, "Heat and more", 1950 + works[i].second % 80, text), "10.1000/" + id));
    for (int n = 0; n < works[i].second % 5; ++n)
      entries.push_back(citing(test::work(fmt::format("{}c{}", id, n), "Coal"), "10.1000/" + id));
  }
  fs::remove_all(folder_.path() / "public");
  index(entries);
  const Weights weights{.citation = 0.03, .recency = 0.02};
  const ResultPage before = run("heat", kWithout), after = run("heat", weights);
  std::map<std::string, double> score;
  for (const Hit& hit : before.hits) score[hit.id] = hit.score;
  const double reach = (weights.citation + weights.recency) * before.hits.front().score;
  double highest = 0;  // of what stands below
  for (auto hit = after.hits.rbegin(); hit != after.hits.rend(); ++hit) {
    const auto found = score.find(hit->id);
    if (found == score.end()) continue;  // it was on the second page
    RC_ASSERT(highest - found->second <= reach + 1e-9);
    highest = std::max(highest, found->second);
  }
}

}  // namespace
}  // namespace colophon::indexer

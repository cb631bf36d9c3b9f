// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/concepts.hpp"

#include "base/io.hpp"
#include "base/text.hpp"
#include "support.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace colophon::indexer {
namespace {

namespace fs = std::filesystem;
using Ids = std::vector<std::string>;

bib::Concept named(std::string id, std::vector<bib::Concept::Label> labels, Ids broader = {}) {
  bib::Concept out;
  out.id = std::move(id);
  out.preferred = {labels.front()};
  out.other.assign(labels.begin() + 1, labels.end());
  out.broader = std::move(broader);
  return out;
}

std::shared_ptr<const Thesaurus> small() {
  return std::make_shared<const Thesaurus>(std::vector<bib::Concept>{
      named("urn:Heat", {{"heat", "en"}, {"Hitze", "de"}}),
      named("urn:wave", {{"heat wave", "en"}, {"Hitzewelle", "de"}, {"ola de calor", "es"}}, {"urn:Heat"}),
      named("urn:change", {{"climate change", "en"}, {"cambio climático", "es"}}),
      named("urn:law", {{"loi sur l’eau", "fr"}, {"ISO 14001", ""}}),
      named("urn:loop-a", {{"alpha", "en"}}, {"urn:loop-b"}),
      named("urn:loop-b", {{"beta", "en"}}, {"urn:loop-a", "urn:unknown"}),
  });
}

Ids found(std::string_view language, std::initializer_list<std::string_view> texts) {
  const ConceptFinder finder(small());
  Analyser analyser;
  const Analyser::Numbering numbering(analyser);
  ConceptSearch search(finder, numbering.lexicon());
  const auto known = stemmed_languages();
  for (const std::string_view text : texts) {
    search.begin(static_cast<std::uint8_t>(std::ranges::find(known, language) - known.begin()));
    analyser.tokens(clean(text), [&](const Token& token) { search.add(token.word); });
  }
  Ids out = search.found();
  std::ranges::sort(out);
  return out;
}

TEST(Concepts, AreFoundInTheWordsOfATextInAnyForm) {
  EXPECT_EQ(found("en", {"Plans for heat"}), Ids{"urn:Heat"});
  EXPECT_EQ(found("en", {"Two HEAT WAVES, then rain"}), (Ids{"urn:Heat", "urn:wave"}));
  EXPECT_EQ(found("en", {"waves of the sea"}), Ids{});
  EXPECT_EQ(found("en", {"heat", "wave"}), Ids{"urn:Heat"}) << "a label goes over no border";
  EXPECT_EQ(found("es", {"la ola de calor"}), (Ids{"urn:Heat", "urn:wave"}));
  EXPECT_EQ(found("de", {"der Hitzewellen"}), (Ids{"urn:Heat", "urn:wave"}));
  EXPECT_EQ(found("fr", {"La loi sur l’eau de 1992, et ISO 14001"}), Ids{"urn:law"});
  EXPECT_EQ(found("en", {""}), Ids{});
}

TEST(Concepts, AreFoundInTextsOfOtherLanguagesAsTheyAreWritten) {
  EXPECT_EQ(found("en", {"what Germans call Hitze"}), Ids{"urn:Heat"});
  EXPECT_EQ(found("pt", {"sobre climate change"}), Ids{"urn:change"});
}

TEST(Concepts, MarksMayBeMissing) {
  EXPECT_EQ(found("es", {"el cambio climático"}), Ids{"urn:change"});
  EXPECT_EQ(found("es", {"el cambio climatico"}), Ids{"urn:change"});
}

TEST(Concepts, BroaderOnesAreNamedTooOnceEach) { EXPECT_EQ(found("en", {"alpha alpha"}), (Ids{"urn:loop-a", "urn:loop-b"})); }

TEST(Concepts, AreCalledAsTheLanguageCallsThem) {
  const auto thesaurus = small();
  EXPECT_EQ(thesaurus->label_of("urn:heat", "en"), "heat") << "as terms of the index have the id";
  EXPECT_EQ(thesaurus->label_of("urn:law", "de"), "loi sur l’eau");
  EXPECT_EQ(thesaurus->label_of("urn:nothing", "de"), "urn:nothing");
}

class ConceptFacet : public testing::Test {
 protected:
  void index(const std::vector<EntryData>& works, const std::string& index_class = "public") {
    const fs::path dir = folder_.path() / index_class;
    Writer writer = std::move(*Writer::open(dir, {"library", index_class}));
    for (EntryData one : works) {
      one.concepts = &finder_;
      ASSERT_TRUE(writer.replace(one.entry()));
    }
    ASSERT_TRUE(writer.commit(1));
    if (std::ranges::find(dirs_, dir) == dirs_.end()) dirs_.push_back(dir);
  }
  ResultPage run(const std::string& text, std::vector<Filter> filters = {}) {
    SearchRequest request{.text = text, .filters = std::move(filters), .facets = {"concept", "year"}};
    request.other_names = [this](std::string_view field, std::string_view name) {
      return field == "concept" ? thesaurus_->other_names(name) : std::vector<query::Label>{};
    };
    request.concepts = [this](std::string_view name) { return thesaurus_->ids_of(name); };
    auto page = Searcher::open(dirs_)->search(request);
    EXPECT_TRUE(page) << (page ? "" : page.error().message);
    return std::move(*page);
  }
  static std::string counts(const ResultPage& page) {
    std::string out;
    for (const FacetValue& value : page.facets.at("concept")) out += fmt::format("{} {} ", value.value, value.count);
    return out;
  }

  std::shared_ptr<const Thesaurus> thesaurus_ = small();
  ConceptFinder finder_{thesaurus_};
  TemporaryFolder folder_;
  std::vector<fs::path> dirs_;
};

TEST_F(ConceptFacet, CountsTheWorksThatNameAConceptOrANarrowerOne) {
  EntryData body = test::work("c", "Towns", 2019);
  body.passages = {test::section("Results", "A heat wave came.")};
  index({test::work("a", "Heat plans", 2020), test::work("b", "Heat waves and climate change", 2020), body,
         test::work("d", "Coal", 2021)});
  EXPECT_EQ(counts(run("")), "urn:heat 3 urn:wave 2 urn:change 1 ");
  EXPECT_EQ(counts(run("year:2020")), "urn:heat 2 urn:change 1 urn:wave 1 ");
  // a choice does not narrow its own counts, but those of the others
  const ResultPage chosen = run("", {{"concept", {"urn:wave"}}});
  EXPECT_EQ(chosen.total, 2u);
  EXPECT_EQ(counts(chosen), "urn:heat 3 urn:wave 2 urn:change 1 ");
  EXPECT_EQ(chosen.facets.at("year").size(), 2u);
  EXPECT_EQ(run("", {{"concept", {"urn:wave", "urn:change"}}, {"year", {"2019"}}}).total, 1u);
  EXPECT_EQ(run("", {{"concept", {"urn:nothing"}}}).total, 0u);
}

TEST_F(ConceptFacet, AsManyAsAQueryForTheConceptFinds) {
  std::vector<EntryData> works;
  for (int i = 0; i < 90; ++i) {
    EntryData one = test::work(fmt::format("w{:02}", i), fmt::format("Report {}", i), 2000 + i % 5, i % 4 ? "about Hitze" : "");
    if (i % 3 == 0) one.passages = {test::page(1, "the heat waves of the year")};
    if (i % 7 == 0) one.passages.push_back(test::page(2, "climate change"));
    works.push_back(std::move(one));
  }
  index(works);
  works.resize(40);
  for (EntryData& one : works) one.passages = {test::page(1, "alpha")};
  index(works);  // replaced
  for (const char* text : {"", "report", "report year:2001..2003", "hitze"}) {
    const ResultPage page = run(text);
    EXPECT_FALSE(page.facets.at("concept").empty());
    for (const FacetValue& value : page.facets.at("concept")) {
      const std::string label = thesaurus_->label_of(value.value, "en");
      EXPECT_EQ(run(fmt::format("{} concept:\"{}\"", text, label)).total, value.count) << text << " " << label;
      EXPECT_EQ(run(text, {{"concept", {value.value}}}).total, value.count) << text << " " << label;
    }
  }
  // the file of columns and the index itself say the same
  const std::string before = counts(run("report"));
  fs::remove(dirs_.front() / "columns");
  EXPECT_EQ(counts(run("report")), before);
}

TEST_F(ConceptFacet, AWorkOfTwoClassesCountsOnce) {
  EntryData known = test::work("a", "Heat"), full = known;
  known.twin = "signed-in";
  full.passages = {test::page(1, "climate change")};
  index({known, test::work("b", "Heat")});
  EXPECT_EQ(counts(run("")), "urn:heat 2 ");
  index({full}, "signed-in");
  EXPECT_EQ(counts(run("")), "urn:heat 2 urn:change 1 ");
}

TEST_F(ConceptFacet, AQueryForAConceptIsRankedByItsNamesAndShowsThem) {
  index({test::work("a", "Of heat, of heat and of other things that are told at length here", 2020),
         test::work("b", "Heat heat heat", 2020), test::work("c", "Coal")});
  const ResultPage page = run("concept:hitze");
  EXPECT_EQ(test::ids(page), (Ids{"b", "a"}));
  EXPECT_GT(page.hits.front().score, 0);
}

}  // namespace
}  // namespace colophon::indexer

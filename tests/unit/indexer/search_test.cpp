// SPDX-License-Identifier: GPL-3.0-or-later
#include <set>

#include "base/io.hpp"
#include "base/text.hpp"
#include "indexer/searcher.hpp"
#include "support.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace colophon::indexer {
namespace {

namespace fs = std::filesystem;
using Ids = std::vector<std::string>;

class Search : public testing::Test {
 protected:
  void index(std::vector<EntryData> works, const std::string& index_class = "public") {
    const fs::path dir = folder_.path() / index_class;
    Writer writer = std::move(*Writer::open(dir, {"library", index_class}));
    for (const EntryData& one : works) ASSERT_TRUE(writer.replace(one.entry()));
    ASSERT_TRUE(writer.commit(1));
    dirs_.push_back(dir);
    works_.insert(works_.end(), works.begin(), works.end());
  }

  ResultPage run(SearchRequest request) {
    auto searcher = Searcher::open(dirs_);
    auto page = searcher->search(request, test::source_of(works_));
    EXPECT_TRUE(page) << (page ? "" : page.error().message);
    return std::move(*page);
  }
  Ids found(std::string text) { return test::ids(run({.text = std::move(text), .limit = 100})); }
  Ids sorted(std::string text) {
    Ids out = found(std::move(text));
    std::ranges::sort(out);
    return out;
  }

  TemporaryFolder folder_;
  std::vector<fs::path> dirs_;
  std::vector<EntryData> works_;
};

TEST_F(Search, WantsAllWordsInAnyForm) {
  index({test::work("a", "Flooded cities"), test::work("b", "City of gardens"), test::work("c", "Flood")});
  EXPECT_EQ(found("city flood"), Ids{"a"});
  EXPECT_EQ(sorted("city OR flood"), (Ids{"a", "b", "c"}));
  EXPECT_EQ(found("cities -flood"), Ids{"b"});
  EXPECT_EQ(found("\"cities\""), Ids{"a"});
}

TEST_F(Search, ExactFormsStandAboveStems) {
  index({test::work("a", "Adapting towns"), test::work("b", "Adaptation towns"), test::work("c", "Adapted towns")});
  EXPECT_EQ(found("adaptation").front(), "b");
  EXPECT_EQ(found("adapted").front(), "c");
}

TEST_F(Search, CommonWordsAreNotInsistedOn) {
  index({test::work("a", "Role of heat"), test::work("b", "Heat role")});
  EXPECT_EQ(sorted("the role of heat"), (Ids{"a", "b"}));
  EXPECT_EQ(found("the role of heat").front(), "a");
  EXPECT_EQ(found("of"), Ids{"a"});
}

TEST_F(Search, MarksMayBeLeftOutOrSpeltOut) {
  EntryData german = test::work("a", "Hitzeaktionspläne der Städte");
  german.record.add(bib::FieldId::language, bib::Code{"de"});
  EntryData spanish = test::work("b", "Inundación en el barrio");
  spanish.record.add(bib::FieldId::language, bib::Code{"es"});
  index({german, spanish});
  for (const char* text : {"Städte", "Stadt", "stadte", "Staedte", "hitzeaktionsplan"}) EXPECT_EQ(found(text), Ids{"a"}) << text;
  for (const char* text : {"inundación", "inundacion", "inundaciones"}) EXPECT_EQ(found(text), Ids{"b"}) << text;
}

TEST_F(Search, APartInAnotherLanguageIsFoundInItsForms) {
  EntryData one = test::work("a", "Urban heat");
  one.passages = {test::section("Summary", "Plans for heat."), test::page(2, "Planungen der Städte", "de")};
  index({one});
  for (const char* text : {"Städte", "Stadt", "planung", "plan"}) EXPECT_EQ(found(text), Ids{"a"}) << text;
}

TEST_F(Search, WhoHasAFormHasItsStem) {
  const std::vector<std::string> words = {"cities", "Städte", "villes", "l’eau", "ciudades", "Müller’s",
                                          "1,500",  "CO₂",    "e",      "naïve", "sea"};
  const std::vector<std::string> tongues = {"en", "de", "fr", "es", "pt", "it", "nl", "tr", ""};
  std::vector<EntryData> works;
  for (std::size_t i = 0; i < words.size() * tongues.size(); ++i) {
    EntryData one = test::work(fmt::format("w{}", i), words[i % words.size()]);
    if (const std::string& tongue = tongues[i / words.size()]; !tongue.empty())
      one.record.add(bib::FieldId::language, bib::Code{tongue});
    works.push_back(one);
  }
  index(works);
  for (const std::string& word : words) EXPECT_EQ(found(word).size(), tongues.size()) << word;
}

// In Portuguese "sea" would have the stem "se".
TEST_F(Search, AStemThatIsAStopWordIsNotSearchedFor) {
  EntryData portuguese = test::work("a", "Diz-se que o mar sobe");
  portuguese.record.add(bib::FieldId::language, bib::Code{"pt"});
  EntryData both = test::work("c", "O mar sobe");
  both.record.add(bib::FieldId::language, bib::Code{"pt"});
  both.passages = {test::page(1, "Diz-se que o mar sobe, e sobe com ele a conta dos bairros da cidade.", "pt"),
                   test::page(2, "The sea rises.", "en")};
  index({portuguese, test::work("b", "Levels of Se in plants"), both, test::work("d", "Seas rise")});
  EXPECT_EQ(sorted("sea"), (Ids{"c", "d"}));
  EXPECT_EQ(test::marked(run({.text = "sea is:full-text"}).hits.at(0).snippet), "The [sea] rises.");
}

TEST_F(Search, NoPhraseCrossesAPageOrSection) {
  EntryData one = test::work("a", "T");
  one.passages = {test::page(1, "the end of the heat"), test::page(2, "wave begins here")};
  index({one});
  EXPECT_EQ(found("\"heat wave\""), Ids{});
  EXPECT_EQ(found("\"wave begins\""), Ids{"a"});
  EXPECT_EQ(found("heat wave"), Ids{"a"});
}

TEST_F(Search, OpensAtTheBestPageWithItsSnippet) {
  EntryData one = test::work("a", "Report", 2020, "About everything.");
  one.passages = {test::page(1, "Heat is mentioned."), test::page(2, "Nothing."),
                  test::page(3, "Early warnings of heatwaves reach cities late."), test::page(5, "Warning signs.")};
  index({one});
  const ResultPage page = run({.text = "warning city"});
  ASSERT_EQ(page.hits.size(), 1u);
  EXPECT_EQ(page.hits[0].page, 3u);
  EXPECT_EQ(test::marked(page.hits[0].snippet), "Early [warnings] of heatwaves reach [cities] late.");
  EXPECT_EQ(page.hits[0].more, (std::vector<HitPlace>{{5, ""}}));
}

TEST_F(Search, NamesTheSectionOfStructuredText) {
  EntryData one = test::work("a", "Report");
  one.passages = {test::section("1 Introduction", "Nothing yet."),
                  test::section("2 Methods › 2.1 Data", "We used river gauges.")};
  index({one});
  const ResultPage page = run({.text = "\"river gauges\""});
  EXPECT_EQ(page.hits[0].section, "2 Methods › 2.1 Data");
  EXPECT_EQ(page.hits[0].page, 0u);
  EXPECT_EQ(test::marked(page.hits[0].snippet), "We used [river gauges].");
}

TEST_F(Search, AHitInTheRecordShowsTheAbstract) {
  index({test::work("a", "Heat", 2020, "Shade helps.")});
  EXPECT_EQ(test::marked(run({.text = "shade"}).hits[0].snippet), "[Shade] helps.");
}

TEST_F(Search, PassagesOfAnotherTextAreNotShown) {
  EntryData one = test::work("a", "Heat", 2020, "The lead.");
  one.passages = {test::page(1, "shade")};
  index({one});
  works_[0].passages.push_back(test::page(2, "text that was not indexed"));
  EXPECT_EQ(test::marked(run({.text = "shade"}).hits[0].snippet), "The lead.");
  EXPECT_EQ(run({.text = "shade"}).hits[0].page, 0u);
}

TEST_F(Search, AsksFieldsAndFilters) {
  EntryData one = test::work("a", "Heat", 2015), two = test::work("b", "Meerow and heat", 2021);
  one.record.add(bib::FieldId::author, test::people({{"Meerow", "Sara"}}));
  one.record.add(bib::FieldId::project, bib::Text{"Urban Heat", ""});
  one.record.add(bib::FieldId::doi, bib::Code{"10.1000/182"});
  two.record.type = bib::WorkType::thesis;
  two.extra_terms = {{"partner", "UNU-EHS"}, {"place", "Bonn"}};
  index({one, two});
  EXPECT_EQ(found("author:meerow"), Ids{"a"});
  EXPECT_EQ(found("author:\"sara meerow\""), Ids{"a"});
  EXPECT_EQ(found("title:meerow"), Ids{"b"});
  EXPECT_EQ(sorted("meerow"), (Ids{"a", "b"}));
  EXPECT_EQ(found("heat year:2016.."), Ids{"b"});
  EXPECT_EQ(found("year:..2015"), Ids{"a"});
  EXPECT_EQ(found("year:2021"), Ids{"b"});
  EXPECT_EQ(found("type:thesis"), Ids{"b"});
  EXPECT_EQ(found("project:urban"), Ids{"a"});
  EXPECT_EQ(found("https://doi.org/10.1000/182"), Ids{"a"});
  EXPECT_EQ(found("partner:unu-ehs"), Ids{"b"});
  EXPECT_EQ(found("place:bonn"), Ids{"b"});
  EXPECT_EQ(found("id:b"), Ids{"b"});
  const auto filtered = [&](std::vector<Filter> filters) {
    return test::ids(run({.text = "heat", .filters = std::move(filters)}));
  };
  EXPECT_EQ(filtered({{"project", {"Urban Heat"}}}), Ids{"a"});
  EXPECT_EQ(filtered({{"type", {"thesis", "report"}}, {"year", {"2021"}}}), Ids{"b"});
  EXPECT_EQ(filtered({{"type", {"article"}}}), Ids{});
  EXPECT_EQ(filtered({{"nonsense", {"x"}}}), Ids{});
}

TEST_F(Search, SortsAndPartsEqualsById) {
  index({test::work("c", "Beta heat", 2019), test::work("b", "Alpha heat", 2021), test::work("d", "Gamma heat", 0),
         test::work("a", "Beta heat", 2019)});
  const auto in = [&](Sort sort) { return test::ids(run({.text = "heat", .sort = sort})); };
  EXPECT_EQ(in(Sort::newest), (Ids{"b", "a", "c", "d"}));
  EXPECT_EQ(in(Sort::oldest), (Ids{"a", "c", "b", "d"}));
  EXPECT_EQ(in(Sort::title), (Ids{"b", "a", "c", "d"}));
  EXPECT_EQ(test::ids(run({.text = ""})), (Ids{"b", "a", "c", "d"}));
  EXPECT_EQ(in(Sort::relevance), (Ids{"b", "a", "c", "d"}));  // of equals the newer first (priors.hpp)
}

TEST_F(Search, PagesThroughWithoutLossOrChangeOfTotal) {
  std::vector<EntryData> works;
  for (int i = 0; i < 57; ++i) works.push_back(test::work(fmt::format("w{:02}", i), "Heat", 2000 + i % 7));
  index(works);
  std::set<std::string> seen;
  for (std::size_t offset = 0; offset < 60; offset += 10) {
    const ResultPage page = run({.text = "heat", .offset = offset});
    EXPECT_EQ(page.total, 57u);
    EXPECT_TRUE(page.exact);
    for (const Hit& hit : page.hits) EXPECT_TRUE(seen.insert(hit.id).second) << hit.id;
  }
  EXPECT_EQ(seen.size(), 57u);
}

TEST_F(Search, TheFullerTwinAppearsAloneWhereItsClassIsOpen) {
  EntryData thin = test::work("a", "Heat"), full = test::work("a", "Heat");
  thin.twin = "members";
  full.passages = {test::page(4, "shade trees")};
  index({thin, test::work("b", "Heat two")});
  EXPECT_EQ(sorted("heat"), (Ids{"a", "b"}));
  EXPECT_EQ(found("shade"), Ids{});
  index({test::work("c", "Heat three")}, "staff");
  EXPECT_EQ(sorted("heat"), (Ids{"a", "b", "c"}));
  works_.clear();
  index({full}, "members");
  EXPECT_EQ(sorted("heat"), (Ids{"a", "b", "c"}));
  const ResultPage page = run({.text = "shade", .facets = {"type"}});
  ASSERT_EQ(page.hits.size(), 1u);
  EXPECT_EQ(page.hits[0].page, 4u);
  EXPECT_EQ(run({.text = "", .facets = {"type"}}).facets.at("type"), (std::vector<FacetValue>{{"report", 3}}));
}

TEST_F(Search, SaysWhatItUnderstood) {
  index({test::work("a", "Heat")});
  const ResultPage page = run({.text = "auther:heat"});
  EXPECT_EQ(page.understood, "auther heat");
  ASSERT_EQ(page.notes.size(), 1u);
  EXPECT_EQ(page.notes[0].code, "unknown_field");
  const Json json = to_json(run({.text = "heat"}));
  EXPECT_EQ(json["hits"].items().at(0)["id"].as_string(), "a");
  EXPECT_EQ(json["total"].as_int(), 1);
}

TEST_F(Search, CountsFacetsExactly) {
  static const std::vector<std::string> kProjects = {"Urban Warmth", "Floods", "Finance"};
  static const std::vector<std::string> kWords = {"heat", "flood", "river"};
  EXPECT_TRUE(rc::check("facets and totals equal a count by hand", [&] {
    dirs_.clear();
    works_.clear();
    fs::remove_all(folder_.path() / "public");
    std::map<std::string, std::map<std::string, std::size_t>> expected;
    std::vector<EntryData> works;
    std::size_t total = 0;
    const int count = *rc::gen::inRange(1, 20);
    for (int i = 0; i < count; ++i) {
      const auto some_of = [](const std::vector<std::string>& all) {
        const int picks = *rc::gen::inRange(0, 8);
        std::set<std::string> out;
        for (std::size_t k = 0; k < all.size(); ++k) {
          if (picks >> k & 1) out.insert(all[k]);
        }
        return out;
      };
      const auto words = some_of(kWords), projects = some_of(kProjects);
      const int year = *rc::gen::inRange(2018, 2022);
      std::string title = "work";
      for (const std::string& word : words) title += " " + word;
      EntryData one = test::work(fmt::format("w{:02}", i), title, year);
      for (const std::string& project : projects) one.record.add(bib::FieldId::project, bib::Text{project, ""});
      if (words.contains("heat")) {
        ++total;
        ++expected["year"][std::to_string(year)];
        for (const std::string& project : projects) ++expected["project"][project];
      }
      works.push_back(std::move(one));
    }
    index(works);
    const ResultPage page = run({.text = "heat", .limit = 1, .facets = {"year", "project", "nonsense"}});
    RC_ASSERT(page.total == total);
    RC_ASSERT(page.exact);
    RC_ASSERT(page.facets.size() == 2u);
    for (const auto& [name, values] : page.facets) {
      std::map<std::string, std::size_t> got;
      for (const FacetValue& value : values) got[value.value] = value.count;
      RC_ASSERT(got == expected[name]);
    }
  }));
}

TEST_F(Search, AHostileQueryFindsSomethingOrNothingButNeverFails) {
  index({test::work("a", "Heat \"quoted\" (bracket)")});
  for (const char* text : {"\"", "((((", "a*", "*", "-", "year:", "year:99999999", "title:", "\xff\xfe", "OR OR OR", "AND",
                           "heat AND", "XT:report", "Q:a", "Zheat", "-(", "type:\"\""}) {
    EXPECT_TRUE(Searcher::open(dirs_)->search({.text = text})) << text;
  }
  EXPECT_EQ(found("Zheat"), Ids{});
}

// --- snippets -------------------------------------------------------------------------------------------------------------

std::vector<SnippetPart> cut(std::string_view text, std::vector<Sought> sought, std::size_t width = 180) {
  Analyser analyser;
  return snippet(text, sought, {"en"}, analyser, width);
}
Sought word(std::string raw, std::string stem = {}) {
  Sought out;
  out.words.push_back({{std::move(raw)}, {}, {}});
  if (!stem.empty()) out.words[0].stems.insert(std::move(stem));
  return out;
}
Sought phrase(std::string a, std::string b) {
  Sought out;
  out.words = {{{std::move(a)}, {}, {}}, {{std::move(b)}, {}, {}}};
  return out;
}

TEST(Snippet, MarksWholePhrasesOnly) {
  EXPECT_EQ(test::marked(cut("Heat plans and a heat plan", {phrase("heat", "plan")})), "Heat plans and a [heat plan]");
}

TEST(Snippet, MarksFormsAndKeepsTheTextAsItIs) {
  EXPECT_EQ(test::marked(cut("L’eau,\n  Müller & <b>Adapting</b>", {word("muller"), word("adapt", "adapt"), word("eau")})),
            "[L’eau], [Müller] & <b>[Adapting]</b>");
  EXPECT_EQ(test::marked(cut("adap\u00AD\ntation", {word("adaptation")})), "[adaptation]");
}

TEST(Snippet, ChoosesTheStretchWithMostDifferentWords) {
  std::string text = "heat heat heat heat. ";
  for (int i = 0; i < 60; ++i) text += "filler words ";
  text += "a plan against heat here ";
  for (int i = 0; i < 60; ++i) text += "filler words ";
  const std::string out = test::marked(cut(text, {word("heat"), word("plan")}, 80));
  EXPECT_NE(out.find("a [plan] against [heat] here"), std::string::npos) << out;
  EXPECT_TRUE(out.starts_with("…") && out.ends_with("…")) << out;
  EXPECT_LE(out.size(), 110u);
}

TEST(Snippet, WithoutAMatchShowsTheBeginning) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += fmt::format("word{} ", i);
  const auto out = cut(text, {word("heat")}, 50);
  ASSERT_EQ(out.size(), 1u);
  EXPECT_TRUE(out[0].text.starts_with("word0 word1")) << out[0].text;
  EXPECT_TRUE(out[0].text.ends_with("…"));
  EXPECT_TRUE(cut("", {word("heat")}).empty());
}

TEST(Snippet, IsAlwaysPartOfTheText) {
  EXPECT_TRUE(rc::check("without marks and dots it stands in the squeezed text", [] {
    static const std::vector<std::string> kParts = {
        "heat", " plan", " 気候変動", " Städte", " a", ". ", "\n", " xxxxxxxxxxxxxxxxxxxxxxxxxxxx", "heat"};
    std::string text;
    for (const int i : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 9))) text += kParts[static_cast<std::size_t>(i)];
    const auto parts = cut(text, {word("heat"), phrase("heat", "plan"), word("stadte")}, 40);
    std::string joined;
    for (const SnippetPart& part : parts) joined += part.text;
    if (joined.starts_with("…")) joined.erase(0, 3);
    if (joined.ends_with("…")) joined.erase(joined.size() - 3);
    RC_ASSERT(squeeze(text).find(joined) != std::string::npos);
    RC_ASSERT(is_utf8(joined));
  }));
}

}  // namespace
}  // namespace colophon::indexer

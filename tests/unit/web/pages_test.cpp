// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/pages/pages.hpp"

#include "support/markup.hpp"
#include "web/assets.hpp"
#include "web/pages/words.hpp"

#include <gtest/gtest.h>

namespace colophon::web {
namespace {

using bib::FieldId;

const Frame kFrame{.site = "Cities & <Risk>"};
constexpr std::string_view kEvil = "<script>alert(1)</script>";

testing::AssertionResult holds(const std::string& text, std::string_view part) {
  if (text.find(part) != std::string::npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "“" << part << "” is not in\n" << text;
}
bool lacks(const std::string& text, std::string_view part) { return text.find(part) == std::string::npos; }

std::size_t count_of(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

indexer::Hit hit() {
  return {.id = "ab3k9",
          .title = "Heat " + std::string(kEvil),
          .authors = "Folke et al.",
          .year = 2024,
          .type = "policy-brief",
          .language = "en",
          .container = "Climate & Cities",
          .page = 7,
          .snippet = {{"…where ", false}, {"heat", true}, {" & <b>", false}},
          .more = {{9, ""}, {0, "2 Methods"}}};
}

indexer::ResultPage result() {
  indexer::ResultPage out;
  out.total = 45;
  out.more = true;
  out.hits = {hit()};
  out.facets["type"] = {{"policy-brief", 30}, {"article", 15}};
  out.facets["language"] = {{"de", 2}};
  out.notes = {{"unknown_field", "“foo” is no field"}};
  out.understood = "(and \"heat\")";
  return out;
}

app::WorkView work() {
  app::WorkView view;
  view.id = "ab3k9";
  view.record.type = bib::WorkType::article;
  view.record.add(FieldId::title, bib::RichText("Heat plans " + std::string(kEvil)), {}, "ab3k9");
  bib::NameList authors;
  authors.names.push_back({.name = {.family = "Müller", .given = "Änne"}, .orcid = "0000-0002-1825-0097"});
  authors.names.push_back({.name = {.literal = "UNU-EHS"}});
  view.record.add(FieldId::author, authors, {.page = 1}, "ab3k9");
  view.record.add(FieldId::issued, bib::year_date(2024), {}, "ab3k9");
  view.record.add(FieldId::container_title, bib::RichText("Climate & Cities", "en"), {}, "ab3k9");
  view.record.add(FieldId::doi, bib::Code{"10.1000/x<y"}, {.line = 12}, "cd4m2");
  view.record.add(FieldId::url, bib::Code{"javascript:alert(1)"}, {}, "cd4m2");
  view.record.add(FieldId::abstract, bib::RichText("Wer zahlt?", "de"), {}, "ab3k9");
  view.sources = {{.id = "ab3k9", .kind = "pdf", .format = "pdf", .status = "current"},
                  {.id = "cd4m2", .kind = "bibliographic", .format = "bibtex", .status = "current"}};
  view.rejected.push_back({FieldId::title, bib::RichText("Heat plan"), {}, "cd4m2"});
  view.files = {{.number = 3,
                 .name = "heat.pdf",
                 .media = "application/pdf",
                 .role = "full_text",
                 .stage = "VoR",
                 .licence = "CC-BY-4.0",
                 .access = "public",
                 .size = 1'234'567}};
  view.passages = {{.page = 1, .kind = "page", .lang = "en", .text = "Cities make heat plans.\nThe <plan> is old."},
                   {.page = 2, .kind = "page", .lang = "en", .text = "Second page."}};
  return view;
}

TEST(Pages, HaveTheSameFrame) {
  for (const Html& html : {home_page(kFrame, {}), search_page(kFrame, {}, result()), record_page(kFrame, work()),
                           tombstone_page(kFrame, work()), text_page(kFrame, work(), {}, "heat")}) {
    const std::string& page = html.str();
    EXPECT_TRUE(page.starts_with("<!doctype html>\n<html lang=\"en\">"));
    EXPECT_TRUE(holds(page, "Cities &amp; &lt;Risk&gt;</title>"));
    EXPECT_TRUE(holds(page, "<a class=\"skip\" href=\"#main\">"));
    EXPECT_EQ(count_of(page, "<main id=\"main\">"), 1U);
    EXPECT_EQ(count_of(page, "<h1"), 1U);
    EXPECT_TRUE(holds(page, asset_path("colophon.css")));
    EXPECT_TRUE(lacks(page, "<script"));
    EXPECT_TRUE(lacks(page, "style=\""));
    EXPECT_TRUE(lacks(page, "class=\"demo\""));
    EXPECT_EQ(count_of(page, "id=\"find\""), 1U);
  }
}

TEST(Pages, ADemonstrationSaysSo) {
  const Frame demo{.site = "Demo", .demo = true};
  for (const Html& html : {home_page(demo, {}), search_page(demo, {}, {}), record_page(demo, work()),
                           tombstone_page(demo, work()), text_page(demo, work(), {}, "")})
    EXPECT_TRUE(holds(html.str(), "class=\"demo\""));
  EXPECT_TRUE(holds(error_response(demo, {}, 404, {Errc::not_found, "x", {}, {}}).body, "class=\"demo\""));
}

TEST(SearchPage, ListsHitsWithTheirPages) {
  const std::string page = search_page(kFrame, {.text = "heat & \"plan\""}, result()).str();
  EXPECT_TRUE(holds(page, "<h1>45 publications for “heat &amp; &quot;plan&quot;”</h1>"));
  EXPECT_TRUE(holds(page, "<h2><a href=\"/r/ab3k9\" lang=\"en\">Heat &lt;script&gt;"));
  EXPECT_TRUE(holds(page, "Folke et al. · <cite>Climate &amp; Cities</cite> · 2024"));
  EXPECT_TRUE(holds(page, "…where <mark>heat</mark> &amp; &lt;b&gt;"));
  EXPECT_TRUE(holds(page, "<a href=\"/r/ab3k9/text?page=7&amp;q=heat%20%26%20%22plan%22\">p. 7</a>"));
  EXPECT_TRUE(holds(page, "2 more places"));
  EXPECT_TRUE(holds(page, "text?section=2%20Methods&amp;q="));
  EXPECT_TRUE(holds(page, "“foo” is no field"));
  EXPECT_TRUE(holds(page, "<code>(and &quot;heat&quot;)</code>"));
  EXPECT_TRUE(holds(page, "<a class=\"button\" rel=\"next\" href=\"/search?q=heat%20%26%20%22plan%22&amp;page=2\">"));
  EXPECT_TRUE(holds(page, "Page 1 of 3"));
}

TEST(SearchPage, AHitInATextLeadsToItsPdfToo) {
  indexer::ResultPage found = result();
  found.hits.front().page = 9;
  found.hits.front().section = "2 Methods";
  found.hits.front().file = 4;
  const std::string page = search_page(kFrame, {.text = "heat"}, found).str();
  EXPECT_TRUE(
      holds(page, "text?section=2%20Methods&amp;q=heat\">2 Methods</a>, <a href=\"/r/ab3k9/file/4#page=9\">p. 9 of the PDF</a>"));
}

TEST(SearchPage, CanBeFollowed) {
  const SearchQuery query = search_query(*Parameters::parse("q=heat%26&f.type=article&sort=title&page=2"));
  const std::string page = search_page(kFrame, query, result()).str();
  EXPECT_TRUE(holds(page,
                    "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"heat&amp;\" "
                    "href=\"/search.atom?q=heat%26&amp;f.type=article\">"));
  EXPECT_TRUE(
      holds(page, "<a href=\"/search.atom?q=heat%26&amp;f.type=article\" type=\"application/atom+xml\">Follow this search</a>"));
}

TEST(SearchPage, SaysWhatItIsLike) {
  const std::string page = search_page(kFrame, {.like = "ab3k9", .like_title = "Heat & dust"}, result()).str();
  EXPECT_TRUE(holds(page, "<h1>Publications like “Heat &amp; dust”</h1>"));
  EXPECT_TRUE(holds(page, "<li class=\"chip\">Like “Heat &amp; dust”<a href=\"/search\""));
  EXPECT_TRUE(holds(page, "<input type=\"hidden\" name=\"like\" value=\"ab3k9\">"));
  EXPECT_TRUE(holds(page, "href=\"/search?like=ab3k9&amp;page=2\""));
}

TEST(RecordPage, ShowsWhatIsLikeIt) {
  const std::string page = record_page(kFrame, work(), {}, result().hits).str();
  EXPECT_TRUE(holds(page, "<h2>Similar publications</h2>"));
  EXPECT_TRUE(holds(page, "<li><a href=\"/r/ab3k9\" lang=\"en\">Heat &lt;script&gt;"));
  EXPECT_TRUE(holds(page, "<a href=\"/search?like=ab3k9\">More like this</a>"));
  EXPECT_TRUE(lacks(record_page(kFrame, work()).str(), "Similar"));
}

FeedView feed_of(std::string query) {
  FeedView view{search_query(*Parameters::parse(query)), "0123456789abcdef", {}};
  for (const indexer::Hit& hit : result().hits) view.entries.push_back({hit, *parse_instant("2026-03-01T10:00:00Z")});
  return view;
}

TEST(Feed, NamesStayWhenTheServerMoves) {
  const Frame moved{.site = "Cities", .base_url = "https://library.example.org"};
  const std::string here = feed(kFrame, feed_of("q=heat")).str(), there = feed(moved, feed_of("q=heat")).str();
  const auto names = [](const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; (at = text.find("<id>", at)) != std::string::npos; ++at) out.push_back(text.substr(at, 50));
    return out;
  };
  EXPECT_EQ(names(here), names(there));
  EXPECT_NE(names(here), names(feed(kFrame, feed_of("q=flood")).str()));
  EXPECT_TRUE(holds(there, "href=\"https://library.example.org/r/ab3k9\""));
  EXPECT_TRUE(holds(here, "href=\"/search.atom?q=heat\""));
  EXPECT_TRUE(holds(here, "<updated>2026-03-01T10:00:00"));
}

TEST(SearchPage, LeadsToTheOtherVersionsOfAWork) {
  indexer::ResultPage found = result();
  EXPECT_FALSE(holds(search_page(kFrame, {.text = "heat"}, found).str(), "other version"));
  found.hits.front().family = "10.5555/early.shade";
  found.hits.front().versions = 2;
  found.more = false;
  const std::string page = search_page(kFrame, {.text = "heat"}, found).str();
  EXPECT_TRUE(holds(page, "<a href=\"/search?q=family%3A10.5555%2Fearly.shade\">and 2 other versions</a>"));
  EXPECT_FALSE(holds(page, "Next page"));
}

TEST(SearchPage, FiltersWorkWithoutScripts) {
  const SearchQuery query = search_query(*Parameters::parse("q=heat&f.type=article&f.year=1999&f.foo=x&sort=newest&page=2"));
  const std::string page = search_page(kFrame, query, result()).str();
  EXPECT_TRUE(holds(page, "name=\"f.type\" value=\"article\" checked><span>"));
  EXPECT_TRUE(holds(page, "name=\"f.type\" value=\"policy-brief\"><span>Policy brief</span><span class=\"count\">30</span>"));
  EXPECT_TRUE(holds(page, "name=\"f.year\" value=\"1999\" checked><span>1999</span><span class=\"count\">0</span>"));
  EXPECT_TRUE(holds(page, "name=\"f.language\" value=\"de\"><span>German</span>"));
  EXPECT_TRUE(
      holds(page, "<input type=\"hidden\" name=\"q\" value=\"heat\"><input type=\"hidden\" name=\"sort\" value=\"newest\">"));
  EXPECT_TRUE(holds(page,
                    "Year: 1999<a href=\"/search?q=heat&amp;f.type=article&amp;sort=newest\" aria-label=\"Remove the filter "
                    "Year: 1999\">×</a>"));
  EXPECT_EQ(search_path(query), "/search?q=heat&f.type=article&f.year=1999&sort=newest&page=2");
}

TEST(SearchPage, ConceptsGoByTheirLabels) {
  const SearchQuery query = search_query(*Parameters::parse("q=heat&f.concept=urn:x:gone"));
  indexer::ResultPage found = result();
  found.labels = {{"urn:x:wave", "heat wave " + std::string(kEvil)}, {"urn:x:gone", "storm surge"}};
  for (int i = 0; i < 100; ++i) found.facets["concept"].push_back({"urn:x:" + std::to_string(i), 100});
  found.facets["concept"].insert(found.facets["concept"].begin(), {"urn:x:wave", 120});
  const std::string page = search_page(kFrame, query, found).str();
  EXPECT_TRUE(holds(page, "<legend>Concept</legend>"));
  EXPECT_TRUE(
      holds(page, "name=\"f.concept\" value=\"urn:x:gone\" checked><span>storm surge</span><span class=\"count\">0</span>"));
  EXPECT_TRUE(holds(page, "name=\"f.concept\" value=\"urn:x:wave\"><span>heat wave &lt;"));
  EXPECT_TRUE(holds(page, "Concept: storm surge<a href=\"/search?q=heat\""));
  EXPECT_FALSE(holds(page, kEvil));
  EXPECT_TRUE(holds(page, "<summary>60 more of 102</summary>")) << "long lists are cut, and say so";
}

TEST(SearchPage, HelpsWhenNothingIsFound) {
  using Kind = indexer::Advice::Kind;
  indexer::ResultPage nothing;
  nothing.advice.nowhere = {"heet" + std::string(kEvil)};
  nothing.advice.advice = {{Kind::spelling, "urban heat", "heet", 12}, {Kind::without, "urban", "heet", 1}};
  const std::string page = search_page(kFrame, search_query(*Parameters::parse("q=urban+heet&f.type=article")), nothing).str();
  EXPECT_TRUE(holds(page, "<h1>Nothing for “urban heet”</h1>"));
  EXPECT_TRUE(holds(page, "<a href=\"/search?q=urban%20heet\">Search without filters</a>"));
  EXPECT_TRUE(
      holds(page, "Did you mean <a href=\"/search?q=urban%20heat\">urban heat</a>? <span class=\"soft\">12 publications</span>"));
  EXPECT_TRUE(holds(page, "With one part left out, <a href=\"/search?q=urban\">urban</a>: 1 publication"));
  EXPECT_TRUE(holds(page, "is in no publication."));
  EXPECT_TRUE(lacks(page, kEvil));
  EXPECT_TRUE(lacks(page, "<div class=\"row tools\">")) << "there is nothing to sort";
  EXPECT_TRUE(holds(page, "id=\"help\" open>"));
}

TEST(SearchPage, ShowsWhatEachPartWeighsWhenAsked) {
  indexer::ResultPage one = result();
  EXPECT_TRUE(holds(search_page(kFrame, {.text = "heat"}, one).str(),
                    "<a href=\"/search?q=heat&amp;explain=1\">Show what each part weighs</a>"));
  one.explanation = {"ab3k9", "Heat " + std::string(kEvil), {{0, "all of", 0, 2.5}, {1, "heat (stem)", 40, 2.5}}};
  const std::string page = search_page(kFrame, {.text = "heat", .explain = true}, one).str();
  EXPECT_TRUE(holds(page, "<details class=\"how\" open>"));
  EXPECT_TRUE(holds(page, "<td>\u2003heat (stem)</td><td class=\"count\">40</td><td class=\"count\">2.500</td>"));
  EXPECT_TRUE(lacks(page, kEvil));
  EXPECT_TRUE(lacks(page, "explain=1")) << "the next page does not explain";
}

TEST(SearchPage, OffersCompletionsWithoutAScript) {
  const std::string page = search_page(kFrame, {.text = "hea"}, result(), {"heat plan", std::string(kEvil)}).str();
  EXPECT_TRUE(holds(page, "name=\"q\" list=\"find-list\""));
  EXPECT_TRUE(holds(page, "<datalist id=\"find-list\"><option value=\"heat plan\"></option>"));
  EXPECT_TRUE(lacks(page, kEvil));
  EXPECT_TRUE(lacks(search_page(kFrame, {.text = "hea"}, result()).str(), "datalist"));
}

TEST(SearchQuery, TakesOnlyWhatItKnows) {
  const SearchQuery query = search_query(*Parameters::parse("page=0&sort=best&f.type=&q=++a++b+"));
  EXPECT_EQ(query.text, "a b");
  EXPECT_EQ(query.page, 1U);
  EXPECT_TRUE(query.filters.empty());
  EXPECT_EQ(search_query(*Parameters::parse("page=99999999")).page, kLastPage);
  EXPECT_EQ(search_path({}), "/search");
}

TEST(RecordPage, ShowsAllItsFields) {
  const std::string page = record_page({.site = "S", .base_url = "https://example.org"}, work()).str();
  EXPECT_TRUE(holds(page, "Heat plans &lt;script&gt;alert(1)&lt;/script&gt;</h1>"));
  EXPECT_TRUE(holds(page, "Änne Müller <a class=\"tag\" href=\"https://orcid.org/0000-0002-1825-0097\""));
  EXPECT_TRUE(holds(page, "UNU-EHS"));
  EXPECT_TRUE(holds(page, "<div class=\"abstract\" lang=\"de\">Wer zahlt?</div>"));
  EXPECT_TRUE(holds(page, "10.1000/x&lt;y"));
  EXPECT_TRUE(lacks(page, "href=\"javascript"));
  EXPECT_TRUE(holds(page,
                    "href=\"/r/ab3k9/file/3\" class=\"button go\">Read the PDF</a><br><span class=\"soft\">full text · VoR · 1.2 "
                    "MB · CC-BY-4.0</span>"));
  EXPECT_TRUE(holds(page, "href=\"/r/ab3k9.bib\""));
  EXPECT_TRUE(holds(page, "href=\"/r/ab3k9.csl.json\""));
  EXPECT_TRUE(holds(page, "bibliographic entry, line 12 <span class=\"soft\">cd4m2</span>"));
  EXPECT_TRUE(holds(page, "What other sources say"));
  EXPECT_TRUE(holds(page, "<meta name=\"citation_author\" content=\"Müller, Änne\">"));
  EXPECT_TRUE(holds(page, "<meta name=\"citation_pdf_url\" content=\"https://example.org/r/ab3k9/file/3\">"));
}

TEST(RecordPage, SaysWhenThereIsNothingToRead) {
  app::WorkView view = work();
  view.files.clear();
  view.passages.clear();
  const std::string page = record_page(kFrame, view).str();
  EXPECT_TRUE(holds(page, "Not held here, or not open."));
  EXPECT_TRUE(lacks(page, "/text"));
}

TEST(TombstonePage, ShowsNothingOfTheContent) {
  app::WorkView view = work();
  view.reason = "Published twice <by mistake>";
  const std::string page = tombstone_page(kFrame, view).str();
  EXPECT_TRUE(holds(page, "Published twice &lt;by mistake&gt;"));
  EXPECT_TRUE(lacks(page, "Heat"));
}

TEST(TextPage, MarksTheWordsInEveryForm) {
  const std::string page = text_page(kFrame, work(), {.page = 1}, "plan -city").str();
  EXPECT_TRUE(holds(page, "Cities make heat <mark>plans</mark>."));
  EXPECT_TRUE(holds(page, "The &lt;<mark>plan</mark>&gt; is old."));
  EXPECT_TRUE(holds(page, "<a href=\"/r/ab3k9/text?page=1&amp;q=plan%20-city\" aria-current=\"page\">Page 1</a>"));
  EXPECT_TRUE(holds(page, "rel=\"next\">Next</a>"));
  EXPECT_TRUE(holds(page, "<a href=\"/r/ab3k9/file/3#page=1\">This page in the PDF</a>"));
}

TEST(TextPage, OpensTheBeginningForAnUnknownPlace) {
  EXPECT_TRUE(holds(text_page(kFrame, work(), {.page = 99}, "").str(), "<h1 lang=\"en\">Page 1</h1>"));
  EXPECT_TRUE(holds(text_page(kFrame, work(), {.position = 2}, "").str(), "<h1 lang=\"en\">Page 2</h1>"));
  EXPECT_TRUE(holds(text_page(kFrame, work(), {.section = "none", .position = 77}, "").str(), "<h1 lang=\"en\">Page 1</h1>"));
}

TEST(ErrorPage, IsHtmlOrJson) {
  const Error error{Errc::not_found, "there is nothing at this address", "search for it", {}};
  const Response html = error_response(kFrame, {}, 404, error);
  EXPECT_EQ(html.status, 404);
  EXPECT_TRUE(holds(html.body, "<p>There is nothing at this address.</p>"));
  Request json;
  json.path = "/r/x.json";
  const Response out = error_response(kFrame, json, 404, error);
  EXPECT_EQ(out.type, "application/json");
  EXPECT_EQ(Json::parse(out.body)->dump(),
            R"({"error":{"code":"not_found","message":"there is nothing at this address","hint":"search for it"}})");
}

bib::Document body() {
  bib::Document out;
  out.lang = "de";
  out.sections.resize(2);
  out.sections[0].heading = bib::RichText("Methods <b>");
  out.sections[0].blocks.push_back({.text = bib::RichText("Cities make heat plans.")});
  out.sections[0].sections.resize(1);
  out.sections[0].sections[0].heading = bib::RichText("Data");
  out.sections[1].heading = bib::RichText("Results");
  out.sections[1].blocks.push_back({.kind = bib::BlockKind::figure, .label = "Figure 1", .source = "f1.png", .alt = "A \"map\""});
  return out;
}

TEST(ReadingPage, HoldsTheWholeText) {
  app::WorkView view = work();
  const std::string page = reading_page(kFrame, view, body(), "heat").str();
  EXPECT_EQ(test::markup_of(page).faults, std::vector<std::string>{});
  EXPECT_EQ(count_of(page, "<h1"), 1U);
  EXPECT_TRUE(holds(page, "<li><a href=\"#s1\">1 Methods &lt;b&gt;</a>"));
  EXPECT_TRUE(holds(page, "<div class=\"text\" lang=\"de\">"));
  EXPECT_TRUE(holds(page, "Cities make <mark>heat</mark> plans."));
  EXPECT_TRUE(holds(page, "<a href=\"/r/ab3k9/file/3\">Read the PDF</a>"));
  EXPECT_TRUE(holds(page, asset_path("reading.css")));
  EXPECT_TRUE(holds(page, "What it shows:</span> A &quot;map&quot;"));
  view.files.push_back({.number = 4, .name = "f1.png", .media = "image/png"});
  EXPECT_TRUE(holds(reading_page(kFrame, view, body(), "").str(), "<img src=\"/r/ab3k9/file/4\" alt=\"A &quot;map&quot;\">"));
}

TEST(ReadingPage, IsLedToFromTheRecord) {
  const std::string page = record_page(kFrame, work(), body()).str();
  EXPECT_TRUE(holds(page, "<h2>In this text</h2>"));
  EXPECT_TRUE(holds(page, "<a href=\"/r/ab3k9/text#s1.1\">1.1 Data</a>"));
  EXPECT_EQ(test::markup_of(page).faults, std::vector<std::string>{});
  EXPECT_TRUE(lacks(record_page(kFrame, work()).str(), "In this text"));
}

TEST(ReadingPage, KnowsTheSectionOfAPlace) {
  app::WorkView view = work();
  view.passages = passages(body());
  EXPECT_EQ(section_at(view, {}), "");
  EXPECT_EQ(section_at(view, {.section = "Results"}), "s2");
  EXPECT_EQ(section_at(view, {.position = 2}), "s2");
  EXPECT_EQ(section_at(view, {.section = "nowhere"}), "s1");
}

TEST(Words, ForPeople) {
  EXPECT_EQ(counted(1, "publication", "publications"), "1 publication");
  EXPECT_EQ(counted(1234567, "publication", "publications"), "1,234,567 publications");
  EXPECT_EQ(size_text(999), "999 bytes");
  EXPECT_EQ(size_text(12'345), "12 kB");
  EXPECT_EQ(size_text(1'949'000), "1.9 MB");
  EXPECT_EQ(language_name("pt-BR"), "Portuguese");
  EXPECT_EQ(language_name("xx"), "xx");
  EXPECT_EQ(type_label("policy-brief"), "Policy brief");
}

TEST(Assets, AreNamedByTheirDigest) {
  const std::string path = asset_path("colophon.css");
  const auto parts = parse_target(path)->segments;
  const auto response = asset_response(parts[1], parts[2]);
  ASSERT_TRUE(response);
  EXPECT_LT(response->body.size(), 12'000U);
  EXPECT_EQ(response->headers.front().second, "public, max-age=31536000, immutable");
  EXPECT_FALSE(asset_response("000000000000", "colophon.css"));
  EXPECT_FALSE(asset_response(parts[1], "x.css"));
}

}  // namespace
}  // namespace colophon::web

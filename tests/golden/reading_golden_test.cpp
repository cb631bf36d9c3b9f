// SPDX-License-Identifier: GPL-3.0-or-later
// tests/golden/reading/CASE/{input.xml,expected.html}: contents and body of an article as the reading view shows them. UPDATE_GOLDEN=1
// rewrites the expectation.
#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "base/io.hpp"
#include "formats_xml/jats_reader.hpp"
#include "review/open_review.hpp"
#include "support/accessibility.hpp"
#include "support/markup.hpp"
#include "web/pages/body.hpp"
#include "web/pages/pages.hpp"

#include <gtest/gtest.h>

namespace colophon::web {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(COLOPHON_SOURCE_DIR) / "tests/golden/reading";
constexpr std::size_t kSampled = 150;  // of the articles of the data set

std::vector<std::string> cases() {
  std::vector<std::string> out;
  for (const auto& entry : fs::directory_iterator(kFolder)) out.push_back(entry.path().filename().string());
  std::ranges::sort(out);
  return out;
}

bib::Document body_of(const fs::path& path) {
  const Result<std::string> input = read_file(path);
  formats::Extraction read = formats_xml::read_jats(input.value_or(""));
  return read.drafts.empty() || !read.drafts[0].body ? bib::Document{} : std::move(*read.drafts[0].body);
}

std::string shown(const bib::Document& body, std::string_view query = {}, std::span<const bib::Statement> references = {}) {
  return Html()
      .put("{}<div class=\"text\">\n{}</div>\n", body_contents(body),
           body_html(body, {.query = query, .work = "ab3k9", .references = references}))
      .str();
}

class ReadingGolden : public testing::TestWithParam<std::string> {};

TEST_P(ReadingGolden, ShowsWhatIsExpected) {
  const fs::path folder = kFolder / GetParam();
  const std::string actual = shown(body_of(folder / "input.xml"));
  if (std::getenv("UPDATE_GOLDEN")) {
    ASSERT_TRUE(replace_file(folder / "expected.html", actual, 0644));
  }
  EXPECT_EQ(actual, read_file(folder / "expected.html").value_or(""));
  EXPECT_EQ(test::markup_of(actual).faults, std::vector<std::string>{});
}

INSTANTIATE_TEST_SUITE_P(Cases, ReadingGolden, testing::ValuesIn(cases()));

TEST(Reading, HostileTextBecomesNoMarkup) {
  const bib::Document body = body_of(kFolder / "hostile" / "input.xml");
  const test::Markup markup = test::markup_of(shown(body, "\"><script>"));
  const std::set<std::string> elements = {
      "a",   "b",  "blockquote", "br",  "code",    "div",  "figcaption", "figure", "h2", "li", "mark", "math",    "mi",  "mtext",
      "nav", "ol", "p",          "pre", "section", "span", "table",      "tbody",  "td", "tr", "ul",   "caption", "mrow"};
  for (const std::string& name : markup.elements) EXPECT_TRUE(elements.contains(name)) << name;
  const std::set<std::string> attributes = {"aria-label", "class",       "colspan", "display", "href",    "id",
                                            "lang",       "mathvariant", "rel",     "role",    "tabindex"};
  for (const std::string& name : markup.attributes) EXPECT_TRUE(attributes.contains(name)) << name;
}

TEST(Reading, ReferencesLeadToWhatTheyName) {
  const formats::Extraction read = formats_xml::read_jats(
      "<article><front><article-meta/></front><back><ref-list><ref><element-citation><source>Trees</source>"
      "<pub-id pub-id-type=\"doi\">10.5555/trees</pub-id></element-citation></ref><ref><mixed-citation>Shade, doi:10.5555/shade"
      "</mixed-citation></ref><ref><element-citation><source>Parks</source><pub-id pub-id-type=\"pmid\">77</pub-id>"
      "</element-citation></ref></ref-list></back></article>");
  ASSERT_EQ(read.drafts.size(), 1U);
  const std::string html = shown(*read.drafts[0].body, {}, read.drafts[0].work.all(bib::FieldId::reference));
  EXPECT_NE(html.find("Trees. <a href=\"https://doi.org/10.5555/trees\" rel=\"noopener noreferrer\">10.5555/trees</a>"),
            std::string::npos)
      << html;
  EXPECT_NE(html.find("Parks. <a href=\"https://pubmed.ncbi.nlm.nih.gov/77\" rel=\"noopener noreferrer\">PubMed 77</a>"),
            std::string::npos)
      << html;
  const auto links = [&](std::string_view what) { return html.find(what) != html.rfind(what); };
  EXPECT_FALSE(links("href=\"https://doi.org/10.5555/shade\"")) << "a printed one is linked where it stands";
}

TEST(Reading, EveryPassageHasItsAnchorInThePage) {
  for (const std::string& name : cases()) {
    const bib::Document body = body_of(kFolder / name / "input.xml");
    const test::Markup markup = test::markup_of(shown(body));
    for (const bib::Passage& passage : passages(body))
      EXPECT_TRUE(markup.ids.contains(passage.anchor)) << name << " " << passage.anchor;
  }
}

TEST(Reading, WordsOfAQueryAreMarked) {
  const std::string html = shown(body_of(kFolder / "article" / "input.xml"), "warmer OR tree");
  EXPECT_NE(html.find("A <mark>tree</mark>."), std::string::npos);
  EXPECT_EQ(test::markup_of(html).faults, std::vector<std::string>{});
}

// Articles of many publishers: all that links has its target, all that has an id has its own.
TEST(Reading, ArticlesOfManyPublishersAreSoundMarkup) {
  const char* home = std::getenv("HOME");
  const fs::path data = fs::path(home ? home : "") / ".cache/colophon-data/jats";
  if (!fs::exists(data)) GTEST_SKIP() << "the data set is not there";
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(data)) {
    if (entry.path().extension() == ".xml" || entry.path().extension() == ".nxml") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  std::size_t read = 0;
  for (std::size_t i = 0; i < files.size(); i += std::max<std::size_t>(1, files.size() / kSampled)) {
    const bib::Document body = body_of(files[i]);
    if (body.empty()) continue;
    ++read;
    const test::Markup markup = test::markup_of(shown(body, "results"));
    ASSERT_EQ(markup.faults, std::vector<std::string>{}) << files[i];
    for (const bib::Passage& passage : passages(body)) ASSERT_TRUE(markup.ids.contains(passage.anchor)) << files[i];
  }
  EXPECT_GT(read, 0U);
}

// --- whole pages ------------------------------------------------------------------------------------------------------------

std::vector<std::string> pages_of(const fs::path& path) {
  const std::string bytes = read_file(path).value_or("");
  formats::Extraction read = formats_xml::read_jats(bytes);
  std::vector<std::string> out;
  const Frame frame{.site = "Library"};
  for (formats::Draft& draft : read.drafts) {
    const bib::Document body = draft.body.value_or(bib::Document{});
    app::WorkView view{.id = "ab3k9", .record = draft.work, .passages = passages(body)};
    view.reviews = review::open_reviews(draft.work, formats_xml::read_peer_reviews(bytes).reviews);
    out.push_back(record_page(frame, view, body).str());
    if (!body.empty()) out.push_back(reading_page(frame, view, body, "heat").str());
    if (!view.reviews.empty()) out.push_back(reviews_page(frame, view).str());
  }
  return out;
}

// All cases of the reader and of the reading view: right-to-left, without titles, with broken structure.
TEST(Reading, PagesHaveNoBarriers) {
  std::size_t pages = 0;
  for (const fs::path& folder : {kFolder, kFolder.parent_path() / "jats"}) {
    for (const auto& entry : fs::directory_iterator(folder)) {
      for (const std::string& html : pages_of(entry.path() / "input.xml")) {
        ++pages;
        EXPECT_EQ(test::barriers_of(html), std::vector<std::string>{}) << entry.path();
        EXPECT_EQ(test::markup_of(html).faults, std::vector<std::string>{}) << entry.path();
      }
    }
  }
  EXPECT_GT(pages, 80U);
}

TEST(Reading, TheCheckFindsBarriers) {
  const std::string bad =
      "<html><body><h2>A</h2><h4>B</h4><img src=\"a.png\"><a href=\"/\"> </a><table><tr><th>x</th></tr></table>"
      "<input name=\"q\"><nav></nav><nav></nav><p tabindex=\"3\"></p><div role=\"group\"></div></body></html>";
  EXPECT_EQ(test::barriers_of(bad).size(), 13U) << testing::PrintToString(test::barriers_of(bad));
}

TEST(Reading, WhatIsWrittenToTheLeftStandsSo) {
  const std::vector<std::string> pages = pages_of(kFolder.parent_path() / "jats" / "language-ar" / "input.xml");
  ASSERT_EQ(pages.size(), 2U);
  EXPECT_NE(pages[1].find("<div class=\"text\" lang=\"ar\" dir=\"rtl\">"), std::string::npos);
  EXPECT_NE(pages[1].find("<h1 lang=\"ar\" dir=\"rtl\">"), std::string::npos);
  EXPECT_EQ(pages[1].find("lang=\"en\" dir"), std::string::npos);
}

}  // namespace
}  // namespace colophon::web

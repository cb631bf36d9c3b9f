// SPDX-License-Identifier: GPL-3.0-or-later
// What the linter says of files is in tests/golden/jats-lint; here are its DTDs, its loader, its places and its limits.
#include "formats/lint.hpp"

#include <chrono>
#include <fstream>

#include "base/io.hpp"
#include "formats_xml/lint/dtd_files.hpp"
#include "formats_xml/lint/dtds.hpp"
#include "formats_xml/lint/jats_lint.hpp"
#include "formats_xml/lint/tags.hpp"
#include "formats_xml/lint/tree.hpp"
#include "formats_xml/sax.hpp"
#include "support/slowness.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

namespace colophon::formats_xml {
namespace {

using formats::Outcome;
using test::kSlow;

std::vector<std::string> codes(const formats::Extraction& told) {
  std::vector<std::string> out;
  for (const Diagnostic& d : told.diagnostics) out.push_back(d.code);
  return out;
}
bool has(const formats::Extraction& told, std::string_view code) {
  return std::ranges::any_of(told.diagnostics, [&](const Diagnostic& d) { return d.code == code; });
}

std::string article(std::string_view doctype, std::string_view body = "<p>x</p>") {
  return std::string(doctype) +
         "<article article-type=\"research-article\"><front><journal-meta><journal-id "
         "journal-id-type=\"x\">j</journal-id><issn>1234-5678</issn>"
         "</journal-meta><article-meta><title-group><article-title>T</article-title></title-group><pub-date><year>2020</year></"
         "pub-date>"
         "</article-meta></front><body>" +
         std::string(body) + "</body></article>";
}

std::string times(std::string_view text, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

// --- DTDs ----------------------------------------------------------------------------------------------------------------

TEST(LintDtds, EachIsReadWhole) {
  ASSERT_EQ(dtds().size(), 37U);
  for (const Dtd& dtd : dtds()) {
    SCOPED_TRACE(dtd.name);
    ASSERT_TRUE(dtd_file(dtd.path));
    const formats::Extraction told =
        lint_jats(article("<!DOCTYPE article PUBLIC \"" + std::string(dtd.public_id) + "\" \"x.dtd\">"));
    EXPECT_EQ(told.outcome, Outcome::ok);
    EXPECT_FALSE(has(told, "jats.other-dtd"));
    for (const std::string_view code : {"jats.unknown-element", "jats.invalid-content", "jats.invalid", "jats.unknown-attribute"})
      EXPECT_FALSE(has(told, code)) << code;
    EXPECT_TRUE(has(lint_jats(article("<!DOCTYPE article PUBLIC \"" + std::string(dtd.public_id) + "\" \"x.dtd\">", "<q/>")),
                    "jats.unknown-element"));
  }
}

TEST(LintDtds, AreServedAndNothingElse) {
  EXPECT_TRUE(dtd_file("1.3/JATS-archivearticle1-3.dtd")->find("PUBLIC DOMAIN") != std::string_view::npos ||
              dtd_file("1.3/JATS-archivearticle1-3.dtd")->find("public domain") != std::string_view::npos);
  EXPECT_EQ(dtd_file("1.3/xmlchars/isogrk1.ent"), "");
  for (const std::string_view none :
       {"", "/etc/passwd", "1.3/../1.3/JATS-archivearticle1-3.dtd", "1.3", "1.3/JATS-archivearticle1-3.dtd/"})
    EXPECT_FALSE(dtd_file(none)) << none;
}

TEST(LintDtds, TheNearestIsChosen) {
  const auto chosen = [](std::string_view head) {
    const Choice choice = choose_dtd(doctype_of(head));
    return std::string(choice.dtd->name) + (choice.exact ? "" : " nearest");
  };
  EXPECT_EQ(
      chosen("<!DOCTYPE article\n PUBLIC \"-//NLM//DTD JATS  (Z39.96) Journal Publishing DTD v1.1 20151215//EN\" 'x'><article>"),
      "JATS 1.1 publishing");
  EXPECT_EQ(chosen("<!DOCTYPE article PUBLIC \"-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.1d3 "
                   "20150301//EN\" \"x\">"),
            "JATS 1.1 archiving nearest");
  EXPECT_EQ(chosen("<!DOCTYPE article PUBLIC \"-//NLM//DTD Journal Publishing DTD v2.3 20070202//EN\" \"x\">"),
            "NLM 3.0 publishing nearest");
  EXPECT_EQ(chosen("<!DOCTYPE article PUBLIC \"-//NLM//DTD JATS (Z39.96) Article Authoring DTD v1.2 20190208//EN\" \"x\">"),
            "JATS 1.2 publishing nearest");
  EXPECT_EQ(chosen("<!DOCTYPE article SYSTEM \"https://jats.nlm.nih.gov/archiving/1.2/JATS-archivearticle1.dtd\">"),
            "JATS 1.2 archiving");
  EXPECT_EQ(chosen("<!DOCTYPE article PUBLIC \"-//X//DTD Archival NLM DTD Suite v2.2.2 20100217//EN\" \"x\">"),
            "JATS 1.0 archiving nearest");
  EXPECT_EQ(chosen("<article dtd-version=\"1.9\">"), "JATS 1.4 archiving with MathML 3 nearest");
  EXPECT_EQ(chosen("<article dtd-version=\"1.3\">"), "JATS 1.3 archiving with MathML 3 nearest");
  EXPECT_EQ(chosen("<!-- dtd-version='1.1' --><article>"), "JATS 1.4 archiving with MathML 3 nearest");
  EXPECT_EQ(
      chosen(std::string(
          "<\0!\0D\0O\0C\0T\0Y\0P\0E\0 \0a\0 \0S\0Y\0S\0T\0E\0M\0 \0'\0x\0/\0p\0u\0b\0l\0i\0s\0h\0i\0n\0g\0/\0001\0.\0000\0'\0",
          75)),
      "JATS 1.0 publishing nearest");
  for (const std::string_view odd : {"", "<!DOCTYPE", "<!DOCTYPE article PUBLIC", "<!DOCTYPE article PUBLIC \"", "<",
                                     "<article dtd-version", "<article dtd-version="})
    EXPECT_NE(choose_dtd(doctype_of(odd)).dtd, nullptr);
}

// --- places --------------------------------------------------------------------------------------------------------------

TEST(LintPlaces, AreThoseOfTheTags) {
  const std::vector<Location> at = start_tags("<a><!-- <x> --><?p <y>?>\n <b c='>'\n d=\">\"/><![CDATA[<z>]]>\n\n<e></e></a>");
  ASSERT_EQ(at.size(), 3U);
  EXPECT_EQ(at[0], (Location{{}, 1, 1, 0}));
  EXPECT_EQ(at[1], (Location{{}, 2, 2, 0}));
  EXPECT_EQ(at[2], (Location{{}, 5, 1, 0}));
}

TEST(LintPlaces, SurviveThePassOverTheBytes) {
  const formats::Extraction told = lint_jats("<?xml version=\"1.0\"?>\n<!DOCTYPE article [\n<!ENTITY x \"y\">\n]>\n" +
                                             article("", "\n<p>&x;&nosuch;</p>\n<p>\n<mml:b/>\n  <nope/></p>"));
  const auto place = [&](std::string_view code, std::size_t nth = 0) {
    for (const Diagnostic& d : told.diagnostics) {
      if (d.code == code && nth-- == 0) return std::to_string(d.at.line) + ":" + std::to_string(d.at.column);
    }
    return std::string("nowhere");
  };
  EXPECT_EQ(place("xml.unknown-entity"), "6:" + place("xml.unknown-entity").substr(2));
  EXPECT_TRUE(place("xml.undeclared-prefix").starts_with("8:"));
  EXPECT_EQ(place("jats.no-dtd"), "2:1");
  EXPECT_EQ(place("jats.unknown-element", 1), "9:3");
}

// --- rules ---------------------------------------------------------------------------------------------------------------

TEST(LintRecommendations, HaveRowsInTheTable) {
  for (const std::string_view code : recommendation_codes()) EXPECT_NE(formats::lint_rule(code), nullptr) << code;
}

TEST(LintFindings, AreToldUpToALimit) {
  const formats::Extraction told = lint_jats(article("", times("<q/>", 500)));
  EXPECT_EQ(std::ranges::count(codes(told), "jats.unknown-element"), 200);
  EXPECT_TRUE(has(told, "xml.and-more"));
}

// --- hostile files: nothing but the time it takes to say no ----------------------------------------------------------------

long resident_kib() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return used.ru_maxrss;
}

void expect_refused(const std::string& xml, Outcome outcome, std::string_view code) {
  (void)lint_jats(article(""));  // what is made once
  const long before = resident_kib();
  const auto start = std::chrono::steady_clock::now();
  const formats::Extraction told = lint_jats(xml);
  EXPECT_LT(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), 1 * kSlow);
  EXPECT_LT(resident_kib() - before, static_cast<long>(64 * 1024 + 2 * xml.size() / 1024)) << code;
  EXPECT_EQ(told.outcome, outcome);
  EXPECT_TRUE(has(told, code)) << code;
  EXPECT_TRUE(finds_no_entities());
}

TEST(LintLimits, AreThoseOfReading) {
  expect_refused("<!DOCTYPE article [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + article("", "&x;"), Outcome::damaged,
                 "xml.entity-declaration");
  expect_refused("<!DOCTYPE article [<!ENTITY % d SYSTEM \"http://192.0.2.1/x.dtd\"> %d;]><article/>", Outcome::damaged,
                 "xml.entity-declaration");
  std::string laughs = "<!DOCTYPE article [<!ENTITY a0 \"lol\">";
  for (int i = 1; i < 10; ++i)
    laughs += "<!ENTITY a" + std::to_string(i) + " \"" + times("&a" + std::to_string(i - 1) + ";", 10) + "\">";
  expect_refused(laughs + "]><article>&a9;</article>", Outcome::damaged, "xml.entity-declaration");
  expect_refused("<article><body>" + times("<sec>", 300), Outcome::too_large, "xml.too-deep");
  std::string tag = "<article";
  for (int i = 0; i < 20'000; ++i) tag += " a" + std::to_string(i) + "=''";
  expect_refused(tag + "/>", Outcome::damaged, "xml.too-many-attributes");
}

TEST(LintLimits, NoDtdOfTheFileIsLoaded) {
  TemporaryFolder folder;
  const std::filesystem::path dtd = folder.path() / "own.dtd";
  std::ofstream(dtd) << "<!ELEMENT article ANY><!ELEMENT q EMPTY>";
  for (const std::string& address : {dtd.string(), "file://" + dtd.string(), std::string("http://192.0.2.1/own.dtd"),
                                     std::string("jats:/1.3/JATS-archivearticle1-3.dtd")}) {
    const auto start = std::chrono::steady_clock::now();
    const formats::Extraction told = lint_jats(article("<!DOCTYPE article SYSTEM \"" + address + "\">", "<q/>"));
    EXPECT_TRUE(has(told, "jats.unknown-element")) << address;
    EXPECT_LT(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), 0.5 * kSlow);
  }
}

TEST(LintLimits, LargeSoundFilesTakeTheirTime) {
  const auto start = std::chrono::steady_clock::now();
  const formats::Extraction told =
      lint_jats(article("", times("<sec id=\"s\"><title>t</title><p><xref rid=\"a b c\"/></p><fig/></sec>", 15'000)));
  EXPECT_EQ(told.outcome, Outcome::ok);
  EXPECT_TRUE(has(told, "jats.duplicate-id"));
  EXPECT_LT(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), 8 * kSlow);
}

TEST(LintLimits, WhatIsNoArticleIsLookedAtAsXml) {
  EXPECT_EQ(codes(lint_jats("<book-part/>")), std::vector<std::string>{"jats.no-dtd-held"});
  EXPECT_EQ(lint_jats("").outcome, Outcome::damaged);
  EXPECT_EQ(lint_jats("<article>").outcome, Outcome::damaged);
}

}  // namespace
}  // namespace colophon::formats_xml

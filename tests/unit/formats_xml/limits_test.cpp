// SPDX-License-Identifier: GPL-3.0-or-later
// What a hostile file may cost: nothing but the time it takes to say no.
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

#include "base/io.hpp"
#include "base/text.hpp"
#include "formats_xml/jats_reader.hpp"
#include "support/slowness.hpp"

#include <gtest/gtest.h>

namespace colophon::formats_xml {
namespace {

using formats::Outcome;
using test::kSlow;

// A line of /proc/self/status in MiB.
double status_mib(std::string_view name) {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(name)) return std::strtod(line.c_str() + name.size(), nullptr) / 1024;
  }
  return 0;
}

struct Timed {
  formats::Extraction read;
  double seconds = 0;
  double grown_mib = 0;  ///< peak of resident memory above what it was, the input included
  std::string code() const { return read.diagnostics.empty() ? "" : read.diagnostics.back().code; }
};

Timed timed(const std::string& xml) {
  std::ofstream("/proc/self/clear_refs") << "5";  // the peak begins anew (proc(5))
  const double held = status_mib("VmRSS:");
  const auto before = std::chrono::steady_clock::now();
  Timed out{read_jats(xml)};
  out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
  out.grown_mib = status_mib("VmHWM:") - held;
  return out;
}

std::string times(std::string_view text, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

// 64 MiB above the input, which is held already.
void expect_little_memory(const Timed& t) {
  if (kSlow == 1) {  // sanitizers keep what is freed
    EXPECT_LT(t.grown_mib, 64);
  }
}

void expect_refused(const std::string& xml, Outcome outcome, std::string_view code, double ceiling = 1) {
  const Timed t = timed(xml);
  EXPECT_EQ(t.read.outcome, outcome) << formats::name(t.read.outcome);
  EXPECT_EQ(t.code(), code);
  EXPECT_TRUE(t.read.drafts.empty());
  EXPECT_LT(t.seconds, ceiling * kSlow);
  expect_little_memory(t);
}

TEST(XmlLimits, TheEntityLoaderFindsNothing) {
  init_xml();
  EXPECT_TRUE(finds_no_entities());
}

TEST(XmlLimits, ExternalEntitiesAreRefused) {
  expect_refused("<!DOCTYPE article [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><article>&x;</article>", Outcome::damaged,
                 "xml.entity-declaration", 0.1);
  expect_refused("<!DOCTYPE article [<!ENTITY % d SYSTEM \"http://example.org/x.dtd\"> %d;]><article/>", Outcome::damaged,
                 "xml.entity-declaration", 0.1);
  expect_refused("<!DOCTYPE article [<!ENTITY x SYSTEM \"http://192.0.2.1/x\">]><article>&x;</article>", Outcome::damaged,
                 "xml.entity-declaration", 0.1);
}

TEST(XmlLimits, ARemoteDtdIsNotFetched) {
  const Timed t = timed(
      "<!DOCTYPE article PUBLIC \"x\" "
      "\"http://192.0.2.1/x.dtd\"><article><front><article-meta><title-group><article-title>A&nbsp;B</article-title></"
      "title-group></article-meta></front></article>");
  ASSERT_EQ(t.read.outcome, Outcome::ok);
  EXPECT_EQ(t.read.drafts[0].work.full_title(), "A\u00A0B");
  EXPECT_LT(t.seconds, 0.1 * kSlow);
}

TEST(XmlLimits, EntitiesMadeOfEntitiesAreRefused) {
  std::string laughs = "<!DOCTYPE article [<!ENTITY a0 \"lol\">";
  for (int i = 1; i < 10; ++i)
    laughs += "<!ENTITY a" + std::to_string(i) + " \"" + times("&a" + std::to_string(i - 1) + ";", 10) + "\">";
  expect_refused(laughs + "]><article>&a9;</article>", Outcome::damaged, "xml.entity-declaration", 0.1);
}

TEST(XmlLimits, QuadraticGrowthStopsAtTheLimit) {
  expect_refused("<!DOCTYPE article [<!ENTITY a \"" + std::string(100'000, 'x') + "\">]><article><body><p>" +
                     times("&a;", 20'000) + "</p></body></article>",
                 Outcome::too_large, "xml.too-large", 1);
}

TEST(XmlLimits, HugeTextIsReadInProportion) {
  const std::string text(8 << 20, 'x');
  const Timed t = timed("<article><body><p>" + text + "</p></body></article>");
  EXPECT_TRUE(t.read.outcome == Outcome::ok || t.read.outcome == Outcome::damaged) << t.code();
  EXPECT_LT(t.seconds, 1 * kSlow);
  expect_little_memory(t);
}

TEST(XmlLimits, WrongEncodingsAreReadOrRefused) {
  for (const std::string_view said :
       {"UTF-8", "UTF-16", "UTF-32", "UTF-7", "Shift_JIS", "EBCDIC-CP-US", "x-none", "ISO-2022-JP"}) {
    const Timed t = timed("<?xml version='1.0' encoding='" + std::string(said) + "'?><article>\xFF\xC3(\xE9\x80</article>");
    EXPECT_TRUE(t.read.outcome == Outcome::ok || !t.read.diagnostics.empty()) << said;
    EXPECT_LT(t.seconds, 1 * kSlow) << said;
    expect_little_memory(t);
  }
}

TEST(XmlLimits, ManyAttributesAreRefused) {
  std::string tag = "<article";
  for (int i = 0; i < 20'000; ++i) tag += " a" + std::to_string(i) + "=''";
  expect_refused(tag + "/>", Outcome::damaged, "xml.too-many-attributes", 0.1);
}

TEST(XmlLimits, DeepNestingIsRefused) {
  expect_refused("<article><body>" + times("<sec>", 300), Outcome::too_large, "xml.too-deep");
  EXPECT_EQ(timed("<article><body>" + times("<sec>", 250) + "<p>x</p>" + times("</sec>", 250) + "</body></article>").read.outcome,
            Outcome::ok);
}

TEST(XmlLimits, ManyElementsAreRefused) {
  expect_refused("<article><body>" + times("<p/>", 250'000) + "</body></article>", Outcome::too_large, "xml.too-many-elements",
                 2);
}

TEST(XmlLimits, ManyNamespacesAreRefused) {
  std::string xml = "<article>";
  for (int i = 0; i < 10; ++i) {
    xml += "<x";
    for (int j = 0; j < 200; ++j) xml += " xmlns:n" + std::to_string(i * 200 + j) + "='u'";
    xml += ">";
  }
  expect_refused(xml, Outcome::too_large, "xml.too-many-namespaces", 0.5);
}

TEST(XmlLimits, OtherXmlAndNoXmlAreSaidToBe) {
  expect_refused("<html><body/></html>", Outcome::unsupported, "jats.other-xml");
  expect_refused("", Outcome::damaged, "xml.empty");
  expect_refused("  \n ", Outcome::damaged, "xml.empty");
  expect_refused("no markup", Outcome::damaged, "xml.damaged");
}

TEST(XmlLimits, BrokenXmlNamesItsPlace) {
  const Timed t = timed("<article>\n<front></body></article>");
  ASSERT_EQ(t.read.outcome, Outcome::damaged);
  EXPECT_EQ(t.read.diagnostics[0].at.line, 2U);
  EXPECT_GT(t.read.diagnostics[0].at.column, 0U);
  EXPECT_FALSE(t.read.diagnostics[0].hint.empty());
}

TEST(XmlLimits, UndeclaredPrefixesAreWarnings) {
  const Timed t = timed(
      "<article><front><article-meta><self-uri xlink:href='https://example.org/a'/><self-uri "
      "xlink:href='https://example.org/b'/></article-meta></front></article>");
  ASSERT_EQ(t.read.outcome, Outcome::ok);
  EXPECT_EQ(t.read.drafts[0].work.all(bib::FieldId::url).size(), 2U);
  ASSERT_EQ(t.read.diagnostics.size(), 1U);
  EXPECT_EQ(t.read.diagnostics[0].code, "xml.undeclared-prefix");
}

TEST(XmlLimits, WhatTheParserFindsOddIsAWarning) {
  const Timed t = timed("<article>\n<?xmltex \\break?><front/></article>");
  ASSERT_EQ(t.read.outcome, Outcome::ok);
  ASSERT_EQ(t.read.diagnostics.size(), 1U);
  EXPECT_EQ(t.read.diagnostics[0].code, "xml.warning");
  EXPECT_EQ(t.read.diagnostics[0].at.line, 2U);
  EXPECT_TRUE(t.read.diagnostics[0].message.starts_with("the XML is odd here (")) << t.read.diagnostics[0].message;
}

// Many of one thing: each was or could be quadratic.
TEST(XmlLimits, ManyOfOneThingTakeTimeInProportion) {
  const std::string head = "<article><front><article-meta>", tail = "</article-meta></front></article>";
  const std::string aff = times("<aff id='a'>x</aff>", 2000);
  for (const std::string& xml : {
           head + times("<volume>1</volume>", 90'000) + tail,
           "<article><front/><back><ref-list><ref><mixed-citation>of " + times("<italic><source>a</source></italic>", 90'000) +
               "</mixed-citation></ref></ref-list></back></article>",
           head + "<kwd-group>" + times("<kwd>x</kwd>", 90'000) + "</kwd-group>" + tail,
           head + "<contrib-group>" +
               times("<contrib><name><surname>x</surname></name><xref ref-type='aff' rid='a'/></contrib>", 40'000) + aff +
               "</contrib-group>" + tail,
           head + times("<subtitle>x</subtitle>", 90'000) + tail,
           head + times("<contract-sponsor id='a'>x</contract-sponsor><contract-num rid='a'>1</contract-num>", 60'000) + tail,
           head + "<abstract>" + times("<p>x</p>", 90'000) + "</abstract>" + tail,
           "<article><body><p>" + times("<italic>x</italic><fn><p>y</p></fn>", 60'000) + "</p></body></article>",
           "<article><body>" + times("<list><list-item><p>x", 60) + times("<fig/>", 90'000) +
               times("</p></list-item></list>", 60) + "</body></article>",
           "<article><body><table-wrap><table>" + times("<tr><td>x</td></tr>", 60'000) + "</table></table-wrap></body></article>",
           "<article><back><ref-list>" + times("<ref><mixed-citation>x. doi: 10.1234/a</mixed-citation></ref>", 60'000) +
               "</ref-list></back></article>",
           "<article><back><ref-list><ref><element-citation>" + times("<source>x</source>", 90'000) +
               "</element-citation></ref></ref-list></back></article>",
           "<article><body><p>" + times("<ext-link href='http://a.b/'>x</ext-link>", 90'000) + "</p></body></article>",
           "<article><body><p><math>" + times("<mi>x</mi>", 90'000) + "</math></p></body></article>",
           "<article>" + times("<sub-article><body><p>x</p></body></sub-article>", 40'000) + "</article>",
       }) {
    const Timed t = timed(xml);
    EXPECT_EQ(t.read.outcome, Outcome::ok) << t.code() << xml.substr(0, 80);
    EXPECT_LT(t.seconds, 3 * kSlow) << xml.substr(0, 80);
  }
}

// Files from the test suites of XML parsers, where they are at hand.
TEST(XmlLimits, OddXmlNeverTakesASecond) {
  const char* data = std::getenv("COLOPHON_DATA");
  const char* home = std::getenv("HOME");
  const std::filesystem::path folder =
      (data ? std::filesystem::path(data) : std::filesystem::path(home ? home : ".") / ".cache" / "colophon-data") / "bad" /
      "xml";
  if (!std::filesystem::is_directory(folder)) GTEST_SKIP() << "no data";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const Timed t = timed(read_file(entry.path()).value_or(""));
    EXPECT_LT(t.seconds, 1 * kSlow) << entry.path();
    EXPECT_TRUE(t.read.outcome == Outcome::ok || !t.read.diagnostics.empty()) << entry.path();
  }
}

}  // namespace
}  // namespace colophon::formats_xml

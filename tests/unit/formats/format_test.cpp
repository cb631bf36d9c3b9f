// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/format.hpp"

#include "formats/draft.hpp"

#include <gtest/gtest.h>

namespace colophon::formats {
namespace {

std::string utf16(std::string_view ascii, bool mark) {
  std::string out = mark ? "\xFF\xFE" : "";
  for (const char c : ascii) out += {c, '\0'};
  return out;
}

TEST(Format, IsRecognisedByContent) {
  EXPECT_EQ(sniff("%PDF-1.7\n"), Format::pdf);
  EXPECT_EQ(sniff("junk before %PDF-1.4"), Format::pdf);
  EXPECT_EQ(sniff("@article{k, title={T}}"), Format::bibtex);
  EXPECT_EQ(sniff("\xEF\xBB\xBF% remark\n@ Book (k,"), Format::bibtex);
  EXPECT_EQ(sniff(utf16("@article{k,", true)), Format::bibtex);
  EXPECT_EQ(sniff("TY  - JOUR\r\nTI  - T\r\n"), Format::ris);
  EXPECT_EQ(sniff("\xEF\xBB\xBF\nProvider: X\n\nTY  - JOUR\nAU  - A"), Format::ris);
  EXPECT_EQ(sniff(utf16("TY  - JOUR\nTI  - T\n", true)), Format::ris);
  EXPECT_EQ(sniff("\nPMID- 1\nOWN - NLM\n"), Format::nbib);
  EXPECT_EQ(sniff("%0 Journal Article\n%T T\n"), Format::refer);
  EXPECT_EQ(sniff("[{\"id\": 1, \"type\": \"book\"}]"), Format::csl_json);
  EXPECT_EQ(sniff("{\"items\": [{\"abstract\": \"A\", \"issued\": {}}]}"), Format::csl_json);
  EXPECT_EQ(sniff("<xml><records><record><ref-type>17</ref-type></record></records></xml>"), Format::endnote);
  EXPECT_EQ(sniff("<?xml version=\"1.0\"?><!DOCTYPE article [<!ENTITY a \"b\">]><!-- c --><article>"), Format::jats);
  EXPECT_EQ(sniff("<j:article xmlns:j=\"x\">"), Format::jats);
  EXPECT_EQ(sniff(utf16("<article>", false)), Format::jats);
}

TEST(Format, AnArticleInAWrapperIsJats) {
  for (const std::string_view tag :
       {"<article>", "<article xml:lang=\"en\">", "<article\n  xml:lang=\"en\">", "<j:article>", "<article"})
    EXPECT_EQ(sniff("<OAI-PMH><journal-meta/><metadata>" + std::string(tag)), Format::jats) << tag;
  EXPECT_EQ(sniff("<OAI-PMH><articles><journal-meta/>"), Format::unknown);
  EXPECT_EQ(sniff("<feed><article>news</article></feed>"), Format::unknown);
  EXPECT_EQ(sniff("<html><article class=\"journal-meta\">"), Format::unknown);
}

TEST(Format, SaysWhatAnUnknownFileIs) {
  struct Row {
    std::string head;
    std::string_view what;
  };
  const std::vector<Row> rows = {{"", "an empty file"},
                                 {" \n\t", "a file of blanks"},
                                 {"PK\x03\x04zip", "a ZIP archive (docx, xlsx, epub …)"},
                                 {"\x1f\x8bgz", "a compressed file"},
                                 {"\xD0\xCF\x11\xE0", "an old Office document"},
                                 {"\x89PNG", "an image"},
                                 {"<!DOCTYPE html><html>", "HTML"},
                                 {"<rss>", "XML, but neither JATS nor EndNote's"},
                                 {"{\"name\": \"x\"}", "JSON, but not CSL-JSON"},
                                 {std::string("a\0b", 3), "binary data"},
                                 {"mail me@example.org", "text without entries of a known format"}};
  for (const Row& row : rows) {
    EXPECT_EQ(sniff(row.head), Format::unknown) << row.what;
    EXPECT_EQ(describe_unknown(row.head), row.what);
  }
}

TEST(Format, IsNamedInOneTable) {
  for (const FormatRow& row : formats()) EXPECT_EQ(format_named(row.name), row.format);
  EXPECT_FALSE(format_named("doc"));
}

TEST(Draft, TravelsAsJson) {
  Extraction out;
  out.outcome = Outcome::partial;
  Draft draft;
  draft.work.type = bib::WorkType::report;
  draft.work.add(bib::FieldId::title, bib::RichText("T"), bib::Origin{.begin = 3, .end = 9});
  draft.local_id = "k";
  draft.key = sha256("x");
  draft.child = 2;
  draft.begin = 1, draft.end = 10, draft.line = 4;
  draft.body = bib::Document();
  out.drafts.push_back(draft);
  out.diagnostics.push_back({Severity::note, "code", "message", "hint", {.line = 3, .column = 1}});
  const Result<Extraction> back = extraction_from_json(*Json::parse(to_json(out).dump()));
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(*back, out);
}

TEST(Draft, MalformedJsonIsRefused) {
  for (const std::string_view text :
       {"{}", "1", R"({"outcome":"ok"})", R"({"outcome":"fine","drafts":[]})", R"({"outcome":"ok","drafts":[{}]})",
        R"({"outcome":"ok","drafts":[{"work":{"type":"book","fields":[]},"key":"zz"}]})"}) {
    EXPECT_FALSE(extraction_from_json(*Json::parse(text))) << text;
  }
}

TEST(Outcome, NamesAreTheirOwnInverse) {
  for (const Outcome outcome : {Outcome::ok, Outcome::partial, Outcome::no_text, Outcome::encrypted, Outcome::damaged,
                                Outcome::unsupported, Outcome::too_large})
    EXPECT_EQ(outcome_named(name(outcome)), outcome);
}

}  // namespace
}  // namespace colophon::formats

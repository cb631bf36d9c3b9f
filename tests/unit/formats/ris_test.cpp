// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.hpp"
#include "formats/draft_reader.hpp"
#include "formats/ris/mapping.hpp"
#include "formats/ris/writer.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace colophon::formats {
namespace {

using bib::FieldId;
using bib::FieldKind;
using bib::WorkType;

bib::Work read_one(std::string_view text) {
  const Extraction read = read_text(Format::ris, text);
  return read.drafts.empty() ? bib::Work() : read.drafts[0].work;
}

bib::Work entry(std::string_view lines) { return read_one(std::string(lines) + "ER  - \r\n"); }

std::string json_of(const bib::Work& work, FieldId field) {
  std::string out;
  for (const bib::Statement& s : work.all(field)) out += bib::to_json(s.value).dump() + " ";
  return out;
}

// A value that RIS can say: RIS has no languages of texts, roles or affiliations for editors.
bib::Value sample(FieldId field) {
  static const std::map<FieldId, std::string> kCodes = {{FieldId::doi, "10.1234/abc_d"},
                                                        {FieldId::isbn, "9780306406157"},
                                                        {FieldId::issn, "2049-3630"},
                                                        {FieldId::pmcid, "PMC123"},
                                                        {FieldId::url, "https://x.org/a_b%20c~d#e"},
                                                        {FieldId::language, "pt-BR"},
                                                        {FieldId::page, "12–24"},
                                                        {FieldId::citation_key, "k7"}};
  switch (bib::row(field).kind) {
    case FieldKind::text: return bib::Text{"Größe & Maß &amp; <i>, 50 %; x", {}};
    case FieldKind::rich: {
      bib::RichText text("The ");
      text.append("E. coli", static_cast<std::uint16_t>(bib::Mark::italic));
      text.append(" of 3 < 4 &lt; <b>");
      return text;
    }
    case FieldKind::names: {
      bib::NameList list;
      list.names.resize(4);
      list.names[0].name = {
          .family = "Berg", .given = "Jan", .prefix = "van der", .dropping_prefix = {}, .suffix = "Jr.", .literal = {}};
      list.names[1].name.literal = "University of California, Berkeley";
      list.names[2].name.literal = "UNESCO";
      list.names[3].name.family = "García Márquez";
      return list;
    }
    case FieldKind::date: return *bib::parse_edtf("2019-03-07");
    case FieldKind::code: return bib::Code{kCodes.contains(field) ? kCodes.at(field) : "7"};
    case FieldKind::extra: return bib::Extra{"ris:DB", "Scopus"};
    default: return bib::Text{};
  }
}

bib::Work full_work(WorkType type) {
  bib::Work out;
  out.type = type;
  for (const bib::FieldRow& row : bib::fields()) {
    const bool made = row.kind != FieldKind::link && row.kind != FieldKind::funding;
    const bool pages = row.id == FieldId::number_of_pages;  // stand where the pages do
    bib::Value value = made ? sample(row.id) : bib::Text{};
    if (row.id == FieldId::contributor) {
      const ris::Row* contributor = ris::row_of(FieldId::contributor, ris::family_of(type));
      for (bib::Contributor& c : std::get<bib::NameList>(value).names) c.roles.emplace_back(contributor ? contributor->role : "");
    }
    if (row.id == FieldId::genre) value = bib::Text{"Anything", {}};
    if (made && !pages && ris_holds(type, row.id, value)) out.add(row.id, std::move(value));
  }
  return out;
}

TEST(Ris, ReadingGivesBackEveryField) {
  for (const bib::WorkTypeRow& type : bib::work_types()) {
    const bib::Work work = full_work(type.type);
    const std::string text = write_ris(work, "k7");
    const bib::Work back = read_one(text);
    for (const bib::FieldRow& row : bib::fields()) {
      if (row.id != FieldId::extra) {
        EXPECT_EQ(json_of(work, row.id), json_of(back, row.id)) << row.name << " of " << type.name << "\n" << text;
      }
    }
    EXPECT_NE(json_of(back, FieldId::extra).find("Scopus"), std::string::npos);
    EXPECT_TRUE(read_text(Format::ris, text).diagnostics.empty()) << text;
  }
}

TEST(Ris, EveryTypeThatCanBeSaidComesBack) {
  for (const bib::WorkTypeRow& row : bib::work_types()) {
    bib::Work work;
    work.type = row.type;
    work.add(FieldId::title, bib::RichText("T"));
    if (row.type == WorkType::unknown) continue;
    EXPECT_EQ(bib::name(read_one(write_ris(work, "")).type), row.name) << write_ris(work, "");
  }
}

TEST(Ris, EveryTypeOfReferenceIsKept) {
  for (const ris::TypeRow& row : ris::types()) {
    const std::string text = "TY  - " + std::string(row.name) + "\r\nTI  - T\r\nER  - \r\n";
    EXPECT_EQ(write_ris(read_one(text), "").substr(0, text.find("\r\n")), text.substr(0, text.find("\r\n")));
  }
}

TEST(Ris, EachTagIsDecidedForEachFamily) {
  for (const ris::Row& row : ris::rows()) {
    EXPECT_EQ(row.tag.size(), 2u);
    EXPECT_TRUE(row.form == ris::Form::name || row.role.empty()) << row.tag;
  }
}

TEST(Ris, SurvivesWhatPeopleSend) {
  const Extraction read = read_text(Format::ris,
                                    "\xEF\xBB\xBFProvider: somebody\r\n\r\n"
                                    "TY  - JOUR\r\nTI  - A title that\r\n  goes on\r\nAU  - M\xFCller, A.\r\nXX  - ?\r\n"
                                    "TY - RPRT\nT1 - Second\nER  -\n\nTI  - No type\n");
  ASSERT_EQ(read.drafts.size(), 3u);
  EXPECT_EQ(read.drafts[0].work.text(FieldId::title), "A title that goes on");
  EXPECT_EQ(read.drafts[0].work.text(FieldId::author), "Müller, A.");
  EXPECT_EQ(json_of(read.drafts[0].work, FieldId::extra), R"({"name":"ris:XX","text":"?"} )");
  EXPECT_EQ(read.drafts[1].work.type, WorkType::report);
  EXPECT_EQ(read.drafts[2].work.type, WorkType::unknown);
  std::string codes;
  for (const Diagnostic& d : read.diagnostics) codes += d.code + " " + to_string(d.at) + "\n";
  EXPECT_EQ(codes,
            "ris.stray-text :1:1\nris.missing-end :3:1\nris.unknown-tag :7:7\nris.encoding :3:1\nris.missing-end :12:1\n"
            "ris.no-type :12:1\n");
}

TEST(Ris, EntriesAreKnownByTheirBytes) {
  const std::string one = "TY  - JOUR\nTI  - A\nER  - ", other = "\n\nTY  - BOOK\nTI  - B\nID  - k1\nER  - \n";
  const Extraction read = read_text(Format::ris, one + other);
  ASSERT_EQ(read.drafts.size(), 2u);
  EXPECT_EQ(read.drafts[0].key, sha256("TY  - JOUR\nTI  - A\nER  -"));
  EXPECT_EQ(read.drafts[0].local_id, "a");
  EXPECT_EQ(read.drafts[1].local_id, "k1");
  EXPECT_EQ(read.drafts[1].line, 5u);
  const bib::Origin& at = read.drafts[1].work.all(FieldId::title)[0].origin;
  EXPECT_EQ((one + other).substr(at.begin, at.end - at.begin), "B");
}

TEST(Ris, DatesAreTheMostExactOnes) {
  const auto date = [](std::string_view lines) { return json_of(entry("TY  - JOUR\n" + std::string(lines)), FieldId::issued); };
  EXPECT_EQ(date("PY  - 2005\nDA  - 2005/07/15\n"), "\"2005-07-15\" ");
  EXPECT_EQ(date("PY  - 2005\nDA  - July\n"), "\"2005-07\" ");
  EXPECT_EQ(date("Y1  - 2001///\n"), "\"2001\" ");
  EXPECT_EQ(date("Y1  - 2001/00/00/\n"), "\"2001\" ");
  EXPECT_EQ(date("Y1  - 1998///spring\n"), "\"1998-21\" ");
  EXPECT_EQ(date("PY  - 2015/october\n"), "\"2015-10\" ");
  EXPECT_EQ(date("PY  - in press\n"), "{\"literal\":\"in press\"} ");
}

TEST(Ris, TagsMeanWhatTheirTypeSays) {
  const bib::Work chapter = entry("TY  - CHAP\nT2  - Book\nA2  - Ed, I.\nT3  - Series\nM1  - 4\nSE  - 2\nSP  - 3\nEP  - 9\n");
  EXPECT_EQ(chapter.text(FieldId::container_title), "Book");
  EXPECT_EQ(chapter.text(FieldId::collection_title), "Series");
  EXPECT_EQ(chapter.text(FieldId::collection_number), "4");
  EXPECT_EQ(chapter.text(FieldId::editor), "Ed, I.");
  EXPECT_EQ(chapter.text(FieldId::page), "3–9");
  const bib::Work book =
      entry("TY  - BOOK\nTI  - T\nT2  - Series\nA2  - Se, R.\nA3  - Ed, I.\nSP  - 320\nSN  - 978-0-306-40615-7\n");
  EXPECT_EQ(book.text(FieldId::collection_title), "Series");
  EXPECT_EQ(book.names(FieldId::contributor)->names[0].roles[0], "series editor");
  EXPECT_EQ(book.text(FieldId::editor), "Ed, I.");
  EXPECT_EQ(book.text(FieldId::number_of_pages), "320");
  EXPECT_EQ(book.text(FieldId::isbn), "9780306406157");
  EXPECT_EQ(entry("TY  - BOOK\nT1  - Old\nA2  - Ed, I.\n").text(FieldId::editor), "Ed, I.");
  EXPECT_EQ(entry("TY  - JOUR\nSP  - pp.\nEP  - 36-43\n").text(FieldId::page), "36–43");
  EXPECT_EQ(entry("TY  - RPRT\nM3  - Policy brief\n").type, WorkType::policy_brief);
  EXPECT_EQ(entry("TY  - JOUR\nJO  - J. X.\nJF  - Journal of X\n").text(FieldId::container_short), "J. X.");
  EXPECT_EQ(entry("TY  - JOUR\nJO  - Journal of X\n").text(FieldId::container_title), "Journal of X");
  EXPECT_EQ(entry("TY  - JOUR\nKW  - a, b, c\n").all(FieldId::keyword).size(), 3u);
  EXPECT_EQ(entry("TY  - JOUR\nM3  - doi: 10.1063/1.1954747\n").text(FieldId::doi), "10.1063/1.1954747");
}

RC_GTEST_PROP(Ris, AnyLinesAreReadAndWrittenAgain, ()) {
  static const std::vector<std::string> kLines = {"TY  - JOUR",       "TY  - BOOK", "ER  - ",       "TI  - A <i>b</i> &amp; c",
                                                  "AU  - a, b, c, d", "AU  - x,",   "AU  - et al.", "PY  - 2001//3",
                                                  "DA  - May",        "SP  - 1",    "EP  - 1-2",    "",
                                                  "more text",        "XX  - y",    "KW  - a;b",    "SN  - 1234",
                                                  "DO  - 10.1/x",     "T2  - J",    "C3  - P",      "TY  - CPAPER",
                                                  "N2  - \xFF",       "AB  - abc",  "ID  - 7",      "  - ",
                                                  "T1  - old"};
  std::string text;
  for (const std::string& line : *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kLines))) text += line + "\n";
  for (const Draft& draft : read_text(Format::ris, text).drafts) {
    const std::string written = write_ris(draft.work, draft.local_id);
    const bib::Work again = read_one(written);
    for (const FieldId field : {FieldId::title, FieldId::author, FieldId::issued, FieldId::keyword, FieldId::doi})
      RC_ASSERT(json_of(again, field) == json_of(draft.work, field));
  }
}

}  // namespace
}  // namespace colophon::formats

// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/writer.hpp"

#include "base/text.hpp"
#include "formats/bibtex/entry_edit.hpp"
#include "formats/bibtex/mapping.hpp"
#include "formats/bibtex/names.hpp"
#include "formats/bibtex/reader.hpp"
#include "formats/bibtex/tex.hpp"
#include "formats/citation_key.hpp"
#include "formats/csl_json.hpp"
#include "formats/draft_reader.hpp"
#include "formats/writer.hpp"
#include "unit/bib/generators.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace colophon::formats {
namespace {

using bib::FieldId;
using bib::FieldKind;
using bib::WorkType;

bib::Work read_one(std::string_view text) {
  const Extraction read = read_bibtex(text);
  return read.drafts.empty() ? bib::Work() : read.drafts[0].work;
}

bib::Contributor person(std::string family, std::string given) {
  bib::Contributor out;
  out.name.family = std::move(family);
  out.name.given = std::move(given);
  return out;
}

// A value that fits the field, for tests that must not forget one.
bib::Value sample(FieldId field) {
  static const std::map<FieldId, std::string> kCodes = {{FieldId::doi, "10.1234/abc_d"},
                                                        {FieldId::isbn, "9780306406157"},
                                                        {FieldId::issn, "2049-3630"},
                                                        {FieldId::arxiv, "2101.00001"},
                                                        {FieldId::pmid, "123"},
                                                        {FieldId::pmcid, "PMC123"},
                                                        {FieldId::handle, "20.500.11811/1"},
                                                        {FieldId::url, "https://x.org/a_b%20c~d#e"},
                                                        {FieldId::language, "pt-BR"},
                                                        {FieldId::page, "12–24"},
                                                        {FieldId::license, "CC-BY-4.0"},
                                                        {FieldId::citation_key, "k"}};
  switch (bib::row(field).kind) {
    case FieldKind::text: return bib::Text{"Größe & Maß, 50 % #1", {}};
    case FieldKind::rich: {
      bib::RichText text("The ");
      const bibtex::FieldMapping* mapping = bibtex::mapping_of(field);
      const bool title = mapping && mapping->form == bibtex::Form::title;  // elsewhere braces only group
      text.append("DNA", title ? static_cast<std::uint16_t>(bib::Mark::nocase) : std::uint16_t{0});
      text.append(" of ");
      text.append("E. coli", static_cast<std::uint16_t>(bib::Mark::italic));
      text.append(" – “n’est”");
      return text;
    }
    case FieldKind::names: return bib::NameList{{person("Müller", "Anna B."), person("Smith", "J.")}, {}, true};
    case FieldKind::date: return *bib::parse_edtf("2019-03-07");
    case FieldKind::code: return bib::Code{kCodes.contains(field) ? kCodes.at(field) : "7"};
    case FieldKind::link: return bib::Link{"part-of", "key", "parent", {}};
    case FieldKind::funding: return bib::Funding{"German Research Foundation", {}, {}, {}};
    case FieldKind::extra: return bib::Extra{"bibtex:x-foo", "raw {\\TeX}"};
  }
  return bib::Text{};
}

bib::Work full_work(WorkType type) {
  bib::Work out;
  out.type = type;
  for (const bib::FieldRow& row : bib::fields()) {
    if (row.id != FieldId::reference) out.add(row.id, sample(row.id));
  }
  return out;
}

std::string differences(const bib::Work& a, const bib::Work& b) {
  std::string out;
  for (const bib::FieldRow& row : bib::fields()) {
    const auto values = [&](const bib::Work& w) {
      std::string text;
      for (const bib::Statement& s : w.all(row.id)) text += bib::to_json(s.value).dump() + " ";
      return text;
    };
    if (values(a) != values(b)) out += std::string(row.name) + ": " + values(a) + "| " + values(b) + "\n";
  }
  return out;
}

TEST(BibtexWriter, EveryFieldOfOursHasAName) {
  for (const bib::FieldRow& row : bib::fields()) {
    const bool unnamed = row.id == FieldId::reference || row.id == FieldId::citation_key || row.id == FieldId::extra;
    EXPECT_EQ(bibtex::mapping_of(row.id) == nullptr, unnamed) << row.name;
  }
}

TEST(BibtexWriter, ReadingGivesBackEveryField) {
  for (const bib::WorkTypeRow& row : bib::work_types()) {
    const bib::Work work = full_work(row.type);
    const std::string text = write_bibtex(work, "k");
    const bib::Work back = read_one(text);
    EXPECT_EQ(differences(work, back), "") << row.name << "\n" << text;
    if (row.type != WorkType::unknown) {
      EXPECT_EQ(bib::name(back.type), row.name) << text;
    }
    EXPECT_TRUE(read_bibtex(text).diagnostics.size() <= 2) << text;
  }
}

TEST(BiblatexWriter, ReadingGivesBackEveryField) {
  for (const bib::WorkTypeRow& row : bib::work_types()) {
    bib::Work work = full_work(row.type);
    bib::NameList authors = *work.names(FieldId::author);
    authors.names[0].name = {"La Fontaine", "Jean", {}, "de", {}, {}};
    work.add(FieldId::author, authors);
    const std::string text = write_bibtex(work, "k", bibtex::Dialect::biblatex);
    const bib::Work back = read_one(text);
    EXPECT_EQ(differences(work, back), "") << row.name << "\n" << text;
    if (row.type != WorkType::unknown) {
      EXPECT_EQ(bib::name(back.type), row.name) << text;
    }
  }
}

TEST(BiblatexWriter, HasItsOwnTypesAndFields) {
  bib::Work work;
  work.type = WorkType::thesis;
  work.add(FieldId::title, bib::RichText("Größe & Maß"));
  work.add(FieldId::issued, *bib::parse_edtf("2019-03"));
  work.add(FieldId::genre, bib::Text{"PhD thesis", {}});
  work.add(FieldId::publisher, bib::Text{"Universität Bonn", {}});
  work.add(FieldId::publisher_place, bib::Text{"Bonn", {}});
  work.add(FieldId::language, bib::Code{"de"});
  EXPECT_EQ(
      write_bibtex(work, "k", bibtex::Dialect::biblatex),
      "@thesis{k,\n  title = {Größe \\& Maß},\n  date = {2019-03},\n  institution = {Universität Bonn},\n  location = {Bonn},\n"
      "  type = {phdthesis},\n  langid = {ngerman},\n}\n");
}

TEST(BibtexWriter, EveryTypeComesBackWithoutOtherFields) {
  for (const bib::WorkTypeRow& row : bib::work_types()) {
    bib::Work work;
    work.type = row.type;
    work.add(FieldId::title, bib::RichText("T"));
    if (row.type != WorkType::unknown) {
      EXPECT_EQ(bib::name(read_one(write_bibtex(work, "k")).type), row.name);
    }
  }
}

TEST(BibtexWriter, IsAsciiWhereTexHasANameForIt) {
  bib::Work work;
  work.type = WorkType::article;
  work.add(FieldId::title, bib::RichText("Größe – naïve Ångström € “x”"));
  work.add(FieldId::page, bib::Code{"12–24"});
  const std::string text = write_bibtex(work, "größe, 1");
  EXPECT_TRUE(std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) << text;
  EXPECT_NE(text.find("@article{groesse1,"), std::string::npos) << text;
  EXPECT_NE(text.find("pages = {12--24}"), std::string::npos) << text;
}

RC_GTEST_PROP(BibtexWriter, EncodedTextIsReadBack, ()) {
  static const std::vector<std::string> kParts = {"a",  "B", "é",  "ß",  "ñ",  "Ł", "ő", "ế",       "–", "—", "-", "'", "`",
                                                  "\"", "{", "}",  "\\", "$",  "%", "&", "#",       "_", "^", "~", "“", "’",
                                                  "€",  "α", "日", "я",  " x", "?", "!", "\u00A0y", ",", ";", "="};
  std::string text;
  for (const std::string& part : *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kParts))) text += part;
  text = nfc(squeeze(text));
  RC_ASSERT(bibtex::decode_plain(bibtex::encode(text)) == text);
  RC_ASSERT(bibtex::decode_plain(bibtex::encode(text, bibtex::Dialect::biblatex)) == text);
}

RC_GTEST_PROP(BibtexWriter, NamesAreReadBack, ()) {
  static const std::vector<std::string> kFamilies = {"Müller", "Berg",       "La Fontaine", "de Silva",  "O'Neil",
                                                     "and",    "Smith, Ltd", "王",          "al-Rashid", "others"};
  static const std::vector<std::string> kGivens = {"", "Anna B.", "J.-P.", "Ö.", "and"};
  static const std::vector<std::string> kPrefixes = {"", "van der", "de"};
  static const std::vector<std::string> kSuffixes = {"", "Jr.", "III"};
  bib::NameList list;
  const std::size_t count = *rc::gen::inRange<std::size_t>(1, 5);
  for (std::size_t i = 0; i < count; ++i) {
    bib::Contributor one;
    if (*rc::gen::inRange(0, 4) == 0) {
      one.name.literal = "World Bank and Friends, Inc. " + std::to_string(i);
    } else {
      one = person(*rc::gen::elementOf(kFamilies), *rc::gen::elementOf(kGivens));
      one.name.prefix = *rc::gen::elementOf(kPrefixes);
      one.name.suffix = one.name.given.empty() ? "" : *rc::gen::elementOf(kSuffixes);
    }
    list.names.push_back(one);
  }
  list.others = *rc::gen::arbitrary<bool>();
  const bib::NameList back = bibtex::parse_names(bibtex::write_names(list));
  RC_ASSERT(back == list);
}

TEST(BibtexWriter, MakesACitationKey) {
  bib::Work work = read_one("@article{x, author = {M{\\\"u}ller, A. and B C}, title = {The Climate-proof {City}}, year = 2019}");
  EXPECT_EQ(citation_key(work), "mueller2019climate");
  EXPECT_EQ(citation_key(bib::Work()), "anonnd");
}

// --- one field of a source entry -------------------------------------------------------------------------------------------

std::string with(const std::string& entry, FieldId field, bib::Value value) {
  const Extraction read = read_bibtex(entry);
  bib::Work record = read.drafts.empty() ? bib::Work() : read.drafts[0].work;
  record.add(field, std::move(value));
  return entry_as_in(entry, record, field);
}

TEST(EntryAsIn, ChangesThatFieldsBytesOnly) {
  const std::string entry = "@Article{k,\n\tAuthor = \"A # B\" # x ,\n  journaltitle={Old},% remark\n  year = 1999\n}";
  bib::NameList names;
  names.names.emplace_back().name.family = "C";
  EXPECT_EQ(with(entry, FieldId::author, names),
            "@Article{k,\n\tAuthor = {C} ,\n  journaltitle={Old},% remark\n  year = 1999\n}");
  EXPECT_EQ(with(entry, FieldId::container_title, bib::RichText("Größe")),
            "@Article{k,\n\tAuthor = \"A # B\" # x ,\n  journaltitle={Gr{\\\"o}{\\ss}e},% remark\n  year = 1999\n}");
}

TEST(EntryAsIn, AddsANewFieldInTheEntrysManner) {
  EXPECT_EQ(with("@a{k,\n  title={T},\n  year={1}\n}", FieldId::doi, bib::Code{"10.1/x"}),
            "@a{k,\n  title={T},\n  year={1},\n  doi={10.1/x}\n}");
  EXPECT_EQ(with("@a{k,\n\ttitle = {T},\n}", FieldId::note, bib::RichText("n")), "@a{k,\n\ttitle = {T},\n\tnote = {n},\n}");
  EXPECT_EQ(with("@a{k}", FieldId::note, bib::RichText("n")), "@a{k,\n  note = {n}}");
  EXPECT_EQ(with("no entry", FieldId::note, bib::RichText("n")), "no entry");
}

TEST(EntryAsIn, SaysOfOneFieldWhatTheRecordSays) {
  const std::string entry =
      "@article{k,\n  title = {T},\n  year = 1999,\n  month = mar,\n  number = {4},\n  keywords = {a, b}\n}";
  bib::Work record = read_one(entry);
  record.add(FieldId::issued, bib::year_date(2001));
  EXPECT_EQ(entry_as_in(entry, record, FieldId::issued),
            "@article{k,\n  title = {T},\n  year = {2001},\n  number = {4},\n  keywords = {a, b}\n}");
  record.add(FieldId::issue, bib::Code{"5"});
  EXPECT_EQ(entry_as_in(entry, record, FieldId::issue),
            "@article{k,\n  title = {T},\n  year = 1999,\n  month = mar,\n  number = {5},\n  keywords = {a, b}\n}");
  record.add(FieldId::keyword, bib::Text{"c", {}});
  EXPECT_EQ(entry_as_in(entry, record, FieldId::keyword),
            "@article{k,\n  title = {T},\n  year = 1999,\n  month = mar,\n  number = {4},\n  keywords = {a, b, c}\n}");
  record.remove(FieldId::keyword);
  EXPECT_EQ(entry_as_in(entry, record, FieldId::keyword),
            "@article{k,\n  title = {T},\n  year = 1999,\n  month = mar,\n  number = {4},\n}");
}

// --- CSL-JSON ----------------------------------------------------------------------------------------------------------------

TEST(CslJson, WritesEveryFieldThatHasAVariable) {
  const bib::Work work = full_work(WorkType::policy_brief);
  const Json item = to_csl(work, "id");
  EXPECT_EQ(item["type"].as_string(), "report");
  for (const bib::FieldRow& row : bib::fields()) {
    if (!row.csl.empty() && work.has(row.id)) {
      EXPECT_TRUE(item.contains(row.csl)) << row.name;
    }
  }
}

TEST(CslJson, ReadingGivesBackTheWork) {
  for (const bib::WorkTypeRow& row : bib::work_types()) {
    const bib::Work work = full_work(row.type);
    const Result<bib::Work> back = from_csl(*Json::parse(to_csl(work, "id").dump()));
    ASSERT_TRUE(back);
    EXPECT_EQ(differences(work, *back), "") << row.name;
    if (row.type != WorkType::unknown) {
      EXPECT_EQ(bib::name(back->type), row.name);
    }
  }
}

TEST(CslJson, ATitleWithASubtitleIsItsOwnShortForm) {
  bib::Work work = read_one("@book{k, title = {Heat Plans}, subtitle = {A Guide}}");
  work.change_origins([](bib::Origin& origin) { origin = {}; });
  const Json item = to_csl(work, "k");
  EXPECT_EQ(item["title"].as_string(), "Heat Plans: A Guide");
  EXPECT_EQ(item["title-short"].as_string(), "Heat Plans");
  EXPECT_EQ(*from_csl(item), work);
  EXPECT_EQ(to_csl(read_one("@book{k, title = {A: B}}"), "k")["title-short"], Json());
  EXPECT_EQ(to_csl(read_one("@book{k, title = {A}, subtitle = {B}, shorttitle = {C}}"), "k")["title-short"].as_string(), "C");
}

TEST(CslJson, ReadsWhatOthersWrite) {
  const Json item = *Json::parse(
      R"({"id": 3, "type": "article-journal", "title": "A <i>b</i> < c", "author": [{"family": "X", "given": "Y", "ORCID": "https://orcid.org/0000-0002-1825-0097"}],
    "issued": {"date-parts": [["2019", 3]], "season": ""}, "accessed": {"raw": "2020-01-02"}, "volume": 12, "DOI": "not one", "ISBN": "0-306-40615-2 978-3-16-148410-0", "my-var": "v", "keyword": "a, b"})");
  const bib::Work work = *from_csl(item);
  EXPECT_EQ(work.text(FieldId::title), "A b < c");
  EXPECT_EQ(work.names(FieldId::author)->names[0].orcid, "0000-0002-1825-0097");
  EXPECT_EQ(bib::to_edtf(*work.date(FieldId::issued)), "2019-03");
  EXPECT_EQ(bib::to_edtf(*work.date(FieldId::accessed)), "2020-01-02");
  EXPECT_EQ(work.text(FieldId::volume), "12");
  EXPECT_EQ(work.all(FieldId::isbn).size(), 2u);
  EXPECT_EQ(work.all(FieldId::keyword).size(), 2u);
  EXPECT_EQ(work.all(FieldId::extra).size(), 2u);
  EXPECT_FALSE(from_csl(Json(1)));
}

TEST(CslJson, WhatWeHaveNoFieldForComesBack) {
  const Json item = *Json::parse(R"({"id": "a", "type": "graphic", "title": "T", "director": [{"family": "F", "given": "G"}],
    "dimensions": "3 x 4", "custom": {"theirs": 1}})");
  EXPECT_EQ(to_csl(*from_csl(item), "a").canonical(), item.canonical());
}

TEST(CslJson, DatesAreReadInAllForms) {
  const auto date = [](std::string_view json) {
    return bib::to_edtf(*from_csl(Json::object({{"issued", *Json::parse(json)}}))->date(FieldId::issued));
  };
  EXPECT_EQ(date(R"({"raw": "March 7, 2019"})"), "2019-03-07");
  EXPECT_EQ(date(R"({"date-parts": [["2019", "3"], [2020]], "circa": true})"), "2019-03~/2020");
  EXPECT_EQ(date(R"({"date-parts": [[2019]], "season": 2})"), "2019-22");
  EXPECT_EQ(date(R"({"date-parts": [[2019]], "season": "winter"})"), "2019-24");
  EXPECT_EQ(date(R"({"literal": "in press"})"), "in press");
}

RC_GTEST_PROP(CslJson, AnyWorkComesBack, ()) {
  const bib::Work work = bib::testing::any_work();
  const Result<bib::Work> back = from_csl(*Json::parse(to_csl(work, "id").dump()));
  RC_ASSERT(back.has_value());
  RC_ASSERT(differences(work, *back) == "");
  if (work.type != WorkType::unknown) RC_ASSERT(back->type == work.type);
}

TEST(Writers, FrameTheirItems) {
  bib::Work work;
  work.type = WorkType::book;
  work.add(FieldId::title, bib::RichText("T"));
  for (const WriterRow& row : writers()) {
    if (row.works == Holds::one) continue;  // XML: read in colophon-extract (tests/unit/formats_xml)
    const std::string item = row.write({&work, ""}).text;
    const std::string file = std::string(row.begin) + item + std::string(row.between) + item + std::string(row.end);
    const Format format = format_named(row.name).value_or(Format::bibtex);
    EXPECT_EQ(read_text(format, file).drafts.size(), 2u) << file;
    EXPECT_EQ(sniff(file), format);
  }
  EXPECT_TRUE(writer_named("csl-json"));
  EXPECT_FALSE(writer_named("word"));
}

}  // namespace
}  // namespace colophon::formats

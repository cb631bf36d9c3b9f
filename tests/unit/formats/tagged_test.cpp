// SPDX-License-Identifier: GPL-3.0-or-later
// PubMed's nbib, EndNote's tagged format and CSL-JSON.
#include "formats/draft_reader.hpp"
#include "formats/people.hpp"

#include <gtest/gtest.h>

namespace colophon::formats {
namespace {

using bib::FieldId;
using bib::WorkType;

bib::Work read_one(Format format, std::string_view text) {
  const Extraction read = read_text(format, text);
  return read.drafts.empty() ? bib::Work() : read.drafts[0].work;
}

std::string texts(const bib::Work& work, FieldId field) {
  std::string out;
  for (const bib::Statement& s : work.all(field)) out += bib::plain(s.value) + "|";
  return out;
}

constexpr std::string_view kArticle =
    "\nPMID- 12345678\nOWN - NLM\nIS  - 2049-3630 (Electronic)\nVI  - 4\nIP  - 1\nPG  - 25-36\nDP  - 1993 Oct 8\n"
    "TI  - Heat in cities: a long\n      title.\nLID - 10.1234/abc [doi]\nLID - e17 [pii]\nAB  - Background.\n"
    "FAU - van der Berg, Jan B\nAU  - van der Berg JB\nAUID- ORCID: 0000-0002-1825-0097\nAD  - University of A.\nAD  - Office "
    "B.\n"
    "FAU - Gout, I\nAU  - Gout I\nAD  - University of A.\nCN  - Heat Study Group\nAU  - et al.\nLA  - eng\n"
    "GR  - R01 CA1/CA/NCI NIH HHS/United States\nPT  - Journal Article\nPT  - Review\nJT  - Journal of Heat\nTA  - J Heat\n"
    "MH  - Brain/*enzymology\nOT  - heat plan\nPHST- 2022/03/21 00:00 [received]\nPHST- 2022/04/01 00:00 [pubmed]\n"
    "PMC - PMC8816568\nCIN - J X. 2020;1:2\nZZ  - new\n\n";

TEST(Nbib, ReadsAnArticle) {
  const Extraction read = read_text(Format::nbib, kArticle);
  ASSERT_EQ(read.drafts.size(), 1u);
  const bib::Work& work = read.drafts[0].work;
  EXPECT_EQ(read.drafts[0].local_id, "12345678");
  EXPECT_EQ(work.type, WorkType::article);
  EXPECT_EQ(work.text(FieldId::title), "Heat in cities: a long title.");
  EXPECT_EQ(texts(work, FieldId::author), "van der Berg, Jan B; Gout, I; Heat Study Group; et al.|");
  const bib::NameList& authors = *work.names(FieldId::author);
  EXPECT_EQ(authors.names[0].orcid, "0000-0002-1825-0097");
  EXPECT_EQ(authors.names[0].affiliations, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(authors.names[1].affiliations, (std::vector<std::uint32_t>{0}));
  EXPECT_EQ(texts(work, FieldId::doi), "10.1234/abc|");
  EXPECT_EQ(texts(work, FieldId::issn), "2049-3630|");
  EXPECT_EQ(texts(work, FieldId::page), "25–36|");
  EXPECT_EQ(texts(work, FieldId::language), "en|");
  EXPECT_EQ(texts(work, FieldId::subject), "Brain/enzymology|");
  EXPECT_EQ(bib::to_edtf(*work.date(FieldId::issued)), "1993-10-08");
  EXPECT_EQ(bib::to_edtf(*work.date(FieldId::received)), "2022-03-21");
  EXPECT_EQ(texts(work, FieldId::funding), "NCI NIH HHS, R01 CA1|");
  EXPECT_EQ(texts(work, FieldId::related), "J X. 2020;1:2|");
  EXPECT_EQ(texts(work, FieldId::extra),
            "nbib:OWN = NLM|nbib:LID = e17 [pii]|nbib:PT = Review|nbib:PHST = 2022/04/01 00:00 [pubmed]|nbib:ZZ = new|");
  ASSERT_EQ(read.diagnostics.size(), 1u);
  EXPECT_EQ(read.diagnostics[0].code + to_string(read.diagnostics[0].at), "nbib.unknown-tag:36:7");
}

TEST(Nbib, AnArticleWithoutPagesHasItsNumber) {
  const bib::Work work = read_one(Format::nbib, "PMID- 1\nTI  - A\nLID - 1042 [pii]\nLID - S1080-6032(22)00139-9 [pii]\n");
  EXPECT_EQ(work.text(FieldId::article_number), "1042");
  EXPECT_EQ(texts(work, FieldId::extra), "nbib:LID = 1042 [pii]|nbib:LID = S1080-6032(22)00139-9 [pii]|");
}

TEST(Nbib, BooksAndChaptersAreToldApart) {
  EXPECT_EQ(read_one(Format::nbib, "PMID- 1\nBTI - A book\nPT  - Book\n").type, WorkType::book);
  const bib::Work chapter = read_one(Format::nbib, "PMID- 1\nTI  - A chapter\nBTI - A book\nPT  - Book\n");
  EXPECT_EQ(chapter.type, WorkType::chapter);
  EXPECT_EQ(chapter.text(FieldId::container_title), "A book");
}

TEST(Nbib, RecordsArePartedByIdsOrBlankLines) {
  EXPECT_EQ(read_text(Format::nbib, "PMID- 1\nTI  - A\nPMID- 2\nTI  - B\n").drafts.size(), 2u);
  EXPECT_EQ(read_text(Format::nbib, "PMID- 1\nTI  - A\n\nAB  - still the first\n").drafts.size(), 1u);
  EXPECT_EQ(read_text(Format::nbib, "OWN - ERIC\nTI  - A\n\nOWN - ERIC\nTI  - B\n").drafts.size(), 2u);
}

TEST(Nbib, EricNamesThePublisherOfWhatIsInNoJournal) {
  const bib::Work thesis = read_one(
      Format::nbib, "OWN - ERIC\nTI  - Peers\nJT  - ProQuest LLC\nPT  - Dissertations/Theses - Doctoral Dissertations\n");
  EXPECT_EQ(thesis.type, WorkType::thesis);
  EXPECT_EQ(texts(thesis, FieldId::publisher), "ProQuest LLC|");
  EXPECT_FALSE(thesis.has(FieldId::container_title));
  const bib::Work article = read_one(Format::nbib, "OWN - ERIC\nTI  - A\nJT  - Journal of Heat\nPT  - Journal Articles\n");
  EXPECT_EQ(texts(article, FieldId::container_title), "Journal of Heat|");
}

TEST(Ris, SeparatorsOfLinesInATitleAreBlanks) {
  EXPECT_EQ(read_one(Format::ris, "TY  - JOUR\nTI  - Heat: \u2028Plans\u2029now\nER  - \n").text(FieldId::title),
            "Heat: Plans now");
}

TEST(Refer, ReadsEndnotesAndItsAncestors) {
  const Extraction read =
      read_text(Format::refer,
                "%0 Book Section\n%A Williams, Sarah L.\n%T Machine Learning\n%B Handbook\n%E Davis, P.\n%D 2021\n"
                "%P 256-289\n%K Healthcare\nInformatics\n%R 10.1234/x\n%= 2022\n\n%0 Report\n%A World Health Organization\n"
                "%T R\n%M 77\n");
  ASSERT_EQ(read.drafts.size(), 2u);
  const bib::Work& chapter = read.drafts[0].work;
  EXPECT_EQ(chapter.type, WorkType::chapter);
  EXPECT_EQ(chapter.text(FieldId::container_title), "Handbook");
  EXPECT_EQ(chapter.text(FieldId::editor), "Davis, P.");
  EXPECT_EQ(texts(chapter, FieldId::keyword), "Healthcare|Informatics|");
  EXPECT_EQ(texts(chapter, FieldId::doi), "10.1234/x|");
  EXPECT_EQ(texts(chapter, FieldId::extra), "refer:= = 2022|");
  EXPECT_EQ(read.drafts[1].work.names(FieldId::author)->names[0].name.literal, "World Health Organization");
  EXPECT_EQ(texts(read.drafts[1].work, FieldId::extra), "refer:M = 77|");
  const bib::Work old = read_one(Format::refer, "%A Brian W. Kernighan\n%T The C book\n%I Prentice\n%D 1988\n");
  EXPECT_EQ(old.text(FieldId::author), "Kernighan, Brian W.");
  EXPECT_EQ(old.type, WorkType::book);
}

TEST(CslReader, ReadsListsObjectsAndSingleItems) {
  const std::string item = R"({"id": "a", "type": "book", "title": "T"})";
  for (const std::string& file : {"[" + item + "," + item + "]", R"({"message": {"items": [)" + item + "," + item + "]}}",
                                  "\xEF\xBB\xBF[\n" + item + "\n,\n" + item + "\n]\n"}) {
    const Extraction read = read_text(Format::csl_json, file);
    ASSERT_EQ(read.drafts.size(), 2u) << file;
    EXPECT_EQ(read.outcome, Outcome::ok);
    EXPECT_EQ(read.drafts[1].local_id, "a");
    EXPECT_EQ(file.substr(read.drafts[1].begin, read.drafts[1].end - read.drafts[1].begin), item);
  }
  EXPECT_EQ(read_text(Format::csl_json, item).drafts.size(), 1u);
}

TEST(CslReader, OneBadItemIsToldAndTheOthersAreRead) {
  const Extraction read =
      read_text(Format::csl_json, "[\n{\"id\": 1, \"title\": \"A\"},\n {\"id\": 2, \"title\": },\n{\"id\": 3}]");
  ASSERT_EQ(read.drafts.size(), 2u);
  EXPECT_EQ(read.drafts[0].local_id, "1");
  EXPECT_EQ(read.outcome, Outcome::partial);
  ASSERT_EQ(read.diagnostics.size(), 1u);
  EXPECT_EQ(read.diagnostics[0].code + to_string(read.diagnostics[0].at), "csl-json.bad-item:3:2");
}

TEST(People, SortedNamesComeBack) {
  const auto same = [](const bib::Name& name) {
    EXPECT_EQ(read_sorted_name(write_sorted_name(name)), name) << write_sorted_name(name);
  };
  bib::Name name;
  name.family = "Berg", name.given = "Jan", name.prefix = "van der";
  same(name);
  name.suffix = "Jr.";
  same(name);
  for (const std::string_view family : {"Plato", "García Márquez"}) {
    name = {};
    name.family = family;
    same(name);
  }
  for (const std::string_view literal :
       {"UNESCO", "World Health Organization", "University of California, Berkeley", "e.V. Haus"}) {
    name = {};
    name.literal = literal;
    same(name);
  }
}

TEST(People, MedlineNamesHaveTheirInitialsLast) {
  const auto sorted = [](std::string_view text) { return bib::sorted_form(read_medline_name(text)); };
  EXPECT_EQ(sorted("Hiles ID"), "Hiles, I D");
  EXPECT_EQ(sorted("de la Cruz J Jr"), "de la Cruz, J, Jr");
  EXPECT_EQ(bib::sorted_form(read_full_medline_name("Smith, John Jr")), "Smith, John, Jr");
  EXPECT_EQ(sorted("Madonna"), "Madonna");
  EXPECT_EQ(sorted("Heat Study group"), "Heat Study group");
}

}  // namespace
}  // namespace colophon::formats

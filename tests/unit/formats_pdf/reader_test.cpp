// SPDX-License-Identifier: GPL-3.0-or-later
#include <string>
#include <vector>

#include "bib/document.hpp"
#include "formats_pdf/pdf_reader.hpp"
#include "support/tiny_pdf.hpp"

#include <gtest/gtest.h>

namespace colophon::formats_pdf {
namespace {

using bib::FieldId;
using formats::Extraction;
using formats::Outcome;
using test::TinyPdf;

class PdfReader : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { init_pdf(); }

  static bib::Work work_of(const TinyPdf& pdf) {
    const Extraction out = read_pdf(pdf.bytes());
    EXPECT_EQ(out.drafts.size(), 1U);
    return out.drafts.empty() ? bib::Work{} : out.drafts[0].work;
  }
  static std::vector<std::string> blocks_of(const TinyPdf& pdf, std::size_t page = 0) {
    std::vector<std::string> out;
    const Extraction read = read_pdf(pdf.bytes());
    if (read.drafts.empty() || read.drafts[0].body->sections.size() <= page) return out;
    for (const bib::Block& block : read.drafts[0].body->sections[page].blocks) out.push_back(block.text.plain());
    return out;
  }
  static std::string refusal(const Extraction& out) {
    EXPECT_TRUE(out.drafts.empty());
    EXPECT_EQ(out.diagnostics.size(), 1U);
    if (out.diagnostics.empty()) return {};
    EXPECT_FALSE(out.diagnostics[0].hint.empty());
    return out.diagnostics[0].code;
  }
  static TinyPdf paper() {
    TinyPdf pdf;
    pdf.page().text(72, 60, 9, "Journal of Shade, Vol. 3, 2019");
    pdf.text(72, 100, 20, "Trees and the price of shade").text(72, 124, 20, "in four old towns");
    pdf.text(72, 150, 12, "Ana de la Cruz")
        .text(160, 146, 7, "1")
        .text(166, 150, 12, ", John M\xfcller")
        .text(250, 146, 7, "2")
        .text(256, 150, 12, " and B. C. Okafor");
    pdf.text(72, 170, 9, "1 Department of Botany, University of Nowhere").text(72, 182, 9, "2 Institute of Towns, Someplace");
    pdf.text(72, 210, 11, "Abstract", 'B');
    pdf.text(72, 224, 10, "Shade is worth more than its price. We measured the temper-")
        .text(72, 236, 10, "ature of four old towns through two summers and found that");
    pdf.text(72, 248, 10, "every tree pays for itself within nine years.");
    pdf.text(72, 268, 10, "Keywords: trees; heat; urban planning");
    pdf.text(72, 300, 12, "1. Introduction", 'B').text(72, 316, 10, "Many towns have trees, and some of them are old.");
    pdf.text(72, 800, 8, "https://doi.org/10.1234/shade.2019.7");
    return pdf;
  }
};

TEST_F(PdfReader, ReadsTheFrontMatterOfAPaper) {
  const bib::Work work = work_of(paper());
  EXPECT_EQ(work.full_title(), "Trees and the price of shade in four old towns");
  EXPECT_EQ(work.text(FieldId::doi), "10.1234/shade.2019.7");
  EXPECT_EQ(work.year(), 2019);
  EXPECT_EQ(work.text(FieldId::abstract),
            "Shade is worth more than its price. We measured the temperature of four old towns through two summers and found "
            "that every tree pays for itself within nine years.");
  ASSERT_NE(work.names(FieldId::author), nullptr);
  EXPECT_EQ(bib::long_form(*work.names(FieldId::author)), "de la Cruz, Ana; Müller, John; Okafor, B. C.");
  std::vector<std::string> keywords;
  for (const bib::Statement& one : work.all(FieldId::keyword)) keywords.push_back(bib::plain(one.value));
  EXPECT_EQ(keywords, (std::vector<std::string>{"trees", "heat", "urban planning"}));
  EXPECT_EQ(work.text(FieldId::number_of_pages), "1");
  EXPECT_EQ(work.type, bib::WorkType::unknown);
}

TEST_F(PdfReader, SaysWhereEachValueStands) {
  const bib::Work work = work_of(paper());
  const bib::Origin title = work.all(FieldId::title)[0].origin;
  EXPECT_EQ(title.page, 1U);
  EXPECT_NEAR(title.box[0], 72, 2);
  EXPECT_NEAR(title.box[1], 84, 3);
  EXPECT_NEAR(title.box[3], 128, 3);
  EXPECT_EQ(work.all(FieldId::doi)[0].origin.page, 1U);
  EXPECT_NEAR(work.all(FieldId::doi)[0].origin.box[3], 802, 3);
}

TEST_F(PdfReader, BelievesMetadataThatThePagesConfirm) {
  TinyPdf pdf;
  pdf.page()
      .text(72, 80, 26, "A very large slogan of ours")
      .text(72, 140, 16, "Heat plans that work")
      .text(72, 200, 10, "and some text about them");
  EXPECT_EQ(work_of(pdf).full_title(), "A very large slogan of ours");
  pdf.info("Title", "Heat Plans That Work");
  EXPECT_EQ(work_of(pdf).full_title(), "Heat Plans That Work");
  TinyPdf wrong;
  wrong.page().text(72, 80, 20, "What the page really says").info("Title", "Microsoft Word - final_v7.doc");
  EXPECT_EQ(work_of(wrong).full_title(), "What the page really says");
}

TEST_F(PdfReader, TakesTheDoiOfALinkBeforeAll) {
  TinyPdf pdf;
  pdf.page()
      .text(72, 80, 20, "A title with a link")
      .text(72, 120, 10, "doi: 10.1234/printed")
      .link(72, 60, "https://doi.org/10.1234/LINKED");
  EXPECT_EQ(work_of(pdf).text(FieldId::doi), "10.1234/linked");
}

TEST_F(PdfReader, TakesTheDoiOfXmp) {
  TinyPdf pdf;
  pdf.page().text(72, 80, 20, "A title without any DOI");
  pdf.xmp(
      "<x:xmpmeta "
      "xmlns:x='adobe:ns:meta/'><rdf:RDF><rdf:Description><prism:doi>10.1234/xmp&amp;co</prism:doi></rdf:Description></rdf:RDF></"
      "x:xmpmeta>");
  EXPECT_EQ(work_of(pdf).text(FieldId::doi), "10.1234/xmp&co");
}

TEST_F(PdfReader, LeavesOutDoisOfTheReferences) {
  TinyPdf pdf;
  pdf.page()
      .text(72, 80, 20, "A short note on shade")
      .text(72, 300, 12, "References", 'B')
      .text(72, 320, 10, "[1] Somebody. Something. doi: 10.1234/other");
  EXPECT_FALSE(work_of(pdf).has(FieldId::doi));
}

TEST_F(PdfReader, ChecksNumbers) {
  TinyPdf pdf;
  pdf.page()
      .text(72, 80, 20, "Guidance for towns")
      .text(72, 700, 9, "ISSN 2049-3630 (online), ISBN 978-3-16-148410-0")
      .text(72, 712, 9, "ISSN 2049-3631");
  const bib::Work work = work_of(pdf);
  EXPECT_EQ(work.text(FieldId::issn), "2049-3630");
  EXPECT_EQ(work.all(FieldId::issn).size(), 1U);
  EXPECT_EQ(work.text(FieldId::isbn), "9783161484100");
}

TEST_F(PdfReader, ReadsTheMarginOfAPreprint) {
  TinyPdf pdf;
  pdf.page().text(72, 80, 20, "A preprint about many things").upwards(30, 600, 18, "arXiv:2101.00001v2 [cs.DL] 3 Jan 2021");
  const bib::Work work = work_of(pdf);
  EXPECT_EQ(work.text(FieldId::arxiv), "2101.00001");
  EXPECT_EQ(work.full_title(), "A preprint about many things");
}

TEST_F(PdfReader, NamesTheTypeThatPageOnePrints) {
  TinyPdf pdf;
  pdf.page().text(72, 50, 12, "UNU-EHS Policy Brief No. 4").text(72, 100, 24, "Planning for loss and damage");
  EXPECT_EQ(work_of(pdf).type, bib::WorkType::policy_brief);
  TinyPdf sentence;
  sentence.page()
      .text(72, 100, 24, "Planning for loss and damage")
      .text(72, 160, 10, "In this policy brief we say what every town should do before it rains.");
  EXPECT_EQ(work_of(sentence).type, bib::WorkType::unknown);
}

TEST_F(PdfReader, MakesParagraphs) {
  TinyPdf pdf;
  pdf.page().text(72, 100, 10, "The first paragraph is long enough to need a line of its own and an-");
  pdf.text(72, 112, 10, "other one, where it ends.")
      .text(84, 124, 10, "The second is indented and goes on for a whole line of the page.")
      .text(72, 136, 10, "Here it is at its end.");
  pdf.text(72, 170, 14, "A heading", 'B').text(72, 190, 10, "And text.");
  EXPECT_EQ(blocks_of(pdf), (std::vector<std::string>{
                                "The first paragraph is long enough to need a line of its own and another one, where it ends.",
                                "The second is indented and goes on for a whole line of the page. Here it is at its end.",
                                "A heading", "And text."}));
}

TEST_F(PdfReader, DropsRunningHeadsAndPageNumbers) {
  TinyPdf pdf;
  for (int page = 1; page <= 4; ++page) {
    pdf.page()
        .text(72, 40, 8, "Shade in towns, 2019, " + std::to_string(page))
        .text(72, 200, 10, "Words of page number " + std::to_string(page))
        .text(290, 820, 8, std::to_string(page));
  }
  for (std::size_t page = 0; page < 4; ++page)
    EXPECT_EQ(blocks_of(pdf, page), std::vector<std::string>{"Words of page number " + std::to_string(page + 1)});
}

TEST_F(PdfReader, KeepsHeadsThatDoNotReturn) {
  TinyPdf pdf;
  pdf.page().text(72, 40, 8, "Only on this page").text(72, 200, 10, "Words of the page");
  pdf.page().text(72, 200, 10, "More of them here");
  EXPECT_EQ(blocks_of(pdf).size(), 2U);
}

TEST_F(PdfReader, KnowsPrintedPageLabels) {
  TinyPdf pdf;
  pdf.catalog("/PageLabels<</Nums[0<</S/r>>1<</S/D/St 17>>]>>");
  pdf.page().text(72, 100, 10, "A page of the preface").page().text(72, 100, 10, "A page of the body");
  const Extraction out = read_pdf(pdf.bytes());
  ASSERT_EQ(out.drafts.size(), 1U);
  EXPECT_EQ(out.drafts[0].body->pages, 2U);
  EXPECT_EQ(out.drafts[0].body->sections[0].label, "i");
  EXPECT_EQ(out.drafts[0].body->sections[1].label, "17");
  EXPECT_EQ(out.drafts[0].body->sections[1].page, 2U);
  EXPECT_EQ(out.drafts[0].body->sections[1].kind, "page");
}

TEST_F(PdfReader, TakesBoldTextPaintedTwiceOnce) {
  TinyPdf pdf;
  pdf.page().text(72, 100, 12, "Painted twice, for weight").text(72.4, 100, 12, "Painted twice, for weight");
  EXPECT_EQ(blocks_of(pdf), std::vector<std::string>{"Painted twice, for weight"});
}

TEST_F(PdfReader, SetsAccentsOnTheirLetters) {
  TinyPdf pdf;  // as TeX does: the accent, then the letter in the same place
  pdf.page().text(72, 100, 12, "M").text(82.9, 100, 12, "\xa8").text(82, 100, 12, "u").text(88.7, 100, 12, "ller and others");
  EXPECT_EQ(blocks_of(pdf), std::vector<std::string>{"Müller and others"});
}

TEST_F(PdfReader, DropsInvisibleCharacters) {
  TinyPdf pdf;
  pdf.page().text(72, 100, 12, "in\x07visible characters\x01 go");
  EXPECT_EQ(blocks_of(pdf), std::vector<std::string>{"invisible characters go"});
}

TEST_F(PdfReader, TellsTheKindsOfNoText) {
  EXPECT_EQ(refusal(read_pdf(TinyPdf().page().bytes())), "pdf.empty");
  EXPECT_EQ(refusal(read_pdf(TinyPdf().page().image(2000, 3000).bytes())), "pdf.scan");
  EXPECT_EQ(refusal(read_pdf(TinyPdf().catalog("/AcroForm<</Fields[]>>").page().bytes())), "pdf.form");
  EXPECT_EQ(read_pdf(TinyPdf().page().bytes()).outcome, Outcome::no_text);
}

TEST_F(PdfReader, ReportsScansAmongPagesWithText) {
  const Extraction out = read_pdf(TinyPdf().page().text(72, 100, 12, "A page that can be read").page().image(2000, 3000).bytes());
  EXPECT_EQ(out.outcome, Outcome::partial);
  ASSERT_EQ(out.diagnostics.size(), 1U);
  EXPECT_EQ(out.diagnostics[0].code, "pdf.scan");
  EXPECT_EQ(out.diagnostics[0].at.page, 2U);
}

TEST_F(PdfReader, RefusesEncryptedFiles) {
  TinyPdf pdf;
  pdf.page().text(72, 100, 12, "Nobody may read this");
  pdf.trailer("/Encrypt<</Filter/Standard/V 1/R 2/O<" + std::string(64, 'A') + ">/U<" + std::string(64, 'B') +
              ">/P -44>>/ID[<00><00>]");
  const Extraction out = read_pdf(pdf.bytes());
  EXPECT_EQ(out.outcome, Outcome::encrypted);
  EXPECT_EQ(refusal(out), "pdf.encrypted");
}

TEST_F(PdfReader, RefusesWhatIsNoPdf) {
  for (const std::string_view bytes :
       {std::string_view(), std::string_view("%PDF-1.4\n"), std::string_view("hello"), std::string_view("\0\0\0\0", 4)}) {
    const Extraction out = read_pdf(bytes);
    EXPECT_EQ(out.outcome, Outcome::damaged);
    EXPECT_EQ(refusal(out), "pdf.damaged");
  }
}

TEST_F(PdfReader, RebuildsALostTableOfObjects) {
  const std::string whole =
      TinyPdf().page().text(72, 100, 12, "The first page is here").page().text(72, 100, 12, "The second one too").bytes();
  const std::size_t table = whole.find("xref\n"), trailer = whole.find("trailer");
  const Extraction out = read_pdf(whole.substr(0, table) + whole.substr(trailer, whole.find("startxref") - trailer));
  EXPECT_EQ(out.outcome, Outcome::partial);
  ASSERT_EQ(out.drafts.size(), 1U);
  EXPECT_EQ(out.drafts[0].body->sections[1].blocks[0].text.plain(), "The second one too");
  ASSERT_FALSE(out.diagnostics.empty());
  EXPECT_EQ(out.diagnostics[0].code, "pdf.damaged-structure");
}

TEST_F(PdfReader, RefusesATruncatedFile) {
  const std::string whole = paper().bytes();
  EXPECT_EQ(refusal(read_pdf(std::string_view(whole).substr(0, whole.find("xref\n")))), "pdf.damaged");
}

TEST_F(PdfReader, NamesTheDamagedPage) {
  TinyPdf pdf;
  pdf.page()
      .text(72, 100, 12, "The first page is fine")
      .page()
      .text(72, 100, 12, "The second is not")
      .raw("BT /Missing 12 Tf (lost) Tj ET\n");
  const Extraction out = read_pdf(pdf.bytes());
  EXPECT_EQ(out.outcome, Outcome::partial);
  ASSERT_FALSE(out.diagnostics.empty());
  EXPECT_EQ(out.diagnostics[0].code, "pdf.damaged-page");
  EXPECT_EQ(out.diagnostics[0].at.page, 2U);
}

TEST_F(PdfReader, EndsAnywhereInAFileWithANamedOutcome) {
  const std::string whole = paper().bytes();
  for (std::size_t size = 0; size < whole.size(); size += 37) {
    const Extraction out = read_pdf(std::string_view(whole).substr(0, size));
    EXPECT_TRUE(!out.drafts.empty() || !out.diagnostics.empty()) << size;
  }
}

TEST_F(PdfReader, AnswersInAFormThatCrossesTheWire) {
  const Extraction out = read_pdf(paper().bytes());
  const Result<Json> json = Json::parse(to_json(out).dump());
  ASSERT_TRUE(json);
  const Result<Extraction> back = formats::extraction_from_json(*json);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->drafts[0].work.full_title(), out.drafts[0].work.full_title());
  EXPECT_EQ(back->drafts[0].body, out.drafts[0].body);
}

}  // namespace
}  // namespace colophon::formats_pdf

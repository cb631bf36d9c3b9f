// SPDX-License-Identifier: GPL-3.0-or-later
// Workbooks: every kind of cell, dates of both epochs as precise as they are shown, merged cells, limits, and what is no workbook.
#include "formats_office/number_format.hpp"
#include "formats_office/package.hpp"
#include "formats_office/xlsx_reader.hpp"
#include "support/tiny_zip.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace colophon::formats_office {
namespace {

using formats::CellKind;
using formats::Outcome;
using test::TinyXlsx;
using test::TinyZip;

const std::string kStyles =
    "<numFmts><numFmt numFmtId=\"164\" formatCode=\"mmm\\ yyyy\"/><numFmt numFmtId=\"165\" formatCode=\"yyyy\"/></numFmts>"
    "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
    "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf "
    "numFmtId=\"20\"/></cellXfs>";

std::string sheet(const std::string& rows, const std::string& after = {}) {
  return "<sheetData>" + rows + "</sheetData>" + after;
}

// "1: A | B"
std::vector<std::string> lines(const formats::Extraction& read, std::size_t table = 0) {
  std::vector<std::string> out;
  if (table >= read.tables.size()) return out;
  for (const formats::SheetRow& row : read.tables[table].rows) {
    std::string line = fmt::format("{}:", row.number);
    for (const formats::Cell& cell : row.cells) line += fmt::format(" {}", cell.text.empty() ? "-" : cell.text);
    out.push_back(line);
  }
  return out;
}

std::string refusal(const std::string& bytes) {
  const formats::Extraction read = read_xlsx(bytes);
  EXPECT_TRUE(read.tables.empty());
  return read.diagnostics.empty() ? "" : fmt::format("{} {}", formats::name(read.outcome), read.diagnostics[0].code);
}

TEST(Xlsx, EveryKindOfCellIsRead) {
  const TinyXlsx book{
      .sheets = {{"Liste",
                  sheet("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v>1</v></c></row>"
                        "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>in</t><r><t>line</t></r></is></c>"
                        "<c r=\"B3\"><v>2019</v></c><c r=\"C3\"><v>9783161484100</v></c><c r=\"D3\"><v>0.1</v></c>"
                        "<c r=\"E3\" t=\"b\"><v>1</v></c><c r=\"F3\" t=\"e\"><v>#REF!</v></c>"
                        "<c r=\"G3\" t=\"str\"><f>A1&amp;\"x\"</f><v>a_x000D_\nb_x0041_</v></c><c r=\"H3\" s=\"1\"/></row>"
                        "<row><c><v>7</v></c><c t=\"s\"><v>99</v></c></row>")}},
      .shared =
          "<si><t xml:space=\"preserve\">Titel &amp; mehr</t></si>"
          "<si><r><rPr><b/></rPr><t>CO</t></r><r><t>2</t></r><rPh sb=\"0\" eb=\"1\"><t>kana</t></rPh></si>"};
  const formats::Extraction read = read_xlsx(book.bytes());
  ASSERT_EQ(read.outcome, Outcome::ok);
  EXPECT_EQ(read.tables[0].sheet, "Liste");
  EXPECT_EQ(lines(read),
            (std::vector<std::string>{"1: Titel & mehr - CO2", "3: inline 2019 9783161484100 0.1 TRUE #REF! a\nbA", "4: 7"}));
  EXPECT_EQ(read.tables[0].rows[1].cells[1].kind, CellKind::number);
  EXPECT_EQ(read.tables[0].rows[1].cells[5].kind, CellKind::error);
  EXPECT_EQ(formats::extraction_from_json(to_json(read)), read);
}

TEST(Xlsx, DatesAreAsPreciseAsTheyAreShown) {
  const std::string row =
      "<row r=\"1\"><c s=\"1\"><v>43531.5</v></c><c s=\"2\"><v>43531</v></c><c s=\"3\"><v>43531</v></c><c s=\"4\"><v>0.5</v></c>"
      "<c s=\"0\"><v>43531</v></c><c s=\"1\"><v>60</v></c><c t=\"d\"><v>2019-03-07T00:00:00</v></c></row>";
  TinyXlsx book{.sheets = {{"a", sheet(row)}}, .styles = kStyles};
  EXPECT_EQ(lines(read_xlsx(book.bytes())), std::vector<std::string>{"1: 2019-03-07 2019-03 2019 0.5 43531 60 2019-03-07"});
  book.properties = "date1904=\"1\"";
  EXPECT_EQ(lines(read_xlsx(book.bytes())),
            std::vector<std::string>{"1: 2023-03-08 2023-03 2023 0.5 43531 1904-03-01 2019-03-07"});
}

TEST(Xlsx, ValuesMergedOverRowsStandInEachOfThem) {
  const std::string rows =
      "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>Banner</v></c></row><row r=\"2\"><c r=\"A2\" t=\"str\"><v>J</v></c><c "
      "r=\"B2\"><v>1</v></c></row>"
      "<row r=\"3\"><c r=\"A3\"/><c r=\"B3\"><v>2</v></c></row><row r=\"4\"><c r=\"B4\"><v>3</v></c></row>";
  const TinyXlsx book{
      .sheets = {{"a", sheet(rows, "<mergeCells><mergeCell ref=\"A1:D1\"/><mergeCell ref=\"A2:A3\"/></mergeCells>")}}};
  EXPECT_EQ(lines(read_xlsx(book.bytes())), (std::vector<std::string>{"1: Banner", "2: J 1", "3: J 2", "4: - 3"}));
}

TEST(Xlsx, SheetsComeInTheWorkbooksOrderWithoutHiddenAndEmptyOnes) {
  const std::string one = sheet("<row><c><v>1</v></c></row>"), two = sheet("<row><c><v>2</v></c></row>");
  TinyXlsx book{.sheets = {{"leer", sheet("")}, {"geheim\" state=\"hidden", one}, {"erste", one}, {"zweite", two}}};
  const formats::Extraction read = read_xlsx(book.bytes());
  ASSERT_EQ(read.tables.size(), 2U);
  EXPECT_EQ(read.tables[0].sheet, "erste");
  EXPECT_EQ(lines(read, 1), std::vector<std::string>{"1: 2"});
  book.sheets.resize(2);
  EXPECT_EQ(refusal(book.bytes()), "no_text xlsx.empty");
}

TEST(Xlsx, WhatIsNoWorkbookIsSaid) {
  EXPECT_EQ(refusal(""), "damaged package.damaged");
  EXPECT_EQ(refusal("no zip at all"), "damaged package.damaged");
  EXPECT_EQ(refusal("\xD0\xCF\x11\xE0 old"), "unsupported xlsx.old");
  EXPECT_EQ(refusal(TinyZip().add("word/document.xml", "<x/>").bytes()), "unsupported xlsx.no-workbook");
  const TinyXlsx book{.sheets = {{"a", sheet("<row><c><v>1</v></c></row>")}}};
  EXPECT_EQ(refusal(book.bytes().substr(0, 300)), "damaged package.damaged");
  TinyXlsx broken = book;
  broken.more["xl/sharedStrings.xml"] = "<sst><si><t>x</si></sst>";
  EXPECT_EQ(refusal(broken.bytes()), "damaged xml.damaged");
  broken.more["xl/sharedStrings.xml"] =
      "<!DOCTYPE sst [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><sst><si><t>&a;</t></si></sst>";
  EXPECT_NE(refusal(broken.bytes()), "");
}

TEST(Xlsx, BombsCostNoMoreThanTheLimits) {
  TinyZip zip;
  zip.add("_rels/.rels", "<Relationships><Relationship Type=\"/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
  zip.add_deflated("xl/workbook.xml", TinyZip::deflated_run(300'000), 300'000 * 258 + 1, 0);
  EXPECT_EQ(refusal(zip.bytes()), "too_large package.too-large");

  TinyZip many;
  for (std::size_t i = 0; i <= kMaxEntries; ++i) many.add(std::to_string(i), "");
  EXPECT_EQ(refusal(many.bytes()), "too_large package.too-large");

  const std::string cell = "<c t=\"s\"><v>0</v></c>";  // a megabyte, a hundred times
  std::string cells;
  for (int i = 0; i < 100; ++i) cells += cell;
  const TinyXlsx strings{.sheets = {{"a", sheet("<row>" + cells + "</row>")}},
                         .shared = "<si><t>" + std::string(1 << 20, 'x') + "</t></si>"};
  EXPECT_EQ(refusal(strings.bytes()), "too_large xlsx.too-large");

  std::string rows, merges;
  for (int i = 1; i <= 3000; ++i) rows += fmt::format("<row r=\"{}\"><c r=\"B{}\"><v>1</v></c></row>", i, i);
  for (int i = 1; i <= 2000; ++i) merges += fmt::format("<mergeCell ref=\"B1:B{}\"/>", 3000 - i);
  const TinyXlsx merged{.sheets = {{"a", sheet(rows, "<mergeCells>" + merges + "</mergeCells>")}}};
  EXPECT_EQ(refusal(merged.bytes()), "too_large xlsx.too-large");
}

TEST(Xlsx, ColumnsFarRightAreLeftOutWithARemark) {
  const TinyXlsx book{.sheets = {{"a", sheet("<row><c r=\"XFD1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>")}}};
  const formats::Extraction read = read_xlsx(book.bytes());
  EXPECT_EQ(lines(read), std::vector<std::string>{"1: 2"});
  EXPECT_EQ(read.diagnostics.at(0).code, "xlsx.too-wide");
}

TEST(NumberFormat, SaysWhatItShows) {
  struct Row {
    const char* code;
    Shows shows;
  };
  const Row rows[] = {{"General", Shows::number},
                      {"0.00", Shows::number},
                      {"#,##0 \"days\"", Shows::number},
                      {"yyyy\\-mm\\-dd", Shows::day},
                      {"[$-407]d. MMMM yyyy;@", Shows::day},
                      {"mmm-yy", Shows::month},
                      {"yyyy", Shows::year},
                      {"h:mm AM/PM", Shows::time},
                      {"[h]:mm:ss", Shows::time},
                      {"mm:ss", Shows::time},
                      {"[Red]0", Shows::number},
                      {"0_d", Shows::number},
                      {"dd/mm/yyyy hh:mm", Shows::day},
                      {"0;-0;\"d\"", Shows::number}};
  for (const Row& row : rows) EXPECT_EQ(shown_by(row.code), row.shows) << row.code;
  EXPECT_EQ(shown_by(14U), Shows::day);
  EXPECT_EQ(shown_by(17U), Shows::month);
  EXPECT_EQ(shown_by(21U), Shows::time);
  EXPECT_EQ(shown_by(1U), Shows::number);
}

}  // namespace
}  // namespace colophon::formats_office

// SPDX-License-Identifier: GPL-3.0-or-later
// CSV as offices have it: separators, quotes, encodings, and the apostrophe before what a spreadsheet would run or rewrite.
#include "formats/sheet/csv.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace colophon::formats {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(std::string_view bytes) {
  Rows out;
  for (const SheetRow& row : read_csv(bytes).value.table.rows) {
    out.emplace_back();
    for (const Cell& cell : row.cells) out.back().push_back(cell.text);
  }
  return out;
}

std::vector<std::string> codes_of(std::string_view bytes) {
  std::vector<std::string> out;
  for (const Diagnostic& d : read_csv(bytes).diagnostics) out.push_back(d.code);
  return out;
}

TEST(Csv, SeparatorIsThatWhichCutsMostEvenly) {
  const Rows expected = {{"Titel", "Autor", "Jahr"}, {"Heat", "Doe, J.", "2019"}};
  EXPECT_EQ(rows_of("Titel;Autor;Jahr\nHeat;Doe, J.;2019\n"), expected);
  EXPECT_EQ(rows_of("Titel\tAutor\tJahr\nHeat\tDoe, J.\t2019\n"), expected);
  EXPECT_EQ(rows_of("Titel,Autor,Jahr\nHeat,\"Doe, J.\",2019\n"), expected);
  EXPECT_EQ(rows_of("sep=|\r\nTitel|Autor|Jahr\r\nHeat|Doe, J.|2019"), expected);
  EXPECT_EQ(rows_of("Autor, Vorname;Jahr;Ort\nDoe, J.;2019;Bonn\nRoe, K.;2020;Rio\n"),
            (Rows{{"Autor, Vorname", "Jahr", "Ort"}, {"Doe, J.", "2019", "Bonn"}, {"Roe, K.", "2020", "Rio"}}));
}

TEST(Csv, QuotedCellsHoldSeparatorsQuotesAndLines) {
  EXPECT_EQ(rows_of("a,b\r\n\"x, \"\"y\"\"\",\"one\r\ntwo\"\r\n"), (Rows{{"a", "b"}, {"x, \"y\"", "one\ntwo"}}));
  EXPECT_EQ(rows_of("a,b\n5\" pipe,c\n"), (Rows{{"a", "b"}, {"5\" pipe", "c"}}));
  EXPECT_EQ(rows_of("a,b\n\"\",c\n"), (Rows{{"a", "b"}, {"", "c"}}));
}

TEST(Csv, RowsAreCountedAsASpreadsheetCountsThem) {
  const Parsed<Csv> read = read_csv("a,b\n\n\"x\ny\",z\r,,\rlast,one");
  std::vector<std::uint32_t> numbers;
  for (const SheetRow& row : read.value.table.rows) numbers.push_back(row.number);
  EXPECT_EQ(numbers, (std::vector<std::uint32_t>{1, 3, 5}));
}

TEST(Csv, BrokenQuotesAreSurvivedAndTold) {
  EXPECT_EQ(rows_of("a,b\n\"open,c\nd,e\n"), (Rows{{"a", "b"}, {"\"open", "c"}, {"d", "e"}}));
  const Parsed<Csv> read = read_csv("a,b\nc,\"open\nd,e\n");
  ASSERT_EQ(read.diagnostics.size(), 1U);
  EXPECT_EQ(read.diagnostics[0].code, "csv.open-quote");
  EXPECT_EQ(to_string(read.diagnostics[0].at), to_string({{}, 2, 3, 0}));
  EXPECT_EQ(codes_of("a,b\n\"x\"y,c\n"), std::vector<std::string>{"csv.after-quote"});
  EXPECT_EQ(rows_of("a,b\n\"x\"y,c\n"), (Rows{{"a", "b"}, {"xy", "c"}}));
}

TEST(Csv, EncodingIsRecognised) {
  const Rows expected = {{"Müller", "b"}};
  EXPECT_EQ(rows_of("Müller,b"), expected);
  EXPECT_EQ(rows_of("\xEF\xBB\xBFMüller,b"), expected);
  EXPECT_EQ(rows_of("M\xFCller;b"), expected);
  EXPECT_EQ(codes_of("M\xFCller;b"), std::vector<std::string>{"csv.encoding"});
  EXPECT_EQ(rows_of(std::string_view("\xFF\xFEM\0\xFC\0l\0l\0e\0r\0\t\0b\0", 18)), expected);
  EXPECT_EQ(rows_of(std::string_view("\xFE\xFF\0M\0\xFC\0l\0l\0e\0r\0,\0b", 18)), expected);
}

TEST(Csv, EmptyAndOddFilesAreRead) {
  EXPECT_TRUE(rows_of("").empty());
  EXPECT_TRUE(rows_of("\n\n").empty());
  EXPECT_EQ(rows_of("one"), (Rows{{"one"}}));
  EXPECT_EQ(codes_of(fmt::format("{:,>3000}", "x")), std::vector<std::string>{"csv.too-wide"});
}

TEST(Guard, ApostropheStandsBeforeWhatASpreadsheetWouldRunOrRewrite) {
  for (const char* text :
       {"=1+1",       "+49", "-x",  "@A1", "\tx",  "\rx", "＝1",  "00123",      "9783161484100", "12e34",  "7E5", "2019-03",
        "2019-03-07", "1-2", "1/2", "7.5", "1.10", "2.",  "1:30", "March 2019", "5 May",         "mar-19", "'=1"}) {
    EXPECT_EQ(guard(text), "'" + std::string(text));
    EXPECT_EQ(unguard(guard(text)), text);
  }
  for (const char* text : {"", "Heat", "2019", "10.1234/5", "978-3161484100", "12–24", "'tis", "Heat 2019", "1.2.3.4", "May",
                           "8 to 12", "16384-2019", "a=b", "0"}) {
    EXPECT_EQ(guard(text), text);
    EXPECT_EQ(unguard(text), text);
  }
}

RC_GTEST_PROP(Guard, UnguardIsItsInverse, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::element('\'', '=', '-', '0', '1', 'e', 'a', '\t', ' '));
  RC_ASSERT(unguard(guard(text)) == text);
}

RC_GTEST_PROP(Csv, WhatIsWrittenIsReadBack, ()) {
  const auto cell = rc::gen::container<std::string>(rc::gen::element('a', '"', ',', ';', '\t', '\n', ' ', 'b'));
  const auto cells = *rc::gen::suchThat(rc::gen::container<std::vector<std::string>>(4, cell),
                                        [](const auto& all) { return all.back().find_first_of("ab") != std::string::npos; });
  const std::string row = write_csv_row(cells);
  RC_ASSERT(rows_of("sep=,\n" + row + row) == (Rows{cells, cells}));
}

}  // namespace
}  // namespace colophon::formats

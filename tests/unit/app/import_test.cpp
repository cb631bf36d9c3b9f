// SPDX-License-Identifier: GPL-3.0-or-later
// Spreadsheets: rows become sources once, an export comes back cell by cell, one step is taken back whole, nothing is overwritten.
#include <filesystem>
#include <optional>

#include "app/edit.hpp"
#include "app/export.hpp"
#include "app/import_sheet.hpp"
#include "app/sheet_map.hpp"
#include "app/verify.hpp"
#include "base/io.hpp"
#include "base/text.hpp"
#include "formats/sheet/csv.hpp"
#include "ingest/worker.hpp"
#include "support.hpp"
#include "support/tiny_zip.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace colophon::app {
namespace {

using bib::FieldId;
using Cells = std::vector<std::vector<std::string>>;

class Import : public testing::Test {
 protected:
  void SetUp() override {
    const auto clock = std::make_shared<ManualClock>(*parse_instant("2026-03-02T09:00:00Z"));
    library.emplace(test::new_library(folder.path() / "library", "public", clock));
  }

  ImportRequest request(const std::string& name) const {
    ImportRequest out;
    out.sheet = folder.path() / name;
    out.acting = {"ann", "tester"};
    return out;
  }
  ImportReport run(const ImportRequest& asked) {
    Result<ImportReport> out = import_sheet(*library, asked);
    EXPECT_TRUE(out) << out.error().message;
    return out.value_or(ImportReport{});
  }
  ImportReport import(const std::string& name, const std::string& text) {
    EXPECT_TRUE(replace_file(folder.path() / name, text));
    return run(request(name));
  }
  ImportReport plan(const std::string& name) {
    ImportRequest asked = request(name);
    asked.dry_run = DryRun::yes;
    return run(asked);
  }

  // The export's cells, edited by `change`, as a file to be imported.
  void edited(const std::string& name, const std::function<void(Cells&)>& change) {
    std::string text;
    ASSERT_TRUE(export_sheet(*library, Audience::signed_in, "", ',', [&](std::string_view bytes) -> Status {
      text += bytes;
      return {};
    }));
    Cells cells;
    for (const formats::SheetRow& row : formats::read_csv(text).value.table.rows) {
      cells.emplace_back();
      for (const formats::Cell& cell : row.cells) cells.back().push_back(cell.text);
    }
    change(cells);
    std::string out;
    for (const std::vector<std::string>& row : cells) out += formats::write_csv_row(row, ';');
    ASSERT_TRUE(replace_file(folder.path() / name, out));
  }
  static std::string& at(Cells& cells, std::size_t row, std::string_view header) {
    for (std::size_t i = 0; i < cells[0].size(); ++i) {
      if (cells[0][i] == header) return cells[row][i];
    }
    ADD_FAILURE() << "no column " << header;
    return cells[0][0];
  }

  bib::Work record(const std::string& id) { return show_work(*library, id, Audience::signed_in)->record; }
  std::string text(const std::string& id, FieldId field) { return record(id).text(field); }
  std::size_t works() { return static_cast<std::size_t>(library->store().works().count_live()); }
  std::size_t events() { return library->store().ledger().stream("corpus").size(); }
  bool verified() {
    const Result<VerifyReport> report = verify_library(library->folder(), Rebuild::no, [](const std::string&) {});
    if (report) {
      for (const Problem& p : report->problems) {
        if (p.check != "index") ADD_FAILURE() << p.check << ": " << p.what;
      }
    }
    return report.has_value();
  }

  TemporaryFolder folder;
  std::optional<Library> library;
};

const std::string kList =
    "Titel;Autor/in;Jahr;DOI;Schlagwörter;Intern\n"
    "Heat in Towns;Doe, J.; 2019;10.1234/heat;heat, towns;gedruckt\n"
    "Water for All;A. Weiß und B. Öztürk;März 2020;;water;\n";

TEST_F(Import, RowsBecomeSourcesOnceHoweverOftenTheyCome) {
  const ImportReport first = import("list.csv", kList);
  EXPECT_EQ(first.fresh, 2U);
  EXPECT_EQ(works(), 2U);
  EXPECT_EQ(text(first.rows[1].id, FieldId::author), "Weiß, A.; Öztürk, B.");
  EXPECT_EQ(text(first.rows[0].id, FieldId::extra), "sheet:Intern = gedruckt");
  const std::size_t before = events();
  EXPECT_EQ(run(request("list.csv")).unchanged, 2U);
  EXPECT_EQ(import("moved.csv", "\n\n" + kList).unchanged, 2U);
  EXPECT_EQ(import("reordered.csv",
                   "Jahr;Titel;Autor/in;DOI;Schlagwörter;Intern\n2019;Heat in Towns;Doe, J.;10.1234/heat;heat, towns;gedruckt\n")
                .unchanged,
            1U);
  EXPECT_EQ(events(), before);
  EXPECT_EQ(works(), 2U);
  EXPECT_TRUE(verified());
}

TEST_F(Import, DryRunTellsTheSameAndChangesNothing) {
  ASSERT_TRUE(replace_file(folder.path() / "list.csv", kList));
  const ImportReport told = plan("list.csv");
  EXPECT_EQ(told.fresh, 2U);
  EXPECT_FALSE(told.stored);
  EXPECT_EQ(works(), 0U);
  EXPECT_EQ(told.rows[0].cells.at(4).after, "heat; towns");
  EXPECT_EQ(run(request("list.csv")).fresh, 2U);
}

TEST_F(Import, ARowThatIsCorrectedSupersedesWhatItSaid) {
  const std::string id = import("list.csv", kList).rows[0].id;
  std::string corrected = kList;
  corrected.replace(corrected.find("2019"), 4, "2018");
  const ImportReport again = import("list.csv", corrected);
  EXPECT_EQ(again.rows[0].status, RowStatus::changed);
  ASSERT_EQ(again.rows[0].cells.size(), 1U);
  EXPECT_EQ(again.rows[0].cells[0].before, "2019");
  EXPECT_EQ(again.rows[0].cells[0].after, "2018");
  EXPECT_EQ(record(id).year(), 2018);
  EXPECT_EQ(works(), 2U);
  ASSERT_TRUE(undo_import(*library, {"ann", "tester"}));
  EXPECT_EQ(record(id).year(), 2019);
  ASSERT_TRUE(undo_import(*library, {"ann", "tester"}));
  EXPECT_EQ(works(), 0U);
  EXPECT_EQ(undo_import(*library, {"ann", "tester"}).error().code, Errc::not_found);
  EXPECT_EQ(import("list.csv", kList).fresh, 2U) << "what was taken back may come again";
  EXPECT_EQ(import("list.csv", corrected).changed, 1U);
  EXPECT_EQ(record(id).year(), 2018);
  EXPECT_TRUE(verified());
}

TEST_F(Import, ARowOfAKnownWorkIsOneMoreSourceOfIt) {
  const std::string id = import("list.csv", kList).rows[0].id;
  const ImportReport more = import("more.csv", "Title,DOI,Pages\nHeat in Towns,https://doi.org/10.1234/HEAT,1-9\n");
  EXPECT_EQ(more.rows[0].status, RowStatus::changed);
  EXPECT_EQ(more.rows[0].id, id);
  ASSERT_EQ(more.rows[0].cells.size(), 1U);
  EXPECT_EQ(more.rows[0].cells[0].field, "page");
  EXPECT_EQ(text(id, FieldId::page), "1–9");
}

TEST_F(Import, DoubtfulRowsAreLeftOutAndTold) {
  import("list.csv", kList + "Water and Heat;Doe, J.;2019;10.1234/other;;\n");
  const ImportReport told = import("doubts.csv",
                                   "Title,Author,Year,DOI,ISBN\n"
                                   ",\"Doe, J.\",2019,,\n"                                // 2 no title
                                   "A,\"Doe, J.\",soon,,\n"                               // 3 no date
                                   "B,\"Doe, J.\",2019,none,9.78E+12\n"                   // 4 no DOI, a rounded number
                                   "C,\"Doe, Jane, Roe, Kim\",2019,,\n"                   // 5 names
                                   "D,\"Doe, J.\",2021,10.1234/d,\n"                      // 6 good
                                   "D,\"Doe, J.\",2021,10.1234/d,\n"                      // 7 the same again
                                   "D again,\"Doe, J.\",2021,10.1234/d,\n"                // 8 the same work
                                   "E,\"Doe, J.\",2021,10.1234/heat; 10.1234/other,\n");  // 9 two works
  const auto codes = [&](std::size_t row) {
    std::string out(name(told.rows[row].status));
    for (const SheetDoubt& d : told.rows[row].doubts) out += " " + d.column + ":" + d.code;
    return out;
  };
  EXPECT_EQ(codes(0), "doubtful :no-title");
  EXPECT_EQ(codes(1), "doubtful C:bad-date");
  EXPECT_EQ(codes(2), "doubtful D:bad-identifier E:rounded");
  EXPECT_EQ(codes(3), "doubtful B:odd-names");
  EXPECT_EQ(codes(4), "new");
  EXPECT_EQ(codes(5), "doubtful :duplicate");
  EXPECT_EQ(codes(6), "doubtful :duplicate");
  EXPECT_EQ(codes(7), "doubtful :ambiguous");
  EXPECT_EQ(works(), 4U);
  ImportRequest asked = request("doubts.csv");
  asked.doubtful = ImportRequest::Doubtful::take;
  const ImportReport taken = run(asked);
  EXPECT_EQ(taken.fresh, 3U);
  EXPECT_EQ(taken.doubtful, 4U);
  EXPECT_EQ(text(taken.rows[2].id, FieldId::extra), "sheet:DOI = none");
  EXPECT_EQ(text(taken.rows[1].id, FieldId::issued), "soon");
}

TEST_F(Import, AnUntouchedExportChangesNothing) {
  import("list.csv", kList + "\"=SUM(1;2)\";\"{-Bund; +Land}\";2019-03;;;'x\n");
  edited("export.csv", [](Cells& cells) {
    EXPECT_EQ(at(cells, 3, "Title"), "'=SUM(1;2)");
    EXPECT_EQ(at(cells, 3, "Date"), "'2019-03");
    EXPECT_EQ(at(cells, 1, "Intern"), "gedruckt");
  });
  const ImportReport told = run(request("export.csv"));
  EXPECT_EQ(told.unchanged, 3U);
  EXPECT_EQ(told.changed + told.fresh + told.doubtful, 0U);
}

TEST_F(Import, AnEditedExportIsADifferenceCellByCellAndOneStep) {
  const ImportReport list = import("list.csv", kList);
  const std::string heat = list.rows[0].id, water = list.rows[1].id;
  const bib::Work heat_before = record(heat), water_before = record(water);
  const std::size_t before = events();
  edited("export.csv", [](Cells& cells) {
    at(cells, 1, "Title") = "Heat in Towns and Cities";
    at(cells, 1, "Keywords") = "heat; cities";
    at(cells, 1, "Intern") = "vergriffen";
    at(cells, 1, "DOI") = "";
    at(cells, 2, "Date") = "01.03.2020";
    at(cells, 2, "Type") = "Bericht";
  });
  const ImportReport told = run(request("export.csv"));
  EXPECT_EQ(told.changed, 2U);
  EXPECT_EQ(told.emptied, 1U);
  ASSERT_EQ(told.rows[0].cells.size(), 3U);
  EXPECT_EQ(told.rows[0].cells[0].header, "Title");
  EXPECT_EQ(text(heat, FieldId::title), "Heat in Towns and Cities");
  EXPECT_EQ(text(heat, FieldId::extra), "sheet:Intern = vergriffen");
  EXPECT_EQ(text(heat, FieldId::doi), "10.1234/heat");
  EXPECT_EQ(record(water).type, bib::WorkType::report);
  EXPECT_EQ(bib::to_edtf(*record(water).date(FieldId::issued)), "2020-03-01");
  EXPECT_EQ(events(), before + 1);
  EXPECT_EQ(run(request("export.csv")).unchanged, 2U) << "again: everything is so already";
  ASSERT_TRUE(undo_import(*library, {"ann", "tester"}));
  EXPECT_EQ(record(heat), heat_before);
  EXPECT_EQ(record(water), water_before);
  EXPECT_TRUE(verified());
}

TEST_F(Import, AnEmptiedCellSaysThatThereIsNoneWhenAskedTo) {
  const std::string id = import("list.csv", kList).rows[0].id;
  edited("export.csv", [](Cells& cells) {
    at(cells, 1, "Keywords") = "";
    at(cells, 1, "Intern") = "";
    cells.pop_back();  // a row that is missing changes nothing
  });
  ImportRequest asked = request("export.csv");
  asked.emptied = ImportRequest::Emptied::clear;
  EXPECT_EQ(run(asked).rows.at(0).cells.size(), 2U);
  EXPECT_FALSE(record(id).has(FieldId::keyword));
  EXPECT_FALSE(record(id).has(FieldId::extra));
  EXPECT_EQ(works(), 2U);
  ASSERT_TRUE(undo_import(*library, {"ann", "tester"}));
  EXPECT_EQ(text(id, FieldId::keyword), "heat");
}

TEST_F(Import, WhatTheLibraryChangedMeanwhileIsNotOverwritten) {
  const std::string id = import("list.csv", kList).rows[0].id;
  edited("export.csv", [](Cells& cells) {
    at(cells, 1, "Title") = "Heat, by the office";
    at(cells, 1, "Date") = "2017";
  });
  ASSERT_TRUE(edit_work(*library, {"bob", "tester"}, id, {{"title", "Heat, by the library"}, {"keyword", "new"}}));
  const ImportReport told = run(request("export.csv"));
  ASSERT_EQ(told.rows[0].doubts.size(), 1U);
  EXPECT_EQ(told.rows[0].doubts[0].code, "conflict");
  EXPECT_EQ(told.rows[0].doubts[0].header, "Title");
  EXPECT_EQ(told.partly, 1U);
  EXPECT_EQ(text(id, FieldId::title), "Heat, by the library");
  EXPECT_EQ(text(id, FieldId::keyword), "new") << "the sheet's old keywords were not touched by anybody";
  EXPECT_EQ(record(id).year(), 2017);
}

TEST_F(Import, MixedUpRowsAndUnknownIdsAreDoubtful) {
  import("list.csv", kList);
  edited("export.csv", [](Cells& cells) {
    std::swap(cells[1][0], cells[2][0]);
    cells.push_back(cells[1]);
    cells.back()[0] = "zzzzz";
  });
  const ImportReport told = run(request("export.csv"));
  EXPECT_EQ(told.doubtful, 3U);
  EXPECT_EQ(told.rows[0].doubts[0].code, "shuffled");
  EXPECT_EQ(told.rows[2].doubts[0].code, "unknown-id");
  EXPECT_FALSE(told.stored);
}

TEST_F(Import, DetailsOfAuthorsSurviveACorrectedName) {
  ASSERT_TRUE(replace_file(folder.path() / "a.bib",
                           "@article{k, title={{Bonn} Heat}, year=2019, author={family=Doe, given=J., "
                           "orcid=0000-0002-1825-0097 and Roe, K.}}\n"));
  std::string id;
  ingest::AddObserver observer;
  observer.item = [&](const ingest::Item& item) { id = item.work_id; };
  AddRequest add;
  add.paths = {folder.path() / "a.bib"};
  ASSERT_TRUE(add_files(*library, add, observer));
  edited("export.csv", [](Cells& cells) { at(cells, 1, "Authors") = "Doe, J.; Roe, Kim"; });
  run(request("export.csv"));
  EXPECT_EQ(record(id).names(FieldId::author)->names[0].orcid, "0000-0002-1825-0097");
  EXPECT_EQ(text(id, FieldId::author), "Doe, J.; Roe, Kim");
}

TEST_F(Import, EditsAndImportsAreTakenBackInTheirOrder) {
  const std::string id = import("list.csv", kList).rows[0].id;
  const Acting ann{"ann", "tester"};
  ASSERT_TRUE(edit_work(*library, ann, id, {{"title", "One"}}));
  edited("export.csv", [](Cells& cells) { at(cells, 1, "Title") = "Two"; });
  run(request("export.csv"));
  EXPECT_EQ(undo_edit(*library, ann, id).error().code, Errc::conflict);
  ASSERT_TRUE(edit_work(*library, ann, id, {{"title", "Three"}}));
  EXPECT_EQ(undo_import(*library, ann).error().code, Errc::conflict);
  ASSERT_TRUE(undo_edit(*library, ann, id));
  EXPECT_EQ(text(id, FieldId::title), "Two");
  ASSERT_TRUE(undo_import(*library, ann));
  EXPECT_EQ(text(id, FieldId::title), "One");
  ASSERT_TRUE(undo_edit(*library, ann, id));
  EXPECT_EQ(text(id, FieldId::title), "Heat in Towns");
  EXPECT_TRUE(verified());
}

TEST_F(Import, MapsAreSavedAndUsedAgain) {
  const std::string list = "Bezeichnung der Studie,Wer,Jahr,Preis\nHeat,\"Doe, J.\",2019,12\n";
  ASSERT_TRUE(replace_file(folder.path() / "a.csv", list));
  ImportRequest asked = request("a.csv");
  asked.columns = {{"Bezeichnung der Studie", "title"}, {"Wer", "author"}, {"Preis", "-"}};
  asked.save_map = folder.path() / "map.toml";
  EXPECT_EQ(run(asked).fresh, 1U);
  ImportRequest again = request("a.csv");
  again.map = asked.save_map;
  EXPECT_EQ(run(again).unchanged, 1U);
  ASSERT_TRUE(replace_file(asked.save_map, "[columns]\n\"Wer\" = \"autor\"\n"));
  EXPECT_EQ(load_column_map(asked.save_map).error().where, asked.save_map.string());
  ASSERT_TRUE(replace_file(asked.save_map, "[colums]\n"));
  EXPECT_EQ(load_column_map(asked.save_map).error().code, Errc::usage);
}

TEST_F(Import, FilesThatAreNoSpreadsheetsAreRefused) {
  const auto refused = [&](const std::string& name, std::string_view bytes) {
    EXPECT_TRUE(replace_file(folder.path() / name, bytes));
    const Result<ImportReport> out = import_sheet(*library, request(name));
    return out ? std::string() : out.error().message;
  };
  EXPECT_EQ(refused("a", ""), "this is no spreadsheet but an empty file");
  EXPECT_EQ(refused("a", "@article{k, title={x}}"), "this is no spreadsheet but a BibTeX file");
  EXPECT_EQ(refused("a", "%PDF-1.4"), "this is no spreadsheet but a PDF file");
  EXPECT_EQ(refused("a", "a;b\n1;2\n"), "no column of the sheet is known; its first row says “a”, “b”");
}

TEST_F(Import, WorkbooksAreReadInTheWorker) {
  if (!std::filesystem::exists(ingest::extract_program())) GTEST_SKIP() << "colophon-extract is not built";
  const test::TinyXlsx book{.sheets = {{"Notizen", "<sheetData><row><c t=\"str\"><v>only words</v></c></row></sheetData>"},
                                       {"Liste",
                                        "<sheetData><row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row>"
                                        "<row><c t=\"s\"><v>2</v></c><c s=\"1\"><v>43531</v></c></row></sheetData>"}},
                            .shared = "<si><t>Titel</t></si><si><t>Datum</t></si><si><r><t>Heat </t></r><r><t>Plan</t></r></si>",
                            .styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>"};
  ASSERT_TRUE(replace_file(folder.path() / "l.xlsx", book.bytes()));
  const ImportReport report = run(request("l.xlsx"));
  EXPECT_EQ(report.sheet, "Liste");
  EXPECT_EQ(report.sheets.size(), 2U);
  ASSERT_EQ(report.fresh, 1U);
  EXPECT_EQ(text(report.rows[0].id, FieldId::title), "Heat Plan");
  EXPECT_EQ(text(report.rows[0].id, FieldId::issued), "7 March 2019");
  EXPECT_EQ(import("as.csv", "Titel;Datum\nHeat Plan;2019-03-07\n").unchanged, 1U) << "the same list as CSV says the same";
  ImportRequest other = request("l.xlsx");
  other.sheet_name = "Tabelle9";
  EXPECT_EQ(import_sheet(*library, other).error().hint, "the sheets are Notizen, Liste");
}

}  // namespace
}  // namespace colophon::app

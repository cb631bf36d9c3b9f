// SPDX-License-Identifier: GPL-3.0-or-later
// What cells mean: dates and names as offices write them, headers in five languages, types in words, what is carried over.
#include "bib/work.hpp"
#include "formats/sheet/cells.hpp"
#include "formats/sheet/dates.hpp"
#include "formats/sheet/names.hpp"
#include "formats/sheet/rows.hpp"
#include "formats/sheet/stamp.hpp"
#include "formats/sheet/words.hpp"

#include <gtest/gtest.h>

namespace colophon::formats {
namespace {

using bib::FieldId;

TEST(CellDate, IsReadAsPeopleWriteIt) {
  struct Row {
    const char* text;
    const char* edtf;
  };
  const Row rows[] = {{"2019", "2019"},
                      {"2019-03", "2019-03"},
                      {"2019-03-07", "2019-03-07"},
                      {"2019-03-07 00:00:00", "2019-03-07"},
                      {"2019-03-07T00:00:00", "2019-03-07"},
                      {"07.03.2019", "2019-03-07"},
                      {"7.3.2019", "2019-03-07"},
                      {"31/12/2019", "2019-12-31"},
                      {"12/31/2019", "2019-12-31"},
                      {"03/2019", "2019-03"},
                      {"2019/3", "2019-03"},
                      {"2019/03/07", "2019-03-07"},
                      {"March 2019", "2019-03"},
                      {"7 March 2019", "2019-03-07"},
                      {"March 7th, 2019", "2019-03-07"},
                      {"7. März 2019", "2019-03-07"},
                      {"Mrz. 2019", "2019-03"},
                      {"7 de marzo de 2019", "2019-03-07"},
                      {"março de 2019", "2019-03"},
                      {"1er août 2019", "2019-08-01"},
                      {"juillet 2019", "2019-07"},
                      {"juin 2019", "2019-06"},
                      {"dez/2019", "2019-12"},
                      {"2018-2020", "2018/2020"},
                      {"2018–2020", "2018/2020"},
                      {"2018-20", "2018/2020"},
                      {"2018/2020", "2018/2020"},
                      {"ca. 1850", "1850~"},
                      {"um 1850", "1850~"},
                      {"2019?", "2019?"},
                      {"43531", "2019-03-07"},
                      {"in press", "in press"},
                      {"o. J.", "o. J."},
                      {"s.f.", "s.f."}};
  for (const Row& row : rows) {
    const CellDate read = parse_cell_date({row.text});
    EXPECT_EQ(bib::to_edtf(read.date), row.edtf) << row.text;
    EXPECT_FALSE(read.doubtful) << row.text;
  }
}

TEST(CellDate, DoubtsWhatNobodyCanTell) {
  for (const char* text : {"03/07/2019", "Mar-19", "soon", "2019-13-40", "99999999", "31.02.2019", "12"})
    EXPECT_TRUE(parse_cell_date({text}).doubtful) << text;
  EXPECT_EQ(bib::to_edtf(parse_cell_date({"03/07/2019"}).date), "2019-07-03");
  EXPECT_EQ(bib::to_edtf(parse_cell_date({"Mar-19"}).date), "2019-03");
  EXPECT_EQ(bib::to_edtf(parse_cell_date({"soon"}).date), "soon");
}

TEST(Serial, CountsFromBothEpochs) {
  const auto text = [](double serial, Epoch epoch) {
    const auto date = date_of_serial(serial, epoch);
    return date ? bib::to_edtf({.from = *date, .to = {}, .open_end = false, .literal = {}}) : std::string("none");
  };
  EXPECT_EQ(text(1, Epoch::y1900), "1900-01-01");
  EXPECT_EQ(text(59, Epoch::y1900), "1900-02-28");
  EXPECT_EQ(text(60, Epoch::y1900), "none");  // Excel's 29 February 1900
  EXPECT_EQ(text(61, Epoch::y1900), "1900-03-01");
  EXPECT_EQ(text(43531.75, Epoch::y1900), "2019-03-07");
  EXPECT_EQ(text(2958465, Epoch::y1900), "9999-12-31");
  EXPECT_EQ(text(2958466, Epoch::y1900), "none");
  EXPECT_EQ(text(-1, Epoch::y1900), "none");
  EXPECT_EQ(text(0, Epoch::y1904), "1904-01-01");
  EXPECT_EQ(text(42069, Epoch::y1904), "2019-03-07");
}

TEST(CellNames, AreSplitAsPeopleWriteThem) {
  struct Row {
    const char* text;
    const char* read;
  };
  const Row rows[] = {{"Müller, A.; Smith, B.", "Müller, A.; Smith, B."},
                      {"A. Müller and B. Smith", "Müller, A.; Smith, B."},
                      {"A. Müller, C. Doe and B. Smith", "Müller, A.; Doe, C.; Smith, B."},
                      {"A. Müller, C. Doe, and B. Smith", "Müller, A.; Doe, C.; Smith, B."},
                      {"Müller A, Smith BC", "Müller, A; Smith, BC"},
                      {"Müller A; Smith B", "Müller, A; Smith, B"},
                      {"Müller, A., Smith, B. C.", "Müller, A.; Smith, B. C."},
                      {"Müller, A., Smith, B. & Doe, J.", "Müller, A.; Smith, B.; Doe, J."},
                      {"Müller, Anna and Smith, Ben", "Müller, Anna; Smith, Ben"},
                      {"Müller, Anna", "Müller, Anna"},
                      {"Anna Müller", "Müller, Anna"},
                      {"Anna Müller, Ben Smith", "Müller, Anna; Smith, Ben"},
                      {"Anna Müller und Ben Smith", "Müller, Anna; Smith, Ben"},
                      {"Ana Pérez y Juan Gómez", "Pérez, Ana; Gómez, Juan"},
                      {"José Ortega y Gasset", "Ortega y Gasset, José"},
                      {"Ludwig van der Berg", "van der Berg, Ludwig"},
                      {"van der Berg, J., Jr.", "van der Berg, J., Jr."},
                      {"Anna Müller\nBen Smith", "Müller, Anna; Smith, Ben"},
                      {"Doe, J. et al.", "Doe, J.; et al."},
                      {"J. Doe et al.", "Doe, J.; et al."},
                      {"Doe, J.; et al.", "Doe, J.; et al."},
                      {"ICLEI; United Nations University", "ICLEI; United Nations University"},
                      {"Ministry of Food and Health", "Ministry of Food and Health"},
                      {"{Stadt Bonn, Umweltamt}", "Stadt Bonn, Umweltamt"}};
  for (const Row& row : rows) {
    const CellNames read = parse_cell_names(row.text);
    EXPECT_EQ(bib::long_form(read.names), row.read) << row.text;
    EXPECT_FALSE(read.doubtful) << row.text;
  }
  EXPECT_EQ(parse_cell_names("ICLEI").names.names[0].name.literal, "ICLEI");
  EXPECT_EQ(parse_cell_names("Müller").names.names[0].name.family, "Müller");
}

TEST(CellNames, DoubtsWhatFitsNoPattern) {
  for (const char* text : {"Müller, Anna, Smith, Ben", "Müller (Hrsg.), A.", "a.mueller@example.org", "A., B."})
    EXPECT_TRUE(parse_cell_names(text).doubtful) << text;
}

TEST(Headers, AreKnownInFiveLanguages) {
  struct Row {
    const char* header;
    const char* target;
  };
  const Row rows[] = {{"Author(s)", "author"},
                      {"Autor/in", "author"},
                      {"Autor*innen", "author"},
                      {"AUTORES", "author"},
                      {"Auteur(e)s", "author"},
                      {"Titel", "title"},
                      {"Título", "title"},
                      {"Titre", "title"},
                      {"Titel / Title", "title"},
                      {"Jahr", "issued"},
                      {"Año", "issued"},
                      {"Ano", "issued"},
                      {"Année", "issued"},
                      {"Publication Year", "issued"},
                      {"DOI:", "doi"},
                      {"Zeitschrift", "container_title"},
                      {"Revista", "container_title"},
                      {"Revue", "container_title"},
                      {"Journal / Book", "container_title"},
                      {"Schlagwörter", "keyword"},
                      {"Palabras clave", "keyword"},
                      {"Palavras-chave", "keyword"},
                      {"Mots-clés", "keyword"},
                      {"Seiten", "page"},
                      {"pp.", "page"},
                      {"Herausgeber", "editor"},
                      {"Verlag", "publisher"},
                      {"Editorial", "publisher"},
                      {"Éditeur", "publisher"},
                      {"Sprache", "language"},
                      {"Publikationstyp", "type"},
                      {"Colophon ID", "id"},
                      {"container_title", "container_title"},
                      {"sheet:Titel", "sheet:Titel"}};
  for (const Row& row : rows) {
    const auto target = target_of_header(row.header);
    ASSERT_TRUE(target) << row.header;
    EXPECT_EQ(name_of(*target), row.target) << row.header;
  }
  for (const char* header : {"ID", "Umsatz", "", "—", "Bearbeitet"}) EXPECT_FALSE(target_of_header(header)) << header;
}

TEST(Headers, OfAnExportReadBackExactly) {
  for (const bib::FieldRow& row : bib::fields()) {
    if (row.id == FieldId::extra) continue;
    const Target target{.kind = Target::Kind::field, .field = row.id};
    EXPECT_EQ(target_of_header(header_of(target)), target) << row.name;
  }
  EXPECT_EQ(header_of({.kind = Target::Kind::extra, .extra = "sheet:Bemerkung intern"}), "Bemerkung intern");
  EXPECT_EQ(header_of({.kind = Target::Kind::extra, .extra = "sheet:Titel"}), "sheet:Titel");
}

TEST(Words, NameTypesAndLanguages) {
  EXPECT_EQ(work_type_in_words("Zeitschriftenartikel"), bib::WorkType::article);
  EXPECT_EQ(work_type_in_words("journalArticle"), bib::WorkType::article);
  EXPECT_EQ(work_type_in_words("policy-brief"), bib::WorkType::policy_brief);
  EXPECT_EQ(work_type_in_words("Tese de doutorado"), bib::WorkType::thesis);
  EXPECT_EQ(work_type_in_words("Chapitre d'ouvrage"), bib::WorkType::chapter);
  EXPECT_FALSE(work_type_in_words("Kunstwerk"));
  EXPECT_EQ(language_in_words("Español"), "es");
  EXPECT_EQ(language_in_words("Klingon"), std::nullopt);
  for (const bib::WorkTypeRow& row : bib::work_types()) {
    if (row.type != bib::WorkType::unknown) {
      EXPECT_EQ(work_type_in_words(row.label), row.type);
    }
  }
}

Target field(FieldId id) { return {.kind = Target::Kind::field, .field = id}; }

TEST(Cells, SeveralValuesArePartedAndJoined) {
  bib::Work work;
  for (const auto& [id, text] :
       {std::pair{FieldId::keyword, "heat, towns"}, std::pair{FieldId::isbn, "978-3-16-148410-0, 0-306-40615-2"},
        std::pair{FieldId::url, "https://a.example/x;y https://b.example"},
        std::pair{FieldId::abstract, "One.\n---\nTwo\nlines."}}) {
    CellReading read = read_cell(field(id), {text});
    EXPECT_FALSE(read.doubt) << text;
    for (bib::Value& value : read.values) work.add(id, std::move(value));
  }
  EXPECT_EQ(cell_text(work, field(FieldId::keyword)), "heat; towns");
  EXPECT_EQ(cell_text(work, field(FieldId::isbn)), "978-3161484100; 978-0306406157");
  EXPECT_EQ(cell_text(work, field(FieldId::url)), "https://a.example/x;y\nhttps://b.example");
  EXPECT_EQ(cell_text(work, field(FieldId::abstract)), "One.\n---\nTwo lines.");
}

TEST(Cells, DoubtsSayWhat) {
  EXPECT_EQ(read_cell(field(FieldId::doi), {"see website"}).doubt->code, "bad-identifier");
  EXPECT_EQ(read_cell(field(FieldId::isbn), {"9.78316E+12"}).doubt->code, "rounded");
  EXPECT_EQ(read_cell(field(FieldId::title), {"#REF!", CellKind::error}).doubt->code, "formula-error");
  for (const char* text : {"#NAME?", "#WERT!", "#N/A", "########"})
    EXPECT_EQ(read_cell(field(FieldId::title), {text}).doubt->code, "formula-error") << text;
  EXPECT_FALSE(read_cell(field(FieldId::title), {"#MeToo"}).doubt);
  EXPECT_EQ(read_cell({.kind = Target::Kind::type}, {"Kunstwerk"}).doubt->code, "unknown-type");
}

TEST(Cells, WhatACellCannotShowIsCarriedOver) {
  bib::Work work;
  bib::RichText title("Heat in ");
  title.append("Bonn", static_cast<std::uint16_t>(bib::Mark::nocase));
  title.append(" and beyond");
  work.add(FieldId::title, title);
  bib::NameList authors;
  authors.names.resize(2);
  authors.names[0].name = {.family = "Doe", .given = "Jane"};
  authors.names[0].orcid = "0000-0002-1825-0097";
  authors.names[1].name = {.family = "Roe", .given = "K."};
  authors.names[1].orcid = "0000-0001-5109-3700";
  work.add(FieldId::author, authors);

  const auto changed = [&](FieldId id, const char* text) {
    bib::Work out;
    for (bib::Value& v : carried_over(id, work.all(id), read_cell(field(id), {text}).values)) out.add(id, std::move(v));
    return out;
  };
  const bib::Work heading = changed(FieldId::title, "Heat in Bonn and elsewhere");
  EXPECT_TRUE(heading.rich(FieldId::title)->runs()[1].has(bib::Mark::nocase));
  EXPECT_EQ(heading.text(FieldId::title), "Heat in Bonn and elsewhere");
  const bib::NameList people = *changed(FieldId::author, "Roe, Kim; Doe, Jane").names(FieldId::author);
  EXPECT_EQ(people.names[0].name.given, "Kim");
  EXPECT_EQ(people.names[0].orcid, "0000-0001-5109-3700");
  EXPECT_EQ(people.names[1].orcid, "0000-0002-1825-0097");
  EXPECT_EQ(changed(FieldId::author, "Jane Doe and K. Roe"), [&] {
    bib::Work out;
    out.add(FieldId::author, authors);
    return out;
  }());
}

TEST(Stamp, TellsWhatARowSaid) {
  const Target title = field(FieldId::title);
  const std::string text = Stamp::make("4f7k2", std::vector<Stamp::Said>{{title, "Heat"}});
  const Stamp stamp("4f7k2", text);
  EXPECT_TRUE(stamp.present() && stamp.fits());
  EXPECT_TRUE(stamp.said(title, "Heat "));
  EXPECT_FALSE(stamp.said(title, "Flood"));
  EXPECT_FALSE(stamp.said(field(FieldId::subtitle), "Heat"));
  EXPECT_FALSE(Stamp("9qm3w", text).fits());
  EXPECT_FALSE(Stamp("4f7k2", "").present());
}

// --- rows --------------------------------------------------------------------------------------------------------------------

Table table_of(std::vector<std::vector<std::string>> rows) {
  Table out;
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    out.rows.push_back({i + 1, {}});
    for (std::string& text : rows[i]) out.rows.back().cells.push_back({std::move(text), CellKind::text});
  }
  return out;
}

TEST(Columns, HeaderIsFoundBelowABanner) {
  const Table table =
      table_of({{"Publikationen 2019"}, {"Titel", "Autoren", "Jahr", "Budget", ""}, {"Heat", "Doe, J.", "2019", "12", "x"}});
  const Result<Columns> columns = find_columns(table, {}, {});
  ASSERT_TRUE(columns);
  EXPECT_EQ(columns->first_row, 2U);
  EXPECT_EQ(columns->map(),
            (ColumnMap{{"Titel", "title"}, {"Autoren", "author"}, {"Jahr", "issued"}, {"Budget", "extra"}, {"E", "extra"}}));
  const auto row = read_row(*columns, table.rows[2]);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->work.text(FieldId::title), "Heat");
  EXPECT_EQ(row->work.year(), 2019);
  EXPECT_EQ(row->work.text(FieldId::extra), "sheet:Budget = 12");
  EXPECT_TRUE(row->doubts.empty());
  EXPECT_FALSE(read_row(*columns, table.rows[1])) << "the header again is no row";
}

TEST(Columns, GivenNamesComeBeforeSavedOnesBeforeKnownOnes) {
  const Table table = table_of({{"Titel", "Kommentar", "Was"}, {"a", "b", "c"}});
  const Result<Columns> columns = find_columns(table, {{"kommentar", "abstract"}, {"was", "note"}}, {{"Was", "keyword"}});
  ASSERT_TRUE(columns);
  EXPECT_EQ(columns->map(), (ColumnMap{{"Titel", "title"}, {"Kommentar", "abstract"}, {"Was", "keyword"}}));
  const auto wrong_field = find_columns(table, {}, {{"Was", "keywrod"}});
  EXPECT_EQ(wrong_field.error().hint, "did you mean “keyword”?");
  const auto wrong_column = find_columns(table, {}, {{"Wo", "keyword"}});
  EXPECT_EQ(wrong_column.error().hint, "the columns are “Titel”, “Kommentar”, “Was”");
  EXPECT_EQ(find_columns(table_of({{"x", "y"}, {"1", "2"}}), {}, {}).error().code, Errc::invalid);
  EXPECT_EQ(find_columns({}, {}, {}).error().code, Errc::invalid);
}

TEST(Rows, KeyIsOfWhatCellsSayNotOfWhereTheyStand) {
  const Table a = table_of({{"Titel", "Jahr"}, {"Heat", "2019"}});
  const Table b = table_of({{"Jahr", "", "Titel", "Colophon stamp"}, {}, {" 2019", "", "Heat ", "x"}});
  const Columns in_a = *find_columns(a, {}, {}), in_b = *find_columns(b, {}, {});
  EXPECT_EQ(read_row(in_a, a.rows[1])->key(in_a), read_row(in_b, b.rows[2])->key(in_b));
  const Table c = table_of({{"Titel", "Jahr"}, {"Heat", "2018"}});
  EXPECT_NE(read_row(in_a, a.rows[1])->key(in_a), read_row(in_a, c.rows[1])->key(in_a));
}

TEST(Rows, NothingIsLostOfADoubtfulCell) {
  const Table table = table_of({{"Titel", "DOI", "Typ"}, {"Heat", "follows", "Kunstwerk"}, {"", "10.1/x", ""}});
  const Columns columns = *find_columns(table, {}, {});
  const auto row = read_row(columns, table.rows[1]);
  EXPECT_EQ(row->doubts.size(), 1U);
  EXPECT_EQ(row->work.text(FieldId::extra), "sheet:DOI = follows");
  EXPECT_EQ(row->work.text(FieldId::genre), "Kunstwerk");
  EXPECT_EQ(read_row(columns, table.rows[2])->doubts.back().doubt.code, "no-title");
}

TEST(Table, TravelsAsJson) {
  Table table = table_of({{"a", "", "b"}, {"c"}});
  table.sheet = "Blatt 1";
  table.rows[1].cells.push_back({"2019-03-07", CellKind::date});
  EXPECT_EQ(table_from_json(to_json(table)), table);
  EXPECT_FALSE(table_from_json(*Json::parse(R"({"rows":[["x"]]})")));
  EXPECT_FALSE(table_from_json(*Json::parse(R"({"rows":[[1,[9,"x"]]]})")));
  EXPECT_EQ(column_name(0), "A");
  EXPECT_EQ(column_name(27), "AB");
  EXPECT_EQ(column_name(701), "ZZ");
}

}  // namespace
}  // namespace colophon::formats

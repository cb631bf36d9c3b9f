// SPDX-License-Identifier: GPL-3.0-or-later
// The tables at the end of pages in docs/formats are those of the code. UPDATE_GOLDEN=1 rewrites them.
#include <cstdlib>
#include <filesystem>

#include "base/io.hpp"
#include "formats/bibtex/mapping.hpp"
#include "formats/ris/mapping.hpp"

#include <gtest/gtest.h>

namespace colophon::formats {
namespace {

std::string families_of(std::uint8_t families) {
  static constexpr std::pair<ris::Family, std::string_view> kNames[] = {
      {ris::kJournal, "articles"}, {ris::kPart, "chapters"},  {ris::kPaper, "conference papers"},
      {ris::kBook, "books"},       {ris::kReport, "reports"}, {ris::kThesis, "theses"},
      {ris::kOther, "others"}};
  std::string out;
  if (families == ris::kAll) return "all";
  for (const auto& [family, name] : kNames) {
    if (families & family) out += (out.empty() ? "" : ", ") + std::string(name);
  }
  return out;
}

std::string ris_tables() {
  std::string out = "| tag | field | in |\n|---|---|---|\n";
  std::string kept;
  for (const ris::Row& row : ris::rows()) {
    const std::string field = std::string(bib::name(row.field)) + (row.role.empty() ? "" : " (" + std::string(row.role) + ")");
    if (row.form == ris::Form::keep) kept += (kept.empty() ? "`" : ", `") + std::string(row.tag) + "`";
    else out += "| `" + std::string(row.tag) + "` | " + field + " | " + families_of(row.families) + " |\n";
  }
  out += "\nKept as they are where no line above fits: " + kept + ".\n\n| type | ours | genre |\n|---|---|---|\n";
  for (const ris::TypeRow& row : ris::types())
    out += "| `" + std::string(row.name) + "` | " + std::string(bib::name(row.type)) + " | " + std::string(row.genre) + " |\n";
  return out;
}

std::string bibtex_tables() {
  std::string out = "| field | ours |\n|---|---|\n";
  for (const bibtex::FieldMapping& row : bibtex::field_mappings())
    out += "| `" + std::string(row.name) + "` | " + std::string(bib::name(row.field)) + " |\n";
  out += "\n| type | ours | genre | written as | in BibLaTeX |\n|---|---|---|---|---|\n";
  for (const bibtex::TypeMapping& row : bibtex::type_mappings())
    out += "| `" + std::string(row.name) + "` | " + std::string(bib::name(row.type)) + " | " + std::string(row.genre) + " | `" +
           std::string(bibtex::entry_type_of(row.type)) + "` | `" +
           std::string(bibtex::entry_type_of(row.type, bibtex::Dialect::biblatex)) + "` |\n";
  return out;
}

void ends_with_tables(const char* page_name, const std::string& tables) {
  const std::filesystem::path page = std::filesystem::path(COLOPHON_SOURCE_DIR) / "docs/formats" / page_name;
  const std::string text = read_file(page).value_or("");
  const std::size_t begin = std::min(text.find(tables.substr(0, tables.find('\n'))), text.size());
  if (std::getenv("UPDATE_GOLDEN")) {
    ASSERT_TRUE(replace_file(page, text.substr(0, begin) + tables, 0644));
  } else {
    EXPECT_EQ(text.substr(begin), tables);
  }
}

TEST(Documents, HaveTheTablesOfTheCode) {
  ends_with_tables("interchange.md", ris_tables());
  ends_with_tables("bibtex.md", bibtex_tables());
}

}  // namespace
}  // namespace colophon::formats

// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/schema.hpp"

#include <cstdlib>
#include <filesystem>
#include <set>

#include "base/io.hpp"
#include "indexer/query/parser.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace colophon::indexer {
namespace {

TEST(Schema, EveryFieldIsIndexedOrSaysWhyNot) {
  for (const bib::FieldRow& field : bib::fields()) {
    const bool listed = std::ranges::find(not_indexed(), field.id, &NotIndexed::field) != not_indexed().end();
    EXPECT_NE(row_of(field.id) != nullptr, listed) << field.name;
  }
  for (const NotIndexed& row : not_indexed()) EXPECT_FALSE(row.reason.empty()) << bib::name(row.field);
}

TEST(Schema, NamesAndPrefixesAreUnique) {
  std::set<std::string_view> names, prefixes{kStemPrefix, "XTWIN"};
  for (const Row& row : rows()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_TRUE(row.alias.empty() || names.insert(row.alias).second) << row.alias;
    EXPECT_TRUE(prefixes.insert(row.prefix).second) << row.prefix;
  }
}

TEST(Schema, PrefixesAreUpperCaseSoThatFoldedWordsCannotBeMistakenForThem) {
  for (const Row& row : rows()) {
    EXPECT_TRUE(std::ranges::all_of(row.prefix, [](char c) { return c >= 'A' && c <= 'Z'; })) << row.prefix;
  }
}

TEST(Schema, HasTheFieldsAndFacetsPeopleAskFor) {
  for (const char* name : {"author", "title", "year", "type", "lang", "project", "place", "abstract", "keyword", "doi", "isbn",
                           "series", "publisher", "journal", "id", "partner", "access"}) {
    EXPECT_NE(row_named(name), nullptr) << name;
  }
  std::set<std::string_view> facets;
  for (const Row& row : rows()) {
    if (row.facet == Facet::yes) facets.insert(row.name);
  }
  EXPECT_EQ(facets, (std::set<std::string_view>{"year", "type", "language", "project", "place", "concept"}));
}

TEST(Schema, EachExampleIsUnderstoodAsItsField) {
  for (const Row& row : rows()) {
    const auto parsed = query::parse(row.example);
    EXPECT_EQ(parsed.root.field, row.name) << row.example << " gives " << query::to_text(parsed.root);
    EXPECT_TRUE(parsed.notes.empty()) << row.example << ": " << (parsed.notes.empty() ? "" : parsed.notes[0].text);
    EXPECT_FALSE(row.help.empty()) << row.name;
  }
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '|' ? std::string("\\|") : std::string(1, c);
  return out;
}

std::string field_table() {
  std::string out = "\n| field | finds | example |\n|---|---|---|\n";
  for (const Row& row : rows()) {
    out += fmt::format("| `{}`{} | {} | `{}` |\n", row.name, row.alias.empty() ? "" : fmt::format(", `{}`", row.alias),
                       escaped(row.help), escaped(row.example));
  }
  return out + "\n";
}

TEST(Schema, TheManualShowsTheTable) {
  const auto path = std::filesystem::path(COLOPHON_SOURCE_DIR) / "docs/search.md";
  std::string text = *read_file(path);
  constexpr std::string_view kBegin = "rewrites it -->\n", kEnd = "<!-- end of fields -->";
  const std::size_t begin = text.find(kBegin) + kBegin.size(), end = text.find(kEnd);
  ASSERT_LE(begin, end);
  if (std::getenv("UPDATE_GOLDEN")) ASSERT_TRUE(replace_file(path, text.replace(begin, end - begin, field_table()), 0644));
  else EXPECT_EQ(text.substr(begin, end - begin), field_table());
}

TEST(Schema, ValueTermsFoldAndStayShort) {
  const Row& project = *row_named("project");
  EXPECT_EQ(value_term(project, "  Urban   Héat "), "XPR:urban heat");
  EXPECT_LE(value_term(project, std::string(5000, 'x')).size(), 200u);
  EXPECT_NE(value_term(project, std::string(5000, 'x')), value_term(project, std::string(5001, 'x')));
}

}  // namespace
}  // namespace colophon::indexer

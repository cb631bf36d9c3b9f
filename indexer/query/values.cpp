// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/query/values.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "bib/work.hpp"
#include "indexer/conditions.hpp"

#include <fmt/format.h>

namespace colophon::indexer::query {
namespace {

// clang-format off
constexpr std::array<std::pair<std::string_view, std::string_view>, 26> kLanguageNames = {{
    {"english", "en"}, {"englisch", "en"}, {"inglés", "en"}, {"inglês", "en"}, {"anglais", "en"},
    {"german", "de"}, {"deutsch", "de"}, {"alemán", "de"}, {"alemão", "de"}, {"allemand", "de"},
    {"spanish", "es"}, {"spanisch", "es"}, {"español", "es"}, {"espanhol", "es"}, {"espagnol", "es"},
    {"portuguese", "pt"}, {"portugiesisch", "pt"}, {"portugués", "pt"}, {"português", "pt"}, {"portugais", "pt"},
    {"french", "fr"}, {"französisch", "fr"}, {"francés", "fr"}, {"francês", "fr"}, {"français", "fr"}, {"italian", "it"}}};
// clang-format on

std::string dashed(std::string_view text) {
  std::string out = ascii_lower(squeeze(text));
  std::ranges::replace(out, ' ', '-');
  std::ranges::replace(out, '_', '-');
  return out;
}

std::string language_code(std::string_view text) {
  const std::string name = fold(text);
  const auto found = std::ranges::find_if(kLanguageNames, [&](const auto& pair) { return fold(pair.first) == name; });
  return found != kLanguageNames.end() ? std::string(found->second) : name.substr(0, name.find('-'));
}

// A value of a closed list, or a note with the nearest one.
std::optional<std::string> listed(const std::string& text,
                                  const Row& row,
                                  const std::vector<std::string>& values,
                                  std::vector<Note>& notes) {
  std::string name = dashed(text);
  if (std::ranges::find(values, name) != values.end()) return name;
  const std::string_view near = nearest(name, values);
  notes.push_back({std::string(row.name),
                   fmt::format("There is no {} “{}”: it was searched for as words.{}", row.name == "is" ? "state" : row.name,
                               printable(text), near.empty() ? "" : fmt::format(" Did you mean “{}:{}”?", row.name, near))});
  return std::nullopt;
}

const std::vector<std::string>& type_names() {
  static const std::vector<std::string> kTypes = [] {
    std::vector<std::string> out;
    for (const bib::WorkTypeRow& row : bib::work_types()) out.emplace_back(row.name);
    return out;
  }();
  return kTypes;
}

const std::vector<std::string>& condition_names() {
  static const std::vector<std::string> kNames = [] {
    std::vector<std::string> out;
    for (const Condition& row : conditions()) out.emplace_back(row.name);
    return out;
  }();
  return kNames;
}

bool is_checked_code(const Row& row) { return row.name == "doi" || row.name == "isbn" || row.name == "issn"; }

}  // namespace

std::optional<std::string> canonical(const std::string& text, const Row& row, std::vector<Note>& notes) {
  if (row.name == "language") return language_code(text);
  if (row.name == "type") return listed(text, row, type_names(), notes);
  if (row.name == "is") return listed(text, row, condition_names(), notes);
  if (row.name == "access") return dashed(text);
  if (!is_checked_code(row)) return squeeze(text);
  auto code = bib::parse_code(*row.fields.begin(), text);
  if (code) return std::move(code->value);
  notes.push_back({"identifier", fmt::format("“{}” is no {}: it was searched for as words.", printable(text),
                                             bib::row(*row.fields.begin()).label)});
  return std::nullopt;
}

Note unknown_field(const std::string& name) {
  static const std::vector<std::string> kNames = [] {
    std::vector<std::string> out;
    for (const Row& row : rows()) {
      out.emplace_back(row.name);
      if (!row.alias.empty()) out.emplace_back(row.alias);
    }
    return out;
  }();
  const std::string_view near = nearest(ascii_lower(name), kNames);
  return {"unknown_field",
          near.empty()
              ? fmt::format("There is no field “{}”: it was searched for as a word.", printable(name))
              : fmt::format("There is no field “{}”: it was searched for as a word. Did you mean “{}:”?", printable(name), near)};
}

}  // namespace colophon::indexer::query

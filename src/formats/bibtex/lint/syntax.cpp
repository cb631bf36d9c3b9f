// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/text.hpp"
#include "formats/bibtex/lint/lint.hpp"
#include "formats/bibtex/tex.hpp"

#include <fmt/format.h>

namespace colophon::formats::bibtex {
namespace {

std::string shown(std::string_view text) { return printable(ellipsis(to_utf8(text), 60)); }

// A comma behind what ended last before `at`: the key or a field.
std::vector<Edit> comma_before(const Entry& entry, std::size_t at) {
  std::size_t end = entry.key.empty() ? 0 : entry.key_begin + entry.key.size();
  for (const RawField& field : entry.fields) {
    if (field.end <= at) end = std::max(end, field.end);
  }
  return end == 0 ? std::vector<Edit>{} : std::vector<Edit>{{end, end, ","}};
}

std::string_view bytes_of(std::string_view file, const RawField& field) {
  return file.substr(field.begin, field.end - field.begin);
}

// The whole field with the blanks before it and the comma behind it, which a neighbour has as well.
Edit without_field(std::string_view file, const RawField& field) {
  auto begin = static_cast<std::size_t>(field.name.data() - file.data());
  while (begin > 0 && is_blank(file[begin - 1])) --begin;
  std::size_t end = field.end;
  while (end < file.size() && is_blank(file[end])) ++end;
  const bool comma = end < file.size() && file[end] == ',';
  return {begin, comma ? end + 1 : field.end, ""};
}

}  // namespace

void check_syntax(const LintContext& at) {
  for (const RawFault& fault : at.entry->faults) {
    const FaultRow& r = row(fault.fault);
    at.report->add(r.code, fault.at, std::string(r.message), std::string(r.hint),
                   fault.fault == Fault::missing_comma ? comma_before(*at.entry, fault.at) : std::vector<Edit>{});
  }
}

void check_key(const LintContext& at) {
  const std::string_view key = at.entry->key;
  const std::size_t bad = key.find_first_of(" \t{}()\"#%~\\',=");
  if (bad != std::string_view::npos)
    return at.report->add("bibtex.key-characters", at.entry->key_begin + bad,
                          fmt::format("“{}” in the key “{}”", shown(key.substr(bad, 1)), shown(key)),
                          "keys are made of letters, digits and -_:./+");
  const auto other = std::ranges::find_if(key, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (other != key.end() && at.dialect == Rulebook::bibtex)
    at.report->add("bibtex.key-characters", at.entry->key_begin + static_cast<std::size_t>(other - key.begin()),
                   fmt::format("the key “{}” has a letter beyond ASCII", shown(key)),
                   "BibTeX cannot cite it; BibLaTeX with biber can");
}

void check_duplicate_fields(const LintContext& at) {
  std::unordered_map<std::string_view, const LintField*> first;
  for (const LintField& field : at.fields) {
    const auto [found, fresh] = first.emplace(field.name, &field);
    if (fresh) continue;
    const bool same = bytes_of(at.file, *found->second->raw) == bytes_of(at.file, *field.raw);
    at.report->add("bibtex.duplicate-field", static_cast<std::size_t>(field.raw->name.data() - at.file.data()),
                   fmt::format("the entry has “{}” a second time", shown(field.name)),
                   same ? "leave it out; it says the same" : "keep one: BibTeX takes the first, biber the last",
                   same ? std::vector<Edit>{without_field(at.file, *field.raw)} : std::vector<Edit>{});
  }
}

// BibLaTeX's types without a place of their own (manual 3.19, sections 2.1.2 and 2.1.3) are known all the same.
void check_type(const LintContext& at) {
  static constexpr std::array<std::string_view, 12> kMore = {"xdata",   "customa",    "customb",      "customc",
                                                             "customd", "custome",    "customf",      "bibnote",
                                                             "control", "commentary", "jurisdiction", "conference"};
  if (mapping_of_type(at.type) || std::ranges::find(kMore, at.type) != kMore.end()) return;
  std::vector<std::string> known;
  for (const TypeMapping& type : type_mappings()) known.emplace_back(type.name);
  const std::string_view near = at.type.size() <= 24 ? nearest(at.type, known) : std::string_view();
  at.report->add("bibtex.unknown-type", at.chunk->begin, fmt::format("the entry type “{}” is not known", shown(at.chunk->word)),
                 near.empty() ? "styles treat it as @misc" : fmt::format("did you mean @{}?", near));
}

}  // namespace colophon::formats::bibtex

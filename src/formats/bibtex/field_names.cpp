// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/field_names.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "formats/bibtex/tex.hpp"

namespace colophon::formats::bibtex {
namespace {

// What a parent's field is called in its child (BibLaTeX manual 3.19, appendix B); the same name where it is not listed.
struct Renamed {
  std::string_view parent, child;
};
constexpr std::array kRenamed = {Renamed{"title", "booktitle"}, Renamed{"subtitle", "booksubtitle"}};
// What belongs to the parent alone: inheriting its identifiers would make all chapters one work.
constexpr std::array<std::string_view, 25> kNotInherited = {
    "crossref", "xref",       "xdata",     "related",  "ids",          "doi",      "url",    "eprint",     "eprinttype",
    "pages",    "page",       "pagetotal", "numpages", "file",         "abstract", "annote", "annotation", "note",
    "keywords", "shorttitle", "key",       "handle",   "entrysubtype", "type",     "label"};

FieldName describe(std::string_view name) {
  FieldName out;
  out.lower = to_utf8(ascii_lower(name));
  out.mapping = mapping_of(name);
  const auto renamed = std::ranges::find(kRenamed, out.lower, &Renamed::parent);
  out.in_whole = renamed == kRenamed.end() ? out.mapping : mapping_of(renamed->child);
  out.in_main = out.lower == "title" ? mapping_of("maintitle") : out.lower == "subtitle" ? nullptr : out.mapping;
  out.inherited = std::ranges::find(kNotInherited, out.lower) == kNotInherited.end();
  out.parent = parent_kind(name);
  return out;
}

// Of the length and four bytes: names are short, and few in a file.
std::size_t hash(std::string_view name) {
  if (name.empty()) return 0;
  const auto byte = [&](std::size_t at) { return static_cast<std::uint64_t>(static_cast<unsigned char>(name[at])); };
  const std::uint64_t key = byte(0) | byte(name.size() - 1) << 8 | byte(name.size() / 2) << 16 | byte(name.size() / 4) << 24 |
                            static_cast<std::uint64_t>(name.size()) << 32;
  return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15u) >> 40);
}

}  // namespace

FieldName& FieldNames::find(std::string_view name) {
  std::size_t slot = hash(name) & (kSlots - 1), probes = 0;
  for (; slots_[slot].name && probes < kMostProbes; slot = (slot + 1) & (kSlots - 1), ++probes) {
    if (slots_[slot].bytes == name) return *slots_[slot].name;
  }
  if (spellings_ == kSlots / 2 || probes == kMostProbes) {
    FieldName& rare = rare_.emplace_back(describe(name));
    rare.told = true;
    return rare;
  }
  ++spellings_;
  slots_[slot] = {name, &in_lower_case(name)};
  return *slots_[slot].name;
}

// The one name of all its spellings.
FieldName& FieldNames::in_lower_case(std::string_view name) {
  FieldName made = describe(name);
  for (const Spelling& known : slots_) {
    if (known.name && known.name->lower == made.lower) return *known.name;
  }
  return names_.emplace_back(std::move(made));
}

}  // namespace colophon::formats::bibtex

// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/field_names.hpp"

#include <algorithm>
#include <array>
#include <cstring>

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

// Of the length and the first and last eight bytes: names are short, and few in a file.
std::size_t hash(std::string_view name) {
  std::uint64_t first = 0, last = 0;
  if (name.size() >= 8) {
    std::memcpy(&first, name.data(), 8);
    std::memcpy(&last, name.data() + name.size() - 8, 8);
  } else {
    for (const char c : name) first = first << 8 | static_cast<unsigned char>(c);
  }
  return static_cast<std::size_t>((first * 0x9E3779B97F4A7C15u + last * 0xC2B2AE3D27D4EB4Fu + name.size()) >> 40);
}

}  // namespace

FieldName& FieldNames::find(std::string_view name) {
  if (last_->then && last_->then->bytes == name) return *(last_ = last_->then)->name;
  Spelling* const found = look_up(name);
  if (!found) {
    FieldName& rare = rare_.emplace_back(describe(name));
    rare.told = true;
    return rare;
  }
  last_ = last_->then = found;
  return *found->name;
}

// Null for a spelling beyond those that are kept.
FieldNames::Spelling* FieldNames::look_up(std::string_view name) {
  std::size_t slot = hash(name) & (kSlots - 1), probes = 0;
  for (; slots_[slot].name && probes < kMostProbes; slot = (slot + 1) & (kSlots - 1), ++probes) {
    if (slots_[slot].bytes == name) return &slots_[slot];
  }
  if (spellings_ == kSlots / 2 || probes == kMostProbes) return nullptr;
  ++spellings_;
  slots_[slot].bytes = name;
  slots_[slot].name = &in_lower_case(name);
  return &slots_[slot];
}

// The one name of all its spellings.
FieldName& FieldNames::in_lower_case(std::string_view name) {
  FieldName made = describe(name);
  const auto known = std::ranges::find(names_, made.lower, &FieldName::lower);
  if (known != names_.end()) return *known;
  return names_.emplace_back(std::move(made));
}

}  // namespace colophon::formats::bibtex

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
constexpr std::array<std::string_view, 26> kNotInherited = {
    "crossref", "xref",       "xdata",     "related",  "ids",    "doi",          "url",    "eprint",     "eprinttype",
    "pages",    "page",       "pagetotal", "numpages", "file",   "abstract",     "annote", "annotation", "note",
    "keywords", "shorttitle", "key",       "author",   "handle", "entrysubtype", "type",   "label"};

FieldName describe(std::string_view name) {
  FieldName out;
  out.bytes = ascii_lower(name);
  out.lower = to_utf8(out.bytes);
  out.mapping = mapping_of(name);
  const auto renamed = std::ranges::find(kRenamed, out.lower, &Renamed::parent);
  out.in_whole = renamed == kRenamed.end() ? out.mapping : mapping_of(renamed->child);
  out.inherited = std::ranges::find(kNotInherited, out.lower) == kNotInherited.end();
  out.parent = parent_kind(name);
  return out;
}

std::size_t hash(std::string_view name) {
  std::size_t out = name.size();
  for (const char c : name) out = out * 31 + (static_cast<unsigned char>(c) | 0x20u);  // letters in any case are one
  return out;
}

}  // namespace

FieldName& FieldNames::find(std::string_view name) {
  std::size_t slot = hash(name) & (kSlots - 1), probes = 0;
  for (; slots_[slot] != 0 && probes < kMostProbes; slot = (slot + 1) & (kSlots - 1), ++probes) {
    FieldName& known = names_[slots_[slot] - 1];
    if (known.bytes.size() == name.size() && iequals(known.bytes, name)) return known;
  }
  if (names_.size() < kSlots / 2 && probes < kMostProbes) {
    slots_[slot] = static_cast<std::uint32_t>(names_.size()) + 1;
    return names_.emplace_back(describe(name));
  }
  FieldName& rare = rare_.emplace_back(describe(name));
  rare.told = true;
  return rare;
}

}  // namespace colophon::formats::bibtex

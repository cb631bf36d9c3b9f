// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/bib_file.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>

#include "base/text.hpp"
#include "formats/bibtex/mapping.hpp"
#include "formats/bibtex/names.hpp"
#include "formats/bibtex/scan.hpp"
#include "formats/bibtex/tex.hpp"
#include "formats/bibtex/values.hpp"

#include <fmt/format.h>

namespace colophon::formats::bibtex {
namespace {

constexpr std::size_t kLongestMacro = 64 * 1024;

Hasher& add_sized(Hasher& hasher, std::string_view bytes) {
  std::array<char, 8> length{};
  for (std::size_t i = 0; i < 8; ++i) length[i] = static_cast<char>(bytes.size() >> (8 * i));
  return hasher.update({length.data(), length.size()}).update(bytes);
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// Whether "ids" stands in a text, in any case: most entries need no parsing to see that they have no such field.
bool names_ids(std::string_view text) {
  for (std::size_t at = find_any<'d', 'D', 'D'>(text, 0); at + 1 < text.size(); at = find_any<'d', 'D', 'D'>(text, at + 1)) {
    if (at > 0 && lower(text[at - 1]) == 'i' && lower(text[at + 1]) == 's') return true;
  }
  return false;
}

// The high bits of a product: low bits of FNV depend on low bits of the text alone.
std::size_t slot_of(std::string_view key, std::size_t slots) {
  return static_cast<std::size_t>((fnv1a(key) * 0x9E3779B97F4A7C15u) >> 32) & (slots - 1);
}

}  // namespace

Parent parent_kind(std::string_view name) {
  if (name.size() == 8 && iequals(name, "crossref")) return Parent::crossref;
  return name.size() == 5 && iequals(name, "xdata") ? Parent::xdata : Parent::none;
}

std::size_t BibFile::FoldedHash::operator()(std::string_view name) const noexcept {
  std::uint64_t hash = 14695981039346656037ull;
  for (const char c : name) hash = (hash ^ static_cast<std::uint8_t>(lower(c))) * 1099511628211ull;
  return hash;
}
bool BibFile::FoldedEqual::operator()(std::string_view a, std::string_view b) const noexcept { return iequals(a, b); }

BibFile::BibFile(std::string_view text, Reports& reports, Digests digests)
    : text_(text.substr(0, UINT32_MAX)), reports_(reports), digests_(digests), budget_(most_expansion()) {
  const auto narrow = [](std::size_t at) { return static_cast<std::uint32_t>(at); };
  Splitter splitter(text_);
  std::size_t entries = 0;
  for (Chunk c; splitter.next(c);) {
    if (c.kind == ChunkKind::text) continue;
    places_.push_back({narrow(c.begin), narrow(c.end), narrow(c.body_begin), narrow(c.body_end), c.line, c.kind, c.ending});
    entries += c.kind == ChunkKind::entry;
    has_xdata_ = has_xdata_ || iequals(c.word, "xdata");
    if (c.kind == ChunkKind::string) read_macros(size() - 1);
    if (c.kind == ChunkKind::preamble) commands_.add(text_.substr(c.body_begin, c.body_end - c.body_begin));
  }
  commands_.close();
  index_keys(entries);
}

Chunk BibFile::chunk(std::uint32_t number) const {
  const Place& p = places_[number];
  const bool delimited = p.ending != Ending::end_of_line;
  const std::string_view word = trim(text_.substr(p.begin + 1, p.body_begin - p.begin - 1 - (delimited ? 1u : 0u)));
  return {p.kind, p.ending, p.line, p.begin, p.end, word, p.body_begin, p.body_end};
}

// --- keys ------------------------------------------------------------------------------------------------------------

// As parse_entry() finds it where nothing is wrong with the entry's head.
std::string_view BibFile::key_of(const Place& place) const {
  const std::string_view body = text_.substr(place.body_begin, std::min(place.body_end - place.body_begin, 1024u));
  return trim(body.substr(0, end_of_key(body, 0)));
}

void BibFile::index_keys(std::size_t entries) {
  slots_.assign(std::bit_ceil(2 * entries + 1), 0);
  for (std::uint32_t i = 0; i < size(); ++i) {
    if (places_[i].kind != ChunkKind::entry) continue;
    const std::string_view key = key_of(places_[i]);
    std::size_t slot = slot_of(key, slots_.size());
    while (slots_[slot] != 0 && key_of(places_[slots_[slot] - 1]) != key) slot = (slot + 1) & (slots_.size() - 1);
    places_[i].repeated = slots_[slot] != 0 && !key.empty();
    if (slots_[slot] == 0) slots_[slot] = i + 1;
  }
}

std::optional<std::uint32_t> BibFile::entry_of(std::string_view key) const {
  if (key.empty()) return std::nullopt;
  for (std::size_t slot = slot_of(key, slots_.size()); slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
    if (key_of(places_[slots_[slot] - 1]) == key) return slots_[slot] - 1;
  }
  if (!aliases_) index_aliases();
  const auto alias = aliases_->find(key);
  if (alias == aliases_->end()) return std::nullopt;
  return alias->second;
}

void BibFile::index_aliases() const {
  aliases_.emplace();
  Entry entry;
  for (std::uint32_t i = 0; i < size(); ++i) {
    const std::string_view body = text_.substr(places_[i].body_begin, places_[i].body_end - places_[i].body_begin);
    if (places_[i].kind != ChunkKind::entry || !names_ids(body)) continue;
    parse_entry(text_, chunk(i), entry);
    for (const RawField& field : entry.fields) {
      const bool plain = field.count == 1 && entry.pieces[field.first].kind != Piece::Kind::macro;
      if (!plain || !iequals(field.name, "ids")) continue;
      for (const std::string_view alias : cut(entry.pieces[field.first].text, ",")) aliases_->emplace(alias, i);
    }
  }
}

std::optional<BibFile::Reference> BibFile::reference(std::string_view text) const {
  constexpr std::string_view kMark = "xdata=";
  if (!text.starts_with(kMark)) return std::nullopt;
  text = trim(text.substr(kMark.size()));
  Reference out{};
  std::size_t dash = text.rfind('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const std::string_view last = text.substr(dash + 1);
  const auto [end, error] = std::from_chars(last.data(), last.data() + last.size(), out.item);
  if (error == std::errc() && end == last.data() + last.size() && out.item > 0) {
    text = text.substr(0, dash);
    dash = text.rfind('-');
  } else {
    out.item = 0;
  }
  if (dash == std::string_view::npos) return std::nullopt;
  const std::optional<std::uint32_t> entry = entry_of(text.substr(0, dash));
  if (!entry || !iequals(chunk(*entry).word, "xdata")) return std::nullopt;
  out.chunk = *entry;
  out.field = text.substr(dash + 1);
  return out;
}

// --- values ----------------------------------------------------------------------------------------------------------

void BibFile::read_macros(std::uint32_t number) {
  Entry entry;
  parse_entry(text_, chunk(number), entry);
  const Sha256 digest = digests_ == Digests::make ? digest_of_definition(entry, number) : Sha256();
  for (const RawField& field : entry.fields) {
    std::string text(value(entry, field, number).substr(0, kLongestMacro));
    forget_values();
    macros_[ascii_lower(field.name)].push_back({number, std::move(text), digest});
  }
}

Sha256 BibFile::digest_of_definition(const Entry& entry, std::uint32_t number) {
  add_sized(hasher_, text_.substr(places_[number].begin, length(number)));
  for (const RawField& field : entry.fields) {
    for (std::uint32_t i = 0; i < field.count; ++i) {
      const Piece& piece = entry.pieces[field.first + i];
      const Macro* used = piece.kind == Piece::Kind::macro ? macro_at(piece.text, number) : nullptr;
      if (used) hasher_.update(used->digest.view());
    }
  }
  return hasher_.finish();
}

// The definition that holds at a chunk: the last one before it; for an entry before all definitions, the first.
const BibFile::Macro* BibFile::macro_at(std::string_view name, std::uint32_t chunk) const {
  const auto found = macros_.find(name);
  if (found == macros_.end() || found->second.empty()) return nullptr;
  const std::vector<Macro>& all = found->second;
  const auto after = std::ranges::lower_bound(all, chunk, {}, &Macro::chunk);
  if (after != all.begin()) return &*(after - 1);
  return places_[chunk].kind == ChunkKind::entry ? &all.front() : nullptr;
}

std::optional<std::uint32_t> BibFile::chunk_at(std::size_t begin) const {
  const auto found = std::ranges::lower_bound(places_, begin, {}, &Place::begin);
  if (found == places_.end() || found->begin != begin || found->kind != ChunkKind::entry) return std::nullopt;
  return static_cast<std::uint32_t>(found - places_.begin());
}

std::optional<std::uint32_t> BibFile::definition_of(std::string_view macro, std::uint32_t chunk) const {
  const Macro* found = macro_at(macro, chunk);
  return found ? std::optional(found->chunk) : std::nullopt;
}

bool BibFile::spend(std::size_t bytes) {
  if (bytes > budget_) return false;
  budget_ -= bytes;
  return true;
}

void BibFile::report_undefined(std::string_view name, std::size_t at) {
  if (month_of(name) == 0 && journal_of_macro(name).empty() && reports_.first("macro " + ascii_lower(name)))
    reports_.add(at, Severity::warning, "bibtex.undefined-macro",
                 fmt::format("“{}” is not defined by any @string", printable(ellipsis(to_utf8(name), 60))),
                 "its name was taken for its value");
}

void BibFile::append_macro(std::string_view name, const RawField& field, std::uint32_t chunk, std::string& out) {
  const Macro* macro = macro_at(name, chunk);
  if (macro && spend(macro->text.size())) return out += macro->text, void();
  const std::string_view journal = macro ? std::string_view() : journal_of_macro(name);
  out += journal.empty() ? name : journal;
  if (!macro) return report_undefined(name, field.begin);
  if (reports_.first("budget"))
    reports_.add(field.begin, Severity::error, "bibtex.too-much-expansion", "macros or parents make the file many times longer",
                 "their names are kept from here on");
}

std::string_view BibFile::value(const Entry& entry, const RawField& field, std::uint32_t chunk) {
  const Piece* pieces = entry.pieces.data() + field.first;
  if (field.count == 1 && pieces->kind != Piece::Kind::macro) return pieces->text;
  if (field.count == 1) {  // one macro, the commonest case: nothing to join
    const Macro* macro = macro_at(pieces->text, chunk);
    if (macro && spend(macro->text.size())) return macro->text;
    const std::string_view journal = macro ? std::string_view() : journal_of_macro(pieces->text);
    if (!journal.empty()) return journal;
    if (!macro) return report_undefined(pieces->text, field.begin), pieces->text;
  }
  std::string& out = values_.emplace_back();
  for (const Piece* piece = pieces; piece != pieces + field.count; ++piece) {
    if (piece->kind == Piece::Kind::macro) append_macro(piece->text, field, chunk, out);
    else out += piece->text;
  }
  return out;
}

// --- digests ---------------------------------------------------------------------------------------------------------

Sha256 BibFile::digest(const Entry& entry, std::uint32_t chunk, const std::vector<const TexMacro*>& used) {
  const Sha256 own = digest(entry, chunk, 0);
  if (used.empty()) return own;
  hasher_.update(own.view());
  for (const TexMacro* command : used) add_sized(add_sized(hasher_, command->name), command->body);
  return hasher_.finish();
}

Sha256 BibFile::digest(const Entry& entry, std::uint32_t chunk, int generation) {
  std::optional<Hasher> of_parent;
  if (generation == 0) ancestors_ = 0;
  else of_parent.emplace();
  Hasher& hasher = of_parent ? *of_parent : hasher_;
  add_sized(hasher, text_.substr(places_[chunk].begin, length(chunk)));
  for (const RawField& field : entry.fields) {
    for (std::uint32_t i = 0; i < field.count; ++i) {
      const Piece& piece = entry.pieces[field.first + i];
      if (piece.kind != Piece::Kind::macro) continue;
      if (const Macro* macro = macro_at(piece.text, chunk)) hasher.update(macro->digest.view());
    }
    if (parent_kind(field.name) != Parent::none && field.count > 0) add_parents(entry, field, chunk, generation, hasher);
    else if (has_xdata_ && field.count > 0) add_references(entry, field, chunk, generation, hasher);
  }
  return hasher.finish();
}

void BibFile::add_parents(const Entry& entry, const RawField& field, std::uint32_t chunk, int generation, Hasher& hasher) {
  if (generation >= kMostAncestors) return;
  const std::string keys(value(entry, field, chunk));
  std::size_t most = kMostParents;
  for (const std::string_view key : cut(keys, parent_kind(field.name) == Parent::xdata ? "," : "")) {
    if (most-- == 0 || ancestors_ > 2 * kMostParents) break;
    if (const std::optional<std::uint32_t> parent = entry_of(key)) add_parent(*parent, chunk, generation, hasher);
  }
}

void BibFile::add_references(const Entry& entry, const RawField& field, std::uint32_t chunk, int generation, Hasher& hasher) {
  const std::string_view text = value(entry, field, chunk);
  if (generation >= kMostAncestors || !may_refer(text)) return;
  for (const std::string_view item : split_list(text)) {
    if (ancestors_ > 2 * kMostParents) break;
    if (const std::optional<Reference> other = reference(item)) add_parent(other->chunk, chunk, generation, hasher);
  }
}

void BibFile::add_parent(std::uint32_t parent, std::uint32_t chunk, int generation, Hasher& hasher) {
  if (parent == chunk || length(parent) > kLongestParent) return;
  ++ancestors_;
  Entry other;
  parse_entry(text_, this->chunk(parent), other);
  hasher.update(digest(other, parent, generation + 1).view());
}

}  // namespace colophon::formats::bibtex

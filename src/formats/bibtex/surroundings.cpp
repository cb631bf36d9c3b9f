// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/surroundings.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "formats/bibtex/bib_file.hpp"
#include "formats/bibtex/values.hpp"

namespace colophon::formats {

using namespace bibtex;

struct BibtexSurroundingsReader::Impl {
  explicit Impl(std::string bytes) : text(std::move(bytes)), reports(text), file(text, reports, BibFile::Digests::skip) {}

  // What one entry's surroundings are gathered in: chunks by number.
  struct Gathered {
    std::set<std::uint32_t> definitions;
    std::vector<std::uint32_t> parents;
    bool whole = true;
  };

  std::string_view bytes_of(std::uint32_t number) const {
    const Chunk chunk = file.chunk(number);
    return std::string_view(text).substr(chunk.begin, chunk.end - chunk.begin);
  }

  void gather(std::uint32_t number, Gathered& out) {
    Entry entry;
    parse_entry(text, file.chunk(number), entry);
    for (const RawField& field : entry.fields) {
      add_macros(entry, field, number, out);
      if (field.count > 0 && parent_kind(field.name) != Parent::none) add_parents(entry, field, number, out);
      else if (field.count > 0) add_references(entry, field, number, out);
    }
    if (uses_commands(bytes_of(number))) add_preambles(out);
  }

  void add_macros(const Entry& entry, const RawField& field, std::uint32_t number, Gathered& out) {
    for (std::uint32_t i = 0; i < field.count; ++i) {
      const Piece& piece = entry.pieces[field.first + i];
      const std::optional<std::uint32_t> definition =
          piece.kind == Piece::Kind::macro ? file.definition_of(piece.text, number) : std::nullopt;
      if (definition && out.definitions.insert(*definition).second) gather(*definition, out);
    }
  }

  void add_parents(const Entry& entry, const RawField& field, std::uint32_t number, Gathered& out) {
    const std::string keys(file.value(entry, field, number));
    for (const std::string_view key : cut(keys, parent_kind(field.name) == Parent::xdata ? "," : ""))
      add_parent(file.entry_of(key), number, out);
  }

  void add_references(const Entry& entry, const RawField& field, std::uint32_t number, Gathered& out) {
    const std::string value(file.value(entry, field, number));
    if (!file.may_refer(value)) return;
    for (const std::string_view part : cut(value, ",")) {
      if (const std::optional<BibFile::Reference> reference = file.reference(part)) add_parent(reference->chunk, number, out);
    }
  }

  void add_parent(std::optional<std::uint32_t> parent, std::uint32_t child, Gathered& out) {
    const bool usable = parent && *parent != child && file.length(*parent) <= kLongestParent && out.parents.size() < kMostParents;
    out.whole = out.whole && usable;
    if (!usable || std::ranges::find(out.parents, *parent) != out.parents.end()) return;
    out.parents.push_back(*parent);
    gather(*parent, out);
  }

  bool uses_commands(std::string_view bytes) const {
    if (file.commands().empty()) return false;
    for (std::size_t at = bytes.find('\\'); at != std::string_view::npos; at = bytes.find('\\', at + 1)) {
      std::size_t end = at + 1;
      while (end < bytes.size() && is_ascii_alpha(bytes[end])) ++end;
      if (file.commands().find(bytes.substr(at + 1, end - at - 1))) return true;
    }
    return false;
  }

  void add_preambles(Gathered& out) const {
    for (std::uint32_t i = 0; i < file.size(); ++i) {
      if (file.chunk(i).kind == ChunkKind::preamble) out.definitions.insert(i);
    }
  }

  BibtexSurroundings::Definition definition(std::uint32_t number) const {
    BibtexSurroundings::Definition out{{}, std::string(bytes_of(number))};
    Entry entry;
    if (file.chunk(number).kind == ChunkKind::string) parse_entry(text, file.chunk(number), entry);
    if (!entry.fields.empty()) out.name = ascii_lower(entry.fields[0].name);
    return out;
  }

  BibtexSurroundings::Parent parent(std::uint32_t number) const {
    Entry entry;
    parse_entry(text, file.chunk(number), entry);
    return {std::string(entry.key), std::string(bytes_of(number))};
  }

  std::string text;
  Reports reports;
  BibFile file;
};

BibtexSurroundingsReader::BibtexSurroundingsReader(std::string file) : impl_(std::make_unique<Impl>(std::move(file))) {}
BibtexSurroundingsReader::~BibtexSurroundingsReader() = default;
BibtexSurroundingsReader::BibtexSurroundingsReader(BibtexSurroundingsReader&&) noexcept = default;
BibtexSurroundingsReader& BibtexSurroundingsReader::operator=(BibtexSurroundingsReader&&) noexcept = default;

std::optional<BibtexSurroundings> BibtexSurroundingsReader::of(std::size_t begin) const {
  const std::optional<std::uint32_t> number = impl_->file.chunk_at(begin);
  if (!number) return std::nullopt;
  impl_->file.forget_values();
  Impl::Gathered gathered;
  impl_->gather(*number, gathered);
  if (!gathered.whole) return std::nullopt;
  BibtexSurroundings out;
  for (const std::uint32_t one : gathered.definitions) out.definitions.push_back(impl_->definition(one));
  for (const std::uint32_t one : gathered.parents) out.parents.push_back(impl_->parent(one));
  return out;
}

}  // namespace colophon::formats

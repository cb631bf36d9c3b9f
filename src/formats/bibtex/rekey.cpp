// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/rekey.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "formats/bibtex/bib_file.hpp"
#include "formats/bibtex/reader.hpp"
#include "formats/bibtex/reports.hpp"
#include "formats/bibtex/tex.hpp"
#include "formats/bibtex/values.hpp"
#include "formats/charset.hpp"

namespace colophon::formats {

using namespace bibtex;

namespace {

bool refers(std::string_view field) {
  static constexpr std::array<std::string_view, 5> kFields = {"crossref", "xref", "xdata", "related", "entryset"};
  return std::ranges::any_of(kFields, [&](std::string_view name) { return iequals(name, field); });
}

bool keeps_its_key(std::string_view type) {
  static constexpr std::array<std::string_view, 3> kTypes = {"xdata", "set", "control"};
  return std::ranges::any_of(kTypes, [&](std::string_view name) { return iequals(name, type); });
}

// Where the key is, or where one is to be written: with its comma if that lacks too.
Edit key_edit(std::string_view text, const Entry& entry, const Chunk& chunk, const std::string& key) {
  if (!entry.key.empty()) return {entry.key_begin, entry.key_begin + entry.key.size(), key};
  std::size_t at = chunk.body_begin;
  while (at < chunk.body_end && is_blank(text[at])) ++at;
  const bool comma = at < chunk.body_end && text[at] == ',';
  return {chunk.body_begin, chunk.body_begin, comma || at == chunk.body_end ? key : key + ", "};
}

// Each key of an entry that refers to another, with its place in the text.
template <class Visit>
void each_reference(const Entry& entry, Visit visit) {
  for (const RawField& field : entry.fields) {
    if (!refers(field.name) || field.count != 1) continue;
    const Piece& piece = entry.pieces[field.first];
    if (piece.kind != Piece::Kind::braced && piece.kind != Piece::Kind::quoted) continue;
    for (const std::string_view key : cut(piece.text, iequals(field.name, "crossref") ? "" : ",")) visit(key);
  }
}

void add_references(std::string_view text, const Entry& entry, const Renamed& renamed, std::vector<Edit>& edits) {
  each_reference(entry, [&](std::string_view key) {
    const auto found = renamed.find(std::string(key));
    const auto begin = static_cast<std::size_t>(key.data() - text.data());
    if (found != renamed.end()) edits.push_back({begin, begin + key.size(), found->second});
  });
}

struct Seen {
  std::uint32_t chunk;
  std::string key;
};

class Rekey {
 public:
  Rekey(std::string_view text, const KeyPattern& pattern)
      : text_(text), unheard_(text), file_(text, unheard_, BibFile::Digests::skip), pattern_(pattern) {}

  Rekeyed run(Keys which) {
    collect();
    const std::vector<std::string> keys = assign_keys(wishes_, which);
    Rekeyed out;
    std::vector<Edit> edits;
    for (std::size_t i = 0; i < seen_.size(); ++i) change(seen_[i], keys[i], edits, out);
    const std::size_t own = edits.size();
    for (std::uint32_t i = 0; i < file_.size(); ++i) {
      const Chunk chunk = file_.chunk(i);
      if (chunk.kind != ChunkKind::entry) continue;
      ++out.entries;
      parse_entry(text_, chunk, entry_);
      add_references(text_, entry_, renamed_, edits);
    }
    out.references = edits.size() - own;
    out.edits = in_order(std::move(edits));
    return out;
  }

 private:
  // Drafts and entries come in the same order; @xdata is no draft.
  void collect() {
    BibtexReader reader(text_);
    Draft draft;
    for (std::uint32_t i = 0; i < file_.size(); ++i) {
      const Chunk chunk = file_.chunk(i);
      if (chunk.kind != ChunkKind::entry) continue;
      parse_entry(text_, chunk, entry_);
      std::string key(entry_.key);
      const bool drafted = !iequals(chunk.word, "xdata") && reader.next(draft);
      const bool keeps = !drafted || keeps_its_key(chunk.word);
      if (keeps && key.empty()) continue;
      std::string made = keeps ? key : pattern_.key({&draft.work, chunk.word});
      std::string identity =
          keeps ? "" : fold_key(draft.work.text(bib::FieldId::title)) + "\x1f" + (draft.key ? draft.key->hex() : "");
      wishes_.push_back({key, std::move(made), std::move(identity)});
      seen_.push_back({i, std::move(key)});
    }
  }

  void change(const Seen& seen, const std::string& key, std::vector<Edit>& edits, Rekeyed& out) {
    const Chunk chunk = file_.chunk(seen.chunk);
    const bool first = !seen.key.empty() && file_.entry_of(seen.key) == seen.chunk;
    if (seen.key == key) return;
    parse_entry(text_, chunk, entry_);
    edits.push_back(key_edit(text_, entry_, chunk, key));
    out.changes.push_back({chunk.line, to_utf8(seen.key), key});
    if (first) renamed_.emplace(seen.key, key);
  }

  std::string_view text_;
  Reports unheard_;
  BibFile file_;
  const KeyPattern& pattern_;
  Entry entry_;
  std::vector<KeyWish> wishes_;
  std::vector<Seen> seen_;
  Renamed renamed_;
};

}  // namespace

Result<Rekeyed> rekey_bibtex(std::string_view bytes, const KeyPattern& pattern, Keys which) {
  const std::string encoding = find_encoding(bytes).name;
  if (encoding.starts_with("UTF-16") || encoding.starts_with("UTF-32"))
    return fail(Errc::invalid, "the file is " + encoding + ", in which keys are not changed", "save it as UTF-8");
  if (bytes.size() >= UINT32_MAX) return fail(Errc::invalid, "the file is longer than 4 GiB", "split it");
  return Rekey(bytes, pattern).run(which);
}

std::string entry_with_keys(std::string_view entry_bytes, std::string_view key, const Renamed& renamed) {
  Splitter splitter(entry_bytes);
  Entry entry;
  for (Chunk chunk; splitter.next(chunk);) {
    if (chunk.kind != ChunkKind::entry) continue;
    parse_entry(entry_bytes, chunk, entry);
    std::vector<Edit> edits;
    if (entry.key != key) edits.push_back(key_edit(entry_bytes, entry, chunk, std::string(key)));
    add_references(entry_bytes, entry, renamed, edits);
    return apply_edits(entry_bytes, in_order(std::move(edits)));
  }
  return std::string(entry_bytes);
}

}  // namespace colophon::formats

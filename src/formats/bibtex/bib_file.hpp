// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/digest.hpp"
#include "formats/bibtex/entry.hpp"
#include "formats/bibtex/reports.hpp"
#include "formats/bibtex/splitter.hpp"
#include "formats/bibtex/tex_macros.hpp"

namespace colophon::formats::bibtex {

/// What the entries of a file share: its chunks, its @string macros, its citation keys, and the budget of what they may become when
/// expanded (16 times the text's length + 1 MiB in all). Chunks of free text are left out; the others are known by their number.
///
/// The text (UTF-8 or what people take for it, below 4 GiB) and the reports must outlive it. 24 bytes a chunk and 4 to 8 an entry.
class BibFile {
 public:
  /// Whether digest() will be asked: the definitions' digests are made while they are read.
  enum class Digests : std::uint8_t { make, skip };

  BibFile(std::string_view text, Reports& reports, Digests digests);

  std::string_view text() const { return text_; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(places_.size()); }
  Chunk chunk(std::uint32_t number) const;
  std::size_t length(std::uint32_t number) const { return places_[number].end - places_[number].begin; }
  /// The entry that begins at a byte.
  std::optional<std::uint32_t> chunk_at(std::size_t begin) const;
  /// The @string that a macro's name means at a chunk.
  std::optional<std::uint32_t> definition_of(std::string_view macro, std::uint32_t chunk) const;
  /// The first entry with a key (bytes, case matters), else the first that has it among its `ids`.
  std::optional<std::uint32_t> entry_of(std::string_view key) const;
  /// True when an earlier entry has this one's key.
  bool repeats_key(std::uint32_t number) const { return places_[number].repeated; }

  /// One value of an @xdata entry, as it stands in a value: "xdata=KEY-FIELD" or, of a list, "xdata=KEY-FIELD-2" (BibLaTeX manual
  /// 3.19, section 3.15.3). Nothing when there is no such entry.
  struct Reference {
    std::uint32_t chunk;
    std::string_view field;
    std::size_t item;  ///< from 1; 0 for all
  };
  std::optional<Reference> reference(std::string_view text) const;
  /// False when no value can be a reference.
  bool may_refer(std::string_view value) const { return has_xdata_ && value.find("xdata=") != std::string_view::npos; }

  /// A field's value with its macros expanded: a view into the file where it is one piece, else into a buffer that lives until
  /// forget_values(). An undefined macro stands for its name, and is reported once.
  std::string_view value(const Entry& entry, const RawField& field, std::uint32_t chunk);
  void forget_values() { values_.clear(); }
  /// Takes so many bytes off the budget; false when there are not that many left.
  bool spend(std::size_t bytes);
  /// What the budget was, which also holds for TeX commands.
  std::size_t most_expansion() const { return 16 * text_.size() + (std::size_t{1} << 20); }

  /// The TeX commands that the file's preambles define.
  const TexMacros& commands() const { return commands_; }

  /// SHA-256 of, each with its length before it: the entry's bytes, the digests of the @string definitions that it uses (made
  /// likewise), the digests of its crossref and xdata parents, the TeX commands of the file's own that it uses. REQUIRES: `entry` is that
  /// chunk, parsed; Digests::make.
  Sha256 digest(const Entry& entry, std::uint32_t chunk, const std::vector<const TexMacro*>& used);

 private:
  struct Place {
    std::uint32_t begin, end, body_begin, body_end, line;
    ChunkKind kind;
    Ending ending;
    bool repeated = false;
  };
  struct Macro {
    std::uint32_t chunk;
    std::string text;
    Sha256 digest;
  };
  struct FoldedHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const noexcept;
  };
  struct FoldedEqual {
    using is_transparent = void;
    bool operator()(std::string_view a, std::string_view b) const noexcept;
  };

  void read_macros(std::uint32_t number);
  Sha256 digest_of_definition(const Entry& entry, std::uint32_t number);
  const Macro* macro_at(std::string_view name, std::uint32_t chunk) const;
  void append_macro(std::string_view name, const RawField& field, std::uint32_t chunk, std::string& out);
  void report_undefined(std::string_view name, std::size_t at);
  std::string_view key_of(const Place& place) const;
  void index_keys(std::size_t entries);
  void index_aliases() const;
  Sha256 digest(const Entry& entry, std::uint32_t chunk, int generation);
  void add_parents(const Entry& entry, const RawField& field, std::uint32_t chunk, int generation, Hasher& hasher);
  void add_references(const Entry& entry, const RawField& field, std::uint32_t chunk, int generation, Hasher& hasher);
  void add_parent(std::uint32_t parent, std::uint32_t chunk, int generation, Hasher& hasher);

  std::string_view text_;
  Reports& reports_;
  Digests digests_;
  std::vector<Place> places_;
  std::unordered_map<std::string, std::vector<Macro>, FoldedHash, FoldedEqual> macros_;
  std::vector<std::uint32_t> slots_;                                                    // of keys: number + 1, open addressing
  mutable std::optional<std::unordered_map<std::string_view, std::uint32_t>> aliases_;  // made when a key is looked for in vain
  bool has_xdata_ = false;
  TexMacros commands_;
  std::deque<std::string> values_;
  Hasher hasher_;
  std::size_t budget_;
  std::size_t ancestors_ = 0;
};

/// How an entry names another one from which it inherits.
enum class Parent : std::uint8_t { none, crossref, xdata };
Parent parent_kind(std::string_view field_name);

constexpr int kMostAncestors = 8;
constexpr std::size_t kMostParents = 32;
constexpr std::size_t kLongestParent = 64 * 1024;

}  // namespace colophon::formats::bibtex

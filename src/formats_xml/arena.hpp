// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bib/rich_text.hpp"

namespace colophon::formats_xml {

/// The text being read, with its marks, as one growing buffer: an element's text is what stands between its begin and its end, so
/// that nested elements share their bytes; a part that does not belong to its surroundings is cut off again. White space is
/// squeezed while it comes in (XML's blanks only: no-break spaces stay).
///
///   const std::size_t begin = arena.size();
///   arena.append("A  title");  arena.plain(begin) == "A title"
class TextArena {
 public:
  std::size_t size() const { return size_; }
  /// Squeezes runs of white space into one blank. No blank follows a blank, a line feed or `begin`. `readable` bytes may be looked at
  /// from the text's first on: more than its own make it faster.
  void append(std::string_view text, std::size_t readable);
  void append(std::string_view text) { append(text, text.size()); }
  /// White space as it is: program text.
  void append_verbatim(std::string_view text);
  /// Begins a new line unless nothing stands behind `begin` yet.
  void new_line(std::size_t begin);
  void truncate(std::size_t size) {
    size_ = std::min(size_, size);
    beyond_nfc_ = std::min(beyond_nfc_, size);
    if (!runs_.empty() && runs_.back().begin >= size) truncate_runs(size);
  }
  /// Text to stand before what begins at `at`, with the marks of what ends there unless these are none of what begins.
  struct Insertion {
    std::size_t at = 0;
    std::string_view text;
  };
  /// REQUIRES: in order of places, none behind the end.
  void insert(std::span<const Insertion> insertions);
  /// Marks of what follows.
  void set_marks(std::uint16_t marks);
  /// The same, with a link where marks has Mark::link, and `mathml` when it is a formula: both are copied.
  void set_marks(std::uint16_t marks, std::string_view link, std::string_view mathml = {});
  std::uint16_t marks() const { return runs_.empty() ? 0 : runs_.back().marks; }

  /// The text from `begin` on without blanks at its ends, in NFC.
  std::string plain(std::size_t begin) const { return std::string(view(begin)); }
  /// plain() without a copy, valid until the arena is changed or asked again.
  std::string_view view(std::size_t begin) const;
  bib::RichText rich(std::size_t begin, std::string_view lang = {}) const;
  /// The same where it shall stand. REQUIRES: `out` is empty.
  void rich(std::size_t begin, std::string_view lang, bib::RichText& out) const;
  /// What the bytes of a text hold that its reader has to mind; may err on the safe side.
  struct Looks {
    bool squeezed = true;  ///< white space is no more than one blank between words
    bool ascii = true;
  };
  std::string_view raw(std::size_t begin) const { return std::string_view(bytes_).substr(0, size_).substr(begin); }

 private:
  char* room(std::size_t more);
  void grow(std::size_t more);
  void append_any(std::string_view text);
  void settle(std::string_view text, Looks looks);
  void put(char c);
  void truncate_runs(std::size_t size);
  /// What stands there with its marks.
  bib::RichText marked(std::string_view text, bool plainly_nfc) const;
  static std::size_t squeeze_in_place(char* text, std::size_t size);

  /// Bytes of attached_.
  struct Piece {
    std::uint32_t begin = 0, end = 0;
    std::size_t size() const { return end - begin; }
    friend bool operator==(const Piece&, const Piece&) = default;
  };
  struct Run {
    std::size_t begin = 0;
    std::uint16_t marks = 0;
    Piece link, mathml;
    bool looks_like(const Run& other) const { return marks == other.marks && link == other.link && mathml == other.mathml; }
  };
  std::string_view text_of(Piece piece) const { return {attached_.data() + piece.begin, piece.size()}; }
  std::string bytes_;  ///< the text, and room behind it
  std::size_t size_ = 0;
  std::size_t beyond_nfc_ = 0;  ///< what stands behind is in NFC
  std::vector<Run> runs_;
  std::string attached_;  ///< links and formulas, one behind the other
  mutable std::string normalized_;
};

}  // namespace colophon::formats_xml

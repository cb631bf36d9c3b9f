// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
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
  std::size_t size() const { return text_.size(); }
  /// Squeezes runs of white space into one blank. No blank follows a blank, a line feed or `begin`.
  void append(std::string_view text);
  /// White space as it is: program text.
  void append_verbatim(std::string_view text) { text_ += text; }
  /// Begins a new line unless nothing stands behind `begin` yet.
  void new_line(std::size_t begin);
  void truncate(std::size_t size);
  /// Marks of what follows; `link` is copied when marks has Mark::link, `mathml` when it is a formula.
  void set_marks(std::uint16_t marks, std::string_view link = {}, std::string_view mathml = {});
  std::uint16_t marks() const { return runs_.empty() ? 0 : runs_.back().marks; }
  std::string link() const { return runs_.empty() ? std::string() : links_[runs_.back().link]; }

  /// The text from `begin` on without blanks at its ends, in NFC.
  std::string plain(std::size_t begin) const;
  bib::RichText rich(std::size_t begin, std::string_view lang = {}) const;
  std::string_view raw(std::size_t begin) const { return std::string_view(text_).substr(begin); }

 private:
  struct Run {
    std::size_t begin;
    std::uint16_t marks;
    std::uint32_t link;
    std::uint32_t mathml = 0;
  };
  std::string text_;
  std::vector<Run> runs_;
  std::vector<std::string> links_{std::string()};  ///< and formulas
};

}  // namespace colophon::formats_xml

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"

namespace colophon::bib {

/// What a run of text is, as a set of bits: nesting is their union, so that two ways of nesting the same marks are equal.
enum class Mark : std::uint16_t {
  nocase = 1,  ///< a word whose case may not be changed (BibTeX's inner braces)
  italic = 2,
  bold = 4,
  small_caps = 8,
  superscript = 16,
  subscript = 32,
  quote = 64,
  math = 128,  ///< the text is TeX
  code = 256,
  link = 512,  ///< href is set: an address, or "#id" of something in the same document
};

struct Run {
  std::string text;
  std::uint16_t marks = 0;
  std::string href;
  std::string mathml = {};  ///< a formula's MathML, where there is one; the text is its TeX (Mark::math) or its characters

  bool has(Mark mark) const { return (marks & static_cast<std::uint16_t>(mark)) != 0; }
  friend bool operator==(const Run&, const Run&) = default;
};

/// Text with marks: a list of runs in reading order, never HTML. Neighbours with equal marks are joined, so equal texts are
/// equal values. UTF-8 in NFC is the callers' duty; `lang` is a BCP 47 tag or empty.
class RichText {
 public:
  RichText() = default;
  explicit RichText(std::string plain, std::string lang = {});

  /// Joins with the last run when marks and link are equal and neither is a formula; empty text is ignored.
  void append(std::string_view text, std::uint16_t marks = 0, std::string_view href = {}, std::string_view mathml = {});
  void reserve(std::size_t runs) { runs_.reserve(runs); }
  const std::vector<Run>& runs() const { return runs_; }
  bool empty() const { return runs_.empty(); }
  /// The runs' text one after the other.
  std::string plain() const;
  std::string lang;

  friend bool operator==(const RichText&, const RichText&) = default;

 private:
  std::vector<Run> runs_;
};

/// A plain text without language is a JSON string; else {"runs": [string or {"text","marks":[…],"href","mathml"}], "lang"}.
Json to_json(const RichText& text);
Result<RichText> rich_text_from_json(const Json& json);

}  // namespace colophon::bib

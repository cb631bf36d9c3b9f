// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "bib/rich_text.hpp"
#include "formats/bibtex/tex_macros.hpp"

namespace colophon::formats::bibtex {

/// What inner braces mean where a value is decoded.
enum class Braces : std::uint8_t {
  nocase,  ///< titles: "{DNA}" is Mark::nocase
  drop,    ///< other texts: braces only group
};

/// What the values of one entry share: the file's own commands, and what was found. Not thread-safe.
struct Decoding {
  const TexMacros* macros = nullptr;
  std::size_t budget = std::size_t{1} << 20;  ///< how many bytes macros may still expand to; beyond it they stay as they are
  std::vector<const TexMacro*> used;          ///< macros that were expanded, each once, in their order
  std::vector<std::string> unknown;           ///< commands that nobody knows, as they came; at most 1,000

  void clear() { used.clear(), unknown.clear(); }
};

/// TeX to Unicode, as far as bibliographies need it: the commands of tex.tsv and of the file's preamble, accents composed (on dotless
/// i and j too, twice, over two letters), ligatures, font commands as marks, $math$ as text with marks where that is exact; other
/// math is kept as TeX under Mark::math. HTML's numeric entities and a few named ones ("&amp;") are read too. Commands that nobody knows stay as they are and are added to Decoding::unknown.
/// Blanks are squeezed, the result is NFC. Bytes that are no UTF-8 are read as Windows-1252. Nesting deeper than 32 is read flat.
/// Linear in the value's length and the budget.
bib::RichText decode_rich(std::string_view tex, Braces braces = Braces::nocase, Decoding* decoding = nullptr);
/// The same as text alone: scripts become Unicode's where all their characters have one ("CO₂", "10⁻³", in math letters too: "xₙ";
/// other math keeps its sign: "B_ℚ"), and lose their mark elsewhere ("2nd").
std::string decode_plain(std::string_view tex, Decoding* decoding = nullptr);
/// is_utf8(), with a short way for ASCII.
bool is_valid(std::string_view bytes);
/// The text as UTF-8: itself, or read as Windows-1252 when it is no UTF-8.
std::string to_utf8(std::string_view bytes);
/// For verbatim fields (url, doi, file): \url{…} and one pair of braces taken off, \_ \% \& \# \~ unescaped, blanks removed.
std::string decode_verbatim(std::string_view tex);

/// How much of Unicode a writer may leave as it is.
enum class Dialect : std::uint8_t {
  bibtex,    ///< classic BibTeX: ASCII for all that LaTeX has a command for, the rest as UTF-8
  biblatex,  ///< BibLaTeX: UTF-8, only what TeX would read as something else is escaped
};

/// Unicode to TeX, braces balanced. decode_plain(encode(x, either)) = nfc(x) for text without control characters whose blanks are
/// single and inside.
std::string encode(std::string_view text, Dialect dialect = Dialect::bibtex);
/// Marks become commands, nocase becomes braces; decode_rich() of it is the text again.
std::string encode(const bib::RichText& text, Dialect dialect = Dialect::bibtex);

}  // namespace colophon::formats::bibtex

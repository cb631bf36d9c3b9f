// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "bib/rich_text.hpp"

namespace colophon::formats::bibtex {

/// What inner braces and single blanks mean where a value is decoded.
enum class Braces : std::uint8_t {
  nocase,  ///< titles: "{DNA}" is Mark::nocase
  drop,    ///< other texts: braces only group
};

/// TeX to Unicode, as far as bibliographies need it: accents (composed, dotless i and j too), ligatures, symbols, font commands as
/// marks, $math$ of letters, digits, symbols, "_" and "^" as text with marks; other math is kept as TeX under Mark::math.
/// Commands that the table (tex_table.cpp) does not know stay as they are, and are added to `unknown` when that is given.
/// The result is squeezed and in NFC. Bytes that are no UTF-8 are read as Windows-1252. Nesting deeper than 32 is read flat.
bib::RichText decode_rich(std::string_view tex, Braces braces = Braces::nocase, std::vector<std::string>* unknown = nullptr);
/// The same, without marks.
std::string decode_plain(std::string_view tex, std::vector<std::string>* unknown = nullptr);
/// True when decode_plain() would only squeeze: ASCII without TeX's special characters.
bool is_plain(std::string_view tex);
/// is_utf8(), with a short way for ASCII.
bool is_valid(std::string_view bytes);
/// The text as UTF-8: itself, or read as Windows-1252 when it is no UTF-8.
std::string to_utf8(std::string_view bytes);
/// For verbatim fields (url, doi, file): \url{…} and one pair of braces taken off, \_ \% \& \# \~ unescaped, blanks removed.
std::string decode_verbatim(std::string_view tex);

/// Unicode to TeX for classic BibTeX: pure ASCII, special characters escaped; decode_plain(encode(x)) = nfc(x) for text whose
/// blanks are single (characters without a TeX name are written as UTF-8).
std::string encode(std::string_view text);
/// Marks become commands, nocase becomes braces.
std::string encode(const bib::RichText& text);

}  // namespace colophon::formats::bibtex

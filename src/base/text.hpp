// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace colophon {

/// Text is UTF-8 everywhere inside. All functions are pure and thread-safe; offsets and lengths are bytes.

bool is_utf8(std::string_view text);
/// The first byte at or behind `at` that is not ASCII, or the end. Many at a time.
std::size_t end_of_ascii(std::string_view text, std::size_t at = 0);
/// Each invalid byte becomes U+FFFD; valid text is returned unchanged.
std::string to_valid_utf8(std::string_view bytes);
/// ISO 8859-1 with the Windows-1252 additions in 0x80-0x9F, as browsers read it (WHATWG Encoding).
std::string from_windows_1252(std::string_view bytes);

/// Unicode Normalization Form C (UAX #15). Plain ASCII is returned as is, without ICU.
std::string nfc(std::string_view text);
/// For search and comparison: NFKC case folding, diacritics removed, soft hyphens and other ignorables dropped.
/// "Ångström ﬁle" gives "angstrom file". ß gives ss; ø, ł, đ, æ and œ give o, l, d, ae and oe.
std::string fold(std::string_view text);
/// fold() without removing diacritics: "Ångström" gives "ångström".
std::string fold_case(std::string_view text);
/// fold(), then letters and digits only, words separated by one blank: the form in which titles are compared.
std::string fold_key(std::string_view text);

/// Runs of blanks, tabs and line ends become one blank; none at the ends.
std::string squeeze(std::string_view text);
std::string_view trim(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
/// ASCII only.
std::string ascii_lower(std::string_view text);
bool iequals(std::string_view a, std::string_view b);
constexpr bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_ascii_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

void append_utf8(std::string& out, char32_t code_point);
/// Decodes the code point at `at` and moves `at` behind it; U+FFFD and one byte for malformed input. REQUIRES: at < size.
char32_t next_code_point(std::string_view text, std::size_t& at);
std::size_t count_code_points(std::string_view text);
/// At most `limit` code points, cut at a word end where there is one, with "…" when cut.
std::string ellipsis(std::string_view text, std::size_t limit);

/// One word of a text: its bytes [begin, end). Words are Unicode words (UAX #29) that hold a letter or digit.
struct Word {
  std::size_t begin = 0;
  std::size_t end = 0;
};
std::vector<Word> words(std::string_view text);

/// For terminals and logs: control characters (C0, C1, ESC), bidirectional controls and invalid bytes become visible
/// escapes (\x1b, \u202e); line ends become blanks unless kept.
enum class LineEnds { blank, keep };
std::string printable(std::string_view text, LineEnds ends = LineEnds::blank);

/// Optimal string alignment distance (Damerau without overlaps), for "did you mean"; by bytes, for ASCII words.
std::size_t edit_distance(std::string_view a, std::string_view b);
/// The candidate nearest to `word` within a third of its length, or empty.
std::string_view nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace colophon

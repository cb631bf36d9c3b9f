// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace colophon::formats::bibtex {

/// The forms of letters and digits that Unicode has code points of their own for. All functions are pure and thread-safe.

/// An ASCII letter with one combining character (U+0300 to U+033F) as one code point, by NFC; 0 when there is none. A dot above
/// "i" changes nothing, as in LaTeX (t1enc.def).
char32_t composed(char base, char32_t combining);
/// The text with combining characters on its first letter, in NFC. Dotless ı and ȷ become i and j. Without a letter it is the
/// accent by itself: "~" for U+0303.
std::string accented(std::string text, std::string_view combining);

enum class Script : std::uint8_t { super, sub };
/// Which characters may become scripts: in math all, elsewhere digits and signs ("CO₂", but "2nd").
enum class Scripted : std::uint8_t { signs, letters };
/// The text with Unicode's superscripts or subscripts; empty when one of its characters has none.
std::string script(std::string_view text, Script script, Scripted which);

/// ASCII letters and digits in a mathematical alphabet: "double-struck", "script", "fraktur".
std::string in_alphabet(std::string_view text, std::string_view alphabet);

/// "½" for 1 and 2; empty where Unicode has no such character.
std::string_view vulgar_fraction(std::string_view numerator, std::string_view denominator);

/// The character that the HTML entity at `at` names (numbers, and the names that occur in bibliographies), with `at` moved behind it;
/// empty when there is none.
std::string entity(std::string_view text, std::size_t& at);

}  // namespace colophon::formats::bibtex

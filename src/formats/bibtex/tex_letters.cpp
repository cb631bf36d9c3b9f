// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/tex_letters.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

#include "base/text.hpp"

namespace colophon::formats::bibtex {
namespace {

constexpr char32_t kFirstMark = 0x300, kMarks = 0x40;
bool is_combining(char32_t c) { return (c >= 0x300 && c < 0x370) || (c >= 0x20D0 && c < 0x2100); }

// What NFC makes of each letter and mark, asked once.
struct Composed {
  std::array<std::array<char16_t, kMarks>, 128> one{};
  Composed() {
    for (char base = 'A'; base <= 'z'; ++base) {
      if (!is_ascii_alpha(base)) continue;
      for (char32_t mark = 0; mark < kMarks; ++mark) {
        std::string pair(1, base);
        append_utf8(pair, kFirstMark + mark);
        pair = nfc(pair);
        std::size_t end = 0;
        const char32_t first = next_code_point(pair, end);
        if (end == pair.size()) one[static_cast<unsigned char>(base)][mark] = static_cast<char16_t>(first);
      }
    }
    one['i'][0x307 - kFirstMark] = 'i';
  }
};

// The spacing form of an accent (utf8enc.dfu).
struct Spacing {
  char32_t combining;
  std::string_view text;
};
constexpr std::array kSpacing = {Spacing{0x300, "`"}, Spacing{0x301, "´"}, Spacing{0x302, "^"}, Spacing{0x303, "~"},
                                 Spacing{0x304, "¯"}, Spacing{0x306, "˘"}, Spacing{0x307, "˙"}, Spacing{0x308, "¨"},
                                 Spacing{0x30A, "˚"}, Spacing{0x30B, "˝"}, Spacing{0x30C, "ˇ"}, Spacing{0x327, "¸"},
                                 Spacing{0x328, "˛"}};

// Superscripts and subscripts of Unicode (blocks Superscripts and Subscripts, Phonetic Extensions, Spacing Modifier Letters).
struct Scripts {
  std::string_view plain, super, sub;
};
constexpr std::array kScripts = {
    Scripts{"0", "⁰", "₀"}, Scripts{"1", "¹", "₁"}, Scripts{"2", "²", "₂"}, Scripts{"3", "³", "₃"}, Scripts{"4", "⁴", "₄"},
    Scripts{"5", "⁵", "₅"}, Scripts{"6", "⁶", "₆"}, Scripts{"7", "⁷", "₇"}, Scripts{"8", "⁸", "₈"}, Scripts{"9", "⁹", "₉"},
    Scripts{"+", "⁺", "₊"}, Scripts{"-", "⁻", "₋"}, Scripts{"−", "⁻", "₋"}, Scripts{"=", "⁼", "₌"}, Scripts{"(", "⁽", "₍"},
    Scripts{")", "⁾", "₎"}, Scripts{"a", "ᵃ", "ₐ"}, Scripts{"b", "ᵇ", ""},  Scripts{"c", "ᶜ", ""},  Scripts{"d", "ᵈ", ""},
    Scripts{"e", "ᵉ", "ₑ"}, Scripts{"f", "ᶠ", ""},  Scripts{"g", "ᵍ", ""},  Scripts{"h", "ʰ", "ₕ"}, Scripts{"i", "ⁱ", "ᵢ"},
    Scripts{"j", "ʲ", "ⱼ"}, Scripts{"k", "ᵏ", "ₖ"}, Scripts{"l", "ˡ", "ₗ"}, Scripts{"m", "ᵐ", "ₘ"}, Scripts{"n", "ⁿ", "ₙ"},
    Scripts{"o", "ᵒ", "ₒ"}, Scripts{"p", "ᵖ", "ₚ"}, Scripts{"r", "ʳ", "ᵣ"}, Scripts{"s", "ˢ", "ₛ"}, Scripts{"t", "ᵗ", "ₜ"},
    Scripts{"u", "ᵘ", "ᵤ"}, Scripts{"v", "ᵛ", "ᵥ"}, Scripts{"w", "ʷ", ""},  Scripts{"x", "ˣ", "ₓ"}, Scripts{"y", "ʸ", ""},
    Scripts{"z", "ᶻ", ""},  Scripts{"β", "ᵝ", "ᵦ"}, Scripts{"γ", "ᵞ", "ᵧ"}, Scripts{"ρ", "", "ᵨ"},  Scripts{"χ", "ᵡ", "ᵪ"}};

// Where an alphabet of the block Mathematical Alphanumeric Symbols begins, and the letters that Unicode had before.
struct Alphabet {
  std::string_view name;
  char32_t capital, small, digit;
  std::u32string_view from, to;
};
constexpr std::array kAlphabets = {
    Alphabet{"double-struck", 0x1D538, 0x1D552, 0x1D7D8, U"CHNPQRZ", U"ℂℍℕℙℚℝℤ"},
    Alphabet{"script", 0x1D49C, 0x1D4B6, 0, U"BEFHILMRego", U"ℬℰℱℋℐℒℳℛℯℊℴ"},
    Alphabet{"fraktur", 0x1D504, 0x1D51E, 0, U"CHIRZ", U"ℭℌℑℜℨ"},
};

char32_t in_alphabet(char32_t c, const Alphabet& alphabet) {
  if (const std::size_t i = alphabet.from.find(c); i != std::u32string_view::npos) return alphabet.to[i];
  if (c >= 'A' && c <= 'Z') return alphabet.capital + (c - 'A');
  if (c >= 'a' && c <= 'z') return alphabet.small + (c - 'a');
  return c >= '0' && c <= '9' && alphabet.digit ? alphabet.digit + (c - '0') : c;
}

}  // namespace

char32_t composed(char base, char32_t combining) {
  static const std::unique_ptr<const Composed> kComposed = std::make_unique<Composed>();
  if (static_cast<unsigned char>(base) >= 128 || combining < kFirstMark || combining >= kFirstMark + kMarks) return 0;
  return kComposed->one[static_cast<unsigned char>(base)][combining - kFirstMark];
}

std::string accented(std::string text, std::string_view combining) {
  std::size_t end = 0;
  const char32_t mark = next_code_point(combining, end);
  if (text.empty() || text == " ") {
    const auto alone = std::ranges::find(kSpacing, mark, &Spacing::combining);
    return std::string(alone == kSpacing.end() ? std::string_view() : alone->text);
  }
  if (text.starts_with("ı")) text.replace(0, 2, "i");
  if (text.starts_with("ȷ")) text.replace(0, 2, "j");
  if (text[0] == 'i' && mark == 0x307) return text;
  std::size_t at = 0;
  next_code_point(text, at);
  for (std::size_t next = at; next < text.size() && is_combining(next_code_point(text, next));) at = next;
  return nfc(text.insert(at, combining));
}

std::string script(std::string_view text, Script script, Scripted which) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    next_code_point(text, at);
    const std::string_view one = text.substr(begin, at - begin);
    const auto row = std::ranges::find(kScripts, one, &Scripts::plain);
    const bool letter = one.size() == 1 ? is_ascii_alpha(one[0]) : one != "−";
    if (row == kScripts.end() || (letter && which == Scripted::signs)) return {};
    const std::string_view written = script == Script::super ? row->super : row->sub;
    if (written.empty()) return {};
    out += written;
  }
  return out;
}

std::string in_alphabet(std::string_view text, std::string_view alphabet) {
  const auto row = std::ranges::find(kAlphabets, alphabet, &Alphabet::name);
  if (row == kAlphabets.end()) return std::string(text);
  std::string out;
  for (std::size_t at = 0; at < text.size();) append_utf8(out, in_alphabet(next_code_point(text, at), *row));
  return out;
}

std::string_view vulgar_fraction(std::string_view numerator, std::string_view denominator) {
  struct Row {
    std::string_view numerator, denominator, text;
  };
  static constexpr std::array kRows = {
      Row{"1", "2", "½"}, Row{"1", "3", "⅓"}, Row{"2", "3", "⅔"}, Row{"1", "4", "¼"}, Row{"3", "4", "¾"}, Row{"1", "5", "⅕"},
      Row{"2", "5", "⅖"}, Row{"3", "5", "⅗"}, Row{"4", "5", "⅘"}, Row{"1", "6", "⅙"}, Row{"5", "6", "⅚"}, Row{"1", "7", "⅐"},
      Row{"1", "8", "⅛"}, Row{"3", "8", "⅜"}, Row{"5", "8", "⅝"}, Row{"7", "8", "⅞"}, Row{"1", "9", "⅑"}, Row{"1", "10", "⅒"}};
  const auto row =
      std::ranges::find_if(kRows, [&](const Row& r) { return r.numerator == numerator && r.denominator == denominator; });
  return row == kRows.end() ? std::string_view() : row->text;
}

std::string entity(std::string_view text, std::size_t& at) {
  struct Row {
    std::string_view name, text;
  };
  static constexpr std::array kNames = {Row{"amp", "&"},   Row{"lt", "<"},        Row{"gt", ">"},    Row{"quot", "\""},
                                        Row{"apos", "'"},  Row{"nbsp", "\u00A0"}, Row{"ndash", "–"}, Row{"mdash", "—"},
                                        Row{"lsquo", "‘"}, Row{"rsquo", "’"},     Row{"ldquo", "“"}, Row{"rdquo", "”"},
                                        Row{"hellip", "…"}};
  const std::string_view rest = text.substr(at, 12);
  const std::size_t end = rest.find(';');
  if (end == std::string_view::npos || end < 3 || rest[0] != '&') return {};
  const std::string_view name = rest.substr(1, end - 1);
  std::string out;
  if (name[0] == '#') {
    const bool hex = name[1] == 'x' || name[1] == 'X';
    const std::string_view digits = name.substr(hex ? 2 : 1);
    std::uint32_t value = 0;
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, hex ? 16 : 10);
    const bool character = error == std::errc{} && stop == digits.data() + digits.size() && value >= 0x20 && value <= 0x10FFFF &&
                           (value < 0xD800 || value >= 0xE000) && (value < 0x7F || value >= 0xA0);
    if (!character) return {};
    append_utf8(out, value);
  } else if (const auto row = std::ranges::find(kNames, name, &Row::name); row != kNames.end()) {
    out = row->text;
  }
  if (!out.empty()) at += end + 1;
  return out;
}

}  // namespace colophon::formats::bibtex

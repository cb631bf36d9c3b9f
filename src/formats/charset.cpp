// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/charset.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/charset.hpp"
#include "base/text.hpp"

namespace colophon::formats {
namespace {

struct ByteOrderMark {
  std::string_view bytes, name;
};
constexpr std::array kMarks = {ByteOrderMark{"\xEF\xBB\xBF", "UTF-8"}, ByteOrderMark{{"\xFF\xFE\0\0", 4}, "UTF-32LE"},
                               ByteOrderMark{{"\0\0\xFE\xFF", 4}, "UTF-32BE"}, ByteOrderMark{"\xFF\xFE", "UTF-16LE"},
                               ByteOrderMark{"\xFE\xFF", "UTF-16BE"}};

const ByteOrderMark* mark_of(std::string_view bytes) {
  const auto found = std::ranges::find_if(kMarks, [&](const ByteOrderMark& mark) { return bytes.starts_with(mark.bytes); });
  return found == kMarks.end() ? nullptr : &*found;
}

// Text that is mostly ASCII has a zero in every second byte of UTF-16, and nowhere else.
std::string_view utf16_by_zeros(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, std::min<std::size_t>(bytes.size(), 4096) & ~std::size_t{1});
  if (head.size() < 4 || bytes.size() % 2 != 0) return {};
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < head.size(); ++i) zeros[i % 2] += head[i] == '\0';
  const std::size_t most = head.size() / 2 * 6 / 10, least = head.size() / 2 / 20;
  if (zeros[1] > most && zeros[0] <= least) return "UTF-16LE";
  return zeros[0] > most && zeros[1] <= least ? "UTF-16BE" : std::string_view();
}

// The name behind "Encoding:" at the beginning of a line, or behind "coding:" in an Emacs line.
std::string_view declared_name(std::string_view bytes) {
  std::string_view head = bytes.substr(0, 4096);
  for (int lines = 0; lines < 10 && !head.empty(); ++lines) {
    const std::size_t end = std::min(head.find_first_of("\r\n"), head.size());
    std::string_view line = trim(head.substr(0, end));
    head.remove_prefix(std::min(end + 1, head.size()));
    const std::size_t emacs = line.find("-*-");
    while (line.starts_with('%')) line = trim(line.substr(1));
    std::size_t value = std::string_view::npos;
    if (line.size() > 9 && iequals(line.substr(0, 9), "encoding:")) value = 9, head = line.substr(9);
    else if (emacs != std::string_view::npos) {
      value = line.find("coding:");
      if (value != std::string_view::npos) head = line.substr(value + 7);
    }
    if (value == std::string_view::npos) continue;
    head = trim(head);
    std::string_view name = head.substr(0, head.find_first_of(" \t;"));
    for (const std::string_view ending : {"-unix", "-dos", "-mac"}) {
      if (name.ends_with(ending)) name.remove_suffix(ending.size());
    }
    return name;
  }
  return {};
}

// Only what holds ASCII as it is can have such a line.
std::optional<std::string> declared(std::string_view bytes) {
  static constexpr std::string_view kSigns = "@{}\"#%,=\\azAZ09";
  const std::string_view name = declared_name(bytes);
  const std::optional<std::string> known = name.empty() ? std::nullopt : charset_name(name);
  if (!known || from_charset(kSigns, *known) != kSigns) return std::nullopt;
  return known;
}

bool is_high(char c) { return static_cast<unsigned char>(c) >= 0x80; }

// Whether the parts that are well-formed UTF-8 outnumber the other high bytes.
bool is_mostly_utf8(std::string_view bytes) {
  std::size_t good = 0, bad = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    if (!is_high(bytes[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    next_code_point(bytes, at);
    ++(at - begin > 1 ? good : bad);
  }
  return good > bad;
}

enum class Sort : std::uint8_t { small, capital, opening, closing, sign, nothing };

Sort sort_of(char32_t c) {
  static constexpr std::u32string_view kOpening = U"“‘«„‚‹¿¡", kClosing = U"”’»›…–— ";
  if (kOpening.find(c) != std::u32string_view::npos) return Sort::opening;
  if (kClosing.find(c) != std::u32string_view::npos || c == 0xA0) return Sort::closing;
  if (c < 0xA0 || c == 0xFFFD) return Sort::nothing;
  if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || c == 0x152 || c == 0x160 || c == 0x178 || c == 0x17D) return Sort::capital;
  if ((c >= 0xDF && c <= 0xFF && c != 0xF7) || c == 0x153 || c == 0x161 || c == 0x17E || c == 0x131) return Sort::small;
  return Sort::sign;
}

// What speaks for a character between its neighbours.
int merit(Sort sort, char before, char next) {
  const bool after_small = before >= 'a' && before <= 'z', in_word = is_ascii_alpha(before) || is_ascii_alpha(next);
  switch (sort) {
    case Sort::small: return in_word ? 2 : 0;
    case Sort::capital: return after_small ? -3 : in_word ? 2 : 0;
    case Sort::opening: return is_ascii_alpha(before) ? -2 : 1;
    case Sort::closing: return is_ascii_alpha(before) && is_ascii_alpha(next) ? 0 : 1;
    case Sort::sign: return is_ascii_alpha(before) && is_ascii_alpha(next) ? -3 : 0;
    case Sort::nothing: return -5;
  }
  return 0;
}

long score(std::string_view bytes, std::string_view charset) {
  std::array<Sort, 128> sorts{};
  for (int i = 0; i < 128; ++i) {
    const char byte = static_cast<char>(0x80 + i);
    const std::string text = from_charset({&byte, 1}, charset).value_or("");
    std::size_t at = 0;
    sorts[static_cast<std::size_t>(i)] = text.empty() ? Sort::nothing : sort_of(next_code_point(text, at));
  }
  long out = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (!is_high(bytes[i])) continue;
    const char before = i > 0 ? bytes[i - 1] : ' ', next = i + 1 < bytes.size() ? bytes[i + 1] : ' ';
    out += merit(sorts[static_cast<unsigned char>(bytes[i]) - 0x80u], before, next);
  }
  return out;
}

constexpr std::string_view kWindows = "windows-1252";

std::string_view best_of_bytes(std::string_view bytes) {
  const std::string_view sample = bytes.substr(0, std::size_t{1} << 20);
  std::string_view best = kWindows;
  long most = score(sample, kWindows);
  for (const std::string_view other : {"macintosh", "IBM850"}) {
    const long one = score(sample, other);
    if (one > most) most = one, best = other;
  }
  return best;
}

}  // namespace

TextEncoding find_encoding(std::string_view bytes) {
  const ByteOrderMark* mark = mark_of(bytes);
  if (mark && mark->name != "UTF-8") return {std::string(mark->name), ToldBy::mark, false};
  if (const std::string_view name = utf16_by_zeros(bytes); !name.empty()) return {std::string(name), ToldBy::bytes, false};
  if (is_utf8(bytes)) return {"UTF-8", mark ? ToldBy::mark : ToldBy::bytes};
  if (mark) return {"UTF-8", ToldBy::mark, true, false};
  const std::optional<std::string> name = declared(bytes);
  const bool latin = name && (*name == "ISO-8859-1" || *name == "US-ASCII" || *name == kWindows);
  if (latin) return {std::string(kWindows), ToldBy::declaration, true, false};
  if (name && *name != "UTF-8") return {*name, ToldBy::declaration, false};
  if (is_mostly_utf8(bytes)) return {"UTF-8", ToldBy::bytes, true, false};
  const std::string_view best = best_of_bytes(bytes);
  return {std::string(best), ToldBy::bytes, best == kWindows, best != kWindows};
}

std::string converted(std::string_view bytes, const TextEncoding& encoding) {
  if (encoding.as_is) return {};
  const ByteOrderMark* mark = mark_of(bytes);
  return from_charset(bytes.substr(mark ? mark->bytes.size() : 0), encoding.name).value_or("");
}

}  // namespace colophon::formats

// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/tex_scan.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "base/text.hpp"
#include "formats/bibtex/scan.hpp"
#include "formats/bibtex/tex.hpp"

namespace colophon::formats::bibtex {
namespace {

// What a byte may mean. A twin means something only when doubled, a script only in math.
enum class Byte : std::uint8_t { plain, beyond_ascii, script, twin, blank, special };

constexpr std::array<Byte, 256> kBytes = [] {
  std::array<Byte, 256> out{};
  for (std::size_t c = 0; c < 256; ++c)
    out[c] = c < 0x20 || c == 0x7f ? Byte::special : c >= 0x80 ? Byte::beyond_ascii : Byte::plain;
  for (const char c : std::string_view(" \t\r\n\f\v")) out[static_cast<unsigned char>(c)] = Byte::blank;
  for (const char c : std::string_view("\\{}$~`&")) out[static_cast<unsigned char>(c)] = Byte::special;
  for (const char c : std::string_view("-'")) out[static_cast<unsigned char>(c)] = Byte::twin;
  for (const char c : std::string_view("^_")) out[static_cast<unsigned char>(c)] = Byte::script;
  return out;
}();
Byte byte_of(char c) { return kBytes[static_cast<unsigned char>(c)]; }

// Where the first byte stands that is not plain without a doubt: a blank that is not single, a sign of TeX, a control character, the high
// half. Sixteen bytes at a time.
std::size_t find_doubtful(std::string_view tex, std::size_t at) {
#if defined(__SSE2__)
  const auto is = [](__m128i block, char c) { return _mm_cmpeq_epi8(block, _mm_set1_epi8(c)); };
  while (at + 17 <= tex.size()) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(tex.data() + at));
    const __m128i next = _mm_loadu_si128(reinterpret_cast<const __m128i*>(tex.data() + at + 1));
    const __m128i twin =
        _mm_and_si128(_mm_cmpeq_epi8(block, next), _mm_or_si128(is(block, ' '), _mm_or_si128(is(block, '-'), is(block, '\''))));
    const __m128i low = _mm_cmplt_epi8(block, _mm_set1_epi8(' '));    // signed: the high half is low, too
    const __m128i brace = _mm_cmpgt_epi8(block, _mm_set1_epi8('z'));  // { | } ~ DEL
    const __m128i sign =
        _mm_or_si128(is(block, '\\'), _mm_or_si128(_mm_or_si128(is(block, '$'), is(block, '&')), is(block, '`')));
    const int found = _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(twin, low), _mm_or_si128(brace, sign)));
    if (found != 0) return at + static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(found)));
    at += 16;
    if (at + 1 < tex.size()) at = std::min(at, tex.size() - 17);  // the last block overlaps the one before
  }
#endif
  return at;
}

// Where the first byte stands that begins a character beyond U+02FF.
std::size_t find_beyond_latin(std::string_view text) {
  std::size_t at = 0;
#if defined(__SSE2__)
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const __m128i high = _mm_and_si128(_mm_cmplt_epi8(block, _mm_setzero_si128()),
                                       _mm_cmpgt_epi8(block, _mm_set1_epi8(static_cast<char>(0xCB))));  // signed: 0xCC to 0xFF
    if (_mm_movemask_epi8(high) != 0) break;
  }
#endif
  return at;
}

// Characters that may change under NFC, or change what is before them (UAX #15, NFC_QC; all combining marks are left to nfc()).
// Without a doubt: U+0080 to U+02FF, U+0400 to U+047F, U+2010 to U+207F, U+2080 to U+20CF, U+2140 to U+22FF, U+4000 to U+9FFF.
bool may_change(unsigned char first, unsigned char second, unsigned char third) {
  if (first < 0xCC || (first >= 0xD0 && first <= 0xD1) || (first >= 0xE4 && first <= 0xE9)) return false;
  if (first != 0xE2) return true;
  if (second == 0x80) return third < 0x90;
  return !(second == 0x81 || second == 0x82 || (second >= 0x85 && second <= 0x8B));
}

}  // namespace

std::size_t end_of_plain(std::string_view tex, std::size_t at) {
  for (at = find_doubtful(tex, at); at < tex.size(); ++at) {
    const char c = tex[at], next = at + 1 < tex.size() ? tex[at + 1] : '\0';
    switch (byte_of(c)) {
      case Byte::plain:
      case Byte::script:
      case Byte::beyond_ascii: break;
      case Byte::twin:
        if (next == c) return at;
        break;
      case Byte::blank:
        if (c != ' ' || next == ' ') return at;
        break;
      case Byte::special: return at;
    }
  }
  return at;
}

std::size_t end_of_simple(std::string_view tex, std::size_t at) {
  while (at < tex.size() && (byte_of(tex[at]) == Byte::plain || byte_of(tex[at]) == Byte::beyond_ascii)) ++at;
  return at;
}

bool may_need_nfc(std::string_view text) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(i < text.size() ? text[i] : '\0'); };
  for (std::size_t i = find_beyond_latin(text); i < text.size(); ++i) {
    if (at(i) >= 0xCC && may_change(at(i), at(i + 1), at(i + 2))) return true;
  }
  return false;
}

Scan scan(std::string_view tex) {
  Scan out{false, tex.empty() || (!is_blank(tex.front()) && !is_blank(tex.back())), 0};
  for (std::size_t i = find_doubtful(tex, 0); i < tex.size(); ++i) {
    const char c = tex[i], next = i + 1 < tex.size() ? tex[i + 1] : '\0';
    switch (byte_of(c)) {
      case Byte::plain:
      case Byte::script: break;
      case Byte::special:
      case Byte::beyond_ascii: return out.plain_until = out.squeezed ? i : 0, out;
      case Byte::twin:
        if (next == c) return out.plain_until = out.squeezed ? i : 0, out;
        break;
      case Byte::blank:
        if (c != ' ' || is_blank(next)) out.squeezed = false;
        i = std::max(i, find_doubtful(tex, i + 1) - 1);
        break;
    }
  }
  out.plain = true;
  return out;
}

bool is_balanced(std::string_view tex) {
  std::size_t depth = 0;
  for (const char c : tex) {
    if (c == '{') ++depth;
    else if (c == '}' && depth-- == 0) return false;
  }
  return depth == 0;
}

bool is_valid(std::string_view bytes) { return is_ascii(bytes) || is_utf8(bytes); }
std::string to_utf8(std::string_view bytes) { return is_valid(bytes) ? std::string(bytes) : from_windows_1252(bytes); }

std::string decode_verbatim(std::string_view tex) {
  tex = trim(tex);
  for (const std::string_view command : {"\\url{", "\\path{", "\\nolinkurl{", "{"}) {
    if (tex.starts_with(command) && tex.ends_with('}')) tex = trim(tex.substr(command.size(), tex.size() - command.size() - 1));
  }
  static constexpr auto kTouched = [] {
    std::array<bool, 256> out{};
    for (const char c : std::string_view(" \t\n\r\f\v\\{$")) out[static_cast<unsigned char>(c)] = true;
    return out;
  }();
  if (std::ranges::none_of(tex, [](char c) { return kTouched[static_cast<unsigned char>(c)]; })) return to_utf8(tex);
  std::string out;
  out.reserve(tex.size());
  for (std::size_t i = 0; i < tex.size(); ++i) {
    const std::string_view rest = tex.substr(i);
    if (is_blank(tex[i])) continue;
    if (tex[i] == '\\' && rest.size() > 1 && std::string_view("_%&#~{}$").find(rest[1]) != std::string_view::npos) {
      out.push_back(rest[1]);
      i += rest.substr(2).starts_with("{}") ? 3u : 1u;
    } else if (rest.starts_with("{\\_}")) {
      out.push_back('_');
      i += 3;
    } else if (rest.starts_with("$\\sim$")) {
      out.push_back('~');
      i += 5;
    } else {
      out.push_back(tex[i]);
    }
  }
  return to_utf8(out);
}

}  // namespace colophon::formats::bibtex

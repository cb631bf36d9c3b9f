// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace colophon::formats::bibtex {

/// Where the first of three bytes stands in `text` at or after `at`, or its size: sixteen bytes at a time.
template <char A, char B, char C>
inline std::size_t find_any(std::string_view text, std::size_t at) {
#if defined(__SSE2__)
  const __m128i a = _mm_set1_epi8(A), b = _mm_set1_epi8(B), c = _mm_set1_epi8(C);
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const __m128i hits = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(block, a), _mm_cmpeq_epi8(block, b)), _mm_cmpeq_epi8(block, c));
    if (const auto mask = static_cast<unsigned>(_mm_movemask_epi8(hits)))
      return at + static_cast<std::size_t>(std::countr_zero(mask));
  }
#endif
  while (at < text.size() && text[at] != A && text[at] != B && text[at] != C) ++at;
  return at;
}

/// Where the first byte stands at or after `at` that is no blank (space, tab, line feed, vertical tab, form feed, carriage return), or
/// the text's size.
inline std::size_t find_no_blank(std::string_view text, std::size_t at) {
  const auto blank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  if (at >= text.size() || !blank(text[at])) return at;
  if (++at >= text.size() || !blank(text[at])) return at;  // most blanks are single
#if defined(__SSE2__)
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const __m128i control =
        _mm_and_si128(_mm_cmpgt_epi8(block, _mm_set1_epi8('\t' - 1)), _mm_cmplt_epi8(block, _mm_set1_epi8('\r' + 1)));
    const auto blanks =
        static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(control, _mm_cmpeq_epi8(block, _mm_set1_epi8(' ')))));
    if (blanks != 0xFFFF) return at + static_cast<std::size_t>(std::countr_one(blanks));
  }
#endif
  while (at < text.size() && blank(text[at])) ++at;
  return at;
}

/// True when a byte is a control character (C0 without the blanks, or DEL).
inline bool has_control(std::string_view text) {
  std::size_t at = 0;
#if defined(__SSE2__)
  __m128i found = _mm_setzero_si128();
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const __m128i low = _mm_and_si128(_mm_cmplt_epi8(block, _mm_set1_epi8(' ')), _mm_cmpgt_epi8(block, _mm_set1_epi8(-1)));
    const __m128i blank =
        _mm_and_si128(_mm_cmpgt_epi8(block, _mm_set1_epi8('\t' - 1)), _mm_cmplt_epi8(block, _mm_set1_epi8('\r' + 1)));
    found = _mm_or_si128(found, _mm_or_si128(_mm_andnot_si128(blank, low), _mm_cmpeq_epi8(block, _mm_set1_epi8(0x7f))));
  }
  if (_mm_movemask_epi8(found) != 0) return true;
#endif
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if ((c >= 0 && c < ' ' && (c < '\t' || c > '\r')) || c == 0x7f) return true;
  }
  return false;
}

/// True when no byte has its high bit set.
inline bool is_ascii(std::string_view text) {
  std::size_t at = 0;
#if defined(__SSE2__)
  __m128i high = _mm_setzero_si128();
  for (; at + 16 <= text.size(); at += 16)
    high = _mm_or_si128(high, _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at)));
  if (_mm_movemask_epi8(high) != 0) return false;
#endif
  unsigned rest = 0;
  for (; at < text.size(); ++at) rest |= static_cast<unsigned char>(text[at]);
  return rest < 0x80;
}

}  // namespace colophon::formats::bibtex

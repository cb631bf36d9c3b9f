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

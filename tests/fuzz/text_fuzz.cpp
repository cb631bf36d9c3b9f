// SPDX-License-Identifier: GPL-3.0-or-later
// uses: base
// Everything that takes arbitrary bytes as text.
#include "base/text.hpp"

#include <cstdint>
#include <string_view>

#include "base/crockford.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace colophon;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string text = to_valid_utf8(bytes);
  COLOPHON_ASSERT(is_utf8(text) && (!is_utf8(bytes) || text == bytes));
  COLOPHON_ASSERT(is_utf8(printable(bytes)) && is_utf8(from_windows_1252(bytes)));
  COLOPHON_ASSERT(fold(fold(text)) == fold(text));
  COLOPHON_ASSERT(fold_key(fold_key(text)) == fold_key(text));
  COLOPHON_ASSERT(count_code_points(ellipsis(text, 20)) <= 20);
  for (const Word& word : words(text)) COLOPHON_ASSERT(word.begin < word.end && word.end <= text.size());
  if (const auto id = parse_crockford_id(bytes)) COLOPHON_ASSERT(parse_crockford_id(*id) == *id);
  return 0;
}

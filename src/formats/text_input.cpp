// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/text_input.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace colophon::formats {
namespace {

// UTF-16 with a byte order mark as UTF-8; lone surrogates become U+FFFD.
std::string from_utf16(std::string_view bytes) {
  const bool little = bytes[0] == '\xFF';
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]), second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(little ? first | second << 8 : first << 8 | second);
  };
  std::string out;
  for (std::size_t at = 2; at + 1 < bytes.size(); at += 2) {
    char32_t c = unit(at);
    if (c >= 0xD800 && c < 0xDC00 && at + 3 < bytes.size() && unit(at + 2) >= 0xDC00 && unit(at + 2) < 0xE000) {
      c = 0x10000 + ((c - 0xD800) << 10) + (unit(at + 2) - 0xDC00);
      at += 2;
    }
    append_utf8(out, c >= 0xD800 && c < 0xE000 ? U'\uFFFD' : c);
  }
  return out;
}

}  // namespace

TextInput::TextInput(std::string_view bytes)
    : converted_(bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") ? from_utf16(bytes) : std::string()),
      text_(converted_.empty() ? bytes : std::string_view(converted_)) {}

std::string TextInput::utf8(std::string_view part) {
  if (is_utf8(part)) return nfc(part);
  guessed_ = true;
  return nfc(from_windows_1252(part));
}

void Remarks::add(Severity severity, std::string_view code, std::string message, std::string hint, Location at) {
  if (++count_ < kMost) {
    out_.push_back({severity, fmt::format("{}.{}", prefix_, code), std::move(message), std::move(hint), std::move(at)});
  } else if (count_ == kMost) {
    out_.push_back({Severity::warning,
                    prefix_ + ".more",
                    fmt::format("more than {} remarks; the rest is left out", kMost),
                    "mend the first ones and read the file again",
                    {}});
  }
}

}  // namespace colophon::formats

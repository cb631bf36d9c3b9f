// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/text_input.hpp"

#include "base/text.hpp"
#include "formats/charset.hpp"

#include <fmt/format.h>

namespace colophon::formats {
TextInput::TextInput(std::string_view bytes)
    : converted_(converted(bytes, find_encoding(bytes))), text_(converted_.empty() ? bytes : std::string_view(converted_)) {}

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

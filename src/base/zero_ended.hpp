// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace colophon {

/// A view of text behind whose last byte a NUL stands, as libraries in C want it (what P3655 calls zstring_view): a string, a literal,
/// or memory that promises it. NULs within are part of the text.
class ZeroEnded {
 public:
  constexpr ZeroEnded() = default;
  ZeroEnded(const std::string& text) : text_(text) {}     // NOLINT(google-explicit-constructor): it is one
  constexpr ZeroEnded(const char* text) : text_(text) {}  // NOLINT(google-explicit-constructor): as a string's
  /// REQUIRES: the byte behind `bytes` may be read, and is NUL.
  static constexpr ZeroEnded promised(std::string_view bytes) {
    COLOPHON_ASSERT(bytes.data()[bytes.size()] == '\0');
    ZeroEnded out;
    out.text_ = bytes;
    return out;
  }

  constexpr std::string_view view() const { return text_; }
  constexpr operator std::string_view() const { return text_; }  // NOLINT(google-explicit-constructor): it is one
  constexpr bool empty() const { return text_.empty(); }
  constexpr std::size_t size() const { return text_.size(); }
  /// From byte `begin` on. REQUIRES: begin <= size().
  ZeroEnded from(std::size_t begin) const { return promised(text_.substr(begin)); }

 private:
  std::string_view text_ = "";
};

}  // namespace colophon

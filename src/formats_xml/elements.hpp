// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace colophon::formats_xml {

/// The elements that a rule or a context names (ANSI/NISO Z39.96 JATS 1.4, NLM 2.x and 3.0, BITS 2.x); all others are `other` and
/// transparent: their content is read as if they were not there.
enum class El : std::uint16_t {
  other,
#define X(id, text) id,
#include "formats_xml/elements.inc"
#undef X
  count
};
inline constexpr std::size_t kElements = static_cast<std::size_t>(El::count);

/// By local name: one look-up in a table made at compile time.
El element_named(std::string_view name);
std::string_view name(El element);

}  // namespace colophon::formats_xml

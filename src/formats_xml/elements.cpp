// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_xml/elements.hpp"

#include <array>

#include "base/digest.hpp"

namespace colophon::formats_xml {
namespace {

constexpr std::array<std::string_view, kElements> kNames = {
    "",
#define X(id, text) text,
#include "formats_xml/elements.inc"
#undef X
};

constexpr std::size_t kSlots = 1024;
static_assert(kElements * 2 < kSlots, "the table stays sparse");
constexpr std::size_t slot_of(std::string_view name) {
  const std::uint64_t hash = fnv1a(name);
  return (hash ^ hash >> 32) % kSlots;
}

constexpr std::array<std::uint16_t, kSlots> kTable = [] {
  std::array<std::uint16_t, kSlots> out{};
  for (std::size_t i = 1; i < kElements; ++i) {
    std::size_t at = slot_of(kNames[i]);
    while (out[at] != 0) at = (at + 1) % kSlots;
    out[at] = static_cast<std::uint16_t>(i);
  }
  return out;
}();

}  // namespace

El element_named(std::string_view name) {
  for (std::size_t at = slot_of(name); kTable[at] != 0; at = (at + 1) % kSlots) {
    if (kNames[kTable[at]] == name) return static_cast<El>(kTable[at]);
  }
  return El::other;
}

std::string_view name(El element) { return kNames[static_cast<std::size_t>(element)]; }

}  // namespace colophon::formats_xml

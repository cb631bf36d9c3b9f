// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_xml/paths.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

#include "base/error.hpp"

namespace colophon::formats_xml {
namespace {

std::string written(std::span<const El> elements) {
  std::string out;
  for (const El element : elements) {
    if (element == El::other) continue;
    if (!out.empty()) out += '/';
    out += name(element);
  }
  return out;
}

std::uint64_t hash(std::span<const El> elements) {
  constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15u;
  std::uint64_t out = 0;
  for (const El element : elements) out = (out ^ static_cast<std::uint64_t>(element)) * kGolden;
  return out;
}

}  // namespace

const bib::ElementPath& Paths::find(std::span<const El> elements) {
  COLOPHON_ASSERT(elements.size() <= kMaxElements);
  Slot& slot = slots_[(hash(elements) >> 32) % slots_.size()];
  if (!std::ranges::equal(elements, std::span(slot.elements).first(slot.size))) {
    std::ranges::copy(elements, slot.elements.begin());
    slot.size = elements.size();
    slot.path = written(elements);
  }
  return slot.path;
}

}  // namespace colophon::formats_xml

// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_xml/entities.hpp"

#include <algorithm>
#include <iterator>

namespace colophon::formats_xml {
namespace {

struct NamedCharacter {
  std::string_view name;
  std::string_view text;
};

constexpr NamedCharacter kNames[] = {
#include "formats_xml/entities.inc"
};
static_assert(std::ranges::is_sorted(kNames, {}, &NamedCharacter::name), "the look-up is a binary search");

}  // namespace

std::string_view named_character(std::string_view name) {
  const NamedCharacter* found = std::ranges::lower_bound(kNames, name, {}, &NamedCharacter::name);
  return found == std::end(kNames) || found->name != name ? std::string_view() : found->text;
}

std::size_t named_character_count() { return std::size(kNames); }

}  // namespace colophon::formats_xml

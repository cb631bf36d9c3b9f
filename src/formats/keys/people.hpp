// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "formats/keys/markers.hpp"

namespace colophon::formats::keys {

/// A marker about people under its two names; `numbers` stand behind the name: "auth3", "auth3_2".
struct PeopleRow {
  std::string_view author, editor;
  int numbers;
  std::string (*make)(const People&, std::size_t n, std::size_t m);
};
std::span<const PeopleRow> people_rows();
/// Authors, or editors where there are none and the marker allows it.
People people_of(const KeySource& source, Marker::Whose whose);

}  // namespace colophon::formats::keys

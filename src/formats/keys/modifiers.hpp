// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/regex.hpp"

namespace colophon::formats::keys {

/// A modifier that is a function of the text: "lower", "truncate" with its number.
using Change = std::string (*)(const std::string& text, std::size_t n);
struct ModifierRow {
  std::string_view name;
  bool numbered;  ///< "truncate3"
  Change change;
};
/// Null when there is none; `n` is set.
const ModifierRow* modifier_named(std::string_view name, std::size_t& n);
/// For “did you mean”.
std::vector<std::string> modifier_names();

}  // namespace colophon::formats::keys

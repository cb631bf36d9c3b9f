// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace colophon {

/// A regular expression as Java and ICU have it (ICU User Guide, Regular Expressions), for what a person writes into a setting.
/// Matching is bounded in steps and in stack, whatever the expression: a text that takes more is left as it is. Thread-safe, cheap to copy.
class Regex {
 public:
  /// Errc::invalid with what is wrong and where ("at character 3"); expressions of more than 1,000 bytes are refused.
  static Result<Regex> parse(std::string_view pattern);
  /// Every match replaced; in the replacement "$1" is a group and "\" takes the next character as it is. A replacement that names a
  /// group that is not there, or a match that takes too long, leaves the text as it is.
  std::string replace(std::string_view text, std::string_view replacement) const;

 private:
  struct Impl;
  explicit Regex(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

}  // namespace colophon

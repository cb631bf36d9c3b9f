// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"

namespace colophon::config {

/// Reads TOML 1.0. Tables become objects with their keys in byte order; dates and times become text (RFC 3339); infinities and
/// not-a-number, which JSON lacks, are Errc::invalid like malformed text. The error's place is "name:line:column".
/// Pure and thread-safe.
Result<Json> parse_toml(std::string_view text, std::string_view name);

/// One leaf of a file: tables are opened ("web.listen"), arrays are not. Line and column are those of its value, from 1.
struct TomlEntry {
  std::string key;
  Json value;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};
/// The leaves in the order in which they stand in the file. Errors as above.
Result<std::vector<TomlEntry>> toml_entries(std::string_view text, std::string_view name);

/// A TOML basic string with its quotes.
std::string toml_quoted(std::string_view text);

}  // namespace colophon::config

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sheet_map.hpp"

#include "base/io.hpp"
#include "base/text.hpp"
#include "config/toml.hpp"

#include <fmt/format.h>

namespace colophon::app {
namespace {

constexpr std::uint64_t kLargestMap = 1 << 20;
constexpr std::string_view kTable = "columns";

}  // namespace

Result<formats::ColumnMap> load_column_map(const std::filesystem::path& path) {
  TRY_ASSIGN(const std::string text, read_file(path, kLargestMap));
  TRY_ASSIGN(const Json json, config::parse_toml(text, path.string()));
  formats::ColumnMap out;
  for (const auto& [key, value] : json.members()) {
    if (key != kTable || !value.is_object())
      return fail(Errc::usage, fmt::format("a map of columns has no “{}”", printable(key)),
                  "write a table [columns] with lines as in \"Jahr\" = \"issued\"", path.string());
  }
  for (const auto& [header, target] : json[kTable].members()) {
    Result<formats::Target> known = formats::target_named(target.as_string(), header);
    if (!known || !target.is_string()) {
      if (known) known = fail(Errc::usage, fmt::format("“{}” names no field", printable(header)), "write the field in quotes");
      known.error().where = path.string();
      return std::unexpected(known.error());
    }
    out.emplace_back(header, target.as_string());
  }
  return out;
}

Status save_column_map(const std::filesystem::path& path, const formats::ColumnMap& map) {
  std::string text = "# Which column is which field: colophon import SHEET --map THIS-FILE\n[columns]\n";
  for (const auto& [header, target] : map)
    text += fmt::format("{} = {}\n", config::toml_quoted(header), config::toml_quoted(target));
  return replace_file(path, text, 0644);
}

}  // namespace colophon::app

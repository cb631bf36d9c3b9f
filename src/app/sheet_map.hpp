// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>

#include "formats/sheet/rows.hpp"

namespace colophon::app {

/// A saved map of columns is a small TOML file, to be read and changed by people:
///
///   [columns]
///   "Titel der Studie" = "title"
///   "Interne Nr." = "extra"
///
/// Errors: io, invalid for broken TOML, usage for an unknown key or field, each with the place in the file.
Result<formats::ColumnMap> load_column_map(const std::filesystem::path& path);
Status save_column_map(const std::filesystem::path& path, const formats::ColumnMap& map);

}  // namespace colophon::app

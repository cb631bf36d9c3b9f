// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <vector>

#include "app/library.hpp"
#include "bench/bench.hpp"
#include "ingest/add.hpp"

namespace colophon::bench {

/// A library of its own for a bench, with public access, in a folder that ends with the process that made it.
Result<app::Library> new_library(const std::filesystem::path& folder);

struct Filled {
  ingest::AddCounts counts;
  double add_seconds = 0;
  double index_seconds = 0;
};
/// Adds the paths through the ordinary use case and makes all searchable.
Result<Filled> fill(app::Library& library, const std::vector<std::filesystem::path>& paths);

}  // namespace colophon::bench

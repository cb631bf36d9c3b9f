// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "app/library.hpp"
#include "ingest/add.hpp"

namespace colophon::app {

/// What one document may cost, from the settings worker.*.
ingest::Limits worker_limits(const config::Settings& settings);

enum class DryRun { no, yes };

struct AddRequest {
  std::vector<std::filesystem::path> paths;
  std::optional<std::string> access;  ///< overrides library.default_access; see bib::parse_access
  DryRun dry_run = DryRun::no;        ///< works on a copy of the store: tells exactly what would happen, changes nothing
  const std::atomic<bool>* stop = nullptr;
  Acting acting;
};

/// ingest::add_paths with the library's settings (worker.*, library.default_access). Does not update the index: the caller does, once.
Result<ingest::AddCounts> add_files(Library& library, const AddRequest& request, const ingest::AddObserver& observer);

}  // namespace colophon::app

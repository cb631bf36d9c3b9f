// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include "app/library.hpp"

namespace colophon::app {

/// One finding of `doctor`.
struct Finding {
  enum class Level { ok, warn, fail };
  Level level = Level::ok;
  std::string name;  ///< "data folder"
  std::string text;  ///< "/srv/library, 41 GB free"
  std::string fix;   ///< what to do, or empty
};

/// Looks at what this machine and this library need: folder and permissions, free space, store, index lag, worker self-test, settings,
/// time zone, fonts and poppler data, clock. With `fix`, does the safe ones (index update, permissions, leftovers in tmp/). The
/// library need not open: that is then a finding.
enum class Fix { no, yes };
std::vector<Finding> doctor(const std::filesystem::path& folder, Fix fix);

struct UpgradeReport {
  int from = 0, to = 0;
  std::string copy;  ///< where the store was copied to before; empty when nothing was to do
};
/// Takes the library's lock exclusively, copies the store, migrates in one transaction, marks the index for a rebuild. Errc::busy while
/// others use the library; conflict for a newer one. With dry_run only says.
Result<UpgradeReport> upgrade_library(const std::filesystem::path& folder, bool dry_run);

/// Removes leftovers of crashes: files in tmp/ and blobs that nothing names, older than a day. Their number.
Result<std::size_t> sweep(Library& library);

}  // namespace colophon::app

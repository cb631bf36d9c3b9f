// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "app/library.hpp"

namespace colophon::app {

/// Something that does not hold: which check, which thing, what to do.
struct Problem {
  std::string check;  ///< "store", "chain", "fold", "blobs", "submissions", "clearance", "index", "settings", "permissions"
  std::string what;
  std::string hint;
};

struct VerifyReport {
  std::vector<std::string> checks;  ///< in the order in which they ran
  std::vector<Problem> problems;
  std::vector<std::string> repaired;  ///< with rebuild
};

enum class Rebuild { no, yes };

/// Checks the whole library: every page of the store, its foreign keys, the event chain, record = fold(sources), works = clustering of
/// sources, state = fold(events) of every submission, published = cleared by every partner, every blob's bytes, the index's files
/// and documents against the store, colophon.toml against what was last accepted. One flipped byte in any file is found.
/// With Rebuild::yes, what is derived (records, works, submissions' states, indexes) is made anew from the truth.
/// The folder is opened as it is: a damaged store is a problem in the report, not an error, as far as that can be.
Result<VerifyReport> verify_library(const std::filesystem::path& folder,
                                    Rebuild rebuild,
                                    const std::function<void(const std::string&)>& say);
Json to_json(const VerifyReport& report);

/// Accepts colophon.toml as it stands now, after somebody edited it.
Status accept_settings(Library& library, const Acting& acting);

}  // namespace colophon::app

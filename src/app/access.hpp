// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "app/library.hpp"
#include "bib/file.hpp"

namespace colophon::app {

/// A file of a work whose rule is another now.
struct AccessChange {
  std::string file;  ///< its name
  std::string before, after;
};
struct AccessOutcome {
  std::string id;
  std::vector<AccessChange> changes;  ///< empty when all files had the rule already
};

/// [{"name","before","after"}]: the event and `colophon access --json` have it.
Json to_json(const std::vector<AccessChange>& changes);

/// Says who may read the files of a work: all of them, or those of one name. One event, one transaction; the next update of the index moves
/// the work's text to the class of the new rule, out of every other one.
/// Errors: not_found (no such work or file, or it has none).
Result<AccessOutcome> set_access(
    Library& library, const Acting& acting, std::string_view id, const bib::Access& rule, std::string_view file = {});

}  // namespace colophon::app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "app/search.hpp"

namespace colophon::app {

/// Searches that a person keeps. They are kept as understood (the query's JSON with the version of its grammar), so that a later
/// change of the language changes no search.

/// Errors: conflict when the person has one of that name, usage for a name that is empty or longer than 80, not_found for an unknown person.
/// What is there already counts as seen. Gives the notes on the query.
Result<std::vector<indexer::query::Note>> save_search(Library& library,
                                                      const Acting& acting,
                                                      const std::string& name,
                                                      const std::string& query);
/// Errors: not_found.
Status remove_saved(Library& library, const Acting& acting, const std::string& name);

struct SavedView {
  std::string name;
  std::string query;  ///< in the query language as it is now
  Instant made_at, seen_at;
};
std::vector<SavedView> saved_searches(Library& library, const Acting& acting);

struct SavedRun {
  SavedView search;
  std::vector<indexer::Hit> hits;  ///< works that came into the library since it was last run, newest first; at most 1,000
};
enum class Seen : bool { keep, mark };
/// Looks through the works that changed since the last run, and no others. With Seen::mark the next run begins where this one ended.
/// Errors: not_found, invalid for a query that this program cannot read.
Result<SavedRun> run_saved(Library& library, const Acting& acting, const std::string& name, Seen seen);

}  // namespace colophon::app

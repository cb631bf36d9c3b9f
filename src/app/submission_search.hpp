// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string_view>
#include <vector>

#include "app/search.hpp"
#include "app/suggest.hpp"

namespace colophon::app {

/// Search in the versions of submissions, for the staff of their workflow: exactly the indexes of those workflows whose door is open to the
/// acting person (review/policy.hpp) take part in hits, counts, facets, suggestions and spelling. Where none is open nothing is found,
/// and a note says why: "submissions-staff" or "submissions-conflict", the same whatever the submissions are.
///
/// A hit is a version; its id is number and version, "ART-7KQ2/1". Errors: usage when nobody acts, not_found for an unknown person, and as in
/// search(). `like` plays no part.
Result<indexer::ResultPage> search_submissions(Library& library, const Acting& acting, const indexer::SearchRequest& request);

/// Titles, authors and words of the same versions. Nothing where no door is open.
Result<std::vector<Suggestion>> suggest_submissions(Library& library, const Acting& acting, std::string_view text);

}  // namespace colophon::app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/query/ast.hpp"
#include "indexer/schema.hpp"

namespace colophon::indexer::query {

/// The one spelling of a value that is compared as a whole: "German" gives "de", "Policy_Brief" "policy-brief", a DOI's link the DOI.
/// Nothing, and a note that says why, for what is no value of the field. REQUIRES: row.match is value or both. Pure.
std::optional<std::string> canonical(const std::string& text, const Row& row, std::vector<Note>& notes);

/// The note on a field that is not there, with the nearest that is.
Note unknown_field(const std::string& name);

}  // namespace colophon::indexer::query

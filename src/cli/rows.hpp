// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <vector>

#include "cli/command.hpp"

namespace colophon::cli {

/// The rows of the table of commands, one function a file; table.cpp puts them together.
using Rows = std::vector<Command>;
Rows add_rows();
Rows import_rows();
Rows search_rows();
Rows overlap_rows();
Rows who_rows();
Rows saved_rows();
Rows suggest_rows();
Rows thesaurus_rows();
Rows show_rows();
Rows edit_rows();
Rows export_rows();
Rows convert_rows();
Rows lint_rows();
Rows rekey_rows();
Rows submission_rows();
Rows clearance_rows();
Rows editorial_rows();
Rows review_rows();
Rows user_rows();
Rows authority_rows();
Rows init_rows();
Rows serve_rows();
Rows verify_rows();
Rows index_rows();
Rows care_rows();
Rows config_rows();
Rows version_rows();

/// Brings the index in line after a command that changed works. Somebody else's indexing is no failure: it does the work.
Status make_searchable(app::Library& library, Output& out);

/// A date as people write it (2026-12-01: the first instant of that day in the zone) or an RFC 3339 instant.
Result<Instant> parse_day(std::string_view text, std::string_view zone);

}  // namespace colophon::cli

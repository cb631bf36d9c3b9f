// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "app/library.hpp"
#include "bench/bench.hpp"
#include "indexer/entry.hpp"

namespace colophon::bench {

/// Parts of the bench of searches, each over a library that is filled and indexed.

/// A work as it is indexed for who signed in.
Result<indexer::EntryData> entry_of(app::Library& library, store::WorkId id);
/// Its record and passages as one text, for the rivals.
std::string text_of(const indexer::EntryData& entry);

/// "build.…": the works with full text built in two processes, beside omindex over the same texts: megabytes a second of wall and of CPU,
/// size of text, peak memory.
Result<Figures> index_build_figures(app::Library& library);
/// "facets.…": what three exact facets add to a query for one word, beside three of Xapian's ValueCountMatchSpy.
Result<Figures> facet_figures(const std::vector<std::filesystem::path>& dirs, const std::string& word);
/// "save_to_searchable.…": an edit, until a search finds it.
Result<Figures> freshness_figures(app::Library& library);

}  // namespace colophon::bench

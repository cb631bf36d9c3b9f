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
/// Its record and passages as one text, for the rivals: what is indexed, each part once.
std::string text_of(const indexer::EntryData& entry);

/// "build.…": the works with full text built in two processes, from memory to an index that is checked and swapped in, beside omindex over
/// the same texts in files: megabytes a second of wall and of CPU (of all processes), bytes of all files by those of the text, peak memory
/// of the largest process. The best of three rounds of each.
Result<Figures> index_build_figures(app::Library& library);
/// "facets.…": what three exact facets add to a query for one word, beside three of Xapian's ValueCountMatchSpy.
Result<Figures> facet_figures(const std::vector<std::filesystem::path>& dirs, const std::string& word);
/// "save_to_searchable.…": an edit, until a search finds it.
Result<Figures> freshness_figures(app::Library& library);

}  // namespace colophon::bench

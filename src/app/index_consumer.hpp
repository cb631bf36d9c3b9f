// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <functional>
#include <vector>

#include "app/search.hpp"
#include "indexer/inspect.hpp"

namespace colophon::app {

/// The indexes of a library, one for each class of confidentiality: index/public holds every live work as the public may see it,
/// index/signed-in those whose text only people who signed in may read. What a document says depends on its work alone.
struct IndexFolder {
  std::string index_class;
  std::filesystem::path path;
  Audience audience{};
};
std::vector<IndexFolder> index_folders(const Library& library);

struct IndexFigures {
  std::uint64_t works = 0;
  double seconds = 0;
  bool rebuilt = false;
};

/// Reads the works above each index's watermark and brings its documents in line, commits with the watermark, and repeats until nothing
/// is left. A large backlog, a missing or damaged index, or one of another schema is built beside and swapped in.
/// Errc::busy when another process is indexing (it will do the work).
Result<IndexFigures> update_index(Library& library);
Result<IndexFigures> rebuild_index(Library& library);
/// The number of changes that the index does not show yet, embargoes that ended included.
Result<std::uint64_t> index_lag(Library& library);

/// Compares every document with what the store says: the names of works whose document is missing, too much or different.
Result<std::vector<std::string>> index_differences(Library& library);

}  // namespace colophon::app

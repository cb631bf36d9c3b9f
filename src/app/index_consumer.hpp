// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <functional>
#include <vector>

#include "app/search.hpp"
#include "indexer/content.hpp"
#include "indexer/hosts.hpp"
#include "indexer/inspect.hpp"

namespace colophon::app {

/// The indexes of a library, one for each class of confidentiality: index/public holds every live work as the public may see it,
/// index/signed-in those whose text only people who signed in may read. What a document says depends on its work alone.
///
/// Beside each stands an index of fingerprints of the same texts (index/public-overlap), kept by the same rules, for finding overlaps.
///
/// Both are parted into shards as the setting index.shards says (indexer/shards.hpp), some of which hosts may rank (indexer/hosts.hpp).
///
/// Each workflow has an index of the versions of its submissions (index/submissions-article), which no audience opens: its staff does
/// (app/submission_search.hpp).
inline constexpr std::string_view kPublicClass = "public";
inline constexpr std::string_view kSignedInClass = "signed-in";
struct IndexFolder {
  std::string index_class;
  std::filesystem::path path;
  Audience audience{};
  indexer::Content content{};
  std::string workflow = {};  ///< of submissions; empty: works
  std::size_t shards = 1;     ///< that the setting index.shards asks for
  std::string name() const { return path.filename(); }
};
std::vector<IndexFolder> index_folders(const Library& library);
/// Of those with that content, the ones that the audience may open.
/// None of submissions.
std::vector<std::filesystem::path> open_folders(const Library& library, Audience audience, indexer::Content content);

/// The hosts that index.shards names, for the public index of texts: nothing else leaves this machine, for xapian-tcpsrv knows neither
/// passwords nor encryption.
indexer::HostsOfShards hosts_of(const Library& library);

struct IndexFigures {
  std::uint64_t works = 0;
  double seconds = 0;
  bool rebuilt = false;
};

/// Reads the works above each index's watermark and brings its documents in line, commits with the watermark, and repeats until nothing
/// is left. A large backlog, a missing or damaged index, or one of another schema or number of shards is built beside and swapped in.
/// Errc::busy when another process is indexing (it will do the work).
Result<IndexFigures> update_index(Library& library);
/// Builds every index anew and swaps it in; readers go on with the old one until then, and what changed meanwhile is replayed.
Result<IndexFigures> rebuild_index(Library& library);

struct CompactFigures {
  std::string name;                     ///< of the index
  std::uint64_t before = 0, after = 0;  ///< bytes
};
/// Writes the indexes without gaps; update_index() does so by itself with one that has grown by kGrown (indexer/bulk.hpp).
Result<std::vector<CompactFigures>> compact_indexes(Library& library);

struct IndexProblem {
  std::string name;  ///< of the index
  std::string what;
};
/// Files against their checksums, structure, and probes (indexer/inspect.hpp). Errc::busy while one is written to.
Result<std::vector<IndexProblem>> check_indexes(Library& library);
/// The number of changes that the index does not show yet, embargoes that ended included.
Result<std::uint64_t> index_lag(Library& library);

/// What a use case reads from the indexes: on any error but busy (missing, damaged, of another schema)
/// they are made anew, and it reads again.
template <class Read>
auto with_indexes(Library& library, Read read) -> decltype(read()) {
  auto out = read();
  if (out || out.error().code == Errc::busy) return out;
  TRY(update_index(library));
  out = read();
  if (out) return out;
  TRY(rebuild_index(library));
  return read();
}

/// Compares every document with what the store says: the names of works whose document is missing, too much or different.
Result<std::vector<std::string>> index_differences(Library& library);

}  // namespace colophon::app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace Xapian {
class Database;
}

namespace colophon::indexer {

/// How an index lies in its folder: as one database, or parted into shards, each a database in a folder 0, 1, … of it. A document falls to a
/// shard by a digest of its id, whatever else it says, so that shards are about equally large and a changed document stays where it is.
/// All shards of an index are made, swapped and compacted together; searched together they answer as the one database would.

/// From 0; the same on every machine and for ever.
std::size_t shard_of(std::string_view id, std::size_t shards);
/// The folder of one of so many shards: `dir` itself when it is the only one.
std::filesystem::path shard_folder(const std::filesystem::path& dir, std::size_t shard, std::size_t shards);
/// What a shard's metadata call it: "1/4"; empty for the only one.
std::string shard_mark(std::size_t shard, std::size_t shards);

/// The folders of the databases that there are, in order; `dir` alone where there is no index.
std::vector<std::filesystem::path> shards_in(const std::filesystem::path& dir);
/// Whether there is an index, whole or not.
bool is_index(const std::filesystem::path& dir);
/// Internal: Errc::io unless the database is the shard that its place among so many says, none missing. Throws Xapian's errors.
Status expect_shard(const Xapian::Database& database, const std::filesystem::path& dir, std::size_t shard, std::size_t shards);

}  // namespace colophon::indexer

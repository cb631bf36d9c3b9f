// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

#include "indexer/content.hpp"

namespace Xapian {
class Database;
class WritableDatabase;
}  // namespace Xapian

namespace colophon::indexer {

/// Whose index it is; kept in the index's metadata and compared at open.
struct Identity {
  std::string library;                 ///< the library's id
  std::string index_class = "public";  ///< the class of confidentiality that the index holds
  Content content = Content::works;    ///< what its documents are made of
  std::string thesaurus = {};  ///< a digest of the thesaurus whose concepts its documents name; another one asks for a rebuild
  std::size_t shards = 1;      ///< into how many databases it is parted (shards.hpp); another number asks for a rebuild
};

/// Internal: notes in a new database whose it is, which of the shards, and up to which change it was made. Throws Xapian's errors.
void introduce(Xapian::WritableDatabase& database, const Identity& identity, std::size_t shard, std::uint64_t watermark);
/// Internal: commits under the next number (metadata::kCommit). Throws Xapian's errors.
void commit_numbered(Xapian::WritableDatabase& database);
/// Internal: why the database is not what is expected, in words; empty when it is. Throws Xapian's errors.
std::string mismatch(const Xapian::Database& database, const Identity& identity, std::size_t shard);

}  // namespace colophon::indexer

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace colophon::indexer {

/// Looking at an index, with all of its shards (shards.hpp), from outside: for `status`, `verify` and the tests. All open it anew, read-only.

struct IndexStatus {
  std::uint64_t documents = 0;
  std::uint64_t watermark = 0;        ///< of several shards the lowest
  std::uint64_t revision = 0;         ///< of the file format, of several shards the sum: grows with each commit
  std::uint64_t bytes = 0;            ///< of all files
  std::uint64_t compacted_bytes = 0;  ///< of all files when they were last written without gaps; 0: never
  int schema_version = 0;             ///< compare with kSchemaVersion: another one asks for a rebuild
  std::string library;
  std::string index_class;
  std::string thesaurus;  ///< as in Identity
  std::size_t shards = 1;
};
/// Errc::not_found when there is no index, io when it cannot be read or a shard is missing.
Result<IndexStatus> status(const std::filesystem::path& dir);

/// Asks a sample of documents whether the index finds them: each by its id, and by its rarest word beside it; each one's data must be whole.
/// Errc::io naming the first that it does not find.
Status probe(const std::filesystem::path& dir);

/// Id → every term with wdf and positions, every value, the data, as text. Equal works give equal texts however they came in.
Result<std::map<std::string, std::string>> dump(const std::filesystem::path& dir);

enum class FileState { good, changed, missing, unchecked };
struct FileCheck {
  std::string name;  ///< "postlist.glass"; of several shards "1/postlist.glass"
  FileState state{};
};
struct FileReport {
  std::vector<FileCheck> files;
  bool stale = false;  ///< no checksums of this revision: the last writer did not finish; only the structure was checked
  std::uint64_t structure_errors = 0;
  bool good() const;
};
/// Compares each file with dir/checksums (SHA-256, written at commit for files up to 8 MB, at close and rebuild for all); where all
/// are what was written, or the checksums are stale, Xapian checks the structure. Errc::busy while a writer is at work.
///
/// This is the only guard against a changed byte inside a file: Xapian 1.4 keeps no checksums and trusts the lengths in its blocks,
/// so that searching or writing on damaged blocks is undefined. A file that is missing, empty or cut short is an Errc::io at open or
/// at the first read.
Result<FileReport> verify_files(const std::filesystem::path& dir);

/// Writes dir/checksums, one for each shard, for the present revision; files beyond `limit` bytes are listed as unchecked.
Result<void> write_checksums(const std::filesystem::path& dir, std::uint64_t limit = UINT64_MAX);

}  // namespace colophon::indexer

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>

#include "base/error.hpp"
#include "indexer/entry.hpp"
#include "indexer/writer.hpp"

namespace colophon::indexer {

/// Fills the next entry (cleared before); false at the end, an error stops the build.
using Stream = std::function<Result<bool>(EntryData&)>;
/// Makes the stream of one of so many shares (such as every work whose number leaves the remainder `share`): each work comes in one share, and
/// each share is asked for once, by whichever job is free. Called in the job's process, so that each opens its own connection.
using StreamFactory = std::function<Result<Stream>(std::size_t share, std::size_t shares)>;

struct BulkOptions {
  std::size_t jobs = 2;
  std::uint64_t watermark = 0;  ///< the change up to which the streams read; taken before they open
  Identity identity = {};
};

struct BulkFigures {
  std::uint64_t documents = 0;
  double seconds = 0;        ///< wall
  double merge_seconds = 0;  ///< of them compacting, checking and swapping
};

/// Builds an index from nothing beside `dir` and swaps it in by rename: readers see the old or the new one, whole. Each job is a
/// forked process with a sub-index for each shard; compaction merges them. REQUIRES for jobs > 1: the calling process has one thread.
/// Before the swap its structure is checked and it is probed (inspect.hpp). What was in `dir` is removed after the swap; on an error it stays as it was. Errors: busy (a writer or another build is at
/// work), io, and whatever a stream returned.
Result<BulkFigures> build(const std::filesystem::path& dir, const BulkOptions& options, const StreamFactory& streams);

/// Writes an index anew without the gaps that replaced documents leave, and swaps it in as build() does. Writers go on meanwhile: when one
/// committed, what was written is thrown away and it is done again with the writers kept out. Errors: busy, not_found, io.
Result<BulkFigures> compact(const std::filesystem::path& dir);

/// Whether the files have grown so far beyond what they were without gaps that compact() is worth its time.
struct IndexStatus;
bool wants_compaction(const IndexStatus& status);
inline constexpr double kGrown = 1.6;
inline constexpr std::uint64_t kSmallIndex = 16u << 20;  ///< bytes below which nobody cares

}  // namespace colophon::indexer

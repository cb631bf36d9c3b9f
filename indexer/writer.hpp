// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "indexer/entry.hpp"
#include "indexer/identity.hpp"

namespace colophon::indexer {

/// Keeps one index: one document a work, replaced by id. One writer at a time, in any process; not thread-safe.
///
///   TRY_ASSIGN(auto writer, Writer::open(library / "index/public", {library_id, "public"}));
///   TRY(writer.replace({.id = "ab3k9", .change = 7, .record = record, .passages = passages}));
///   TRY(writer.commit(7));
///
/// Of an index in shards each entry goes to the shard of its id. Shards are committed one after the other; when the writer is killed between
/// two, the watermark is the lowest of them, and replaying from it brings all in line.
///
/// Nothing is searchable before commit(), with one exception: after about 8 MB of text what was written is flushed without
/// moving the watermark, and so is what was not committed when the writer goes. Replaying from the watermark is idempotent.
/// Errors: busy (another writer: try again), conflict (another schema version, library or number of shards: rebuild), io (cannot be read or
/// written: rebuild beside and swap, bulk.hpp).
class Writer {
 public:
  /// Opens, or creates an empty index with watermark 0.
  static Result<Writer> open(const std::filesystem::path& dir, const Identity& identity = {});
  Writer(Writer&&) noexcept;
  Writer& operator=(Writer&&) noexcept;
  ~Writer();

  Result<void> replace(const Entry& entry);
  /// Removing what is not there is no error.
  Result<void> remove(std::string_view id);
  /// Makes the changes durable together with the watermark, then writes the checksums of files up to 8 MB (inspect.hpp).
  Result<void> commit(std::uint64_t watermark);
  /// As of the last commit, by whichever process; of several shards the lowest.
  std::uint64_t watermark() const;
  std::uint64_t documents() const;
  /// Gives the lock back and writes the checksums of all files. Nothing may be called afterwards.
  Result<void> close();

 private:
  struct Impl;
  explicit Writer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace colophon::indexer

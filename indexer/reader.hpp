// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/columns.hpp"
#include "indexer/content.hpp"
#include "indexer/xapian_error.hpp"

namespace Xapian {
class Database;
}

namespace colophon::indexer {

/// Internal: one or several indexes read as one, exactly those given. Not thread-safe.
class Reader {
 public:
  /// Errors: not_found (no index there), conflict (another schema version or content), io (damaged: rebuild).
  static Result<Reader> open(std::span<const std::filesystem::path> dirs, Content content);
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;
  ~Reader();

  /// Moves to the newest commit; an index that was swapped is opened anew.
  Status refresh();
  const Xapian::Database& database() const;
  /// The databases one by one: the shards of the indexes, in the order given.
  const std::vector<Xapian::Database>& shards() const { return shards_; }
  /// Of the indexes, each once.
  const std::vector<std::string>& classes() const { return classes_; }
  /// The facets' columns of each database, at the commit that is read. Valid until the next refresh(). Throws Xapian's errors.
  std::vector<const Columns*> columns();
  /// Of the databases.
  const std::vector<std::filesystem::path>& folders() const { return folders_; }
  /// The first index, for messages.
  std::filesystem::path where() const { return dirs_.empty() ? std::filesystem::path() : dirs_.front(); }

  /// refresh(), then body(); again up to three times while a writer overtakes it, then Errc::busy.
  template <class Body>
  auto read(std::string_view doing, Body body) -> Result<decltype(body())> {
    for (int attempt = 1;; ++attempt) {
      const Status fresh = refresh();
      auto out = fresh ? guarded(doing, where(), body) : Result<decltype(body())>(std::unexpected(fresh.error()));
      if (out || out.error().code != Errc::busy || attempt == kAttempts) return out;
    }
  }

 private:
  static constexpr int kAttempts = 4;
  Reader();
  Status open_all();
  Status open_index(const std::filesystem::path& dir);
  Status open_shard(const std::filesystem::path& folder, const std::filesystem::path& dir, std::size_t shard, std::size_t shards);

  std::vector<std::filesystem::path> dirs_;     // of the indexes
  std::vector<std::filesystem::path> folders_;  // of their shards
  Content content_{};
  std::vector<std::uint64_t> inodes_;
  std::vector<std::string> classes_;
  std::unique_ptr<Xapian::Database> all_;
  std::vector<Xapian::Database> shards_;  // the same as in all_
  struct Dated {
    std::uint64_t revision = 0;
    Columns columns;
  };
  std::vector<std::optional<Dated>> columns_;
};

}  // namespace colophon::indexer

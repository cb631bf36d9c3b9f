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
#include "indexer/hosts.hpp"
#include "indexer/xapian_error.hpp"

namespace Xapian {
class Database;
}

namespace colophon::indexer {

/// Internal: one or several indexes read as one, exactly those given. Not thread-safe.
class Reader {
 public:
  /// Errors: not_found (no index there), conflict (another schema version or content), io (damaged: rebuild).
  /// With hosts, shards whose host is silent are left out (hosts.hpp).
  static Result<Reader> open(std::span<const std::filesystem::path> dirs, Content content, HostsOfShards hosts = {});
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;
  ~Reader();

  /// Moves to the newest commit; an index that was swapped is opened anew, and hosts are asked anew.
  Status refresh();
  const Xapian::Database& database() const;
  /// The databases one by one: the shards of the indexes, in the order given.
  const std::vector<Xapian::Database>& shards() const { return shards_; }
  /// The same documents, where hosts have them the hosts' copies. Meant for matching: all else costs a question over the network each.
  const Xapian::Database& with_hosts() const { return *with_hosts_; }
  /// Those that are asked in with_hosts().
  const std::vector<Host>& hosts() const { return hosts_; }
  /// How many shards are left out, of how many.
  struct Missing {
    std::size_t shards = 0, of = 0;
  };
  Missing missing() const { return missing_; }
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
      if (out || out.error().code != Errc::busy || attempt >= kAttempts + static_cast<int>(missing_.shards)) return out;
    }
  }

 private:
  static constexpr int kAttempts = 4;
  Reader();
  Status open_all();
  void clear();
  Status open_index(const std::filesystem::path& dir);
  Status open_shard(const std::filesystem::path& folder, const std::filesystem::path& dir, std::size_t shard, std::size_t shards);
  void reach_hosts();
  void join();
  std::optional<Host> host_of(const std::filesystem::path& dir, std::size_t shard, std::size_t shards) const;

  struct Dated {
    std::uint64_t revision = 0;
    Columns columns;
  };
  struct Opened {
    std::uint64_t inode = 0;
    std::optional<Host> host;
    std::shared_ptr<Xapian::Database> remote;  // the host's copy, when it answers
    std::optional<Dated> columns;
  };

  std::vector<std::filesystem::path> dirs_;  // of the indexes
  Content content_{};
  HostsOfShards wanted_hosts_;
  bool just_opened_ = false;
  std::vector<std::string> classes_;
  std::vector<std::filesystem::path> folders_;  // of the shards, as are the next two
  std::vector<Xapian::Database> shards_;
  std::vector<Opened> opened_;
  std::vector<Host> hosts_;
  Missing missing_;
  std::unique_ptr<Xapian::Database> all_, with_hosts_;
};

}  // namespace colophon::indexer

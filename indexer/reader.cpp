// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/reader.hpp"

#include <algorithm>
#include <utility>

#include "indexer/metadata.hpp"
#include "indexer/schema.hpp"
#include "indexer/shards.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <xapian.h>

namespace colophon::indexer {
namespace {

// A swap by rename leaves an open index on the old files: their inode tells.
std::uint64_t inode_of(const std::filesystem::path& dir) {
  struct stat status{};
  return ::stat((dir / "postlist.glass").c_str(), &status) == 0 ? status.st_ino : 0;
}

}  // namespace

Reader::Reader() = default;
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

Result<Reader> Reader::open(std::span<const std::filesystem::path> dirs, Content content, HostsOfShards hosts) {
  Reader out;
  out.dirs_.assign(dirs.begin(), dirs.end());
  out.content_ = content;
  out.wanted_hosts_ = std::move(hosts);
  TRY(out.open_all());
  out.just_opened_ = true;
  return out;
}

Status Reader::open_all() {
  clear();
  return guarded("open the index", where(), [&]() -> Status {
    for (const auto& dir : dirs_) TRY(open_index(dir));
    reach_hosts();
    join();
    return {};
  });
}

void Reader::join() {
  all_ = std::make_unique<Xapian::Database>();
  with_hosts_ = std::make_unique<Xapian::Database>();
  for (std::size_t i = 0; i < shards_.size(); ++i) {
    all_->add_database(shards_[i]);
    with_hosts_->add_database(opened_[i].remote ? *opened_[i].remote : shards_[i]);
  }
  // Nothing, but it can be asked.
  if (shards_.empty()) all_->add_database(Xapian::Database(std::string(), Xapian::DB_BACKEND_INMEMORY));
}

void Reader::clear() {
  opened_.clear();
  folders_.clear();
  shards_.clear();
  classes_.clear();
  hosts_.clear();
  missing_ = {};
}

// An index is swapped with all of its shards: none may be of the old and another of the new one.
Status Reader::open_index(const std::filesystem::path& dir) {
  const std::size_t before = shards_.size();
  for (int attempt = 1; attempt <= kAttempts; ++attempt) {
    const std::vector<std::filesystem::path> folders = shards_in(dir);
    const std::uint64_t inode = inode_of(folders.front());
    Status opened;
    for (std::size_t i = 0; i < folders.size() && opened; ++i) opened = open_shard(folders[i], dir, i, folders.size());
    if (inode_of(folders.front()) == inode) return opened;
    shards_.resize(before);
    folders_.resize(before);
    opened_.resize(before);
  }
  return fail(Errc::busy, "the index is being swapped", "try again in a moment", dir.string());
}

Status Reader::open_shard(const std::filesystem::path& folder,
                          const std::filesystem::path& dir,
                          std::size_t shard,
                          std::size_t shards) {
  const std::uint64_t inode = inode_of(folder);
  TRY_ASSIGN(const Xapian::Database database,
             guarded("open the index", dir, [&] { return Xapian::Database(folder.string(), Xapian::DB_OPEN); }));
  // The library opens an index without its lists of terms, too, and fails when one is asked for.
  if (!std::filesystem::exists(folder / "termlist.glass"))
    return fail(Errc::io, "a file of the index is missing: termlist.glass", "rebuild the index", folder.string());
  const std::string version = database.get_metadata(std::string(metadata::kSchema));
  if (version != std::to_string(kSchemaVersion)) {
    return fail(Errc::conflict, fmt::format("the index has schema version {}, this program reads {}", version, kSchemaVersion),
                "rebuild the index", dir.string());
  }
  if (database.get_metadata(std::string(metadata::kContent)) != name(content_))
    return fail(Errc::conflict, fmt::format("this is no index of {}", name(content_)), "rebuild the index", dir.string());
  TRY(expect_shard(database, dir, shard, shards));
  const std::string index_class = database.get_metadata(std::string(metadata::kClass));
  if (std::ranges::find(classes_, index_class) == classes_.end()) classes_.push_back(index_class);
  folders_.push_back(folder);
  shards_.push_back(database);
  opened_.push_back({inode, host_of(dir, shard, shards), nullptr, {}});
  return {};
}

// None while the index is in another number of shards than was set: it has not been built anew yet.
std::optional<Host> Reader::host_of(const std::filesystem::path& dir, std::size_t shard, std::size_t shards) const {
  const auto found = wanted_hosts_.find(dir);
  return found != wanted_hosts_.end() && found->second.size() == shards ? found->second[shard] : std::nullopt;
}

// Shards whose host is silent are closed again.
void Reader::reach_hosts() {
  for (const auto& [dir, hosts] : wanted_hosts_) missing_.of += hosts.size();
  for (std::size_t i = 0; i < opened_.size();) {
    if (!opened_[i].host) {
      ++i;
      continue;
    }
    Connection line = connect(*opened_[i].host, shards_[i]);
    if (line.report.state == HostState::silent) {
      const auto at = static_cast<std::ptrdiff_t>(i);
      opened_.erase(opened_.begin() + at);
      folders_.erase(folders_.begin() + at);
      shards_.erase(shards_.begin() + at);
      ++missing_.shards;
      continue;
    }
    if (line.database) hosts_.push_back(*opened_[i].host);
    opened_[i++].remote = std::move(line.database);
  }
}

Status Reader::refresh() {
  const bool just_opened = std::exchange(just_opened_, false);
  if (!wanted_hosts_.empty()) return just_opened ? Status{} : open_all();  // copies were compared at that commit
  for (std::size_t i = 0; i < folders_.size(); ++i) {
    if (inode_of(folders_[i]) != opened_[i].inode) return open_all();
  }
  return guarded("reopen the index", where(), [&] { all_->reopen(); });
}

const Xapian::Database& Reader::database() const { return *all_; }

std::vector<const Columns*> Reader::columns() {
  std::vector<const Columns*> out;
  for (std::size_t i = 0; i < shards_.size(); ++i) {
    const std::uint64_t revision = shards_[i].get_revision();
    std::optional<Dated>& known = opened_[i].columns;
    if (!known || known->revision != revision) known.emplace(Dated{revision, Columns::of(folders_[i], shards_[i])});
    out.push_back(&known->columns);
  }
  return out;
}

}  // namespace colophon::indexer

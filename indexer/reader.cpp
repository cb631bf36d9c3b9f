// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/reader.hpp"

#include "indexer/metadata.hpp"
#include "indexer/schema.hpp"

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

Result<Reader> Reader::open(std::span<const std::filesystem::path> dirs, Content content) {
  Reader out;
  out.dirs_.assign(dirs.begin(), dirs.end());
  out.content_ = content;
  TRY(out.open_all());
  return out;
}

Status Reader::open_all() {
  all_ = std::make_unique<Xapian::Database>();
  inodes_.clear();
  classes_.clear();
  shards_.clear();
  columns_.clear();
  for (const auto& dir : dirs_) {
    TRY_ASSIGN(const Xapian::Database shard,
               guarded("open the index", dir, [&] { return Xapian::Database(dir.string(), Xapian::DB_OPEN); }));
    // The library opens an index without its lists of terms, too, and fails when one is asked for.
    if (!std::filesystem::exists(dir / "termlist.glass"))
      return fail(Errc::io, "a file of the index is missing: termlist.glass", "rebuild the index", dir.string());
    const std::string version = shard.get_metadata(std::string(metadata::kSchema));
    if (version != std::to_string(kSchemaVersion)) {
      return fail(Errc::conflict, fmt::format("the index has schema version {}, this program reads {}", version, kSchemaVersion),
                  "rebuild the index", dir.string());
    }
    if (shard.get_metadata(std::string(metadata::kContent)) != name(content_))
      return fail(Errc::conflict, fmt::format("this is no index of {}", name(content_)), "rebuild the index", dir.string());
    classes_.push_back(shard.get_metadata(std::string(metadata::kClass)));
    inodes_.push_back(inode_of(dir));
    all_->add_database(shard);
    shards_.push_back(shard);
    columns_.emplace_back();
  }
  return {};
}

Status Reader::refresh() {
  for (std::size_t i = 0; i < dirs_.size(); ++i) {
    if (inode_of(dirs_[i]) != inodes_[i]) return open_all();
  }
  return guarded("reopen the index", where(), [&] { all_->reopen(); });
}

const Xapian::Database& Reader::database() const { return *all_; }

std::vector<const Columns*> Reader::columns() {
  std::vector<const Columns*> out;
  for (std::size_t i = 0; i < shards_.size(); ++i) {
    const std::uint64_t revision = shards_[i].get_revision();
    if (!columns_[i] || columns_[i]->revision != revision)
      columns_[i].emplace(Dated{revision, Columns::of(dirs_[i], shards_[i])});
    out.push_back(&columns_[i]->columns);
  }
  return out;
}

}  // namespace colophon::indexer

// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/shards.hpp"

#include <cstdint>

#include "base/digest.hpp"
#include "indexer/metadata.hpp"

#include <fmt/format.h>
#include <xapian.h>

namespace colophon::indexer {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view kFirstFile = "iamglass";  // of every database

fs::path nested(const fs::path& dir, std::size_t shard) { return dir / std::to_string(shard); }

bool is_database(const fs::path& dir) {
  std::error_code error;
  return fs::exists(dir / kFirstFile, error);
}

}  // namespace

std::size_t shard_of(std::string_view id, std::size_t shards) {
  const std::uint64_t digest = fnv1a(id);
  return static_cast<std::size_t>((digest ^ digest >> 32) % shards);
}

fs::path shard_folder(const fs::path& dir, std::size_t shard, std::size_t shards) {
  return shards == 1 ? dir : nested(dir, shard);
}

std::string shard_mark(std::size_t shard, std::size_t shards) {
  return shards == 1 ? std::string() : fmt::format("{}/{}", shard, shards);
}

std::vector<fs::path> shards_in(const fs::path& dir) {
  std::vector<fs::path> out;
  if (!is_database(dir)) {
    while (is_database(nested(dir, out.size()))) out.push_back(nested(dir, out.size()));
  }
  if (out.empty()) out.push_back(dir);
  return out;
}

bool is_index(const fs::path& dir) { return is_database(shards_in(dir).front()); }

Status expect_shard(const Xapian::Database& database, const fs::path& dir, std::size_t shard, std::size_t shards) {
  if (database.get_metadata(std::string(metadata::kShard)) == shard_mark(shard, shards)) return {};
  return fail(Errc::io, "a shard of the index is missing", "rebuild the index", dir.string());
}

}  // namespace colophon::indexer

// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/identity.hpp"

#include "indexer/changed.hpp"
#include "indexer/metadata.hpp"
#include "indexer/schema.hpp"
#include "indexer/shards.hpp"

#include <fmt/format.h>
#include <xapian.h>

namespace colophon::indexer {

void introduce(Xapian::WritableDatabase& database, const Identity& identity, std::size_t shard, std::uint64_t watermark) {
  const auto set = [&](std::string_view key, const std::string& value) { database.set_metadata(std::string(key), value); };
  set(metadata::kSchema, std::to_string(kSchemaVersion));
  set(metadata::kLibrary, identity.library);
  set(metadata::kClass, identity.index_class);
  set(metadata::kContent, std::string(name(identity.content)));
  set(metadata::kThesaurus, identity.thesaurus);
  set(metadata::kShard, shard_mark(shard, identity.shards));
  set(metadata::kWatermark, std::to_string(watermark));
}

void commit_numbered(Xapian::WritableDatabase& database) {
  database.set_metadata(std::string(metadata::kCommit), std::to_string(commit_number(database) + 1));
  database.commit();
}

std::string mismatch(const Xapian::Database& database, const Identity& identity, std::size_t shard) {
  const auto has = [&](std::string_view key) { return database.get_metadata(std::string(key)); };
  if (has(metadata::kSchema) != std::to_string(kSchemaVersion))
    return fmt::format("the index has schema version {}, this program writes {}", has(metadata::kSchema), kSchemaVersion);
  if (!identity.library.empty() && has(metadata::kLibrary) != identity.library) return "the index belongs to another library";
  if (has(metadata::kClass) != identity.index_class)
    return fmt::format("the index holds the class {}, not {}", has(metadata::kClass), identity.index_class);
  if (has(metadata::kContent) != name(identity.content))
    return fmt::format("the index holds {}, not {}", has(metadata::kContent), name(identity.content));
  if (has(metadata::kThesaurus) != identity.thesaurus) return "the index was made with another thesaurus";
  if (has(metadata::kShard) != shard_mark(shard, identity.shards)) return "the index is in another number of shards";
  return {};
}

}  // namespace colophon::indexer

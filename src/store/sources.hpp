// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/digest.hpp"
#include "bib/fold.hpp"
#include "store/database.hpp"
#include "store/ids.hpp"

namespace colophon::store {

enum class SourceStatus : std::uint8_t { current, superseded, removed };

/// One assertion about a work, as kept. `draft` is a reader's or a person's Work as JSON.
struct Source {
  SourceId id;
  Sha256 key;
  std::string short_id;
  bib::SourceKind kind = bib::SourceKind::bibliographic;
  std::string format;  ///< formats::FormatRow::name, "edit" for a person's
  std::optional<Sha256> blob;
  std::uint32_t child = 0;
  std::uint32_t begin = 0, end = 0, line = 0;
  std::string local_id;
  int reader_version = 0;
  bib::Work work;
  std::vector<bib::FieldId> none;  ///< fields that a person says have no value
  std::optional<SourceId> anchor;  ///< a person's edit: a source of the work it is about
  SourceStatus status = SourceStatus::current;
  std::optional<SourceId> successor;  ///< the source that came after it from the same origin
  Instant added_at;
};

struct Origin {
  std::string path;
  std::string local_id;
  SourceId source;
};

/// What people said about two sources.
enum class Verdict : std::uint8_t { same, apart };
struct PairDecision {
  SourceId a, b;  ///< a < b
  Verdict verdict = Verdict::same;
};

/// The table of sources and what hangs on it: origins, match keys, people's decisions about pairs.
/// All within the caller's transaction; errors stick to the Database.
class Sources {
 public:
  explicit Sources(Database& db) : db_(db) {}

  struct Known {
    SourceId id;
    int reader_version = 0;
    SourceStatus status{};
  };
  std::optional<Known> find(const Sha256& key);
  std::optional<Source> get(SourceId id);
  std::optional<SourceId> with_short_id(std::string_view short_id);
  std::string short_id(SourceId id);
  /// The sources that came from a file's bytes.
  std::vector<SourceId> of_blob(const Sha256& blob);
  /// Mints the short id, inserts; returns the id. `source.id` and `short_id` are set.
  SourceId insert(Source& source);
  void set_draft(SourceId id, const bib::Work& work, int reader_version);
  void set_status(SourceId id, SourceStatus status, std::optional<SourceId> successor);
  /// Sources whose successor or anchor this one is.
  std::vector<SourceId> predecessors(SourceId id);
  std::vector<SourceId> anchored(SourceId id);

  std::optional<SourceId> at_origin(std::string_view path, std::string_view local_id);
  void set_origin(std::string_view path, std::string_view local_id, SourceId source);
  void drop_origin(std::string_view path, std::string_view local_id);
  bool has_origin(SourceId source);
  std::vector<Origin> origins_of(SourceId source);
  /// Each origin of a path, by local id: one file may hold hundreds of thousands.
  void for_each_origin_at(std::string_view path, const std::function<void(std::string_view local_id, SourceId source)>& visit);

  void set_match_keys(SourceId source, const std::vector<std::uint64_t>& old_hashes, const std::vector<std::uint64_t>& hashes);
  std::vector<SourceId> with_match_key(std::uint64_t hash);

  void decide(const PairDecision& decision);
  std::vector<PairDecision> decisions_of(SourceId source);

  std::int64_t count();
  std::vector<SourceId> all();

 private:
  Database& db_;
};

}  // namespace colophon::store

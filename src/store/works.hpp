// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.hpp"
#include "bib/document.hpp"
#include "bib/file.hpp"
#include "bib/fold.hpp"
#include "bib/peer_review.hpp"
#include "store/database.hpp"
#include "store/ids.hpp"

namespace colophon::store {

enum class WorkState : std::uint8_t {
  live,
  withdrawn,  ///< a tombstone page remains
  merged,     ///< its sources belong to an older work; its id leads there
  empty,      ///< all its sources were removed
};
std::string_view name(WorkState state);

/// A row of the derived table of works.
struct WorkRow {
  WorkId id;
  std::string short_id;
  std::uint64_t change = 0;
  WorkState state = WorkState::live;
  std::string reason;                 ///< why it was withdrawn
  std::optional<Instant> reclass_at;  ///< when the next embargo of one of its files ends
  std::string record;                 ///< the folded Work as JSON
  bool has_files = false;             ///< one of its sources came with a file (set by reads, ignored by put)

  /// The record, read. Fails with the errors of Json::parse and bib::work_from_json.
  Result<bib::Work> work() const;
};

/// A file of a work.
struct FileRow {
  std::int64_t id = 0;
  SourceId source;
  Sha256 blob;
  std::string name;
  std::string media;
  bib::FileRole role{};
  bib::VersionStage stage{};
  std::string licence;
  bib::Access access;
};

/// A source of a work that has a text.
struct TextRow {
  SourceId source;
  bib::SourceKind kind{};
};

/// Works, which sources they are made of, their files, passages and bodies. Within the caller's transaction; errors stick to the Database.
class Works {
 public:
  explicit Works(Database& db) : db_(db) {}

  std::optional<WorkRow> get(WorkId id);
  std::optional<WorkId> of_source(SourceId source);
  /// The one that has the source with this short id.
  std::optional<WorkId> with_short_id(std::string_view short_id);
  /// Its row, when it is live.
  std::optional<WorkRow> live(std::string_view short_id);
  std::vector<SourceId> members(WorkId id);
  void set_member(SourceId source, WorkId work);
  void put(const WorkRow& row);
  /// The highest change number given out; 0 in a new library.
  std::uint64_t last_change();
  /// Works whose change number is above `after`, in order of change, at most `limit`; of `parts` parts only one.
  std::vector<WorkRow> changed_after(std::uint64_t after, std::size_t limit, std::size_t part = 0, std::size_t parts = 1);
  /// Works with an embargo that has ended by `now`.
  std::vector<WorkId> due(Instant now);
  std::vector<WorkId> all_live();
  std::int64_t count_live();
  /// Short ids of the live works that came last, the latest first.
  std::vector<std::string> latest(std::size_t limit);

  void add_file(const FileRow& file);
  std::vector<FileRow> files_of(WorkId work);
  std::optional<FileRow> file(std::int64_t id);
  /// The caller gives the work a new change number (ingest::reclass), or the index would not hear of it.
  void set_access(std::int64_t file, const bib::Access& access);

  /// Passages are kept compressed (zstd), by source.
  void set_passages(SourceId source, int reader_version, const std::vector<bib::Passage>& passages);
  /// With `text_of`, of the texts only that passage's is read and the others are empty.
  Result<std::vector<bib::Passage>> passages(SourceId source, std::optional<std::size_t> text_of = {});
  /// The current sources of a work that have passages, the older first.
  std::vector<TextRow> texts_of(WorkId work);
  /// The body of a structured text, kept likewise; an empty one is not kept.
  void set_body(SourceId source, int reader_version, const bib::Document& body);
  Result<bib::Document> body(SourceId source);
  /// The reviews that stand in a source's file, kept likewise. Who may see them is for review/open_review.hpp to say.
  void set_reviews(SourceId source, int reader_version, const std::vector<bib::PeerReview>& reviews);
  Result<std::vector<bib::PeerReview>> reviews(SourceId source);

 private:
  Database& db_;
};

}  // namespace colophon::store

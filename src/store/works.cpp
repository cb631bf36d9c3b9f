// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/works.hpp"

#include <array>

#include "store/compress.hpp"
#include "store/passage_frames.hpp"

namespace colophon::store {
namespace {

constexpr std::array<std::string_view, 4> kStates = {"live", "withdrawn", "merged", "empty"};

WorkState state_named(std::string_view name) {
  for (std::size_t i = 0; i < kStates.size(); ++i) {
    if (kStates[i] == name) return static_cast<WorkState>(i);
  }
  return WorkState::empty;
}

WorkRow row_of(const Query& q) {
  WorkRow out;
  out.id = WorkId(q.integer(0));
  out.change = static_cast<std::uint64_t>(q.integer(1));
  out.state = state_named(q.text(2));
  out.reason = q.text(3);
  if (!q.is_null(4)) out.reclass_at = Instant{q.integer(4)};
  out.record = q.text(5);
  out.short_id = q.text(6);
  out.has_files = q.integer(7) != 0;
  return out;
}

FileRow file_of(const Query& q) {
  FileRow out;
  out.id = q.integer(0);
  out.source = SourceId(q.integer(1));
  out.blob = Sha256::from_bytes(q.text(2));
  out.name = q.text(3);
  out.media = q.text(4);
  out.role = bib::file_role_named(q.text(5)).value_or(bib::FileRole::supplement);
  out.stage = bib::version_stage_named(q.text(6)).value_or(bib::VersionStage::unknown);
  out.licence = q.text(7);
  if (Result<bib::Access> access = bib::parse_access(q.text(8))) out.access = *access;
  return out;
}

template <class Id>
std::vector<Id> ids(Query q) {
  std::vector<Id> out;
  while (q.next()) out.emplace_back(q.integer(0));
  return out;
}

// What is kept of a source, compressed, in a table of its own.
struct KeptTable {
  std::string_view set, remove, get;
};
#define KEPT(table)                                                                                \
  KeptTable{"INSERT INTO " table                                                                   \
            " (source, reader_version, data) VALUES (?, ?, ?) ON CONFLICT (source) DO UPDATE SET " \
            "reader_version = excluded.reader_version, data = excluded.data",                      \
            "DELETE FROM " table " WHERE source = ?", "SELECT data FROM " table " WHERE source = ?"}
constexpr KeptTable kPassages = KEPT("passage"), kBody = KEPT("body"), kReviews = KEPT("source_review");
#undef KEPT

template <class T>
std::string compressed(const T& value) {
  return compress(bib::to_json(value).dump());
}

// An empty one is not kept.
template <class T>
void set_kept(
    Database& db, const KeptTable& table, SourceId source, int reader_version, const T& value, std::string (*pack)(const T&)) {
  if (value.empty()) db.run(table.remove, source.value);
  else db.run(table.set, source.value, reader_version, Bytes{pack(value)});
}

template <class T>
Result<T> kept(Database& db, const KeptTable& table, SourceId source, Result<T> (*from_json)(const Json&)) {
  Query q = db.query(table.get, source.value);
  if (!q.next()) return T{};
  TRY_ASSIGN(const std::string text, decompress(q.text(0)));
  TRY_ASSIGN(const Json json, Json::parse(text));
  return from_json(json);
}

}  // namespace

Result<bib::Work> WorkRow::work() const {
  TRY_ASSIGN(const Json json, Json::parse(record));
  return bib::work_from_json(json);
}

std::string_view name(WorkState state) { return kStates[static_cast<std::size_t>(state)]; }

std::optional<WorkRow> Works::get(WorkId id) {
  Query q = db_.query(
      "SELECT w.id, w.change, w.state, w.reason, w.reclass_at, w.record, s.short_id, "
      "EXISTS (SELECT 1 FROM member m JOIN file f ON f.source = m.source WHERE m.work = w.id) "
      "FROM work w JOIN source s ON s.id = w.id WHERE w.id = ?",
      id.value);
  if (!q.next()) return std::nullopt;
  return row_of(q);
}

std::optional<WorkId> Works::of_source(SourceId source) {
  Query q = db_.query("SELECT work FROM member WHERE source = ?", source.value);
  if (!q.next()) return std::nullopt;
  return WorkId(q.integer(0));
}

std::optional<WorkId> Works::with_short_id(std::string_view short_id) {
  Query q = db_.query("SELECT m.work FROM source s JOIN member m ON m.source = s.id WHERE s.short_id = ?", short_id);
  if (!q.next()) return std::nullopt;
  return WorkId(q.integer(0));
}

std::optional<WorkRow> Works::live(std::string_view short_id) {
  const std::optional<WorkId> work = with_short_id(short_id);
  std::optional<WorkRow> row = work ? get(*work) : std::nullopt;
  return row && row->state == WorkState::live ? std::move(row) : std::nullopt;
}

std::vector<SourceId> Works::members(WorkId id) {
  return ids<SourceId>(db_.query("SELECT source FROM member WHERE work = ? ORDER BY source", id.value));
}

void Works::set_member(SourceId source, WorkId work) {
  db_.run("INSERT INTO member (source, work) VALUES (?, ?) ON CONFLICT (source) DO UPDATE SET work = excluded.work", source.value,
          work.value);
}

void Works::put(const WorkRow& row) {
  std::optional<std::int64_t> reclass;
  if (row.reclass_at) reclass = row.reclass_at->ms;
  db_.run(
      "INSERT INTO work (id, change, state, reason, reclass_at, record) VALUES (?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (id) DO UPDATE SET change = excluded.change, state = excluded.state, reason = excluded.reason, reclass_at = "
      "excluded.reclass_at, record = excluded.record",
      row.id.value, row.change, name(row.state), row.reason, reclass, row.record);
}

std::uint64_t Works::last_change() {
  Query q = db_.query("SELECT coalesce(max(change), 0) FROM work");
  return q.next() ? static_cast<std::uint64_t>(q.integer(0)) : 0;
}

std::vector<WorkRow> Works::changed_after(std::uint64_t after, std::size_t limit, std::size_t part, std::size_t parts) {
  std::vector<WorkRow> out;
  Query q = db_.query(
      "SELECT w.id, w.change, w.state, w.reason, w.reclass_at, w.record, s.short_id, "
      "EXISTS (SELECT 1 FROM member m JOIN file f ON f.source = m.source WHERE m.work = w.id) "
      "FROM work w JOIN source s ON s.id = w.id WHERE w.change > ? AND w.id % ? = ? ORDER BY w.change LIMIT ?",
      after, parts, part, limit);
  while (q.next()) out.push_back(row_of(q));
  return out;
}

std::vector<WorkId> Works::due(Instant now) {
  return ids<WorkId>(db_.query("SELECT id FROM work WHERE reclass_at <= ?", now.ms));
}
std::vector<WorkId> Works::all_live() { return ids<WorkId>(db_.query("SELECT id FROM work WHERE state = 'live' ORDER BY id")); }

std::vector<std::string> Works::latest(std::size_t limit) {
  std::vector<std::string> out;
  Query q =
      db_.query("SELECT s.short_id FROM work w JOIN source s ON s.id = w.id WHERE w.state = 'live' ORDER BY w.id DESC LIMIT ?",
                static_cast<std::int64_t>(limit));
  while (q.next()) out.emplace_back(q.text(0));
  return out;
}

std::int64_t Works::count_live() {
  Query q = db_.query("SELECT count(*) FROM work WHERE state = 'live'");
  return q.next() ? q.integer(0) : 0;
}

void Works::add_file(const FileRow& file) {
  db_.run("INSERT OR IGNORE INTO file (source, blob, name, media, role, stage, licence, access) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          file.source.value, Bytes{file.blob.view()}, file.name, file.media, bib::name(file.role), bib::name(file.stage),
          file.licence, bib::to_string(file.access));
}

std::vector<FileRow> Works::files_of(WorkId work) {
  std::vector<FileRow> out;
  Query q = db_.query(
      "SELECT f.id, f.source, f.blob, f.name, f.media, f.role, f.stage, f.licence, f.access FROM member m JOIN source s "
      "INDEXED BY source_current ON s.id = m.source JOIN file f ON f.source = m.source "
      "WHERE m.work = ? AND s.status = 'current' ORDER BY f.id",
      work.value);
  while (q.next()) out.push_back(file_of(q));
  return out;
}

std::optional<FileRow> Works::file(std::int64_t id) {
  Query q = db_.query("SELECT id, source, blob, name, media, role, stage, licence, access FROM file WHERE id = ?", id);
  if (!q.next()) return std::nullopt;
  return file_of(q);
}

void Works::set_access(std::int64_t file, const bib::Access& access) {
  db_.run("UPDATE file SET access = ? WHERE id = ?", bib::to_string(access), file);
}

void Works::set_passages(SourceId source, int reader_version, const std::vector<bib::Passage>& passages) {
  set_kept(db_, kPassages, source, reader_version, passages, passage_frames);
}
Result<std::vector<bib::Passage>> Works::passages(SourceId source, std::optional<std::size_t> text_of) {
  Query q = db_.query(kPassages.get, source.value);
  return q.next() ? passages_of_frames(q.text(0), text_of) : std::vector<bib::Passage>{};
}

void Works::set_body(SourceId source, int reader_version, const bib::Document& body) {
  set_kept(db_, kBody, source, reader_version, body, compressed<bib::Document>);
}
Result<bib::Document> Works::body(SourceId source) { return kept(db_, kBody, source, bib::document_from_json); }

void Works::set_reviews(SourceId source, int reader_version, const std::vector<bib::PeerReview>& reviews) {
  set_kept(db_, kReviews, source, reader_version, reviews, compressed<std::vector<bib::PeerReview>>);
}
Result<std::vector<bib::PeerReview>> Works::reviews(SourceId source) {
  return kept(db_, kReviews, source, bib::peer_reviews_from_json);
}

std::vector<TextRow> Works::texts_of(WorkId work) {
  std::vector<TextRow> out;
  Query q = db_.query(
      "SELECT s.id, s.kind FROM member m JOIN source s INDEXED BY source_current ON s.id = m.source JOIN passage p ON p.source = "
      "s.id "
      "WHERE m.work = ? AND s.status = 'current' ORDER BY s.id",
      work.value);
  while (q.next()) out.push_back({SourceId(q.integer(0)), bib::source_kind_named(q.text(1)).value_or(bib::SourceKind::pdf)});
  return out;
}

}  // namespace colophon::store

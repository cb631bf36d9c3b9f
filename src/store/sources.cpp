// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sources.hpp"

#include <array>

#include "base/crockford.hpp"
#include "base/text.hpp"

namespace colophon::store {
namespace {

constexpr std::array<std::string_view, 3> kStatuses = {"current", "superseded", "removed"};

SourceStatus status_named(std::string_view name) {
  return name == kStatuses[0] ? SourceStatus::current : name == kStatuses[1] ? SourceStatus::superseded : SourceStatus::removed;
}

// SQLite's integers are signed; a hash is only compared.
std::int64_t stored(std::uint64_t hash) { return static_cast<std::int64_t>(hash); }

template <class T>
std::optional<std::int64_t> raw(const std::optional<T>& id) {
  return id ? std::optional(id->value) : std::nullopt;
}

std::string none_text(const std::vector<bib::FieldId>& fields) {
  std::string out;
  for (const bib::FieldId field : fields) out += (out.empty() ? "" : " ") + std::string(bib::name(field));
  return out;
}

std::vector<bib::FieldId> none_fields(std::string_view text) {
  std::vector<bib::FieldId> out;
  if (text.empty()) return out;
  for (const std::string_view name : split(text, ' ')) {
    if (const auto field = bib::field_named(name)) out.push_back(*field);
  }
  return out;
}

std::vector<SourceId> ids(Query query) {
  std::vector<SourceId> out;
  while (query.next()) out.emplace_back(query.integer(0));
  return out;
}

std::optional<SourceId> first(Query query) {
  if (!query.next()) return std::nullopt;
  return SourceId(query.integer(0));
}

}  // namespace

std::optional<Sources::Known> Sources::find(const Sha256& key) {
  Query q = db_.query("SELECT id, reader_version, status FROM source WHERE key = ?", Bytes{key.view()});
  if (!q.next()) return std::nullopt;
  return Known{SourceId(q.integer(0)), static_cast<int>(q.integer(1)), status_named(q.text(2))};
}

std::optional<Source> Sources::get(SourceId id) {
  Query q = db_.query(
      "SELECT key, short_id, kind, format, blob, child, begin_byte, end_byte, line, local_id, reader_version, draft, "
      "asserts_none, anchor, status, successor, added_at "
      "FROM source WHERE id = ?",
      id.value);
  if (!q.next()) return std::nullopt;
  Source out;
  out.id = id;
  out.key = Sha256::from_bytes(q.text(0));
  out.short_id = q.text(1);
  out.kind = bib::source_kind_named(q.text(2)).value_or(bib::SourceKind::pdf);
  out.format = q.text(3);
  if (!q.is_null(4)) out.blob = Sha256::from_bytes(q.text(4));
  out.child = static_cast<std::uint32_t>(q.integer(5));
  out.begin = static_cast<std::uint32_t>(q.integer(6));
  out.end = static_cast<std::uint32_t>(q.integer(7));
  out.line = static_cast<std::uint32_t>(q.integer(8));
  out.local_id = q.text(9);
  out.reader_version = static_cast<int>(q.integer(10));
  if (const Result<Json> json = Json::parse(q.text(11))) {
    if (Result<bib::Work> work = bib::work_from_json(*json)) out.work = std::move(*work);
  }
  out.none = none_fields(q.text(12));
  if (!q.is_null(13)) out.anchor = SourceId(q.integer(13));
  out.status = status_named(q.text(14));
  if (!q.is_null(15)) out.successor = SourceId(q.integer(15));
  out.added_at = {q.integer(16)};
  return out;
}

std::optional<SourceId> Sources::with_short_id(std::string_view short_id) {
  return first(db_.query("SELECT id FROM source WHERE short_id = ?", short_id));
}

std::string Sources::short_id(SourceId id) {
  Query q = db_.query("SELECT short_id FROM source WHERE id = ?", id.value);
  return q.next() ? std::string(q.text(0)) : std::string();
}

std::vector<SourceId> Sources::of_blob(const Sha256& blob) {
  return ids(db_.query("SELECT id FROM source WHERE blob = ? ORDER BY child, id", Bytes{blob.view()}));
}

SourceId Sources::insert(Source& source) {
  for (std::size_t length = 5; length <= 26; ++length) {
    source.short_id = crockford_id(source.key.view(), length);
    if (!with_short_id(source.short_id)) break;
  }
  std::optional<Bytes> blob;
  if (source.blob) blob = Bytes{source.blob->view()};
  db_.run(
      "INSERT INTO source (key, short_id, kind, format, blob, child, begin_byte, end_byte, line, local_id, reader_version, "
      "draft, asserts_none, anchor, status, successor, added_at) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      Bytes{source.key.view()}, source.short_id, bib::name(source.kind), source.format, blob, source.child, source.begin,
      source.end, source.line, source.local_id, source.reader_version, to_json(source.work).dump(), none_text(source.none),
      raw(source.anchor), kStatuses[static_cast<std::size_t>(source.status)], raw(source.successor), source.added_at.ms);
  source.id = SourceId(db_.last_id());
  return source.id;
}

void Sources::set_draft(SourceId id, const bib::Work& work, int reader_version) {
  db_.run("UPDATE source SET draft = ?, reader_version = ? WHERE id = ?", to_json(work).dump(), reader_version, id.value);
}

void Sources::set_status(SourceId id, SourceStatus status, std::optional<SourceId> successor) {
  db_.run("UPDATE source SET status = ?, successor = ? WHERE id = ?", kStatuses[static_cast<std::size_t>(status)], raw(successor),
          id.value);
}

std::vector<SourceId> Sources::predecessors(SourceId id) {
  return ids(db_.query("SELECT id FROM source WHERE successor = ?", id.value));
}
std::vector<SourceId> Sources::anchored(SourceId id) {
  return ids(db_.query("SELECT id FROM source WHERE anchor = ?", id.value));
}

std::optional<SourceId> Sources::at_origin(std::string_view path, std::string_view local_id) {
  return first(db_.query("SELECT source FROM origin WHERE path = ? AND local_id = ?", path, local_id));
}

void Sources::set_origin(std::string_view path, std::string_view local_id, SourceId source) {
  db_.run(
      "INSERT INTO origin (path, local_id, source) VALUES (?, ?, ?) ON CONFLICT (path, local_id) DO UPDATE SET source = "
      "excluded.source",
      path, local_id, source.value);
}

void Sources::drop_origin(std::string_view path, std::string_view local_id) {
  db_.run("DELETE FROM origin WHERE path = ? AND local_id = ?", path, local_id);
}

bool Sources::has_origin(SourceId source) {
  return first(db_.query("SELECT source FROM origin WHERE source = ? LIMIT 1", source.value)).has_value();
}

std::vector<Origin> Sources::origins_of(SourceId source) {
  std::vector<Origin> out;
  Query q = db_.query("SELECT path, local_id FROM origin WHERE source = ? ORDER BY path, local_id", source.value);
  while (q.next()) out.push_back({std::string(q.text(0)), std::string(q.text(1)), source});
  return out;
}

void Sources::for_each_origin_at(std::string_view path, const std::function<void(std::string_view, SourceId)>& visit) {
  Query q = db_.query("SELECT local_id, source FROM origin WHERE path = ? ORDER BY local_id", path);
  while (q.next()) visit(q.text(0), SourceId(q.integer(1)));
}

void Sources::set_match_keys(SourceId source,
                             const std::vector<std::uint64_t>& old_hashes,
                             const std::vector<std::uint64_t>& hashes) {
  for (const std::uint64_t hash : old_hashes)
    db_.run("DELETE FROM match_key WHERE hash = ? AND source = ?", stored(hash), source.value);
  for (const std::uint64_t hash : hashes)
    db_.run("INSERT OR IGNORE INTO match_key (hash, source) VALUES (?, ?)", stored(hash), source.value);
}

std::vector<SourceId> Sources::with_match_key(std::uint64_t hash) {
  return ids(db_.query("SELECT source FROM match_key WHERE hash = ?", stored(hash)));
}

void Sources::decide(const PairDecision& decision) {
  const SourceId a = std::min(decision.a, decision.b), b = std::max(decision.a, decision.b);
  db_.run("INSERT INTO decision (a, b, verdict) VALUES (?, ?, ?) ON CONFLICT (a, b) DO UPDATE SET verdict = excluded.verdict",
          a.value, b.value, decision.verdict == Verdict::same ? "same" : "apart");
}

std::vector<PairDecision> Sources::decisions_of(SourceId source) {
  std::vector<PairDecision> out;
  Query q = db_.query("SELECT a, b, verdict FROM decision WHERE a = ?1 UNION SELECT a, b, verdict FROM decision WHERE b = ?1",
                      source.value);
  while (q.next())
    out.push_back({SourceId(q.integer(0)), SourceId(q.integer(1)), q.text(2) == "same" ? Verdict::same : Verdict::apart});
  return out;
}

std::int64_t Sources::count() {
  Query q = db_.query("SELECT count(*) FROM source");
  return q.next() ? q.integer(0) : 0;
}

std::vector<SourceId> Sources::all() { return ids(db_.query("SELECT id FROM source ORDER BY id")); }

}  // namespace colophon::store

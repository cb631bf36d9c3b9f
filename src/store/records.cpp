// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/records.hpp"

namespace colophon::store {
namespace {

Json json_of(std::string_view text) {
  Result<Json> json = Json::parse(text);
  return json ? std::move(*json) : Json();
}

SubmissionRow submission_of(const Query& q) {
  return {std::string(q.text(0)), q.integer(1), std::string(q.text(2)), json_of(q.text(3))};
}

bib::Authority authority_of(bib::AuthorityKind kind, const Query& q) {
  Result<bib::Authority> made = bib::make_authority(kind, json_of(q.text(0)));
  return made ? std::move(*made) : bib::Authority{kind, {}, {}, {}, {}};
}

}  // namespace

std::string OwnSettings::text(std::string_view name) {
  Query q = db_.query("SELECT value FROM setting WHERE name = ?", name);
  return q.next() ? std::string(q.text(0)) : std::string();
}

void OwnSettings::set(std::string_view name, std::string_view value) {
  db_.run("INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value);
}

void Authorities::put(const bib::Authority& a) {
  db_.run("INSERT INTO authority (kind, key, data) VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET data = excluded.data",
          bib::name(a.kind), a.key, to_json(a).canonical());
}

std::vector<bib::Authority> Authorities::all(bib::AuthorityKind kind) {
  std::vector<bib::Authority> out;
  Query q = db_.query("SELECT data FROM authority WHERE kind = ? ORDER BY key", bib::name(kind));
  while (q.next()) out.push_back(authority_of(kind, q));
  return out;
}

std::optional<bib::Authority> Authorities::get(bib::AuthorityKind kind, std::string_view key) {
  Query q = db_.query("SELECT data FROM authority WHERE kind = ? AND key = ?", bib::name(kind), key);
  if (!q.next()) return std::nullopt;
  return authority_of(kind, q);
}

void People::put(const Person& person) {
  db_.run("INSERT INTO person (handle, data) VALUES (?, ?) ON CONFLICT (handle) DO UPDATE SET data = excluded.data",
          person.handle, person.data.canonical());
}

std::optional<Person> People::get(std::string_view handle) {
  Query q = db_.query("SELECT data FROM person WHERE handle = ?", handle);
  if (!q.next()) return std::nullopt;
  return Person{std::string(handle), json_of(q.text(0))};
}

std::vector<Person> People::all() {
  std::vector<Person> out;
  Query q = db_.query("SELECT handle, data FROM person ORDER BY handle");
  while (q.next()) out.push_back({std::string(q.text(0)), json_of(q.text(1))});
  return out;
}

void Submissions::put(const SubmissionRow& row) {
  db_.run(
      "INSERT INTO submission (number, version, phase, state) VALUES (?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET version = "
      "excluded.version, phase = excluded.phase, state = excluded.state",
      row.number, row.version, row.phase, row.state.canonical());
}

std::optional<SubmissionRow> Submissions::get(std::string_view number) {
  Query q = db_.query("SELECT number, version, phase, state FROM submission WHERE number = ?", number);
  if (!q.next()) return std::nullopt;
  return submission_of(q);
}

std::vector<SubmissionRow> Submissions::all() {
  std::vector<SubmissionRow> out;
  Query q = db_.query("SELECT number, version, phase, state FROM submission ORDER BY number");
  while (q.next()) out.push_back(submission_of(q));
  return out;
}

void Submissions::clear() { db_.run("DELETE FROM submission"); }

void Outbox::put(const Notice& n) {
  db_.run("INSERT OR IGNORE INTO outbox (seq, recipient, kind, body) VALUES (?, ?, ?, ?)", n.seq, n.recipient, n.kind,
          n.body.canonical());
}

std::vector<Notice> Outbox::of(std::string_view recipient) {
  std::vector<Notice> out;
  Query q = db_.query("SELECT id, seq, kind, body FROM outbox WHERE recipient = ? ORDER BY id", recipient);
  while (q.next())
    out.push_back({q.integer(0), q.integer(1), std::string(recipient), std::string(q.text(2)), json_of(q.text(3))});
  return out;
}

std::int64_t Outbox::unsent() {
  Query q = db_.query("SELECT count(*) FROM outbox WHERE sent_at IS NULL");
  return q.next() ? q.integer(0) : 0;
}

}  // namespace colophon::store

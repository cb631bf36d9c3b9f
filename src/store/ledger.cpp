// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ledger.hpp"

#include <fmt/format.h>

namespace colophon::store {
namespace {

constexpr std::size_t kSaltBytes = 16;

Sha256 payload_digest(std::string_view salt, std::string_view body) { return Hasher().update(salt).update(body).finish(); }

Sha256 chained(const Sha256& previous, const LedgerEvent& e, const Sha256& payload) {
  const Json fact = Json::object({{"seq", e.seq},
                                  {"stream", e.stream},
                                  {"version", e.version},
                                  {"kind", e.kind},
                                  {"at", e.at.ms},
                                  {"actor", e.actor},
                                  {"operator", e.operator_name},
                                  {"payload", payload.hex()}});
  return Hasher().update(previous.view()).update(fact.canonical()).finish();
}

constexpr std::string_view kColumns =
    "SELECT e.seq, e.stream, e.version, e.kind, e.at, e.actor, e.operator, e.hash, p.body FROM event e LEFT JOIN payload p ON "
    "p.seq = e.seq ";

LedgerEvent event_of(const Query& q) {
  LedgerEvent out;
  out.seq = q.integer(0);
  out.stream = q.text(1);
  out.version = q.integer(2);
  out.kind = q.text(3);
  out.at = {q.integer(4)};
  out.actor = q.text(5);
  out.operator_name = q.text(6);
  if (q.text(7).size() == 32) out.hash = Sha256::from_bytes(q.text(7));
  if (!q.is_null(8)) {
    if (Result<Json> body = Json::parse(q.text(8))) out.payload = std::move(*body);
  }
  return out;
}

}  // namespace

std::int64_t Ledger::version_of(std::string_view stream) {
  Query q = db_.query("SELECT coalesce(max(version), 0) FROM event WHERE stream = ?", stream);
  return q.next() ? q.integer(0) : 0;
}

Ledger::Head Ledger::head() {
  Query q = db_.query("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1");
  if (!q.next() || q.text(1).size() != 32) return {};
  return {q.integer(0), Sha256::from_bytes(q.text(1))};
}

Result<LedgerEvent> Ledger::append(const NewEvent& event, Instant at, std::optional<std::int64_t> expected) {
  const Head last = head();
  LedgerEvent out{last.seq + 1,
                  event.stream,
                  version_of(event.stream) + 1,
                  event.kind,
                  at,
                  event.actor,
                  event.operator_name,
                  event.payload,
                  {}};
  if (expected && *expected != out.version - 1)
    return fail(Errc::conflict, fmt::format("{} was changed by somebody else in the meantime", event.stream),
                "look at it again, then repeat the step");
  const std::string salt = random_bytes(kSaltBytes);
  const std::string body = event.payload.canonical();
  const Sha256 digest = payload_digest(salt, body);
  out.hash = chained(last.hash, out, digest);
  db_.run(
      "INSERT INTO event (seq, stream, version, kind, at, actor, operator, payload, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, "
      "?, ?, ?)",
      out.seq, out.stream, out.version, out.kind, at.ms, out.actor, out.operator_name, Bytes{digest.view()},
      Bytes{last.hash.view()}, Bytes{out.hash.view()});
  db_.run("INSERT INTO payload (seq, salt, body) VALUES (?, ?, ?)", out.seq, Bytes{salt}, body);
  return out;
}

std::vector<LedgerEvent> Ledger::stream(std::string_view stream) {
  static const std::string kSql = fmt::format("{}WHERE e.stream = ? ORDER BY e.version", kColumns);
  std::vector<LedgerEvent> out;
  Query q = db_.query(kSql, stream);
  while (q.next()) out.push_back(event_of(q));
  return out;
}

std::vector<LedgerEvent> Ledger::latest(std::size_t limit) {
  static const std::string kSql = fmt::format("{}ORDER BY e.seq DESC LIMIT ?", kColumns);
  std::vector<LedgerEvent> out;
  Query q = db_.query(kSql, limit);
  while (q.next()) out.push_back(event_of(q));
  return out;
}

std::vector<LedgerEvent> Ledger::of_kind(
    std::string_view kind, std::int64_t after, std::size_t limit, std::size_t part, std::size_t parts) {
  static const std::string kSql =
      fmt::format("{}WHERE e.kind = ? AND e.seq > ? AND e.seq % ? = ? ORDER BY e.seq LIMIT ?", kColumns);
  std::vector<LedgerEvent> out;
  Query q = db_.query(kSql, kind, after, parts, part, limit);
  while (q.next()) out.push_back(event_of(q));
  return out;
}

std::int64_t Ledger::count_of_kind(std::string_view kind, std::int64_t after) {
  Query q = db_.query("SELECT count(*) FROM event WHERE kind = ? AND seq > ?", kind, after);
  return q.next() ? q.integer(0) : 0;
}

std::int64_t Ledger::last_of_kind(std::string_view kind) {
  Query q = db_.query("SELECT coalesce(max(seq), 0) FROM event WHERE kind = ?", kind);
  return q.next() ? q.integer(0) : 0;
}

std::vector<std::string> Ledger::verify() {
  std::vector<std::string> out;
  Sha256 previous;
  std::int64_t seq = 0;
  Query q = db_.query(
      "SELECT e.seq, e.stream, e.version, e.kind, e.at, e.actor, e.operator, e.hash, p.body, e.payload, e.previous, p.salt FROM "
      "event e LEFT JOIN payload p ON p.seq = e.seq ORDER BY e.seq");
  while (q.next()) {
    const LedgerEvent e = event_of(q);
    const std::string what = fmt::format("event {} ({} of {})", e.seq, e.kind, e.stream);
    if (e.seq != ++seq) {
      out.push_back(fmt::format("{}: {} events are missing before it", what, e.seq - seq));
      seq = e.seq;
    }
    const Sha256 stored_digest = Sha256::from_bytes(q.text(9));
    if (Sha256::from_bytes(q.text(10)) != previous) out.push_back(what + ": it does not follow the event before it");
    if (!q.is_null(8) && payload_digest(q.text(11), q.text(8)) != stored_digest)
      out.push_back(what + ": its content was changed");
    if (chained(previous, e, stored_digest) != e.hash) out.push_back(what + ": it was changed");
    previous = e.hash;
  }
  return out;
}

}  // namespace colophon::store

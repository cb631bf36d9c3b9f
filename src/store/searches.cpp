// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/searches.hpp"

#include <fmt/format.h>

namespace colophon::store {
namespace {

constexpr std::string_view kSelect = "SELECT person, name, query, made_at, seen, seen_at FROM saved_search WHERE person = ?";

SavedSearch search_of(const Query& q) {
  Result<Json> query = Json::parse(q.text(2));
  return {std::string(q.text(0)),
          std::string(q.text(1)),
          query ? std::move(*query) : Json(),
          {q.integer(3)},
          static_cast<std::uint64_t>(q.integer(4)),
          {q.integer(5)}};
}

}  // namespace

void Vocabularies::put(const VocabularyRow& row, std::string_view turtle) {
  db_.run(
      "INSERT INTO vocabulary (name, turtle, concepts, loaded_at) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET "
      "turtle = excluded.turtle, concepts = excluded.concepts, loaded_at = excluded.loaded_at",
      row.name, turtle, row.concepts, row.loaded_at.ms);
}

bool Vocabularies::remove(std::string_view name) { return db_.run("DELETE FROM vocabulary WHERE name = ?", name) > 0; }

std::vector<VocabularyRow> Vocabularies::all() {
  std::vector<VocabularyRow> out;
  Query q = db_.query("SELECT name, concepts, loaded_at FROM vocabulary ORDER BY name");
  while (q.next()) out.push_back({std::string(q.text(0)), q.integer(1), {q.integer(2)}});
  return out;
}

std::vector<std::string> Vocabularies::texts() {
  std::vector<std::string> out;
  Query q = db_.query("SELECT turtle FROM vocabulary ORDER BY name");
  while (q.next()) out.emplace_back(q.text(0));
  return out;
}

std::string Vocabularies::stamp() {
  std::string out;
  for (const VocabularyRow& row : all()) out += fmt::format("{}@{} ", row.name, row.loaded_at.ms);
  return out;
}

bool SavedSearches::add(const SavedSearch& s) {
  return db_.run(
             "INSERT INTO saved_search (person, name, query, made_at, seen, seen_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO "
             "NOTHING",
             s.person, s.name, s.query.canonical(), s.made_at.ms, s.seen, s.seen_at.ms) > 0;
}

bool SavedSearches::remove(std::string_view person, std::string_view name) {
  return db_.run("DELETE FROM saved_search WHERE person = ? AND name = ?", person, name) > 0;
}

std::optional<SavedSearch> SavedSearches::get(std::string_view person, std::string_view name) {
  Query q = db_.query(std::string(kSelect) + " AND name = ?", person, name);
  return q.next() ? std::optional(search_of(q)) : std::nullopt;
}

std::vector<SavedSearch> SavedSearches::of(std::string_view person) {
  std::vector<SavedSearch> out;
  Query q = db_.query(std::string(kSelect) + " ORDER BY name", person);
  while (q.next()) out.push_back(search_of(q));
  return out;
}

void SavedSearches::mark_seen(const SavedSearch& s) {
  db_.run("UPDATE saved_search SET query = ?, seen = ?, seen_at = ? WHERE person = ? AND name = ?", s.query.canonical(), s.seen,
          s.seen_at.ms, s.person, s.name);
}

}  // namespace colophon::store

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/json.hpp"
#include "store/database.hpp"

namespace colophon::store {

/// What searching keeps beside the works. Within the caller's transaction; errors stick to the Database.

struct VocabularyRow {
  std::string name;
  std::int64_t concepts = 0;
  Instant loaded_at;
};

class Vocabularies {
 public:
  explicit Vocabularies(Database& db) : db_(db) {}
  void put(const VocabularyRow& row, std::string_view turtle);
  /// False when there was none of that name.
  bool remove(std::string_view name);
  std::vector<VocabularyRow> all();
  std::vector<std::string> texts();
  /// Another text whenever one was loaded or removed.
  std::string stamp();

 private:
  Database& db_;
};

/// A search that a person keeps: the query as JSON with its grammar version, and up to where its works were seen.
struct SavedSearch {
  std::string person;  ///< a handle; empty for the system user
  std::string name;
  Json query;
  Instant made_at;
  std::uint64_t seen = 0;  ///< the last change of works when it was run
  Instant seen_at;
};

class SavedSearches {
 public:
  explicit SavedSearches(Database& db) : db_(db) {}
  /// False when the person has one of that name.
  bool add(const SavedSearch& search);
  bool remove(std::string_view person, std::string_view name);
  std::optional<SavedSearch> get(std::string_view person, std::string_view name);
  std::vector<SavedSearch> of(std::string_view person);
  void mark_seen(const SavedSearch& search);

 private:
  Database& db_;
};

}  // namespace colophon::store

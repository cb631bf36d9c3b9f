// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/json.hpp"
#include "bib/authority.hpp"
#include "store/database.hpp"

namespace colophon::store {

/// Small tables of the library: settings of its own, authorities, people, submissions' current states, the outbox.
/// Within the caller's transaction; errors stick to the Database.

class OwnSettings {
 public:
  explicit OwnSettings(Database& db) : db_(db) {}
  std::string text(std::string_view name);
  void set(std::string_view name, std::string_view value);

 private:
  Database& db_;
};

class Authorities {
 public:
  explicit Authorities(Database& db) : db_(db) {}
  void put(const bib::Authority& authority);
  std::vector<bib::Authority> all(bib::AuthorityKind kind);
  std::optional<bib::Authority> get(bib::AuthorityKind kind, std::string_view key);

 private:
  Database& db_;
};

/// A person is a handle and what is known about them: {name, email, orcid, partner, office, roles}.
struct Person {
  std::string handle;
  Json data = Json::object();
};

class People {
 public:
  explicit People(Database& db) : db_(db) {}
  void put(const Person& person);
  std::optional<Person> get(std::string_view handle);
  std::vector<Person> all();

 private:
  Database& db_;
};

/// The current state of a submission: derived from its events, kept for speed.
struct SubmissionRow {
  std::string number;
  std::int64_t version = 0;  ///< of its stream, when the state was computed
  std::string phase;
  Json state;
};

class Submissions {
 public:
  explicit Submissions(Database& db) : db_(db) {}
  void put(const SubmissionRow& row);
  std::optional<SubmissionRow> get(std::string_view number);
  std::vector<SubmissionRow> all();
  void clear();

 private:
  Database& db_;
};

struct Notice {
  std::int64_t id = 0;
  std::int64_t seq = 0;
  std::string recipient;
  std::string kind;
  Json body;
};

class Outbox {
 public:
  explicit Outbox(Database& db) : db_(db) {}
  /// One row an event, recipient and kind: the same notice twice is one.
  void put(const Notice& notice);
  std::vector<Notice> of(std::string_view recipient);
  std::int64_t unsent();

 private:
  Database& db_;
};

}  // namespace colophon::store

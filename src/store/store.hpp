// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <type_traits>

#include "store/blobs.hpp"
#include "store/database.hpp"
#include "store/ledger.hpp"
#include "store/records.hpp"
#include "store/searches.hpp"
#include "store/sources.hpp"
#include "store/version_texts.hpp"
#include "store/works.hpp"

namespace colophon::store {

/// The schema that this program writes: the number of the last migration.
int newest_schema();

/// The truth of a library: store.sqlite, blobs/ and tmp/ in its folder. One connection; one thread at a time.
class Store {
 public:
  /// Makes store.sqlite and the folders in an existing folder. Errc::conflict when there is a store already.
  static Result<Store> create(const std::filesystem::path& folder);
  /// Errc::conflict for an older schema (run `colophon upgrade`) or a newer one (this program is too old); migrations never run here.
  static Result<Store> open(const std::filesystem::path& folder);
  /// Opens an older store and brings it to the newest schema in one transaction; the number it came from. The caller holds the
  /// library's lock exclusively.
  static Result<int> upgrade(const std::filesystem::path& folder);
  /// The schema number of a store, whatever it is.
  static Result<int> schema_of(const std::filesystem::path& folder);

  Store(Store&&) noexcept = default;
  Store& operator=(Store&&) noexcept = default;

  Database& db() { return db_; }
  Sources sources() { return Sources(db_); }
  Works works() { return Works(db_); }
  Ledger ledger() { return Ledger(db_); }
  OwnSettings settings() { return OwnSettings(db_); }
  Authorities authorities() { return Authorities(db_); }
  People people() { return People(db_); }
  Submissions submissions() { return Submissions(db_); }
  VersionTexts version_texts() { return VersionTexts(db_); }
  Outbox outbox() { return Outbox(db_); }
  Vocabularies vocabularies() { return Vocabularies(db_); }
  SavedSearches saved_searches() { return SavedSearches(db_); }
  const Blobs& blobs() const { return blobs_; }
  const std::filesystem::path& folder() const { return folder_; }

  /// One transaction (BEGIN IMMEDIATE … durable COMMIT): `body` gives a Result; an error, its own or the database's, undoes everything.
  template <class Body>
  std::invoke_result_t<Body> write(Body&& body) {
    if (Status begun = db_.begin(); !begun) return std::unexpected(begun.error());
    std::invoke_result_t<Body> result = body();
    return finish(std::move(result));
  }
  /// The same for reads: one snapshot.
  template <class Body>
  std::invoke_result_t<Body> read(Body&& body) {
    if (Status begun = db_.begin_read(); !begun) return std::unexpected(begun.error());
    std::invoke_result_t<Body> result = body();
    return finish(std::move(result));
  }

 private:
  Store(std::filesystem::path folder, Database db) : folder_(folder), db_(std::move(db)), blobs_(std::move(folder)) {}

  template <class R>
  R finish(R result) {
    if (result) {
      if (Status committed = db_.commit(); !committed) return std::unexpected(committed.error());
      return result;
    }
    const Status cause = db_.status();  // the database's failure explains whatever the body made of it
    db_.rollback();
    if (!cause) return std::unexpected(cause.error());
    return result;
  }

  std::filesystem::path folder_;
  Database db_;
  Blobs blobs_;
};

}  // namespace colophon::store

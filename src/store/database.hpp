// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace colophon::store {

class Database;

/// A running statement. Rows are read with next(); columns count from 0; views live until the next call of next().
/// The statement goes back to the database's cache when this ends.
class Query {
 public:
  Query(Query&&) noexcept;
  Query& operator=(Query&&) = delete;
  ~Query();
  /// False at the end and after any failure (see Database).
  bool next();
  std::int64_t integer(int column) const;
  std::string_view text(int column) const;  ///< TEXT or BLOB, as bytes
  bool is_null(int column) const;

 private:
  friend class Database;
  struct Impl;
  explicit Query(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// What a statement's parameter can be.
struct Bytes {
  std::string_view bytes;
};
struct Null {};

/// One connection to a library's SQLite file: WAL, synchronous=FULL, foreign keys, 5 s patience, a checksum on every page.
///
/// Errors stick: the first failure is kept, later statements do nothing and give no rows, and status() or commit() returns it. So
/// code inside a transaction reads straight, and nothing half-done can be committed. Not thread-safe: one thread at a time.
class Database {
 public:
  enum class Mode { create, existing };
  /// Errc::not_found when there is no file, busy when it is locked, io for disk trouble, invalid when it is no database.
  static Result<Database> open(const std::filesystem::path& path, Mode mode);
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  /// Prepares (or takes from the cache) and binds; integers, text, Bytes and Null, optionals of them.
  template <class... Args>
  Query query(std::string_view sql, const Args&... args) {
    Query out = prepare(sql);
    int index = 0;
    (bind(out, ++index, args), ...);
    return out;
  }
  /// Runs to the end; the number of rows it changed.
  template <class... Args>
  std::int64_t run(std::string_view sql, const Args&... args) {
    Query q = query(sql, args...);
    while (q.next()) {
    }
    return changes();
  }
  /// Several statements without parameters, for migrations.
  void script(std::string_view sql);
  std::int64_t last_id() const;

  /// BEGIN IMMEDIATE; clears an old error. Errc::busy after 5 s of waiting for another writer.
  Status begin();
  /// Commits, or rolls back and returns the first error. Durable when it returns.
  Status commit();
  void rollback();
  /// A consistent snapshot for several reads; ends with commit() or rollback().
  Status begin_read();

  /// The first error since begin(), if any.
  Status status() const;
  /// The same, and forgets it: for reads outside a transaction.
  Status take_status();
  /// Moves the write-ahead log into the file, so that the file alone is the library.
  Status checkpoint();

 private:
  friend class Query;
  struct Impl;
  explicit Database(std::unique_ptr<Impl> impl);
  Query prepare(std::string_view sql);
  std::int64_t changes() const;
  void bind(Query& query, int index, std::int64_t value);
  void bind(Query& query, int index, std::string_view value);
  void bind(Query& query, int index, Bytes value);
  void bind(Query& query, int index, Null);
  void bind(Query& query, int index, const std::string& value) { bind(query, index, std::string_view(value)); }
  void bind(Query& query, int index, const char* value) { bind(query, index, std::string_view(value)); }
  template <std::integral T>
  void bind(Query& query, int index, T value) {
    bind(query, index, static_cast<std::int64_t>(value));
  }
  template <class T>
  void bind(Query& query, int index, const std::optional<T>& value) {
    value ? bind(query, index, *value) : bind(query, index, Null{});
  }

  std::unique_ptr<Impl> impl_;
};

}  // namespace colophon::store

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/io.hpp"
#include "store/checksum_vfs.hpp"
#include "store/store.hpp"

#include <sqlite3.h>

namespace colophon::store::testing {

inline const Instant kNow{1'790'000'000'000};

inline Store make_store(const std::filesystem::path& folder) {
  Result<Store> made = Store::create(folder);
  EXPECT_TRUE(made) << made.error().message;
  return std::move(*made);
}

/// A connection past our own code, as somebody with a copy of sqlite3 and bad intentions has it. With our checksums.
class Intruder {
 public:
  explicit Intruder(const std::filesystem::path& file) {
    register_checksum_vfs();
    EXPECT_EQ(sqlite3_open_v2(file.c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, kChecksumVfs), SQLITE_OK);
  }
  Intruder(const Intruder&) = delete;
  Intruder& operator=(const Intruder&) = delete;
  ~Intruder() { sqlite3_close_v2(db_); }

  /// The error's text, empty when all went well.
  std::string run(const std::string& sql) {
    char* message = nullptr;
    sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, &message);
    const std::string out = message ? message : "";
    sqlite3_free(message);
    return out;
  }

 private:
  sqlite3* db_ = nullptr;
};

inline std::string bytes_of(const std::filesystem::path& file) { return read_file(file).value_or(""); }
inline void write_bytes(const std::filesystem::path& file, std::string_view bytes) { ASSERT_TRUE(replace_file(file, bytes)); }

/// A source that says one title.
inline Source source(std::string_view name, std::string_view title = "Heat") {
  Source out;
  out.key = sha256(name);
  out.format = "bibtex";
  out.added_at = kNow;
  out.work.add(bib::FieldId::title, bib::RichText(std::string(title)));
  return out;
}

}  // namespace colophon::store::testing

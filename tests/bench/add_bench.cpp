// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/add_bench.hpp"

#include <fstream>

#include "base/digest.hpp"
#include "base/io.hpp"
#include "bench/library.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

namespace colophon::bench {
namespace fs = std::filesystem;
namespace {

// The limit of any durable add: hash each file, copy it, fsync it. MB/s.
Result<double> copy_limit(const std::vector<fs::path>& files, const fs::path& folder) {
  const double start = wall_seconds();
  double bytes = 0;
  for (const fs::path& file : files) {
    TRY_ASSIGN(const std::string text, read_file(file));
    const std::string name = sha256(text).hex();
    const Fd fd(open((folder / name).c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600));
    TRY(write_all(fd.get(), text));
    TRY(sync_fd(fd.get(), folder / name));
    bytes += static_cast<double>(text.size());
  }
  return bytes / 1e6 / (wall_seconds() - start);
}

// The limit of any store: SQLite with one row of text an entry, 1,000 rows a durable transaction. Rows/s.
double sqlite_limit(const fs::path& file, const std::string& text) {
  sqlite3* db = nullptr;
  sqlite3_open(file.c_str(), &db);
  sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE entry (id INTEGER PRIMARY KEY, text TEXT)",
               nullptr, nullptr, nullptr);
  sqlite3_stmt* insert = nullptr;
  sqlite3_prepare_v2(db, "INSERT INTO entry (text) VALUES (?)", -1, &insert, nullptr);
  const double start = wall_seconds();
  std::size_t rows = 0;
  for (std::size_t at = 0, next; at < text.size(); at = next) {
    next = std::min(text.find("\n\n@", at), text.size() - 2) + 2;
    if (rows % 1000 == 0) sqlite3_exec(db, rows ? "COMMIT; BEGIN" : "BEGIN", nullptr, nullptr, nullptr);
    sqlite3_bind_text(insert, 1, text.data() + at, static_cast<int>(next - at), nullptr);
    sqlite3_step(insert);
    sqlite3_reset(insert);
    ++rows;
  }
  sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
  const double seconds = wall_seconds() - start;
  sqlite3_finalize(insert);
  sqlite3_close(db);
  return static_cast<double>(rows) / seconds;
}

Figures figures_of(const Filled& filled) {
  const double works = static_cast<double>(filled.counts.added + filled.counts.updated);
  const double whole = filled.add_seconds + filled.index_seconds;
  return {{"works", static_cast<double>(filled.counts.added)},
          {"updated", static_cast<double>(filled.counts.updated)},
          {"failed", static_cast<double>(filled.counts.failed)},
          {"mb", static_cast<double>(filled.counts.bytes) / 1e6},
          {"stored_per_s", works / filled.add_seconds},
          {"searchable_per_s", works / whole},
          {"mb_per_s", static_cast<double>(filled.counts.bytes) / 1e6 / whole},
          {"parse_lane_seconds", filled.counts.parse_seconds},
          {"store_seconds", filled.counts.store_seconds},
          {"add_seconds", filled.add_seconds},
          {"index_seconds", filled.index_seconds}};
}

Result<Figures> add_in_child(const std::vector<fs::path>& paths) {
  const TemporaryFolder folder;
  return in_child([&]() -> Result<Figures> {
    TRY_ASSIGN(app::Library library, new_library(folder.path() / "library"));
    TRY_ASSIGN(const Filled filled, fill(library, paths));
    return figures_of(filled);
  });
}

}  // namespace

Result<Figures> bench_add_jats() {
  const std::string set = data_set("jats");
  if (set.empty()) return fail(Errc::not_found, "the JATS set is not there", "unpack it to $COLOPHON_DATA");
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fs::path(set) / "files")) files.push_back(entry.path());
  TRY_ASSIGN(Figures out, add_in_child({fs::path(set) / "files"}));
  const TemporaryFolder copies;
  TRY_ASSIGN(const double limit, copy_limit(files, copies.path()));
  out.emplace_back("limit.hash_copy_fsync_mb_per_s", limit);
  return out;
}

Result<Figures> bench_add_bibtex() {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "generated.bib";
  {
    const std::string text = generated_bibtex(generated_entries());
    TRY(replace_file(file, text));
  }
  TRY_ASSIGN(Figures out, add_in_child({file}));
  TRY_ASSIGN(const std::string text, read_file(file));
  out.emplace_back("limit.sqlite_rows_per_s", sqlite_limit(folder.path() / "limit.sqlite", text));
  return out;
}

}  // namespace colophon::bench

// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/rivals.hpp"

#include <cstdlib>

#include "base/io.hpp"
#include "bench/bench.hpp"

#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <xapian.h>

namespace colophon::bench {
namespace {

std::string joined(const RivalQuery& query) {
  std::string out;
  const std::string_view between = query.mode == RivalQuery::Mode::any ? " OR " : " ";
  for (const std::string& word : query.words) out += (out.empty() ? std::string() : std::string(between)) + word;
  return query.mode == RivalQuery::Mode::phrase ? "\"" + out + "\"" : out;
}

double children_cpu_seconds() {
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

}  // namespace

struct Fts5::Impl {
  sqlite3* db = nullptr;
  sqlite3_stmt* select = nullptr;
  double seconds = 0;
  ~Impl() {
    sqlite3_finalize(select);
    sqlite3_close(db);
  }
};

Fts5::Fts5(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Fts5::Fts5(Fts5&&) noexcept = default;
Fts5::~Fts5() = default;
double Fts5::build_seconds() const { return impl_->seconds; }

Result<Fts5> Fts5::build(const std::filesystem::path& file, const std::vector<std::string>& texts) {
  auto impl = std::make_unique<Impl>();
  const double start = wall_seconds();
  sqlite3_open(file.c_str(), &impl->db);
  const int made = sqlite3_exec(
      impl->db, "PRAGMA journal_mode=WAL; CREATE VIRTUAL TABLE t USING fts5(text, tokenize = 'porter unicode61'); BEGIN", nullptr,
      nullptr, nullptr);
  if (made != SQLITE_OK) return fail(Errc::not_found, "SQLite has no FTS5 here");
  sqlite3_stmt* insert = nullptr;
  sqlite3_prepare_v2(impl->db, "INSERT INTO t (text) VALUES (?)", -1, &insert, nullptr);
  for (const std::string& text : texts) {
    sqlite3_bind_text(insert, 1, text.data(), static_cast<int>(text.size()), nullptr);
    sqlite3_step(insert);
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  sqlite3_exec(impl->db, "COMMIT", nullptr, nullptr, nullptr);
  sqlite3_prepare_v2(impl->db, "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10", -1, &impl->select, nullptr);
  impl->seconds = wall_seconds() - start;
  return Fts5(std::move(impl));
}

double Fts5::milliseconds(const RivalQuery& query) {
  const std::string text = joined(query);
  const double start = thread_seconds();
  sqlite3_bind_text(impl_->select, 1, text.data(), static_cast<int>(text.size()), nullptr);
  while (sqlite3_step(impl_->select) == SQLITE_ROW) {
  }
  sqlite3_reset(impl_->select);
  return (thread_seconds() - start) * 1000;
}

struct Omega::Impl {
  Xapian::Database db;
  Xapian::QueryParser parser;
  double seconds = 0, cpu = 0;
};

Omega::Omega(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Omega::Omega(Omega&&) noexcept = default;
Omega::~Omega() = default;
double Omega::build_seconds() const { return impl_->seconds; }
double Omega::build_cpu_seconds() const { return impl_->cpu; }

Result<Omega> Omega::build(const std::filesystem::path& folder, const std::vector<std::string>& texts) {
  if (std::system("command -v omindex >/dev/null 2>&1") != 0) return fail(Errc::not_found, "omindex is not installed");
  TRY(make_directory(folder));
  TRY(make_directory(folder / "text"));
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::filesystem::path part = folder / "text" / fmt::format("{}", i / 1000);
    TRY(make_directory(part));
    if (FILE* file = std::fopen((part / fmt::format("{}.txt", i)).c_str(), "w")) {
      std::fwrite(texts[i].data(), 1, texts[i].size(), file);
      std::fclose(file);
    }
  }
  auto impl = std::make_unique<Impl>();
  const double start = wall_seconds(), cpu = children_cpu_seconds();
  const std::string command = fmt::format("omindex --db {0}/db --url / {0}/text >/dev/null 2>&1", folder.string());
  if (std::system(command.c_str()) != 0) return fail(Errc::internal, "omindex failed");
  impl->seconds = wall_seconds() - start;
  impl->cpu = children_cpu_seconds() - cpu;
  impl->db = Xapian::Database((folder / "db").string());
  impl->parser.set_database(impl->db);
  impl->parser.set_stemmer(Xapian::Stem("en"));
  impl->parser.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
  impl->parser.set_default_op(Xapian::Query::OP_AND);
  return Omega(std::move(impl));
}

double Omega::milliseconds(const RivalQuery& query) {
  const double start = thread_seconds();
  Xapian::Enquire enquire(impl_->db);
  enquire.set_query(impl_->parser.parse_query(joined(query)));
  const Xapian::MSet found = enquire.get_mset(0, 10);
  for (auto it = found.begin(); it != found.end(); ++it) it.get_document().get_data();
  return (thread_seconds() - start) * 1000;
}

}  // namespace colophon::bench

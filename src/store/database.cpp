// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/database.hpp"

#include <unordered_map>
#include <vector>

#include "store/checksum_vfs.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

namespace colophon::store {
namespace {

// SQLITE_TRANSIENT, without its C cast.
const auto kCopy = reinterpret_cast<sqlite3_destructor_type>(-1);  // NOLINT(performance-no-int-to-ptr)
constexpr int kPatienceMs = 5000;
constexpr int kReservedBytes = 8;  // for the page checksum

struct CodeRow {
  int primary;
  Errc code;
  std::string_view what;
  std::string_view hint;
};

// clang-format off
constexpr CodeRow kCodes[] = {
    {SQLITE_BUSY,     Errc::busy,     "the library is being written by another process", "try again in a moment"},
    {SQLITE_LOCKED,   Errc::busy,     "the library is being written by another process", "try again in a moment"},
    {SQLITE_FULL,     Errc::io,       "no space left for the library",                   "free some space on this disk and run the command again; nothing acknowledged was lost"},
    {SQLITE_IOERR,    Errc::io,       "the library's file cannot be read or written",    "check the disk and its free space, then run “colophon verify”"},
    {SQLITE_CORRUPT,  Errc::io,       "the library's file is damaged",                   "run “colophon verify”; restore from a backup if it names the store"},
    {SQLITE_NOTADB,   Errc::invalid,  "this is no library file",                         "check the folder, or restore store.sqlite from a backup"},
    {SQLITE_CANTOPEN, Errc::io,       "the library's file cannot be opened",             "check that it exists and that you may read and write it"},
    {SQLITE_READONLY, Errc::io,       "the library's file may not be written",           "check its owner and permissions, and that the disk is not mounted read-only"},
    {SQLITE_PERM,     Errc::io,       "the library's file may not be opened",            "check its owner and permissions"},
};
// clang-format on

Error error_of(sqlite3* db, int code) {
  const std::string detail = db ? sqlite3_errmsg(db) : sqlite3_errstr(code);
  for (const CodeRow& row : kCodes) {
    if (row.primary == (code & 0xFF)) return {row.code, fmt::format("{} ({})", row.what, detail), std::string(row.hint), {}};
  }
  return {Errc::internal, fmt::format("the store refused a statement ({})", detail), "please report this", {}};
}

struct StatementCloser {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using StatementPtr = std::unique_ptr<sqlite3_stmt, StatementCloser>;

struct ConnectionCloser {
  void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};

}  // namespace

struct Database::Impl {
  std::unique_ptr<sqlite3, ConnectionCloser> db;
  // Keyed by the text's address: statements are literals, so the look-up never compares SQL.
  std::unordered_map<const char*, std::vector<StatementPtr>> idle;
  std::optional<Error> error;
  bool in_transaction = false;

  ~Impl() { idle.clear(); }
  void note(int code) {
    if (!error) error = error_of(db.get(), code);
  }
};

struct Query::Impl {
  Database::Impl* owner;
  const char* text;
  StatementPtr statement;
};

Query::Query(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Query::Query(Query&&) noexcept = default;

Query::~Query() {
  if (!impl_ || !impl_->statement) return;
  sqlite3_reset(impl_->statement.get());
  sqlite3_clear_bindings(impl_->statement.get());
  impl_->owner->idle[impl_->text].push_back(std::move(impl_->statement));
}

bool Query::next() {
  if (!impl_->statement || impl_->owner->error) return false;
  const int code = sqlite3_step(impl_->statement.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) impl_->owner->note(code);
  return false;
}

std::int64_t Query::integer(int column) const { return sqlite3_column_int64(impl_->statement.get(), column); }
bool Query::is_null(int column) const { return sqlite3_column_type(impl_->statement.get(), column) == SQLITE_NULL; }

std::string_view Query::text(int column) const {
  const void* data = sqlite3_column_blob(impl_->statement.get(), column);
  const int size = sqlite3_column_bytes(impl_->statement.get(), column);
  return data ? std::string_view(static_cast<const char*>(data), static_cast<std::size_t>(size)) : std::string_view();
}

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const std::filesystem::path& path, Mode mode) {
  register_checksum_vfs();
  std::error_code error;  // of a folder that may not be looked into: SQLite says the same in a moment
  if (mode == Mode::existing && !std::filesystem::exists(path, error) && !error)
    return fail(Errc::not_found, "there is no library here", "make one with “colophon init DIR”, or name one with -C DIR",
                path.string());
  auto impl = std::make_unique<Impl>();
  sqlite3* raw = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (mode == Mode::create ? SQLITE_OPEN_CREATE : 0);
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags, kChecksumVfs);
  impl->db.reset(raw);
  if (code != SQLITE_OK) {
    Error refused = error_of(raw, code);
    refused.where = path.string();
    return std::unexpected(std::move(refused));
  }
  sqlite3_extended_result_codes(raw, 1);
  sqlite3_busy_timeout(raw, kPatienceMs);
  int reserved = kReservedBytes;
  sqlite3_file_control(raw, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
  Database out(std::move(impl));
  out.script(
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA "
      "cache_size=-16384;");
  if (Status status = out.take_status(); !status) {
    status.error().where = path.string();
    return std::unexpected(status.error());
  }
  return out;
}

Query Database::prepare(std::string_view sql) {
  auto query = std::make_unique<Query::Impl>(Query::Impl{impl_.get(), sql.data(), nullptr});
  std::vector<StatementPtr>& idle = impl_->idle[sql.data()];
  if (!idle.empty()) {
    query->statement = std::move(idle.back());
    idle.pop_back();
  } else if (!impl_->error) {
    sqlite3_stmt* raw = nullptr;
    const int code =
        sqlite3_prepare_v3(impl_->db.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    query->statement.reset(raw);
    if (code != SQLITE_OK) impl_->note(code);
  }
  return Query(std::move(query));
}

void Database::bind(Query& q, int index, std::int64_t value) {
  if (q.impl_->statement) sqlite3_bind_int64(q.impl_->statement.get(), index, value);
}
// Bound text is copied: it must live until the last next(), which a temporary would not.
void Database::bind(Query& q, int index, std::string_view value) {
  if (q.impl_->statement)
    sqlite3_bind_text64(q.impl_->statement.get(), index, value.data() ? value.data() : "", value.size(), kCopy, SQLITE_UTF8);
}
void Database::bind(Query& q, int index, Bytes value) {
  if (q.impl_->statement)
    sqlite3_bind_blob64(q.impl_->statement.get(), index, value.bytes.data() ? value.bytes.data() : "", value.bytes.size(), kCopy);
}
void Database::bind(Query& q, int index, Null) {
  if (q.impl_->statement) sqlite3_bind_null(q.impl_->statement.get(), index);
}

void Database::script(std::string_view sql) {
  if (impl_->error) return;
  const int code = sqlite3_exec(impl_->db.get(), std::string(sql).c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) impl_->note(code);
}

std::int64_t Database::last_id() const { return sqlite3_last_insert_rowid(impl_->db.get()); }
std::int64_t Database::changes() const { return sqlite3_changes64(impl_->db.get()); }

Status Database::begin() {
  COLOPHON_ASSERT(!impl_->in_transaction);
  impl_->error.reset();
  run("BEGIN IMMEDIATE");
  impl_->in_transaction = !impl_->error;
  return take_status();
}

Status Database::begin_read() {
  COLOPHON_ASSERT(!impl_->in_transaction);
  impl_->error.reset();
  run("BEGIN");
  impl_->in_transaction = !impl_->error;
  return take_status();
}

Status Database::commit() {
  COLOPHON_ASSERT(impl_->in_transaction);
  run("COMMIT");
  if (!impl_->error) {
    impl_->in_transaction = false;
    return {};
  }
  Status failed = std::unexpected(*impl_->error);
  rollback();
  return failed;
}

void Database::rollback() {
  if (!impl_->in_transaction) return;
  impl_->error.reset();
  if (!sqlite3_get_autocommit(impl_->db.get())) run("ROLLBACK");
  impl_->error.reset();
  impl_->in_transaction = false;
}

Status Database::status() const {
  if (impl_->error) return std::unexpected(*impl_->error);
  return {};
}

Status Database::take_status() {
  Status out = status();
  impl_->error.reset();
  return out;
}

Status Database::checkpoint() {
  run("PRAGMA wal_checkpoint(TRUNCATE)");
  return take_status();
}

}  // namespace colophon::store

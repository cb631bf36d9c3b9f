// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/store.hpp"

#include <array>

#include <fmt/format.h>

namespace colophon::store {
namespace {

struct Migration {
  std::string_view name;
  std::string_view sql;
};

constexpr std::array kMigrations = std::to_array<Migration>({
#include "store_migrations.inc"
});

// Marks the file as ours in its header ("Clph"), so that `file` and we can tell.
constexpr int kApplicationId = 0x436C7068;
constexpr std::string_view kFile = "store.sqlite";

int schema_in(Database& db) {
  Query q = db.query("PRAGMA user_version");
  return q.next() ? static_cast<int>(q.integer(0)) : 0;
}

bool is_ours(Database& db) {
  Query q = db.query("PRAGMA application_id");
  return q.next() && q.integer(0) == kApplicationId;
}

Status migrate(Database& db, int from) {
  TRY(db.begin());
  for (int number = from; number < newest_schema(); ++number) db.script(kMigrations[static_cast<std::size_t>(number)].sql);
  db.script(fmt::format("PRAGMA user_version = {}; PRAGMA application_id = {}", newest_schema(), kApplicationId));
  return db.commit();
}

Result<Database> open_ours(const std::filesystem::path& folder) {
  TRY_ASSIGN(Database db, Database::open(folder / kFile, Database::Mode::existing));
  const bool ours = is_ours(db);
  TRY(db.take_status());
  if (!ours)
    return fail(Errc::invalid, "this file is not a Colophon library", "name the library's folder with -C DIR",
                (folder / kFile).string());
  return db;
}

}  // namespace

int newest_schema() { return static_cast<int>(kMigrations.size()); }

Result<Store> Store::create(const std::filesystem::path& folder) {
  if (std::filesystem::exists(folder / kFile))
    return fail(Errc::conflict, "there is a library here already", "choose another folder", folder.string());
  for (const std::string_view name : {"blobs", "tmp", "index"}) TRY(make_directory(folder / name));
  TRY_ASSIGN(Database db, Database::open(folder / kFile, Database::Mode::create));
  TRY(migrate(db, 0));
  TRY(db.checkpoint());
  TRY(sync_directory(folder));
  return Store(folder, std::move(db));
}

Result<Store> Store::open(const std::filesystem::path& folder) {
  TRY_ASSIGN(Database db, open_ours(folder));
  const int schema = schema_in(db);
  TRY(db.take_status());
  if (schema < newest_schema())
    return fail(Errc::conflict, fmt::format("this library has schema {}, this program needs {}", schema, newest_schema()),
                "run “colophon upgrade” (it makes a copy of the store first)", folder.string());
  if (schema > newest_schema())
    return fail(
        Errc::conflict,
        fmt::format("this library was written by a newer Colophon (schema {}, this program knows {})", schema, newest_schema()),
        "install the newer version; nothing was changed", folder.string());
  return Store(folder, std::move(db));
}

Result<int> Store::schema_of(const std::filesystem::path& folder) {
  TRY_ASSIGN(Database db, open_ours(folder));
  const int schema = schema_in(db);
  TRY(db.take_status());
  return schema;
}

Result<int> Store::upgrade(const std::filesystem::path& folder) {
  TRY_ASSIGN(Database db, open_ours(folder));
  const int from = schema_in(db);
  TRY(db.take_status());
  if (from > newest_schema())
    return fail(Errc::conflict, fmt::format("this library was written by a newer Colophon (schema {})", from),
                "install the newer version", folder.string());
  if (from < newest_schema()) TRY(migrate(db, from));
  TRY(db.checkpoint());
  return from;
}

}  // namespace colophon::store

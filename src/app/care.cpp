// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/care.hpp"

#include "app/index_consumer.hpp"
#include "ingest/worker.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

namespace colophon::app {
namespace fs = std::filesystem;
namespace {

using Level = Finding::Level;

constexpr std::uint64_t kLeastFreeMib = 1024;
constexpr double kDay = 86400;

std::uint64_t free_mib(const fs::path& folder) {
  struct statvfs status{};
  if (statvfs(folder.c_str(), &status) != 0) return 0;
  return static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize >> 20;
}

Finding check_folder(const fs::path& folder, Fix fix) {
  struct stat status{};
  if (stat(folder.c_str(), &status) != 0)
    return {Level::fail, "folder", folder.string() + " is not there", "make a library with “colophon init DIR”"};
  if ((status.st_mode & 077) && fix == Fix::yes) chmod(folder.c_str(), 0700), stat(folder.c_str(), &status);
  if (status.st_mode & 077)
    return {Level::warn, "folder", fmt::format("{} may be read by others", folder.string()), "colophon doctor --fix"};
  return {Level::ok, "folder", folder.string(), ""};
}

Finding check_space(const fs::path& folder) {
  const std::uint64_t mib = free_mib(folder);
  const std::string text = fmt::format("{:.1f} GB free", static_cast<double>(mib) / 1024);
  if (mib < kLeastFreeMib) return {Level::warn, "space", text, "free some: adding needs room for the files and the index"};
  return {Level::ok, "space", text, ""};
}

Finding check_worker() {
  const Result<ingest::Worker> worker = ingest::Worker::start({}, ingest::extract_program());
  if (!worker) return {Level::fail, "reader", worker.error().message, worker.error().hint};
  return {Level::ok, "reader", "colophon-extract reads its test documents", ""};
}

Finding check_fonts() {
  const bool there = fs::exists("/usr/share/poppler/cMap");
  if (!there)
    return {Level::warn, "poppler data", "character maps for Chinese, Japanese and Korean PDFs are not installed",
            "apt-get install poppler-data"};
  return {Level::ok, "poppler data", "installed", ""};
}

Finding check_index(Library& library, Fix fix) {
  Result<std::uint64_t> lag = index_lag(library);
  if (lag && *lag > 0 && fix == Fix::yes && update_index(library)) lag = index_lag(library);
  if (!lag) return {Level::fail, "index", lag.error().message, "colophon index rebuild"};
  if (*lag > 0)
    return {Level::warn, "index", fmt::format("{} changes are not searchable yet", *lag),
            "colophon index update, or doctor --fix"};
  return {Level::ok, "index", "shows the newest changes", ""};
}

Finding check_leftovers(Library& library, Fix fix) {
  std::size_t swept = 0;
  if (fix == Fix::yes) swept = sweep(library).value_or(0);
  const std::size_t left = library.store().blobs().orphans(library.store().db()).size();
  if (swept > 0) return {Level::ok, "leftovers", fmt::format("{} removed", swept), ""};
  if (left > 0)
    return {Level::warn, "leftovers", fmt::format("{} files of interrupted commands", left),
            "colophon doctor --fix removes those older than a day"};
  return {Level::ok, "leftovers", "none", ""};
}

Finding check_settings(const Library& library) {
  const std::string zone = library.settings().text("library.time_zone");
  if (!is_time_zone(zone))
    return {Level::fail, "settings", fmt::format("“{}” is no time zone here", zone),
            "install tzdata, or change library.time_zone"};
  return {Level::ok, "settings", fmt::format("“{}”, {}", library.settings().text("library.name"), zone), ""};
}

Finding check_store(Library& library) {
  store::Query q = library.store().db().query("PRAGMA quick_check(1)");
  const bool good = q.next() && q.text(0) == "ok";
  if (!good) return {Level::fail, "store", "store.sqlite is damaged", "run “colophon verify”"};
  return {Level::ok, "store", fmt::format("schema {}, {} works", store::newest_schema(), library.store().works().count_live()),
          ""};
}

}  // namespace

std::vector<Finding> doctor(const fs::path& folder, Fix fix) {
  std::vector<Finding> out = {check_folder(folder, fix), check_space(folder), check_worker(), check_fonts()};
  Library::Options options;
  options.folder = folder;
  Result<Library> library = Library::open(options);
  if (!library) {
    out.push_back({Level::fail, "library", library.error().message, library.error().hint});
    return out;
  }
  out.push_back(check_settings(*library));
  out.push_back(check_store(*library));
  out.push_back(check_index(*library, fix));
  out.push_back(check_leftovers(*library, fix));
  return out;
}

Result<UpgradeReport> upgrade_library(const fs::path& folder, bool dry_run) {
  TRY_ASSIGN(const int from, store::Store::schema_of(folder));
  UpgradeReport out{from, store::newest_schema(), {}};
  if (from > out.to)
    return fail(Errc::conflict,
                fmt::format("this library was written by a newer Colophon (schema {}, this program knows {})", from, out.to),
                "install the newer version; nothing was changed", folder.string());
  if (dry_run || from == out.to) return out;
  TRY_ASSIGN(const FileLock lock, FileLock::take(folder / "lock", LockKind::exclusive));
  const fs::path copy = folder / fmt::format("store.sqlite.schema-{}", from);
  {
    TRY_ASSIGN(store::Database db, store::Database::open(folder / "store.sqlite", store::Database::Mode::existing));
    db.run("VACUUM INTO ?", copy.string());
    TRY(db.take_status());
  }
  out.copy = copy.string();
  TRY(store::Store::upgrade(folder));
  return out;
}

Result<std::size_t> sweep(Library& library) {
  std::size_t removed = 0;
  const double now = static_cast<double>(library.clock().now().ms) / 1000;
  for (const fs::path& orphan : library.store().blobs().orphans(library.store().db())) {
    struct stat status{};
    if (stat(orphan.c_str(), &status) != 0 || now - static_cast<double>(status.st_mtime) < kDay) continue;
    std::error_code error;
    if (fs::remove(orphan, error)) ++removed;
  }
  TRY(library.store().db().take_status());
  return removed;
}

}  // namespace colophon::app

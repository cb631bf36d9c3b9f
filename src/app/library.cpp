// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/library.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <thread>

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

namespace colophon::app {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kSettingsFile = "colophon.toml";
constexpr std::string_view kLockFile = "lock";

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

fs::path user_default() {
  const std::string data = environment("XDG_DATA_HOME");
  if (!data.empty()) return fs::path(data) / "colophon";
  const std::string home = environment("HOME");
  return home.empty() ? fs::path() : fs::path(home) / ".local/share/colophon";
}

// What may not be looked into is none, and `error` says so.
bool is_library(const fs::path& folder, std::error_code& error) {
  return fs::exists(folder / kSettingsFile, error) && fs::exists(folder / "store.sqlite", error);
}
bool is_library(const fs::path& folder) {
  std::error_code ignored;
  return is_library(folder, ignored);
}

}  // namespace

std::string system_user() {
  const passwd* entry = getpwuid(geteuid());
  return entry ? entry->pw_name : fmt::format("{}", geteuid());
}

std::size_t jobs_of(const config::Settings& settings, std::string_view key) {
  const std::int64_t jobs = settings.integer(key);
  return jobs > 0 ? static_cast<std::size_t>(jobs) : std::max(1u, std::thread::hardware_concurrency());
}

Result<fs::path> find_library(const std::optional<fs::path>& given) {
  if (given) return *given;
  if (const std::string named = environment("COLOPHON_LIBRARY"); !named.empty()) return fs::path(named);
  std::error_code error;
  for (fs::path folder = fs::current_path(error); !error && !folder.empty(); folder = folder.parent_path()) {
    if (is_library(folder)) return folder;
    if (folder == folder.parent_path()) break;
  }
  const fs::path fallback = user_default();
  if (!fallback.empty() && is_library(fallback)) return fallback;
  return fail(Errc::not_found,
              "no library found: neither here or above, nor at " +
                  (fallback.empty() ? std::string("the user's default place") : fallback.string()),
              "make one with “colophon init DIR”, or name one with -C DIR or COLOPHON_LIBRARY");
}

Result<Library> Library::open(const Options& options) {
  Library out;
  out.folder_ = fs::absolute(options.folder).lexically_normal();
  if (!out.folder_.has_filename()) out.folder_ = out.folder_.parent_path();
  std::error_code error;
  const bool there = is_library(out.folder_, error);
  if (error == std::errc::permission_denied) return std::unexpected(io_error(EACCES, "cannot open the library", out.folder_));
  if (!there)
    return fail(Errc::not_found, "there is no library here", "make one with “colophon init DIR”, or name one with -C DIR",
                out.folder_.string());
  TRY_ASSIGN(FileLock lock, FileLock::take(out.folder_ / kLockFile, options.lock));
  out.lock_ = std::make_shared<FileLock>(std::move(lock));
  const config::Environment variables = config::process_environment();
  TRY_ASSIGN(out.settings_, config::Settings::load({out.folder_ / kSettingsFile, config::user_settings_file(variables)},
                                                   variables, options.flags));
  TRY_ASSIGN(store::Store store, store::Store::open(out.folder_));
  out.store_ = std::make_unique<store::Store>(std::move(store));
  out.flags_ = options.flags;
  out.clock_ = options.clock;
  out.id_ = out.store_->settings().text("library.id");
  out.secret_ = out.store_->settings().text("library.secret");
  out.demo_ = out.store_->settings().text("library.demo") == "yes";
  TRY(out.store_->db().take_status());
  return out;
}

Result<Library> Library::again() const {
  *may_fork_ = false;
  TRY_ASSIGN(Library out, open({folder_, flags_, LockKind::shared, clock_}));
  out.may_fork_ = may_fork_;
  return out;
}

}  // namespace colophon::app

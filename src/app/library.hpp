// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/io.hpp"
#include "config/settings.hpp"
#include "store/store.hpp"

namespace colophon::app {

/// The person or program that acts: events keep both. `person` is a handle, empty for the system user acting for the library.
struct Acting {
  std::string person;
  std::string operator_name;  ///< the system user
};
/// The system user who runs this process.
std::string system_user();

/// The number of lanes that a setting of jobs asks for: 0 is one a processor.
std::size_t jobs_of(const config::Settings& settings, std::string_view key);

/// An open library: its folder, settings, store and clock. One thread at a time; the web opens one a request thread.
class Library {
 public:
  struct Options {
    std::filesystem::path folder;
    config::SettingTexts flags;  ///< settings given on the command line
    LockKind lock = LockKind::shared;
    std::shared_ptr<const Clock> clock = std::make_shared<SystemClock>();
  };
  /// Errc::not_found without a library there, busy when it is being upgraded or restored, conflict for another schema,
  /// usage for a bad setting (with file and line).
  static Result<Library> open(const Options& options);

  store::Store& store() { return *store_; }
  const config::Settings& settings() const { return settings_; }
  const Clock& clock() const { return *clock_; }
  std::shared_ptr<const Clock> shared_clock() const { return clock_; }
  const std::filesystem::path& folder() const { return folder_; }
  /// 32 hexadecimal digits, drawn at init.
  const std::string& id() const { return id_; }
  /// Keys digests that outsiders may see; never shown.
  const std::string& secret() const { return secret_; }
  bool is_demo() const { return demo_; }
  /// Whether this process may still fork helpers: true until another thread opens the library by again().
  bool may_fork() const { return *may_fork_; }
  /// Another connection to the same library, for another thread; from then on neither forks.
  Result<Library> again() const;

 private:
  Library() = default;
  std::filesystem::path folder_;
  config::SettingTexts flags_;
  config::Settings settings_;
  std::shared_ptr<const Clock> clock_;
  std::shared_ptr<FileLock> lock_;
  std::unique_ptr<store::Store> store_;
  std::shared_ptr<std::atomic<bool>> may_fork_ = std::make_shared<std::atomic<bool>>(true);
  std::string id_, secret_;
  bool demo_ = false;
};

/// -C DIR, else COLOPHON_LIBRARY, else the nearest parent folder with a colophon.toml, else the user's default
/// ($XDG_DATA_HOME/colophon). Errc::not_found names what was tried.
Result<std::filesystem::path> find_library(const std::optional<std::filesystem::path>& given);

}  // namespace colophon::app

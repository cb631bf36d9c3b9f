// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"

namespace colophon::config {

/// How a value is written and kept. A duration is written "15s", "250ms", "10m", "2h" or "7d" and kept in milliseconds; a size
/// "64MiB", "8KiB", "2GiB" or in bytes and kept in bytes; a list is an array in TOML, parted by commas elsewhere.
enum class Kind : std::uint8_t { text, integer, boolean, list, duration, size };
using Value = std::variant<std::string, std::int64_t, bool, std::vector<std::string>>;

/// Whose setting it is: of a library (its colophon.toml), of a person (the user file), or of the machine (either file).
/// The environment and flags may set each of them.
enum class Scope : std::uint8_t { library, user, machine };

struct SettingRow {
  std::string_view key;  ///< "web.listen"
  Kind kind{};
  std::string_view fallback;  ///< as text; empty for no value
  Scope scope{};
  std::string_view help;   ///< for people: a sentence without its full stop
  std::int64_t least = 0;  ///< of a number, duration or size
  std::int64_t most = INT64_MAX;
  std::string (*check)(const Value& value) = nullptr;  ///< what is wrong with a value of the right kind, or empty
};

/// THE table of settings: operation only. People, roles, workflows live in the store.
std::span<const SettingRow> setting_rows();
/// Null when there is none.
const SettingRow* setting_named(std::string_view key);
/// "COLOPHON_WEB_LISTEN"
std::string environment_name(const SettingRow& row);

/// A value as a person writes it. Errc::invalid says what is wrong and how to write it.
Result<Value> parse_setting(const SettingRow& row, std::string_view text);
/// The text that parse_setting() reads back as this value.
std::string to_text(const SettingRow& row, const Value& value);

using Environment = std::map<std::string, std::string, std::less<>>;
/// The environment of the process.
Environment process_environment();
/// $XDG_CONFIG_HOME/colophon/colophon.toml, else $HOME/.config/…; empty when neither is set.
std::filesystem::path user_settings_file(const Environment& environment);

/// Files that may be absent; an empty path is no file.
struct SettingsPaths {
  std::filesystem::path library;  ///< DIR/colophon.toml
  std::filesystem::path user;
};
/// Key and text, in the order given: the last one wins.
using SettingTexts = std::vector<std::pair<std::string, std::string>>;

/// The settings in force. Precedence: flag > environment > the library's colophon.toml > the user file > default.
///
///   TRY_ASSIGN(auto settings, Settings::load({dir / "colophon.toml", user_settings_file(env)}, env, {{"web.listen", ":9000"}}));
///   settings.text("web.listen");    // ":9000"
///   settings.origin("web.listen");  // "flag"
///
/// Every source is checked whole, used or not: an unknown key, a value of another kind, a key in the wrong file is
/// Errc::invalid with the place "file:line:column" (or the variable's name) and, for a misspelt key, the one that was meant.
/// Immutable; thread-safe.
class Settings {
 public:
  static Result<Settings> load(const SettingsPaths& paths, const Environment& environment = {}, const SettingTexts& flags = {});

  /// Getters by kind. REQUIRES: a key of the table, of that kind. A setting without a value gives "", 0, false, {}.
  std::string text(std::string_view key) const;
  std::int64_t integer(std::string_view key) const;  ///< also milliseconds and bytes
  bool boolean(std::string_view key) const;
  std::vector<std::string> list(std::string_view key) const;
  bool has(std::string_view key) const;

  /// Who gave the value: "flag", "environment COLOPHON_WEB_LISTEN", "/path/colophon.toml:12", "default", or "not set".
  std::string origin(std::string_view key) const;

  struct Setting {
    const SettingRow* row = nullptr;
    Value value;
    std::string origin;
    bool set = false;  ///< has a value, be it the default
  };
  /// All, in the order of the table.
  const std::vector<Setting>& all() const { return settings_; }
  /// {key: {"value", "origin"}} for `config show --json`.
  Json to_json() const;

 private:
  const Setting& at(std::string_view key, Kind kind) const;
  std::vector<Setting> settings_;
};

/// A commented colophon.toml for a new library: the values given stand as settings, the others as comments with their
/// defaults. Errc::invalid for an unknown key, one of another scope, or a value that does not parse.
Result<std::string> render_library_file(const SettingTexts& values);

}  // namespace colophon::config

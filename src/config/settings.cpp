// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/settings.hpp"

#include <algorithm>

#include "base/io.hpp"
#include "base/text.hpp"
#include "config/toml.hpp"

#include <unistd.h>

namespace colophon::config {
namespace {

using Setting = Settings::Setting;

std::string meant(std::string_view key) {
  std::vector<std::string> keys;
  for (const SettingRow& row : setting_rows()) keys.emplace_back(row.key);
  const std::string_view near = nearest(key, keys);
  return near.empty() ? "`colophon config show` lists the settings" : "did you mean " + std::string(near) + "?";
}

std::unexpected<Error> unknown(std::string_view what, std::string_view key, std::string where) {
  return fail(Errc::invalid, "there is no setting " + std::string(what), meant(key), std::move(where));
}

Status put(
    std::vector<Setting>& settings, const SettingRow& row, std::string_view text, const std::string& origin, std::string where) {
  Result<Value> value = parse_setting(row, text);
  if (!value) return fail(Errc::invalid, value.error().message, value.error().hint, std::move(where));
  Setting& setting = *std::ranges::find(settings, &row, &Setting::row);
  const bool given = !trim(text).empty();
  setting = {&row, *std::move(value), given ? origin : "not set", given};
  return {};
}

// --- files ---------------------------------------------------------------------------------------------------------------

/// TOML's own types must fit the kind: a number in quotes is a text, not a number.
bool fits(Kind kind, const Json& value) {
  switch (kind) {
    case Kind::integer: return value.is_int();
    case Kind::boolean: return value.is_bool();
    case Kind::list:
      return value.is_array() && std::ranges::all_of(value.items(), [](const Json& e) {
               return e.is_string() && e.as_string().find(',') == std::string::npos;
             });
    case Kind::size: return value.is_int() || value.is_string();
    case Kind::text:
    case Kind::duration: return value.is_string();
  }
  return false;
}

std::string as_text(const Json& value) {
  if (!value.is_array()) return value.is_string() ? value.as_string() : value.dump();
  std::string out;
  for (const Json& element : value.items()) out += element.as_string() + ",";
  return out;
}

std::string_view kind_name(Kind kind) {
  switch (kind) {
    case Kind::text: return "a text in double quotes";
    case Kind::integer: return "a whole number, without quotes";
    case Kind::boolean: return "true or false, without quotes";
    case Kind::list: return "a list of texts without commas, as in [\"en\", \"de\"]";
    case Kind::duration: return "a time in double quotes, as in \"15s\"";
    case Kind::size: return "a size in double quotes, as in \"64MiB\"";
  }
  return {};
}

Status put_entry(std::vector<Setting>& settings, const TomlEntry& entry, const std::string& path, Scope file) {
  const std::string line = path + ":" + std::to_string(entry.line);
  const std::string where = line + ":" + std::to_string(entry.column);
  const SettingRow* row = setting_named(entry.key);
  if (!row) return unknown(entry.key, entry.key, where);
  if (row->scope != Scope::machine && row->scope != file) {
    return fail(Errc::invalid, entry.key + " does not belong into this file",
                file == Scope::user ? "write it into the library's colophon.toml" : "write it into your own colophon.toml",
                where);
  }
  if (!fits(row->kind, entry.value))
    return fail(Errc::invalid, entry.key + " must be " + std::string(kind_name(row->kind)), std::string(row->help), where);
  return put(settings, *row, as_text(entry.value), line, where);
}

Status put_file(std::vector<Setting>& settings, const std::filesystem::path& path, Scope scope) {
  if (path.empty()) return {};
  const Result<std::string> text = read_file(path, std::uint64_t{1} << 20);
  if (!text && text.error().code == Errc::not_found) return {};
  if (!text) return std::unexpected(text.error());
  TRY_ASSIGN(const std::vector<TomlEntry> entries, toml_entries(*text, path.string()));
  for (const TomlEntry& entry : entries) TRY(put_entry(settings, entry, path.string(), scope));
  return {};
}

// --- environment and flags -----------------------------------------------------------------------------------------------

/// "COLOPHON_WEB_LISTN" is a misspelt setting, "COLOPHON_LIBRARY" and "COLOPHON_TEST_X" are none of ours.
bool names_a_setting(std::string_view variable) {
  return std::ranges::any_of(setting_rows(), [&](const SettingRow& row) {
    const std::string whole = environment_name(row);
    return variable.starts_with(std::string_view(whole).substr(0, std::string_view("COLOPHON_").size() + row.key.find('.') + 1));
  });
}

std::string key_of_variable(std::string_view variable) {
  std::string key = ascii_lower(variable.substr(std::string_view("COLOPHON_").size()));
  key[key.find('_')] = '.';
  return key;
}

Status put_environment(std::vector<Setting>& settings, const Environment& environment) {
  for (const auto& [name, text] : environment) {
    if (!names_a_setting(name)) continue;
    const std::string key = key_of_variable(name);
    const SettingRow* row = setting_named(key);
    if (!row || environment_name(*row) != name) return unknown(name, key, "environment " + name);
    TRY(put(settings, *row, text, "environment " + name, "environment " + name));
  }
  return {};
}

Status put_flags(std::vector<Setting>& settings, const SettingTexts& flags) {
  for (const auto& [key, text] : flags) {
    const SettingRow* row = setting_named(key);
    if (!row) return unknown(key, key, "flag");
    TRY(put(settings, *row, text, "flag", "flag"));
  }
  return {};
}

Status put_defaults(std::vector<Setting>& settings) {
  for (const SettingRow& row : setting_rows()) {
    settings.push_back({&row, {}, {}, false});
    TRY(put(settings, row, row.fallback, "default", "default of " + std::string(row.key)));
  }
  return {};
}

Json value_json(const Setting& setting) {
  if (!setting.set) return nullptr;
  if (const auto* number = std::get_if<std::int64_t>(&setting.value); number && setting.row->kind == Kind::integer)
    return *number;
  if (const auto* flag = std::get_if<bool>(&setting.value)) return *flag;
  if (const auto* list = std::get_if<std::vector<std::string>>(&setting.value))
    return Json(Json::Array(list->begin(), list->end()));
  return to_text(*setting.row, setting.value);
}

}  // namespace

std::string environment_name(const SettingRow& row) {
  std::string name = "COLOPHON_";
  for (const char c : row.key) name.push_back(c == '.' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c));
  return name;
}

Environment process_environment() {
  Environment out;
  for (char** entry = environ; entry && *entry; ++entry) {
    const std::string_view text = *entry;
    const std::size_t sign = text.find('=');
    if (sign != std::string_view::npos) out.emplace(text.substr(0, sign), text.substr(sign + 1));
  }
  return out;
}

std::filesystem::path user_settings_file(const Environment& environment) {
  const auto folder = [&](std::string_view name) {
    const auto found = environment.find(name);
    return found == environment.end() ? std::filesystem::path() : std::filesystem::path(found->second);
  };
  if (const auto config = folder("XDG_CONFIG_HOME"); config.is_absolute()) return config / "colophon" / "colophon.toml";
  if (const auto home = folder("HOME"); home.is_absolute()) return home / ".config" / "colophon" / "colophon.toml";
  return {};
}

Result<Settings> Settings::load(const SettingsPaths& paths, const Environment& environment, const SettingTexts& flags) {
  Settings out;  // the weakest first: whoever comes later wins
  TRY(put_defaults(out.settings_));
  TRY(put_file(out.settings_, paths.user, Scope::user));
  TRY(put_file(out.settings_, paths.library, Scope::library));
  TRY(put_environment(out.settings_, environment));
  TRY(put_flags(out.settings_, flags));
  return out;
}

const Settings::Setting& Settings::at(std::string_view key, Kind kind) const {
  const SettingRow* row = setting_named(key);
  COLOPHON_ASSERT(row != nullptr);
  const bool number = kind == Kind::integer && (row->kind == Kind::duration || row->kind == Kind::size);
  COLOPHON_ASSERT(row->kind == kind || number);
  return settings_[static_cast<std::size_t>(row - setting_rows().data())];
}

std::string Settings::text(std::string_view key) const { return std::get<std::string>(at(key, Kind::text).value); }
std::int64_t Settings::integer(std::string_view key) const { return std::get<std::int64_t>(at(key, Kind::integer).value); }
bool Settings::boolean(std::string_view key) const { return std::get<bool>(at(key, Kind::boolean).value); }
std::vector<std::string> Settings::list(std::string_view key) const {
  return std::get<std::vector<std::string>>(at(key, Kind::list).value);
}

bool Settings::has(std::string_view key) const {
  const auto found = std::ranges::find(settings_, key, [](const Setting& s) { return s.row->key; });
  return found != settings_.end() && found->set;
}

std::string Settings::origin(std::string_view key) const {
  const auto found = std::ranges::find(settings_, key, [](const Setting& s) { return s.row->key; });
  COLOPHON_ASSERT(found != settings_.end());
  return found->origin;
}

Json Settings::to_json() const {
  Json out = Json::object();
  for (const Setting& setting : settings_) {
    out.set(std::string(setting.row->key), Json::object({{"value", value_json(setting)}, {"origin", setting.origin}}));
  }
  return out;
}

}  // namespace colophon::config

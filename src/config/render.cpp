// SPDX-License-Identifier: GPL-3.0-or-later
// The colophon.toml of a new library.
#include <algorithm>

#include "config/settings.hpp"
#include "config/toml.hpp"

namespace colophon::config {
namespace {

constexpr std::string_view kHead =
    "# Settings of this library. A line with # is a comment; where a setting is one, its default holds.\n"
    "# A flag and the environment (COLOPHON_WEB_LISTEN and so on) win over this file, this file over your own settings.\n"
    "# `colophon config show --origin` tells what is in force and why.\n";

std::string toml_value(const SettingRow& row, const Value& value) {
  if (row.kind == Kind::integer || row.kind == Kind::boolean) return to_text(row, value);
  if (row.kind != Kind::list) return toml_quoted(to_text(row, value));
  std::string out;
  for (const std::string& element : std::get<std::vector<std::string>>(value))
    out += (out.empty() ? "" : ", ") + toml_quoted(element);
  return "[" + out + "]";
}

std::string section_of(const SettingRow& row) { return std::string(row.key.substr(0, row.key.find('.'))); }

Result<std::string> line(const SettingRow& row, const std::string* given) {
  TRY_ASSIGN(const Value value, parse_setting(row, given ? *given : row.fallback));
  const std::string name(row.key.substr(row.key.find('.') + 1));
  return "\n# " + std::string(row.help) + ".\n" + (given ? "" : "# ") + name + " = " + toml_value(row, value) + "\n";
}

Status check_keys(const SettingTexts& values) {
  for (const auto& [key, text] : values) {
    const SettingRow* row = setting_named(key);
    if (!row) return fail(Errc::invalid, "there is no setting " + key, "`colophon config show` lists the settings");
    if (row->scope == Scope::user)
      return fail(Errc::invalid, key + " is no setting of a library", "write it into your own colophon.toml");
  }
  return {};
}

const std::string* given_for(const SettingTexts& values, std::string_view key) {
  const auto found = std::find_if(values.rbegin(), values.rend(), [&](const auto& pair) { return pair.first == key; });
  return found == values.rend() ? nullptr : &found->second;
}

}  // namespace

Result<std::string> render_library_file(const SettingTexts& values) {
  TRY(check_keys(values));
  std::string out(kHead);
  std::string section;
  for (const SettingRow& row : setting_rows()) {
    if (row.scope == Scope::user) continue;
    if (section_of(row) != section) out += "\n[" + (section = section_of(row)) + "]\n";
    TRY_ASSIGN(const std::string text, line(row, given_for(values, row.key)));
    out += text;
  }
  return out;
}

}  // namespace colophon::config

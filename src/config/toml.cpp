// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/toml.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <tuple>

#include <toml++/toml.h>

namespace colophon::config {
namespace {

std::string place(std::string_view name, const toml::source_position& at) {
  return std::string(name) + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

Result<toml::table> parse(std::string_view text, std::string_view name) {
  try {
    return toml::parse(text, name);
  } catch (const toml::parse_error& error) {
    return fail(Errc::invalid, "not valid TOML: " + std::string(error.description()),
                "correct the line; texts stand in double quotes, lists in square brackets", place(name, error.source().begin));
  }
}

template <class T>
std::string printed(const T& value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

Result<Json> to_json(const toml::node& node, std::string_view name);

Result<Json> table_json(const toml::table& table, std::string_view name) {
  Json out = Json::object();
  for (const auto& [key, value] : table) {
    TRY_ASSIGN(Json member, to_json(value, name));
    out.set(std::string(key.str()), std::move(member));
  }
  return out;
}

Result<Json> array_json(const toml::array& array, std::string_view name) {
  Json out = Json::array();
  for (const toml::node& value : array) {
    TRY_ASSIGN(Json element, to_json(value, name));
    out.push(std::move(element));
  }
  return out;
}

Result<Json> number_json(double value, const toml::node& node, std::string_view name) {
  if (std::isfinite(value)) return Json(value);
  return fail(Errc::invalid, "not a finite number", "write a number with digits", place(name, node.source().begin));
}

Result<Json> to_json(const toml::node& node, std::string_view name) {
  if (const auto* table = node.as_table()) return table_json(*table, name);
  if (const auto* array = node.as_array()) return array_json(*array, name);
  if (const auto* text = node.as_string()) return Json(text->get());
  if (const auto* integer = node.as_integer()) return Json(std::int64_t{integer->get()});
  if (const auto* number = node.as_floating_point()) return number_json(number->get(), node, name);
  if (const auto* flag = node.as_boolean()) return Json(flag->get());
  if (const auto* date = node.as_date()) return Json(printed(date->get()));
  if (const auto* time = node.as_time()) return Json(printed(time->get()));
  return Json(printed(node.as_date_time()->get()));
}

Status collect(const toml::table& table, const std::string& prefix, std::string_view name, std::vector<TomlEntry>& out) {
  for (const auto& [key, value] : table) {
    const std::string path = prefix + std::string(key.str());
    if (const auto* inner = value.as_table()) {
      TRY(collect(*inner, path + ".", name, out));
      continue;
    }
    TRY_ASSIGN(Json json, to_json(value, name));
    const toml::source_position at = value.source().begin;
    out.push_back({path, std::move(json), at.line, at.column});
  }
  return {};
}

}  // namespace

Result<Json> parse_toml(std::string_view text, std::string_view name) {
  TRY_ASSIGN(const toml::table table, parse(text, name));
  return table_json(table, name);
}

Result<std::vector<TomlEntry>> toml_entries(std::string_view text, std::string_view name) {
  TRY_ASSIGN(const toml::table table, parse(text, name));
  std::vector<TomlEntry> out;
  TRY(collect(table, "", name, out));
  std::ranges::stable_sort(out, {}, [](const TomlEntry& e) { return std::tuple(e.line, e.column); });
  return out;
}

std::string toml_quoted(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (byte < 0x20 || byte == 0x7F) {
      out += {'\\', 'u', '0', '0', kDigits[byte >> 4U], kDigits[byte & 15U]};
    } else {
      out.push_back(c);
    }
  }
  return out + "\"";
}

}  // namespace colophon::config

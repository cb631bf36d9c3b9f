// SPDX-License-Identifier: GPL-3.0-or-later
// Values as people write them.
#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/text.hpp"
#include "config/settings.hpp"

namespace colophon::config {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t factor;
};
// the largest first: a value is written in the first unit that divides it
constexpr std::array kDurations = {Unit{"d", 86'400'000}, Unit{"h", 3'600'000}, Unit{"m", 60'000}, Unit{"s", 1000},
                                   Unit{"ms", 1}};
constexpr std::array kSizes = {Unit{"GiB", std::int64_t{1} << 30}, Unit{"MiB", std::int64_t{1} << 20},
                               Unit{"KiB", std::int64_t{1} << 10}, Unit{"B", 1}, Unit{"", 1}};

std::span<const Unit> units(Kind kind) {
  if (kind == Kind::duration) return kDurations;
  return kSizes;
}

/// How each kind is written.
std::string_view example(Kind kind) {
  switch (kind) {
    case Kind::text: return "write a text";
    case Kind::integer: return "write a whole number";
    case Kind::boolean: return "write true or false";
    case Kind::list: return "write a list, as in [\"en\", \"de\"], or en,de outside of a file";
    case Kind::duration: return "write a time with its unit, as in 250ms, 15s, 10m, 2h or 7d";
    case Kind::size: return "write a size with its unit, as in 64MiB, 8KiB or 2GiB";
  }
  return {};
}

std::unexpected<Error> refused(const SettingRow& row, std::string_view text, std::string_view hint) {
  return fail(Errc::invalid, "“" + std::string(text) + "” does not fit " + std::string(row.key), std::string(hint));
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::int64_t> parse_with_unit(std::string_view text, std::span<const Unit> table) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const std::optional<std::int64_t> count = parse_integer(text.substr(0, digits));
  const auto unit = std::ranges::find(table, trim(text.substr(digits)), &Unit::name);
  if (!count || unit == table.end() || *count > INT64_MAX / unit->factor) return std::nullopt;
  return *count * unit->factor;
}

std::vector<std::string> parse_list(std::string_view text) {
  std::vector<std::string> out;
  for (const std::string_view part : split(text, ',')) {
    if (!trim(part).empty()) out.emplace_back(trim(part));
  }
  return out;
}

std::optional<bool> parse_boolean(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return std::nullopt;
}

template <class T>
std::optional<Value> held(std::optional<T> value) {
  return value ? std::optional<Value>(Value(*value)) : std::nullopt;
}

std::optional<Value> parse_kind(Kind kind, std::string_view text) {
  switch (kind) {
    case Kind::text: return Value(std::string(text));
    case Kind::integer: return held(parse_integer(text));
    case Kind::boolean: return held(parse_boolean(text));
    case Kind::list: return Value(parse_list(text));
    case Kind::duration:
    case Kind::size: return held(parse_with_unit(text, units(kind)));
  }
  return std::nullopt;
}

std::string with_unit(std::int64_t value, std::span<const Unit> table) {
  for (const Unit& unit : table) {
    if (value != 0 && value % unit.factor == 0) return std::to_string(value / unit.factor) + std::string(unit.name);
  }
  return "0" + std::string(table.back().name);
}

std::string number_text(Kind kind, std::int64_t value) {
  return kind == Kind::integer ? std::to_string(value) : with_unit(value, units(kind));
}

std::string range_hint(const SettingRow& row) {
  return "the least is " + number_text(row.kind, row.least) + ", the most " + number_text(row.kind, row.most);
}

}  // namespace

Result<Value> parse_setting(const SettingRow& row, std::string_view text) {
  std::optional<Value> value = parse_kind(row.kind, trim(text));
  if (!value) return refused(row, text, example(row.kind));
  if (const auto* number = std::get_if<std::int64_t>(&*value); number && (*number < row.least || *number > row.most)) {
    return refused(row, text, range_hint(row));
  }
  const bool unset = row.kind == Kind::text && trim(text).empty();
  if (const std::string problem = row.check && !unset ? row.check(*value) : ""; !problem.empty())
    return refused(row, text, problem);
  return *std::move(value);
}

std::string to_text(const SettingRow& row, const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* number = std::get_if<std::int64_t>(&value)) return number_text(row.kind, *number);
  std::string out;
  for (const std::string& element : std::get<std::vector<std::string>>(value)) out += (out.empty() ? "" : ",") + element;
  return out;
}

}  // namespace colophon::config

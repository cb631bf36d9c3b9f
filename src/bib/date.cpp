// SPDX-License-Identifier: GPL-3.0-or-later
#include "bib/date.hpp"

#include <array>
#include <charconv>
#include <chrono>

#include "base/text.hpp"

#include <fmt/format.h>

namespace colophon::bib {
namespace {

bool number(std::string_view text, int& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

std::optional<PartialDate> parse_one(std::string_view text) {
  PartialDate out;
  while (!text.empty() && (text.back() == '~' || text.back() == '?' || text.back() == '%')) {
    if (text.back() != '?') out.approximate = true;
    if (text.back() != '~') out.uncertain = true;
    text.remove_suffix(1);
  }
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::vector<std::string_view> parts = split(text, '-');
  if (parts.size() > 3 || parts[0].size() != 4 || !number(parts[0], out.year)) return std::nullopt;
  if (negative) out.year = -out.year;
  if (parts.size() >= 2 && (parts[1].size() != 2 || !number(parts[1], out.month))) return std::nullopt;
  if (parts.size() == 3 && (parts[2].size() != 2 || !number(parts[2], out.day))) return std::nullopt;
  const bool season = out.month >= 21 && out.month <= 24;
  if (parts.size() >= 2 && !season && (out.month < 1 || out.month > 12)) return std::nullopt;
  if (parts.size() == 3 && !is_day(out)) return std::nullopt;
  return out;
}

std::string edtf_of(const PartialDate& date) {
  std::string out = fmt::format("{}{:04}", date.year < 0 ? "-" : "", date.year < 0 ? -date.year : date.year);
  if (date.month) out += fmt::format("-{:02}", date.month);
  if (date.day) out += fmt::format("-{:02}", date.day);
  if (date.approximate && date.uncertain) return out + "%";
  if (date.approximate) return out + "~";
  return date.uncertain ? out + "?" : out;
}

std::string display_of(const PartialDate& date) {
  static constexpr std::array<std::string_view, 12> kMonths = {
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};
  static constexpr std::array<std::string_view, 4> kSeasons = {"Spring", "Summer", "Autumn", "Winter"};
  std::string out = date.approximate ? "c. " : "";
  if (date.day) out += fmt::format("{} ", date.day);
  if (date.month >= 21) out += fmt::format("{} ", kSeasons[static_cast<std::size_t>(date.month - 21)]);
  else if (date.month) out += fmt::format("{} ", kMonths[static_cast<std::size_t>(date.month - 1)]);
  return out + fmt::format("{}{}", date.year, date.uncertain ? "?" : "");
}

}  // namespace

bool is_day(const PartialDate& date) {
  using namespace std::chrono;
  return year_month_day(year(date.year), month(static_cast<unsigned>(date.month)), day(static_cast<unsigned>(date.day))).ok();
}

Date year_date(int year) { return Date{.from = {.year = year}, .to = {}, .open_end = false, .literal = {}}; }

Result<Date> parse_edtf(std::string_view text) {
  text = trim(text);
  const auto refused = [&] {
    return fail(Errc::invalid, fmt::format("“{}” is no date", printable(ellipsis(text, 40))),
                "write 2019, 2019-03, 2019-03-07 or 2019/2021");
  };
  const std::size_t slash = text.find('/');
  const std::optional<PartialDate> from = parse_one(text.substr(0, slash));
  if (!from) return refused();
  Date out{.from = *from, .to = {}, .open_end = false, .literal = {}};
  if (slash == std::string_view::npos) return out;
  const std::string_view end = text.substr(slash + 1);
  if (end.empty() || end == "..") return out.open_end = true, out;
  out.to = parse_one(end);
  if (!out.to) return refused();
  return out;
}

std::string to_edtf(const Date& date) {
  if (!date.known()) return date.literal;
  if (date.open_end) return edtf_of(date.from) + "/..";
  return date.to ? edtf_of(date.from) + "/" + edtf_of(*date.to) : edtf_of(date.from);
}

std::string to_display(const Date& date) {
  if (!date.known()) return date.literal;
  if (date.open_end) return display_of(date.from) + "–";
  return date.to ? display_of(date.from) + "–" + display_of(*date.to) : display_of(date.from);
}

}  // namespace colophon::bib

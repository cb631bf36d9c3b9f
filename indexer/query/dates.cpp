// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/query/dates.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "base/text.hpp"

#include <fmt/format.h>

namespace colophon::indexer::query {
namespace {

constexpr int kMostUnits = 1000;
using Read = bool (*)(std::string_view);

std::optional<int> number(std::string_view text, std::size_t most_digits) {
  if (text.empty() || text.size() > most_digits || !std::ranges::all_of(text, is_ascii_digit)) return std::nullopt;
  int out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

bool is_year(std::string_view text) { return number(text, 4).has_value(); }
bool is_date(std::string_view text) { return day_of(text).has_value(); }

// --- the calendar -------------------------------------------------------------------------------------------------------

using std::chrono::sys_days;

sys_days serial(const Day& day) {
  return std::chrono::year{day.year} / std::chrono::month{static_cast<unsigned>(day.month)} /
         std::chrono::day{static_cast<unsigned>(day.day)};
}
Day day_from(sys_days at) {
  const std::chrono::year_month_day out{at};
  return {static_cast<int>(out.year()), static_cast<int>(static_cast<unsigned>(out.month())),
          static_cast<int>(static_cast<unsigned>(out.day()))};
}
Day months_before(const Day& day, int months) {
  const int total = day.year * 12 + day.month - 1 - months;
  if (total < 0) return {-1, 1, 0};
  return {total / 12, total % 12 + 1, 0};
}
Day monday_of(const Day& day) {
  const sys_days at = serial(day);
  return day_from(at - std::chrono::days((std::chrono::weekday{at}.iso_encoding() - 1)));
}
Day days_before(const Day& day, int days) { return day_from(serial(day) - std::chrono::days(days)); }

// The year, month or day before or after; within the years that people can write.
Day stepped(const Day& day, int step) {
  Day out = day.month == 0 ? Day{day.year + step, 0, 0}
            : day.day == 0 ? months_before(day, -step)
                           : day_from(serial(day) + std::chrono::days(step));
  return out.year < 0 || out.year > 9999 ? day : out;
}

std::string to_string(const Day& day) {
  if (day.month == 0) return std::to_string(day.year);
  return day.day == 0 ? fmt::format("{:04}-{:02}", day.year, day.month)
                      : fmt::format("{:04}-{:02}-{:02}", day.year, day.month, day.day);
}

// --- ranges --------------------------------------------------------------------------------------------------------------

// ">=2019", "<2010": whether it bounds from below, and the step to the first or last that counts.
struct Comparison {
  std::string_view sign;
  bool is_lower;
  int step;
};
constexpr std::array kComparisons = {Comparison{">=", true, 0}, Comparison{"<=", false, 0}, Comparison{">", true, 1},
                                     Comparison{"<", false, -1}};

std::optional<Span> compared(std::string_view text, Read is_end) {
  const auto found = std::ranges::find_if(kComparisons, [&](const Comparison& c) { return text.starts_with(c.sign); });
  if (found == kComparisons.end()) return std::nullopt;
  const std::string_view end = trim(text.substr(found->sign.size()));
  if (!is_end(end)) return std::nullopt;
  const std::string bound = found->step == 0 ? std::string(end) : to_string(stepped(*day_of(end), found->step));
  return found->is_lower ? Span{bound, {}} : Span{{}, bound};
}

std::optional<Span> spanned(std::string_view text, Read is_end) {
  constexpr std::string_view kHyphen = "-";
  for (const std::string_view sign : {std::string_view(".."), std::string_view("\u2013"), kHyphen}) {
    const std::size_t at = text.find(sign);
    if (at == std::string_view::npos) continue;
    const std::string_view from = trim(text.substr(0, at));
    std::string to(trim(text.substr(at + sign.size())));
    const bool shortened = is_end == is_year && from.size() == 4 && to.size() == 2 && is_year(from) && is_year(to);
    if (shortened) to = std::string(from.substr(0, 2)) + to;                                                // 2015-20
    if (sign == kHyphen && is_end == is_date && (from.size() != 4 || to.size() != 4)) return std::nullopt;  // 2020-13 is no range
    const Read read = sign == kHyphen ? is_year : is_end;
    const bool good = (from.empty() || read(from)) && (to.empty() || read(to)) && !(from.empty() && to.empty());
    if (!good) return std::nullopt;
    return Span{std::string(from), std::move(to)};
  }
  return std::nullopt;
}

// "201*": the years that begin so.
std::optional<Span> decade(std::string_view text) {
  if (text.size() < 2 || !text.ends_with('*')) return std::nullopt;
  const std::string_view known = text.substr(0, text.find('*'));
  if (known.size() > 3 || !is_year(known)) return std::nullopt;
  const std::size_t open = 4 - known.size();
  return Span{std::string(known) + std::string(open, '0'), std::string(known) + std::string(open, '9')};
}

std::optional<Span> read_span(std::string_view text, Read is_end) {
  if (is_end(text)) return Span{std::string(text), std::string(text)};
  auto out = spanned(text, is_end);
  if (!out) out = compared(text, is_end);
  if (!out) out = decade(text);
  if (out && !out->from.empty() && !out->to.empty() && first_within(*day_of(out->from)) > last_within(*day_of(out->to)))
    std::swap(out->from, out->to);
  return out;
}

// --- spans of time -----------------------------------------------------------------------------------------------------

Days units_back(std::string_view unit, int count, const Day& today) {
  if (unit == "days") return {days_before(today, count), today};
  if (unit == "weeks") return {days_before(today, 7 * count), today};
  Day from = unit == "months" ? months_before(today, count) : Day{today.year - count, today.month, 0};
  from.day = std::min(today.day, 28);
  return {from, today};
}

struct Named {
  std::string_view name;
  Days (*days)(const Day& today);
};
constexpr std::array kPeriods = {
    Named{"today", [](const Day& d) { return Days{d, d}; }},
    Named{"yesterday", [](const Day& d) { return Days{days_before(d, 1), days_before(d, 1)}; }},
    Named{"this week", [](const Day& d) { return Days{monday_of(d), d}; }},
    Named{"last week", [](const Day& d) { return Days{days_before(monday_of(d), 7), days_before(monday_of(d), 1)}; }},
    Named{"this month", [](const Day& d) { return Days{{d.year, d.month, 0}, {d.year, d.month, 0}}; }},
    Named{"last month", [](const Day& d) { return Days{months_before(d, 1), months_before(d, 1)}; }},
    Named{"this year", [](const Day& d) { return Days{{d.year, 0, 0}, {d.year, 0, 0}}; }},
    Named{"last year", [](const Day& d) { return Days{{d.year - 1, 0, 0}, {d.year - 1, 0, 0}}; }},
};
constexpr std::array<std::string_view, 4> kUnits = {"days", "weeks", "months", "years"};

}  // namespace

std::optional<Day> day_of(std::string_view text) {
  const auto parts = split(text, '-');
  if (text.empty() || parts.size() > 3) return std::nullopt;
  std::array<int, 3> out{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto read = number(parts[i], i == 0 ? 4 : 2);
    if (!read || (i > 0 && *read == 0)) return std::nullopt;
    out[i] = *read;
  }
  const std::chrono::year_month_day at{std::chrono::year{out[0]}, std::chrono::month{static_cast<unsigned>(std::max(out[1], 1))},
                                       std::chrono::day{static_cast<unsigned>(std::max(out[2], 1))}};
  if (!at.ok()) return std::nullopt;
  return Day{out[0], out[1], out[2]};
}

std::optional<Span> years(std::string_view text) { return read_span(text, is_year); }
std::optional<Span> dates(std::string_view text) { return read_span(text, is_date); }

std::optional<std::string> period(std::string_view text) {
  std::string name = ascii_lower(squeeze(text));
  if (name.starts_with("past ")) name.replace(0, 4, "last");
  if (std::ranges::find(kPeriods, std::string_view(name), &Named::name) != kPeriods.end()) return name;
  const auto parts = split(name, ' ');
  if (parts.size() != 3 || parts[0] != "last") return std::nullopt;
  const auto count = number(parts[1], 4);
  std::string unit(parts[2]);
  if (!unit.ends_with('s')) unit += 's';
  if (!count || *count < 1 || *count > kMostUnits || std::ranges::find(kUnits, std::string_view(unit)) == kUnits.end())
    return std::nullopt;
  return fmt::format("last {} {}", *count, unit);
}

Days resolved(std::string_view period, Day today) {
  const auto named = std::ranges::find(kPeriods, period, &Named::name);
  if (named != kPeriods.end()) return named->days(today);
  const auto parts = split(period, ' ');
  return parts.size() == 3 ? units_back(parts[2], number(parts[1], 4).value_or(1), today) : Days{today, today};
}

double first_within(const Day& day) { return day.year * 10000.0 + day.month * 100 + day.day; }
double last_within(const Day& day) {
  return day.year * 10000.0 + (day.month ? day.month : 99) * 100 + (day.month && day.day ? day.day : 99);
}

}  // namespace colophon::indexer::query

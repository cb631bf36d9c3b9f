// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.hpp"

#include <charconv>
#include <chrono>

#include <date/tz.h>
#include <fmt/format.h>

namespace colophon {
namespace {

using Milliseconds = std::chrono::milliseconds;
using SysMs = std::chrono::time_point<std::chrono::system_clock, Milliseconds>;

SysMs sys(Instant at) { return SysMs(Milliseconds(at.ms)); }

const date::time_zone* find_zone(std::string_view name) {
  try {
    return date::locate_zone(std::string(name));
  } catch (const std::exception&) {
    return nullptr;
  }
}

bool digits(std::string_view text, std::size_t at, std::size_t count, int& out) {
  if (at + count > text.size()) return false;
  const auto [end, error] = std::from_chars(text.data() + at, text.data() + at + count, out);
  return error == std::errc() && end == text.data() + at + count;
}

}  // namespace

std::string to_string(Instant at) {
  const auto day = date::floor<date::days>(sys(at));
  const date::year_month_day ymd(day);
  const auto ms = (sys(at) - day).count();
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                     static_cast<unsigned>(ymd.day()), ms / 3'600'000, ms / 60'000 % 60, ms / 1000 % 60, ms % 1000);
}

std::string date_in_zone(Instant at, std::string_view zone) {
  const date::time_zone* tz = find_zone(zone);
  const auto local = tz ? tz->to_local(sys(at)) : date::local_time<Milliseconds>(sys(at).time_since_epoch());
  const date::year_month_day ymd(date::floor<date::days>(local));
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
}

Result<Instant> parse_instant(std::string_view text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, ms = 0;
  const bool date_ok = digits(text, 0, 4, year) && digits(text, 5, 2, month) && digits(text, 8, 2, day);
  const bool has_time = text.size() >= 20 && digits(text, 11, 2, hour) && digits(text, 14, 2, minute) && digits(text, 17, 2, second);
  if (text.size() == 24) digits(text, 20, 3, ms);
  const date::year_month_day ymd{date::year(year), date::month(static_cast<unsigned>(month)), date::day(static_cast<unsigned>(day))};
  if (!date_ok || !ymd.ok() || (text.size() != 10 && !(has_time && text.back() == 'Z')))
    return fail(Errc::invalid, fmt::format("“{}” is no date or time", text), "write 2026-11-21 or 2026-11-21T09:30:00Z");
  const auto at = date::sys_days(ymd) + std::chrono::hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(second) + Milliseconds(ms);
  return Instant{std::chrono::duration_cast<Milliseconds>(at.time_since_epoch()).count()};
}

bool is_time_zone(std::string_view name) { return find_zone(name) != nullptr; }

Result<Instant> end_of_day(Instant from, std::int64_t days, std::string_view zone) {
  const date::time_zone* tz = find_zone(zone);
  if (!tz) return fail(Errc::invalid, fmt::format("“{}” is no time zone", zone), "use a name such as Europe/Berlin");
  const auto next_midnight = date::floor<date::days>(tz->to_local(sys(from))) + date::days(days + 1);
  const auto instant = tz->to_sys(date::local_time<Milliseconds>(next_midnight), date::choose::earliest);
  return Instant{instant.time_since_epoch().count() - 1};
}

int year_of(Instant at) { return static_cast<int>(date::year_month_day(date::floor<date::days>(sys(at))).year()); }

Instant SystemClock::now() const {
  return {std::chrono::duration_cast<Milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
}

}  // namespace colophon

// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.hpp"

#include <algorithm>
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

// Whether `text` has the shape of `pattern`, in which 0 stands for a digit.
bool has_shape(std::string_view text, std::string_view pattern) {
  const auto fits = [](char c, char p) { return p == '0' ? c >= '0' && c <= '9' : c == p; };
  return std::ranges::equal(text, pattern, fits);
}

// REQUIRES: digits there.
int number(std::string_view text, std::size_t at, std::size_t count) {
  int out = 0;
  std::from_chars(text.data() + at, text.data() + at + count, out);
  return out;
}

}  // namespace

std::string to_string(Instant at) {
  const auto day = date::floor<date::days>(sys(at));
  const date::year_month_day ymd(day);
  const auto ms = (sys(at) - day).count();
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(ymd.year()),
                     static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()), ms / 3'600'000, ms / 60'000 % 60,
                     ms / 1000 % 60, ms % 1000);
}

std::string date_in_zone(Instant at, std::string_view zone) {
  const date::time_zone* tz = find_zone(zone);
  const auto local = tz ? tz->to_local(sys(at)) : date::local_time<Milliseconds>(sys(at).time_since_epoch());
  const date::year_month_day ymd(date::floor<date::days>(local));
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                     static_cast<unsigned>(ymd.day()));
}

Result<Instant> parse_instant(std::string_view text) {
  const bool has_ms = has_shape(text, "0000-00-00T00:00:00.000Z");
  const bool has_time = has_ms || has_shape(text, "0000-00-00T00:00:00Z");
  const auto refuse = [&] {
    return fail(Errc::invalid, fmt::format("“{}” is no date or time", text), "write 2026-11-21 or 2026-11-21T09:30:00Z");
  };
  if (!has_time && !has_shape(text, "0000-00-00")) return refuse();
  const auto two = [&](std::size_t at) { return number(text, at, 2); };
  const date::year_month_day ymd{date::year(number(text, 0, 4)), date::month(static_cast<unsigned>(two(5))),
                                 date::day(static_cast<unsigned>(two(8)))};
  const int hour = has_time ? two(11) : 0, minute = has_time ? two(14) : 0, second = has_time ? two(17) : 0;
  if (!ymd.ok() || hour > 23 || minute > 59 || second > 59) return refuse();
  const auto at = date::sys_days(ymd) + std::chrono::hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(second) +
                  Milliseconds(has_ms ? number(text, 20, 3) : 0);
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

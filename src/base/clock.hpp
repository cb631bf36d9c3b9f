// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace colophon {

/// An instant: milliseconds since 1970-01-01T00:00:00Z, without leap seconds (POSIX time).
struct Instant {
  std::int64_t ms = 0;

  friend auto operator<=>(const Instant&, const Instant&) = default;
  Instant plus_days(std::int64_t days) const { return {ms + days * 86'400'000}; }
};

/// "2026-11-21T09:30:00.000Z" (RFC 3339).
std::string to_string(Instant at);
/// "2026-11-21" in the zone; "UTC" when the zone is unknown.
std::string date_in_zone(Instant at, std::string_view zone);
Result<Instant> parse_instant(std::string_view rfc3339);
/// IANA time zone names such as "Europe/Berlin".
bool is_time_zone(std::string_view name);
/// The last millisecond of the calendar day `days` after the day that `from` falls on in `zone`; "anywhere on Earth" is Etc/GMT+12.
Result<Instant> end_of_day(Instant from, std::int64_t days, std::string_view zone);
/// The current year in UTC of an instant.
int year_of(Instant at);

/// Where time comes from; injected, so that deadlines and embargoes can be tested.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant at) : at_(at) {}
  Instant now() const override { return at_; }
  void set(Instant at) { at_ = at; }
  void advance_ms(std::int64_t ms) { at_.ms += ms; }

 private:
  Instant at_;
};

}  // namespace colophon

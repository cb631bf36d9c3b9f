// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/dates.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "formats/bibtex/values.hpp"

#include <fmt/format.h>

namespace colophon::formats {
namespace {

constexpr std::size_t kLongest = 200;

bool is_number(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_ascii_digit); }

int number(std::string_view digits) {
  int out = 0;
  for (const char c : digits.substr(0, 6)) out = out * 10 + (c - '0');
  return out;
}

bool is_possible(const bib::Date& date) { return bib::parse_edtf(bib::to_edtf(date)).has_value(); }

// A year with the month and day that fit.
bib::Date composed(int year, int month, int day) {
  bib::Date out = bib::year_date(year);
  out.from.month = month;
  if (!is_possible(out)) return bib::year_date(year);
  bib::Date whole = out;
  whole.from.day = month ? day : 0;
  return is_possible(whole) ? whole : out;
}

// YYYY/MM/DD/other, where all but the year may be missing.
std::optional<bib::Date> slashes(std::string_view text) {
  std::vector<std::string_view> parts = split(text, '/');
  for (std::string_view& part : parts) part = trim(part);
  if (parts.size() < 2 || parts[0].size() != 4 || !is_number(parts[0])) return std::nullopt;
  parts.resize(4);
  const auto fits = [](std::string_view part) { return part.empty() || (part.size() <= 2 && is_number(part)); };
  if (bib::Date out = bib::year_date(number(parts[0])); !fits(parts[1]) && add_to_year(parts[1], out)) return out;
  const bool year_range = parts[2].empty() && number(parts[1]) > 12;
  if (!fits(parts[1]) || !fits(parts[2]) || year_range) return std::nullopt;
  bib::Date out = composed(number(parts[0]), number(parts[1]), number(parts[2]));
  if (!parts[3].empty() && !out.from.month) add_to_year(parts[3], out);
  return out;
}

std::optional<bib::Date> eight_digits(std::string_view text) {
  if (text.size() != 8 || !is_number(text)) return std::nullopt;
  bib::Date out = bib::year_date(number(text.substr(0, 4)));
  out.from.month = number(text.substr(4, 2));
  out.from.day = number(text.substr(6, 2));
  return is_possible(out) ? std::optional(out) : std::nullopt;
}

// "2017-12-18 10:11:12", "2021/12/01 06:00": the time of day is dropped.
std::optional<bib::Date> with_time(std::string_view text) {
  const bool time = text.size() >= 15 && (text[10] == ' ' || text[10] == 'T') && is_ascii_digit(text[11]) &&
                    text.substr(11, 3).find(':') != std::string_view::npos;
  if (!time) return std::nullopt;
  const Result<bib::Date> date = bib::parse_edtf(text.substr(0, 10));
  return date ? std::optional(*date) : slashes(text.substr(0, 10));
}

// Words about one year of four digits.
std::optional<bib::Date> words(std::string_view text) {
  std::string rest;
  std::optional<int> year;
  for (const std::string_view part : bibtex::cut(text, " ,")) {
    if (part.size() == 4 && is_number(part)) {
      if (year) return std::nullopt;
      year = number(part);
    } else {
      rest += (rest.empty() ? "" : " ") + std::string(part);
    }
  }
  if (!year) return std::nullopt;
  bib::Date out = bib::year_date(*year);
  return add_to_year(rest, out) ? std::optional(out) : std::nullopt;
}

}  // namespace

bool add_to_year(std::string_view text, bib::Date& date) {
  if (text.size() > kLongest || trim(text).empty()) return false;
  bib::Date out = date;
  if (!bibtex::add_month(text, out)) return false;
  if (!is_possible(out)) return false;
  date = out;
  return true;
}

std::optional<bib::Date> read_date(std::string_view text) {
  const std::string squeezed = squeeze(text);
  text = squeezed;
  if (text.empty() || text.size() > kLongest) return std::nullopt;
  for (const auto read : {with_time, slashes, eight_digits}) {
    if (std::optional<bib::Date> date = read(text)) return date;
  }
  std::optional<bib::Date> loose = bibtex::loose_date(text);
  if (loose && loose->known()) return loose;
  if (std::optional<bib::Date> date = words(text)) return date;
  return loose;
}

std::string ris_date(const bib::Date& date) {
  const bib::PartialDate& from = date.from;
  const bool plain = date.known() && !date.to && !date.open_end && !from.approximate && !from.uncertain && from.year >= 1000 &&
                     from.year <= 9999;
  if (!plain) return bib::to_edtf(date);
  static constexpr std::array<std::string_view, 4> kWords = {"spring", "summer", "autumn", "winter"};
  if (from.month > 20) return fmt::format("{}///{}", from.year, kWords[static_cast<std::size_t>(from.month - 21)]);
  const std::string month = from.month ? fmt::format("{:02}", from.month) : std::string();
  const std::string day = from.day ? fmt::format("{:02}", from.day) : std::string();
  return fmt::format("{}/{}/{}/", from.year, month, day);
}

}  // namespace colophon::formats

// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <vector>

#include "base/text.hpp"
#include "formats/bibtex/mapping.hpp"
#include "formats/bibtex/values.hpp"

namespace colophon::formats::bibtex {
namespace {

using bib::Date;
using bib::PartialDate;

int number(std::string_view digits) {
  int out = 0;
  for (const char c : digits) out = out * 10 + (c - '0');
  return out;
}

bool are_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_ascii_digit); }

// True when such a day exists.
bool exists(const Date& date) {
  const PartialDate& from = date.from;
  const bool plain = !date.to && !date.open_end && date.known() && !from.approximate && !from.uncertain;
  if (plain && from.year > 0 && from.year <= 9999 && from.day == 0 && from.month >= 0 && from.month <= 12) return true;
  return bib::parse_edtf(bib::to_edtf(date)).has_value();
}
std::optional<Date> checked(const PartialDate& date) {
  const Date out{.from = date, .to = {}, .open_end = false, .literal = {}};
  return exists(out) ? std::optional(out) : std::nullopt;
}

// --- words and numbers ---------------------------------------------------------------------------------------------------

enum class Era { none, ad, bc };

// Numbers and names of months as they stand in a date, with the separator before each: '-', '/', '.', ',' or ' '.
struct Part {
  int value = 0;
  std::size_t digits = 0;  // 0 for a name
  char before = ' ';
};
struct Parts {
  std::vector<Part> all;
  Era era = Era::none;
  bool dash_at_end = false;
  std::size_t named() const { return static_cast<std::size_t>(std::ranges::count(all, 0u, &Part::digits)); }
};

struct NamedSeason {
  std::string_view name;  // as fold() makes it
  int number;
};
constexpr std::array kSeasons = {
    NamedSeason{"spring", 21}, NamedSeason{"fruhling", 21}, NamedSeason{"fruhjahr", 21}, NamedSeason{"printemps", 21},
    NamedSeason{"summer", 22}, NamedSeason{"sommer", 22},   NamedSeason{"ete", 22},      NamedSeason{"verano", 22},
    NamedSeason{"verao", 22},  NamedSeason{"autumn", 23},   NamedSeason{"fall", 23},     NamedSeason{"herbst", 23},
    NamedSeason{"otono", 23},  NamedSeason{"outono", 23},   NamedSeason{"automne", 23},  NamedSeason{"winter", 24},
    NamedSeason{"hiver", 24},  NamedSeason{"inverno", 24},  NamedSeason{"invierno", 24},
};

int month_or_season(std::string_view word) {
  if (word.size() < 3 || word.size() > 12) return 0;
  const auto season = std::ranges::find(kSeasons, fold(word), &NamedSeason::name);
  return season == kSeasons.end() ? month_of(word) : season->number;
}

// "1st of May", "15 de enero"
bool is_filler(std::string_view word) {
  static constexpr std::array<std::string_view, 6> kFillers = {"st", "nd", "rd", "th", "of", "de"};
  return std::ranges::any_of(kFillers, [&](std::string_view filler) { return iequals(filler, word); });
}

Era era_of(std::string_view word) {
  if (iequals(word, "BC") || iequals(word, "BCE")) return Era::bc;
  return iequals(word, "AD") || iequals(word, "CE") ? Era::ad : Era::none;
}

// The separator at `at`, moving behind it; 0 when there is none. All dashes are '-', ties are blanks.
char take_separator(std::string_view text, std::size_t& at) {
  if (const std::size_t dash = dash_length(text, at)) return at += dash, '-';
  if (text.substr(at).starts_with("\u00A0")) return at += 2, ' ';
  if (is_blank(text[at]) || text[at] == '~') return ++at, ' ';
  return std::string_view("/.,").find(text[at]) == std::string_view::npos ? '\0' : text[at++];
}

bool is_wide_letter(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]) >= 0x80 && !dash_length(text, at) && !text.substr(at).starts_with("\u00A0");
}

// Nothing when there is a word that belongs to no date, or too much of anything.
std::optional<Parts> parts_of(std::string_view text) {
  Parts out;
  char before = ' ';
  for (std::size_t at = 0; at < text.size();) {
    if (const char separator = take_separator(text, at)) {
      if (before == ' ' || separator != ' ') before = separator;
      continue;
    }
    const std::size_t begin = at;
    if (is_ascii_digit(text[at])) {
      while (at < text.size() && is_ascii_digit(text[at])) ++at;
      if (at - begin > 4) return std::nullopt;
      out.all.push_back({number(text.substr(begin, at - begin)), at - begin, before});
    } else {
      while (at < text.size() && (is_ascii_alpha(text[at]) || is_wide_letter(text, at))) ++at;
      const std::string_view word = text.substr(begin, at - begin);
      if (word.empty()) return std::nullopt;
      if (const Era era = era_of(word); era != Era::none) out.era = era;
      else if (const int month = month_or_season(word)) out.all.push_back({month, 0, before});
      else if (!is_filler(word)) return std::nullopt;
    }
    before = ' ';
    if (out.all.size() > 6) return std::nullopt;
  }
  out.dash_at_end = before == '-';
  return out;
}

// --- one date ------------------------------------------------------------------------------------------------------------

// "30 BC", "0030-01 BC", "2 AD"
std::optional<Date> with_era(const Parts& parts) {
  const std::vector<Part>& p = parts.all;
  if (p.empty() || p.size() > 2 || p[0].digits == 0 || p[0].value == 0) return std::nullopt;
  const int year = parts.era == Era::bc ? 1 - p[0].value : p[0].value;
  if (p.size() == 1) return checked({.year = year});
  return p[1].before == '-' && p[1].digits ? checked({.year = year, .month = p[1].value}) : std::nullopt;
}

// "September 2015", "September 1, 2015", "1 September 2015", "2015 Sep 1"
std::optional<Date> with_name(const std::vector<Part>& p) {
  PartialDate out;
  for (const Part& part : p) {
    if (part.digits == 0 && !out.month) out.month = part.value;
    else if (part.digits == 4 && !out.year) out.year = part.value;
    else if (part.digits >= 1 && part.digits <= 2 && !out.day && part.value) out.day = part.value;
    else return std::nullopt;
  }
  return out.year ? checked(out) : std::nullopt;
}

// "15.1.2015" and "15-1-2015" begin with the day; "3/25/2015" says itself what is the day, "3/4/2015" does not.
std::optional<Date> with_three_numbers(const std::vector<Part>& p) {
  if (p[1].before != p[2].before || p[1].before == ' ' || p[1].before == ',') return std::nullopt;
  if (!p[0].value || !p[1].value || !p[2].value) return std::nullopt;
  if (p[0].digits == 4) return checked({.year = p[0].value, .month = p[1].value, .day = p[2].value});
  if (p[2].digits != 4) return std::nullopt;
  const bool slash = p[1].before == '/';
  if (slash && p[0].value <= 12 && p[1].value <= 12 && p[0].value != p[1].value) return std::nullopt;
  const bool month_first = slash && p[1].value > 12;
  return checked({.year = p[2].value, .month = p[month_first ? 0 : 1].value, .day = p[month_first ? 1 : 0].value});
}

// "2015-1", "1-2012", "9/2015", "2015/11" (but "2010/11" is two years)
std::optional<Date> with_two_numbers(const std::vector<Part>& p) {
  if (p[1].before != '-' && p[1].before != '/') return std::nullopt;
  if (p[0].digits <= 2 && p[1].digits == 4 && p[0].value) return checked({.year = p[1].value, .month = p[0].value});
  const bool years = p[1].before == '/' && p[1].digits == 2 && p[1].value > p[0].value % 100;
  if (p[0].digits != 4 || p[1].digits > 2 || years || !p[1].value) return std::nullopt;
  return checked({.year = p[0].value, .month = p[1].value});
}

// "199X", "19uu", "198?", "1999-XX", "1999-01-XX": the years that it may be, or what is known.
std::optional<Date> unspecified(std::string_view text) {
  const auto open = [](char c) { return c == 'X' || c == 'x' || c == 'u' || c == '?'; };
  std::string_view known = text.substr(0, std::min<std::size_t>(text.size(), 4));
  std::size_t missing = 0;
  while (missing < known.size() && open(known[known.size() - 1 - missing])) ++missing;
  if (text.size() == 4 && (missing == 1 || missing == 2) && are_digits(known.substr(0, 4 - missing))) {
    const int size = missing == 1 ? 10 : 100, first = number(known.substr(0, 4 - missing)) * size;
    return Date{.from = {.year = first}, .to = PartialDate{.year = first + size - 1}, .open_end = false, .literal = {}};
  }
  std::size_t end = text.size();
  while (end >= 3 && open(text[end - 1]) && open(text[end - 2]) && text[end - 3] == '-') end -= 3;
  if (end == text.size() || end < 4) return std::nullopt;
  const Result<Date> rest = bib::parse_edtf(text.substr(0, end));
  return rest ? std::optional(*rest) : std::nullopt;
}

// "2004-04-05T14:34:00Z": the day.
std::string_view without_time(std::string_view text) {
  const std::size_t t = text.find('T');
  if (t == std::string_view::npos || t < 8 || t + 1 >= text.size() || !is_ascii_digit(text[t + 1]) ||
      !is_ascii_digit(text[t - 1]))
    return text;
  return text.find_first_not_of("0123456789:.,Z+-", t + 1) == std::string_view::npos ? text.substr(0, t) : text;
}

std::optional<Date> one_date(std::string_view text) {
  text = without_time(trim(text));
  if (Result<Date> exact = bib::parse_edtf(text); exact && !exact->to && !exact->open_end) return *exact;
  if (const std::optional<Date> years = unspecified(text)) return years;
  if (text.starts_with('-')) {  // years before 1 BC as in EDTF, without its zeros
    const std::string_view digits = text.substr(1);
    return digits.size() < 4 && are_digits(digits) ? checked({.year = -number(digits)}) : std::nullopt;
  }
  const std::optional<Parts> parts = parts_of(text);
  if (!parts || parts->all.empty()) return std::nullopt;
  const std::vector<Part>& p = parts->all;
  if (parts->dash_at_end && (p.size() != 1 || p[0].digits != 4)) return std::nullopt;
  if (parts->era != Era::none) return with_era(*parts);
  if (parts->named() == 1) return p.size() > 1 ? with_name(p) : std::nullopt;
  if (parts->named() > 1) return std::nullopt;
  if (p.size() == 3) return with_three_numbers(p);
  if (p.size() == 2) return with_two_numbers(p);
  if (p.size() != 1 || p[0].digits != 4) return std::nullopt;
  Date out = bib::year_date(p[0].value);
  out.open_end = parts->dash_at_end;
  return out;
}

// --- ranges and remarks ---------------------------------------------------------------------------------------------------

std::optional<Date> range_of(std::string_view first, std::string_view last) {
  const std::optional<Date> from = one_date(first);
  if (!from || from->to || from->open_end) return std::nullopt;
  Date out = *from;
  last = trim(last);
  static constexpr std::array<std::string_view, 8> kOpen = {"", "..", "open", "unknown", "date", "present", "today", "heute"};
  if (std::ranges::any_of(kOpen, [&](std::string_view word) { return iequals(word, last); })) return out.open_end = true, out;
  const std::optional<Date> to = one_date(last);
  if (!to || to->to || to->open_end) return std::nullopt;
  return out.to = to->from, out;
}

// "2015-01-15 / 2015-02-25", "March 2010 – May 2010"
std::optional<Date> range(std::string_view text) {
  if (const std::size_t slash = text.find('/');
      slash != std::string_view::npos && text.find('/', slash + 1) == std::string_view::npos)
    return range_of(text.substr(0, slash), text.substr(slash + 1));
  for (const std::string_view dash : {"--", "–", "—", " - "}) {
    const std::size_t at = text.find(dash);
    if (at != std::string_view::npos && at > 0) return range_of(text.substr(0, at), text.substr(at + dash.size()));
  }
  return std::nullopt;
}

bool is_circa(std::string_view text) {
  const std::string before = ascii_lower(trim(text));
  static constexpr std::array<std::string_view, 7> kCirca = {"c.", "ca.", "circa", "ca", "c", "~", "um"};
  return std::ranges::find(kCirca, before) != kCirca.end();
}

// "2010–2011", "2010/11" with `rest` from the end of the first year on.
std::optional<int> end_year(std::string_view rest, int first) {
  rest = trim(rest);
  const std::size_t dash = rest.empty() ? 0 : rest[0] == '/' ? 1 : dash_length(rest, 0);
  if (dash == 0) return std::nullopt;
  rest = trim(rest.substr(dash));
  if (!are_digits(rest) || (rest.size() != 2 && rest.size() != 4)) return std::nullopt;
  const int second = rest.size() == 4 ? number(rest) : first / 100 * 100 + number(rest);
  return second > first ? std::optional(second) : std::nullopt;
}

// The first run of digits that is four long.
std::size_t find_year(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t begin = at;
    while (at < text.size() && is_ascii_digit(text[at])) ++at;
    if (at - begin == 4) return begin;
  }
  return std::string_view::npos;
}

// "2010–11", "c. 2010", "[2010]", "2010?", "2010a"
std::optional<Date> remarked(std::string_view text) {
  const std::size_t year = find_year(text);
  if (year == std::string_view::npos) return std::nullopt;
  Date out = bib::year_date(number(text.substr(year, 4)));
  const std::string_view before = trim(text.substr(0, year)), after = trim(text.substr(year + 4));
  if (const std::optional<int> end = end_year(after, out.from.year); end && before.empty())
    return out.to = PartialDate{.year = *end}, out;
  out.from.approximate = is_circa(before);
  out.from.uncertain = after == "?";
  const bool bracketed = (before == "[" && after == "]") || (before == "(" && after == ")");
  const bool lettered = before.empty() && after.size() == 1 && is_ascii_alpha(after[0]);
  const bool clean = before.empty() && (after.empty() || after == "?" || after == ".");
  return clean || bracketed || lettered || (out.from.approximate && after.empty()) ? std::optional(out) : std::nullopt;
}

}  // namespace

std::optional<Date> loose_date(std::string_view text) {
  text = trim(text);
  if (text.empty() || text.size() > 200) return std::nullopt;
  if (text.size() == 4 && are_digits(text)) return bib::year_date(number(text));
  if (Result<Date> exact = bib::parse_edtf(text)) return *exact;
  for (const auto read : {remarked, one_date, range}) {
    if (const std::optional<Date> date = read(text)) return date;
  }
  Date words;
  words.literal = squeeze(text);
  return words;
}

bool add_month(std::string_view text, Date& date) {
  const std::optional<Parts> parts = text.size() > 100 ? std::nullopt : parts_of(trim(text));
  if (!parts || parts->all.empty() || parts->era != Era::none) return false;
  std::vector<int> months, days;
  for (const Part& part : parts->all) {
    if (part.digits == 0) months.push_back(part.value);
    else if (part.digits <= 2) days.push_back(part.value);
    else if (part.value != date.from.year) return false;
  }
  if (months.empty() && days.size() == 1) std::swap(months, days);
  if (months.empty() || months.size() > 2 || days.size() > 2 || (months.size() == 2 && days.size() == 1)) return false;
  Date out = date;
  out.from.month = months[0];
  out.from.day = days.empty() ? 0 : days[0];
  const bool later = months.back() > months[0] || (months.back() == months[0] && days.size() == 2 && days[1] > days[0]);
  if (months.size() + days.size() > 2 && !later) return false;
  if (later) out.to = PartialDate{.year = date.from.year, .month = months.back(), .day = days.size() == 2 ? days[1] : 0};
  if (!exists(out)) return false;
  date = out;
  return true;
}

}  // namespace colophon::formats::bibtex

// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/values.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "formats/bibtex/mapping.hpp"

namespace colophon::formats::bibtex {
namespace {

// The length of the dash at `at`: hyphen, U+2010 to U+2015 or the minus U+2212; 0 when there is none.
std::size_t dash_length(std::string_view text, std::size_t at) {
  if (text[at] == '-') return 1;
  const std::string_view three = text.substr(at, 3);
  const bool general = three.size() == 3 && three.starts_with("\xE2\x80") && three[2] >= '\x90' && three[2] <= '\x95';
  return general || three == "\u2212" ? 3 : 0;
}

struct Digits {
  std::size_t begin, end;
};
// Runs of digits that are at most four long.
std::vector<Digits> numbers_of(std::string_view text) {
  std::vector<Digits> out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_ascii_digit(text[at])) continue;
    const std::size_t begin = at;
    while (at < text.size() && is_ascii_digit(text[at])) ++at;
    if (at - begin <= 4) out.push_back({begin, at});
  }
  return out;
}

int number(std::string_view digits) {
  int out = 0;
  for (const char c : digits) out = out * 10 + (c - '0');
  return out;
}

bool is_circa(std::string_view text) {
  const std::string before = ascii_lower(trim(text));
  static constexpr std::array<std::string_view, 7> kCirca = {"c.", "ca.", "circa", "ca", "c", "~", "um"};
  return std::ranges::find(kCirca, before) != kCirca.end();
}

// "2010–2011", "2010/11" with `text` from the end of the first year on.
std::optional<int> end_year(std::string_view rest, int first) {
  rest = trim(rest);
  const std::size_t dash = rest.empty() ? 0 : rest[0] == '/' ? 1 : dash_length(rest, 0);
  if (dash == 0) return std::nullopt;
  rest = trim(rest.substr(dash));
  const bool digits = !rest.empty() && std::ranges::all_of(rest, is_ascii_digit);
  if (!digits || (rest.size() != 2 && rest.size() != 4)) return std::nullopt;
  const int second = rest.size() == 4 ? number(rest) : first / 100 * 100 + number(rest);
  return second > first ? std::optional(second) : std::nullopt;
}

bib::Date literal_date(std::string_view text) {
  bib::Date out;
  out.literal = squeeze(text);
  return out;
}

}  // namespace

std::string normal_range(std::string_view text) {
  if (text.find_first_of("-\xE2") == std::string_view::npos) return squeeze(text);
  std::string out;
  out.reserve(text.size() + 2);
  const std::string squeezed = squeeze(text);
  for (std::size_t at = 0; at < squeezed.size();) {
    std::size_t dash = at;
    while (dash < squeezed.size() && squeezed[dash] == ' ') ++dash;
    std::size_t length = dash < squeezed.size() ? dash_length(squeezed, dash) : 0;
    if (length == 0) {
      out.push_back(squeezed[at++]);
      continue;
    }
    for (at = dash; at < squeezed.size() && (length = squeezed[at] == ' ' ? 1 : dash_length(squeezed, at)) > 0;) at += length;
    out += "–";
  }
  return out;
}

std::optional<bib::Date> loose_date(std::string_view text) {
  text = trim(text);
  if (text.empty() || text.size() > 200) return std::nullopt;
  if (text.size() == 4 && std::ranges::all_of(text, is_ascii_digit)) return bib::year_date(number(text));
  if (Result<bib::Date> exact = bib::parse_edtf(text)) return *exact;
  const std::vector<Digits> numbers = numbers_of(text);
  const auto year = std::ranges::find_if(numbers, [](const Digits& d) { return d.end - d.begin == 4; });
  if (year == numbers.end()) return literal_date(text);
  bib::Date out = bib::year_date(number(text.substr(year->begin, 4)));
  const std::string_view before = trim(text.substr(0, year->begin)), after = trim(text.substr(year->end));
  if (const std::optional<int> end = end_year(after, out.from.year); end && before.empty())
    return out.to = bib::PartialDate{.year = *end}, out;
  out.from.approximate = is_circa(before);
  out.from.uncertain = after == "?";
  const bool bracketed = (before == "[" && after == "]") || (before == "(" && after == ")");
  const bool lettered = before.empty() && after.size() == 1 && is_ascii_alpha(after[0]);
  const bool clean = before.empty() && (after.empty() || after == "?" || after == ".");
  return clean || bracketed || lettered || (out.from.approximate && after.empty()) ? out : literal_date(text);
}

bool add_month(std::string_view text, bib::Date& date) {
  if (text.size() > 100) return false;
  std::string spaced;  // ties are blanks
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool tie = text.substr(i).starts_with("\u00A0");
    spaced.push_back(tie ? ' ' : text[i]);
    i += tie ? 1u : 0u;
  }
  bool found = false;
  for (const std::string_view part : cut(spaced, "/-~ .,")) {
    const bool digits = std::ranges::all_of(part, is_ascii_digit) && part.size() <= 2;
    const int value = digits ? number(part) : month_of(part);
    const bool is_month = !digits || (!found && value >= 1 && value <= 12 && part.size() == trim(spaced).size());
    if (value == 0) return false;
    if (!is_month && value <= 31) date.from.day = value;
    else if (is_month && !found) date.from.month = value, found = true;
    else if (is_month && value > date.from.month) date.to = bib::PartialDate{.year = date.from.year, .month = value};
  }
  if (date.to) date.from.day = 0;
  if (found && bib::parse_edtf(bib::to_edtf(date))) return true;
  date.from.month = date.from.day = 0;
  return false;
}

std::vector<std::string_view> cut(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> out;
  std::size_t depth = 0, begin = 0;
  const auto add = [&](std::size_t end) {
    const std::string_view one = trim(text.substr(begin, end - begin));
    if (!one.empty()) out.push_back(one);
    begin = end + 1;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{') ++depth;
    else if (text[i] == '}' && depth > 0) --depth;
    else if (depth == 0 && separators.find(text[i]) != std::string_view::npos) add(i);
  }
  add(text.size());
  return out;
}

}  // namespace colophon::formats::bibtex

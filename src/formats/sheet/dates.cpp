// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/sheet/dates.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <vector>

#include "base/text.hpp"

#include <fmt/format.h>

namespace colophon::formats {
namespace {

// The months in five languages, folded. A word means the month whose names it begins, when that is one month only.
constexpr std::array<std::string_view, 12> kMonths = {
    "january januar janner enero janeiro janvier",
    "february februar feber febrero fevereiro fevrier",
    "march marz maerz marzo marco mars mrz",
    "april abril avril",
    "may mai mayo maio",
    "june juni junio junho juin",
    "july juli julio julho juillet",
    "august agosto aout",
    "september septiembre setiembre setembro septembre",
    "october oktober octubre outubro octobre",
    "november noviembre novembro novembre",
    "december dezember diciembre dezembro decembre",
};

// Words for works without a date, folded: they are no doubt but the date itself.
constexpr std::array<std::string_view, 26> kUndated = {"n d",
                                                       "nd",
                                                       "no date",
                                                       "undated",
                                                       "in press",
                                                       "forthcoming",
                                                       "to appear",
                                                       "submitted",
                                                       "accepted",
                                                       "o j",
                                                       "ohne jahr",
                                                       "im druck",
                                                       "im erscheinen",
                                                       "s f",
                                                       "sin fecha",
                                                       "en prensa",
                                                       "s d",
                                                       "sem data",
                                                       "no prelo",
                                                       "sans date",
                                                       "sous presse",
                                                       "a paraitre",
                                                       "in vorbereitung",
                                                       "in preparation",
                                                       "em preparacao",
                                                       "en preparacion"};

constexpr std::array<std::string_view, 12> kAbout = {"ca", "c",    "circa", "about",    "around", "approx",
                                                     "um", "etwa", "hacia", "cerca de", "vers",   "environ"};

constexpr int kFirstSerial = 10'000;  // 1927: smaller numbers in a column of dates are years or slips
constexpr double kLastSerial = 2'958'465;

std::optional<int> number_of(std::string_view text) {
  int out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size() || text.empty() || !is_ascii_digit(text[0])) return std::nullopt;
  return out;
}

std::optional<bib::Date> checked(int year, int month, int day) {
  std::string text = fmt::format("{:04}", year);
  if (month) text += fmt::format("-{:02}", month);
  if (day) text += fmt::format("-{:02}", day);
  Result<bib::Date> out = bib::parse_edtf(text);
  if (!out) return std::nullopt;
  return *out;
}

bool is_year(std::string_view word) { return word.size() == 4 && number_of(word); }

// "07.03.2019", "3/2019", "2019/03", "2019.3.7": numbers only. Day first, as everywhere but in the United States: a date that would
// be another one there is doubtful when its parts are parted by slashes.
std::optional<CellDate> numeric(std::string_view text, const std::vector<std::string_view>& parts) {
  std::vector<int> n;
  for (const std::string_view part : parts) {
    const std::optional<int> one = number_of(part);
    if (!one) return std::nullopt;
    n.push_back(*one);
  }
  std::optional<bib::Date> out;
  bool doubtful = false;
  if (n.size() == 2 && is_year(parts[1]) && parts[0].size() < 3) out = checked(n[1], n[0], 0);
  if (n.size() == 2 && is_year(parts[0]) && parts[1].size() < 3) out = checked(n[0], n[1], 0);
  if (n.size() == 3 && is_year(parts[0])) out = checked(n[0], n[1], n[2]);
  if (n.size() == 3 && is_year(parts[2])) {
    const bool slashes = text.find('/') != std::string_view::npos;
    out = checked(n[2], n[1], n[0]);
    if (!out && slashes) out = checked(n[2], n[0], n[1]);
    else doubtful = slashes && n[0] <= 12 && n[0] != n[1];
  }
  if (!out) return std::nullopt;
  return CellDate{*out, doubtful, doubtful ? "day and month cannot be told apart" : ""};
}

// "7 marzo 2019", "march 7 2019", "marz 2019", "mar 19": one month in words.
std::optional<CellDate> worded(const std::vector<std::string_view>& words) {
  int month = 0, day = 0, year = 0;
  for (const std::string_view word : words) {
    if (word == "de" || word == "of" || word == "the" || word == "del" || word == "le") continue;
    std::string_view digits = word;
    for (const std::string_view ending : {"st", "nd", "rd", "th", "er"}) {
      if (digits.size() > 2 && digits.ends_with(ending)) digits.remove_suffix(2);
    }
    const std::optional<int> number = number_of(digits);
    if (!number && !month && (month = month_in_words(word))) continue;
    if (number && digits.size() == 4 && !year) year = *number;
    else if (number && digits.size() <= 2 && !day) day = *number;
    else return std::nullopt;
  }
  if (!month) return std::nullopt;
  if (!year && day && words.size() == 2) {  // a spreadsheet's "Mar-19"
    const std::optional<bib::Date> out = checked((day < 50 ? 2000 : 1900) + day, month, 0);
    if (!out) return std::nullopt;
    return CellDate{*out, true, "the century cannot be told"};
  }
  const std::optional<bib::Date> out = year ? checked(year, month, day) : std::nullopt;
  if (!out) return std::nullopt;
  return CellDate{*out, false, {}};
}

std::vector<std::string_view> cut(std::string_view text, std::string_view at) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(at), text.size());
    if (end > 0) out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return out;
}

// "2018-2020", "2018 – 2020", "2018/2020", "2018-20"
std::optional<CellDate> range(std::string_view text) {
  std::string plain(text);
  for (const std::string_view dash : {"–", "—"}) {
    for (std::size_t at; (at = plain.find(dash)) != std::string::npos;) plain.replace(at, dash.size(), "-");
  }
  const std::vector<std::string_view> parts = cut(plain, " -/");
  if (parts.size() != 2 || !is_year(parts[0]) || !number_of(parts[1])) return std::nullopt;
  const int from = *number_of(parts[0]);
  int to = *number_of(parts[1]);
  if (parts[1].size() == 2 && to > 12 && from % 100 < to) to += from / 100 * 100;
  if (to < from || to > 9999 || (parts[1].size() != 4 && parts[1].size() != 2) || to < 1000) return std::nullopt;
  bib::Date out = bib::year_date(from);
  if (to > from) out.to = bib::PartialDate{.year = to};
  return CellDate{out, false, {}};
}

std::optional<CellDate> serial(const Cell& cell, std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  const bool whole = number_of(text).has_value();
  if (value < kFirstSerial || (!whole && cell.kind != CellKind::number)) return std::nullopt;
  const std::optional<bib::PartialDate> date = date_of_serial(value, Epoch::y1900);
  if (!date) return std::nullopt;
  return CellDate{{.from = *date, .to = {}, .open_end = false, .literal = {}}, false, {}};
}

// "2019-03-07T00:00:00", "2019-03-07 00:00"
std::string_view without_time(std::string_view text) {
  const bool timed = text.size() > 13 && (text[10] == 'T' || text[10] == ' ') && text.find(':') != std::string_view::npos;
  return timed ? text.substr(0, 10) : text;
}

std::optional<CellDate> read(const Cell& cell, std::string_view text) {
  if (Result<bib::Date> edtf = bib::parse_edtf(without_time(text))) return CellDate{*edtf, false, {}};
  if (std::optional<CellDate> out = serial(cell, text)) return out;
  if (std::optional<CellDate> out = range(text)) return out;
  if (std::optional<CellDate> out = numeric(text, cut(text, "./- "))) return out;
  const std::string key = fold_key(text);
  return worded(cut(key, " "));
}

std::optional<CellDate> about(const Cell& cell, std::string_view text) {
  const std::size_t digits = text.find_first_of("0123456789");
  if (digits == std::string_view::npos || digits == 0) return std::nullopt;
  const std::string before = fold_key(text.substr(0, digits));
  if (std::ranges::find(kAbout, before) == kAbout.end()) return std::nullopt;
  std::optional<CellDate> out = read(cell, trim(text.substr(digits)));
  if (out) out->date.from.approximate = true;
  return out;
}

}  // namespace

int month_in_words(std::string_view word) {
  if (word.size() < 3) return 0;
  int out = 0;
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    const bool names = std::ranges::any_of(split(kMonths[i], ' '), [&](std::string_view name) { return name.starts_with(word); });
    if (names && out) return 0;
    if (names) out = static_cast<int>(i) + 1;
  }
  return out;
}

std::optional<bib::PartialDate> date_of_serial(double serial, Epoch epoch) {
  using namespace std::chrono;
  if (!(serial >= 0) || serial >= kLastSerial + 1) return std::nullopt;
  const int whole = static_cast<int>(serial);
  sys_days day = sys_days{year{1904} / January / 1} + days{whole};
  if (epoch == Epoch::y1900) {
    if (whole == 0 || whole == 60) return std::nullopt;
    day = sys_days{year{1899} / December / (whole < 60 ? 31 : 30)} + days{whole};
  }
  const year_month_day date{day};
  if (date.year() > year{9999}) return std::nullopt;
  return bib::PartialDate{.year = static_cast<int>(date.year()),
                          .month = static_cast<int>(static_cast<unsigned>(date.month())),
                          .day = static_cast<int>(static_cast<unsigned>(date.day()))};
}

CellDate parse_cell_date(const Cell& cell) {
  const std::string text = squeeze(cell.text);
  if (std::optional<CellDate> out = read(cell, text)) return *out;
  if (std::optional<CellDate> out = about(cell, text)) return *out;
  CellDate out;
  out.date.literal = nfc(text);
  const std::string key = fold_key(text);
  out.doubtful = std::ranges::find(kUndated, key) == kUndated.end();
  if (out.doubtful) out.why = "this is no date";
  return out;
}

}  // namespace colophon::formats

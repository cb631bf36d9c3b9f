// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/dates.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "formats_xml/builder.hpp"

// When a work was published, and what happened to it before.
namespace colophon::formats_xml {
namespace {

// clang-format off
// Which date says when a work was issued: the lowest rank, then the earliest.
struct RankRow {
  std::string_view kind;
  int rank;
};
constexpr RankRow kDateRanks[] = {
    {"", 0}, {"epub", 0}, {"ppub", 0}, {"pub", 0}, {"epub-ppub", 0}, {"epubl", 0}, {"epublish", 0}, {"publication", 0}, {"electronic", 0}, {"print", 0},
    {"collection", 1}, {"issue-pub", 1}, {"issue", 1}, {"ecollection", 1},
    {"preprint", 2}, {"version-of-record", 0},
};
constexpr int kOtherRank = 3;  // pmc-release, nihms-submitted, retracted …


using HistoryRow = std::pair<std::string_view, FieldId>;
constexpr HistoryRow kHistory[] = {
    {"received", FieldId::received}, {"accepted", FieldId::accepted}, {"submitted", FieldId::submitted}};

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::pair<std::string_view, int> kSeasons[] = {{"spring", 21}, {"summer", 22}, {"autumn", 23}, {"fall", 23}, {"winter", 24}};
// clang-format on

int number(std::string_view text) {
  int out = 0;
  for (const char c : text) {
    if (!is_ascii_digit(c) || out > 99'999) break;
    out = out * 10 + (c - '0');
  }
  return out;
}

// The digits that other scripts write: each set has ten in a row.
std::string with_ascii_digits(std::string text) {
  static constexpr char32_t kZeros[] = {0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10};
  if (end_of_ascii(text) == text.size()) return text;
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    const auto zero = std::ranges::find_if(kZeros, [&](char32_t z) { return c >= z && c < z + 10; });
    if (zero == std::end(kZeros)) append_utf8(out, c);
    else out.push_back(static_cast<char>('0' + (c - *zero)));
  }
  return out;
}

int month_of(std::string_view text) {
  if (const int n = number(text); n > 0) return n <= 12 ? n : 0;
  const std::string low = ascii_lower(text);
  const auto found = std::ranges::find_if(kMonths, [&](std::string_view m) { return low.starts_with(m); });
  if (found != kMonths.end()) return static_cast<int>(found - kMonths.begin()) + 1;
  bib::Date other = bib::year_date(2000);  // in one of the other languages
  return !text.empty() && formats::add_to_year(text, other) ? other.from.month : 0;
}

int season_of(std::string_view text) {
  const std::string low = ascii_lower(text);
  for (const auto& [word, month] : kSeasons) {
    if (low.find(word) != std::string::npos) return month;
  }
  return month_of(text);
}

// The first year in a text: four digits that no digit touches.
int year_in(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (!is_ascii_digit(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_ascii_digit(text[end])) ++end;
    if (end - at == 4 && (text[at] == '1' || text[at] == '2')) return number(text.substr(at, 4));
    at = end;
  }
  return 0;
}

std::optional<bib::Date> as_date(const bib::PartialDate& parts) {
  bib::Date out;
  out.from = parts;
  if (out.from.month == 0) out.from.day = 0;
  if (out.from.year <= 0) return std::nullopt;
  if (!bib::is_day(out.from)) out.from.day = 0;  // the 31st of June
  return out;
}

// Earlier, or as early and more complete.
bool precedes(const bib::PartialDate& a, const bib::PartialDate& b) {
  if (a.year != b.year) return a.year < b.year;
  if (a.month == 0 || b.month == 0) return a.month > b.month;
  if (a.month != b.month) return a.month < b.month;
  if (a.day == 0 || b.day == 0) return a.day > b.day;
  return a.day < b.day;
}

}  // namespace

void JatsBuilder::open_date(const XmlAttributes& attributes) {
  date_ = bib::PartialDate{};
  date_text_ = attributes.get("iso-8601-date");
  const std::string_view calendar = attributes.get("calendar");
  other_calendar_ = !calendar.empty() && !iequals(calendar, "gregorian");
  if (top().el != El::pub_date) return;
  const std::string_view kind = attributes.get("date-type");
  frames_.back().kind = keep_lower(kind.empty() ? attributes.get("pub-type") : kind);
}

void JatsBuilder::close_date_part() {
  if (!date_ || other_calendar_) return;
  const std::string text = with_ascii_digits(plain());
  switch (top().el) {
    case El::year: date_->year = year_in(text); break;
    case El::month: date_->month = month_of(text); break;
    case El::day: date_->day = std::min(number(text), 99); break;
    default: date_->month = date_->month ? date_->month : season_of(text);
  }
}

// What the open date says: in its parts, else in its attribute, else somewhere in its text.
std::optional<bib::Date> JatsBuilder::take_date() {
  std::optional<bib::PartialDate> date = std::exchange(date_, std::nullopt);
  if (date && date->year == 0) {
    if (const Result<bib::Date> iso = bib::parse_edtf(date_text_.substr(0, 10)); iso && iso->known()) *date = iso->from;
    else if (!other_calendar_) date->year = year_in(with_ascii_digits(plain()));
  }
  return date ? as_date(*date) : std::nullopt;
}

void JatsBuilder::close_pub_date() {
  if (const std::optional<bib::Date> date = take_date()) {
    const auto rank = std::ranges::find(kDateRanks, kind(), &RankRow::kind);
    article().dates.push_back({*date, rank == std::end(kDateRanks) ? kOtherRank : rank->rank, origin()});
  } else if (article().odd_date.empty()) {
    article().odd_date = plain();
  }
}

void JatsBuilder::close_history_date() {
  const auto row = std::ranges::find(kHistory, kind(), &HistoryRow::first);
  const std::optional<bib::Date> date = take_date();
  if (date && row != std::end(kHistory) && !stated(row->second)) state(row->second, *date);
  else if (date && !kind().empty()) extra(kinded("date"), bib::to_edtf(*date));
}

void JatsBuilder::close_event_date() {
  const std::string text = plain();
  const Result<bib::Date> date = bib::parse_edtf(text);
  if (date && date->known() && !stated(FieldId::event_date)) return state(FieldId::event_date, *date);
  extra(name(top().el), text);
}

// The date that a reader would give: that of publication before those of the issue or of a preprint; else the year of copyright.
void JatsBuilder::settle_date(Article& a) {
  const auto best = std::ranges::min_element(a.dates, [](const PublicationDate& x, const PublicationDate& y) {
    return x.rank != y.rank ? x.rank < y.rank : precedes(x.date.from, y.date.from);
  });
  if (best != a.dates.end()) a.facts.push_back({FieldId::issued, best->date, best->origin, {}});
  else if (const int year = year_in(a.copyright_year))
    a.facts.push_back({FieldId::issued, bib::year_date(year), {.line = a.line, .path = "copyright-year"}, {}});
  const bool told =
      !a.dates.empty() || std::ranges::find(a.restored, FieldId::issued, &bib::Statement::field) != a.restored.end();
  if (!told) extra("pub-date", a.odd_date);
}

}  // namespace colophon::formats_xml

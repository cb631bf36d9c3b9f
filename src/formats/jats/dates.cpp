// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "formats/jats/parts.hpp"

#include <fmt/format.h>

// When it was published and what happened before, and where in its issue it stands.
namespace colophon::formats::jats {
namespace {

using Taken = Writing::Taken;

constexpr std::pair<FieldId, std::string_view> kHistory[] = {
    {FieldId::received, "received"}, {FieldId::accepted, "accepted"}, {FieldId::submitted, "submitted"}};

void write_date(Writing& w, std::string_view element, std::string_view kind, const bib::PartialDate& date) {
  static constexpr std::array<std::string_view, 4> kSeasons = {"spring", "summer", "autumn", "winter"};
  const bool season = date.month > 12;
  bib::Date exact;
  exact.from = date;
  w.xml.open(element, {{"date-type", kind}, {"iso-8601-date", season ? "" : to_edtf(exact)}});
  if (season && date.month >= 21 && date.month <= 24) w.xml.leaf("season", kSeasons[static_cast<std::size_t>(date.month - 21)]);
  if (!season && date.day > 0) w.xml.leaf("day", fmt::format("{:02}", date.day));
  if (!season && date.month > 0) w.xml.leaf("month", fmt::format("{:02}", date.month));
  w.xml.leaf("year", std::to_string(date.year));
  w.xml.close();
}

std::optional<bib::Date> plain_date(const std::string& text) {
  Result<bib::Date> date = bib::parse_edtf(text);
  const bool plain = date && date->known() && !date->to && !date->open_end && !date->from.approximate && !date->from.uncertain &&
                     date->from.year >= 1000 && date->from.year < 3000;
  return plain ? std::optional(*date) : std::nullopt;
}

bool is_further_date(const Taken& date) {
  const bool first = std::ranges::find(kHistory, std::string_view(date.kind), &std::pair<FieldId, std::string_view>::second) !=
                     std::end(kHistory);
  return !date.kind.empty() && !first && plain_date(date.text).has_value();
}

}  // namespace

void write_issued(Writing& w) {
  const bib::Date* date = w.work.date(FieldId::issued);
  if (date && date->known()) {
    bib::PartialDate from = date->from;
    from.approximate = from.uncertain = false;
    write_date(w, "pub-date", "pub", from);
  } else if (w.publishing()) {
    w.xml.open("pub-date-not-available").close();
  }
}

void write_pages(Writing& w) {
  const std::string pages = w.text(FieldId::page);
  static constexpr std::string_view kDash = "–";
  const std::size_t dash = pages.find(kDash);
  const std::string_view first = std::string_view(pages).substr(0, dash);
  const std::string_view last = dash == std::string::npos ? "" : std::string_view(pages).substr(dash + kDash.size());
  const bool parted =
      dash != std::string::npos && !first.empty() && !last.empty() && first != last && last.find(kDash) == std::string_view::npos;
  if (parted) w.xml.leaf("fpage", first).leaf("lpage", last);
  else if (dash == std::string::npos || w.publishing()) w.xml.leaf("fpage", pages);
  else w.xml.leaf("page-range", pages);
  if (pages.empty()) w.xml.leaf("elocation-id", w.text(FieldId::article_number));
}

void write_history(Writing& w) {
  std::vector<std::pair<std::string, bib::PartialDate>> dates;
  for (const auto& [field, kind] : kHistory) {
    if (const bib::Date* date = w.work.date(field); date && date->known()) {
      dates.emplace_back(kind, date->from);
      dates.back().second.approximate = dates.back().second.uncertain = false;
    }
  }
  for (const Taken& one : w.take("date", is_further_date)) dates.emplace_back(one.kind, plain_date(one.text)->from);
  if (dates.empty()) return;
  w.xml.open("history");
  for (const auto& [kind, date] : dates) write_date(w, "date", kind, date);
  w.xml.close();
}

}  // namespace colophon::formats::jats

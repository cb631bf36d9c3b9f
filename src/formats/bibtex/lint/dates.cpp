// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "formats/bibtex/lint/lint.hpp"
#include "formats/bibtex/values.hpp"

#include <fmt/format.h>

namespace colophon::formats::bibtex {
namespace {

constexpr int kFirstJournal = 1665;  // Journal des sçavans, Philosophical Transactions

constexpr std::array<std::string_view, 12> kMonths = {"january", "february", "march",     "april",   "may",      "june",
                                                      "july",    "august",   "september", "october", "november", "december"};

void check_one_year(const LintContext& at, const LintField& field, int year) {
  if (at.options->year > 0 && year > at.options->year + 1)
    return at.report->add("bibtex.future-year", at.place(field, field.value),
                          fmt::format("the year {} of “{}” is still to come", year, field.name),
                          "compare it with the publication");
  const bool periodical = at.type == "article" || at.type == "periodical" || at.type == "suppperiodical";
  if (year > 0 && year < kFirstJournal && periodical && field.is(bib::FieldId::issued))
    at.report->add("bibtex.implausible-year", at.place(field, field.value),
                   fmt::format("there were no journals in the year {}", year), "compare it with the publication");
}

// 1 to 12 for an English name, its first three letters or a number.
int plain_month(std::string_view text) {
  if (!text.empty() && text.size() <= 2 && std::ranges::all_of(text, is_ascii_digit)) {
    const int number = text.size() == 1 ? text[0] - '0' : (text[0] - '0') * 10 + text[1] - '0';
    return number <= 12 ? number : 0;
  }
  if (text.ends_with('.')) text.remove_suffix(1);
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (iequals(text, kMonths[i]) || iequals(text, kMonths[i].substr(0, 3)) || (i == 8 && iequals(text, "sept")))
      return static_cast<int>(i) + 1;
  }
  return 0;
}

}  // namespace

void check_year(const LintContext& at, const LintField& field) {
  if (!field.is(Form::year) && !field.is(Form::date)) return;
  std::string text(trim(field.value));
  std::erase_if(text, [](char c) { return c == '{' || c == '}'; });
  const bool digits = !text.empty() && std::ranges::all_of(text, is_ascii_digit);
  if (digits && text.size() != 4)
    return at.report->add("bibtex.implausible-year", at.place(field, field.value),
                          fmt::format("“{}” has not the four digits of a year", ellipsis(text, 40)), "write it as in 2019");
  const std::optional<bib::Date> date = text.size() <= 100 && is_utf8(text) ? loose_date(text) : std::nullopt;
  if (!date || !date->known()) return;
  check_one_year(at, field, date->to ? std::max(date->from.year, date->to->year) : date->from.year);
}

void check_month(const LintContext& at, const LintField& field) {
  if (!field.is(Form::month) || !field.literal) return;
  const std::string_view text = trim(field.value);
  const int month = plain_month(text);
  if (month == 0 || (at.dialect == Rulebook::biblatex && is_ascii_digit(text[0]))) return;
  const std::string macro(kMonths[static_cast<std::size_t>(month - 1)].substr(0, 3));
  at.report->add("bibtex.month", field.raw->begin, fmt::format("the month is written out as “{}”", text),
                 fmt::format("write month = {}, which each style prints in its own way", macro),
                 {{field.raw->begin, field.raw->end, macro}});
}

}  // namespace colophon::formats::bibtex

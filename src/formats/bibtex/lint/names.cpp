// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/names.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "formats/bibtex/lint/lint.hpp"
#include "formats/bibtex/tex.hpp"
#include "formats/bibtex/values.hpp"

#include <fmt/format.h>

namespace colophon::formats::bibtex {
namespace {

std::string shown(std::string_view text) { return printable(ellipsis(to_utf8(squeeze(text)), 60)); }

// Calls with each byte outside braces and commands.
template <class Visit>
void outside_braces(std::string_view text, Visit visit) {
  std::size_t depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    else if (text[i] == '{') ++depth;
    else if (text[i] == '}' && depth > 0) --depth;
    else if (depth == 0) visit(i);
  }
}

// The tail of a name that means "and others", with the comma and blanks before it; empty when there is none.
std::string_view et_al(std::string_view name) {
  static constexpr std::array<std::string_view, 6> kForms = {"et al.", "et. al.", "et al", "et. al", "et.al.", "et alii"};
  for (const std::string_view form : kForms) {
    if (name.size() < form.size() || !iequals(name.substr(name.size() - form.size()), form)) continue;
    std::size_t begin = name.size() - form.size();
    if (begin > 0 && !is_blank(name[begin - 1]) && name[begin - 1] != ',') continue;
    while (begin > 0 && (is_blank(name[begin - 1]) || name[begin - 1] == ',')) --begin;
    return name.substr(begin);
  }
  return {};
}

void check_et_al(const LintContext& at, const LintField& field, std::string_view name, bool last) {
  const std::string_view tail = et_al(name);
  if (tail.empty()) return;
  const bool alone = tail.size() == name.size();
  at.report->add("bibtex.et-al", at.place(field, tail), fmt::format("“{}” in a list of names", shown(tail)), "write “and others”",
                 last ? at.replace(field, tail, alone ? "others" : " and others") : std::vector<Edit>{});
}

// The ";" of "&amp;", which has a rule of its own.
bool ends_entity(std::string_view value, std::size_t i) {
  const std::string_view before = value.substr(i < 10 ? 0 : i - 10, std::min<std::size_t>(i, 10));
  const std::size_t entity = before.rfind('&');
  return entity != std::string_view::npos && before.find(' ', entity) == std::string_view::npos;
}

void check_commas(const LintContext& at, const LintField& field, std::string_view name) {
  std::size_t commas = 0;
  bool extended = false;
  outside_braces(name, [&](std::size_t i) { commas += name[i] == ',', extended = extended || name[i] == '='; });
  if (commas > 2 && !extended)
    at.report->add("bibtex.odd-name", at.place(field, name), fmt::format("the name “{}” has too many commas", shown(name)),
                   "part names with “and”; a name is “Family, Given” or “von Family, Jr, Given”");
}

bool blank_at(std::string_view text, std::size_t i) { return i < text.size() && is_blank(text[i]); }

// "; " and " & " between names, " \\& " too.
void check_separators(const LintContext& at, const LintField& field, std::string_view value) {
  std::vector<Edit> edits;
  std::string_view first;
  const auto take = [&](std::string_view sign) {
    if (first.empty()) first = sign;
    const auto begin = static_cast<std::size_t>(sign.data() - value.data());
    const bool ends = trim(value.substr(begin + sign.size())).empty();
    for (Edit& edit : at.replace(field, sign, ends ? "" : sign == ";" ? " and" : "and")) edits.push_back(std::move(edit));
  };
  std::size_t depth = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const std::size_t sign = value.substr(i).starts_with("\\&") ? 2 : value[i] == '&' ? 1 : 0;
    if (depth == 0 && sign > 0 && i > 0 && blank_at(value, i - 1) && blank_at(value, i + sign)) take(value.substr(i, sign));
    if (value[i] == '\\') ++i;
    else if (value[i] == '{') ++depth;
    else if (value[i] == '}' && depth > 0) --depth;
    else if (value[i] == ';' && depth == 0 && !ends_entity(value, i)) take(value.substr(i, 1));
  }
  if (!first.empty())
    at.report->add("bibtex.name-separator", at.place(field, first), fmt::format("names are parted by “{}”", first),
                   "part them with “and”", std::move(edits));
}

// "A and and B", "and A".
void check_gaps(const LintContext& at, const LintField& field, std::string_view value) {
  bool before = true;  // an "and", or the beginning
  std::size_t words = 0;
  std::string_view gap;
  for (const std::string_view word : cut(value, " \t\r\n")) {
    const bool is_and = iequals(word, "and");
    if (is_and && before && gap.empty()) gap = word;
    before = is_and;
    ++words;
  }
  if (gap.empty() && before && words > 0) gap = trim(value).substr(trim(value).size() - 3);
  if (!gap.empty())
    at.report->add("bibtex.empty-name", at.place(field, gap), "an “and” without a name beside it",
                   "take it out, or write the name");
}

}  // namespace

void check_names(const LintContext& at, const LintField& field) {
  if (!field.is(Form::names) || trim(field.value).empty()) return;
  const std::vector<std::string_view> names = split_list(field.value);
  for (std::size_t i = 0; i < names.size(); ++i) {
    check_et_al(at, field, trim(names[i]), i + 1 == names.size());
    check_commas(at, field, trim(names[i]));
  }
  check_separators(at, field, field.value);
  check_gaps(at, field, field.value);
}

}  // namespace colophon::formats::bibtex

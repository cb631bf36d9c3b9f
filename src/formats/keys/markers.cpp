// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/keys/markers.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"
#include "formats/bibtex/known_fields.hpp"
#include "formats/bibtex/mapping.hpp"
#include "formats/keys/people.hpp"

#include <fmt/format.h>

namespace colophon::formats::keys {
namespace {

using bib::FieldId;

constexpr std::size_t kMostDigits = 4;

bool all_digits(std::string_view text) {
  return !text.empty() && text.size() <= kMostDigits && std::ranges::all_of(text, is_ascii_digit);
}
std::size_t number(std::string_view digits) {
  std::size_t out = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return out;
}

std::string upper_first(std::string word) {
  if (!word.empty() && word[0] >= 'a' && word[0] <= 'z') word[0] = static_cast<char>(word[0] - 32);
  return word;
}
std::string lower_first(std::string word) {
  if (!word.empty() && word[0] >= 'A' && word[0] <= 'Z') word[0] = static_cast<char>(word[0] + 32);
  return word;
}

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, " ")); }

// --- titles ----------------------------------------------------------------------------------------------------------------------

std::string title_of(const KeySource& source) { return source.work->text(FieldId::title); }

// The first words that are no function words, in their own case.
std::string short_title(const KeySource& source, std::size_t count) {
  const std::string language = source.work->text(FieldId::language);
  std::vector<std::string> out;
  for (std::string& word : title_words(title_of(source))) {
    if (out.size() < count && !is_function_word(word, language)) out.push_back(std::move(word));
  }
  return joined(out);
}

std::string title_in_title_case(const KeySource& source, std::size_t) {
  const std::string language = source.work->text(FieldId::language);
  std::vector<std::string> words = title_words(title_of(source));
  for (std::size_t i = 0; i < words.size(); ++i)
    words[i] = i > 0 && is_function_word(words[i], language) ? lower_first(words[i]) : upper_first(cleaned(words[i]));
  return joined(words);
}

std::string camel_title(const KeySource& source, std::size_t) {
  std::vector<std::string> words = title_words(title_of(source));
  for (std::string& word : words) word = upper_first(cleaned(word));
  return joined(words);
}

std::string short_title_initials(const KeySource& source, std::size_t) {
  std::vector<std::string> words = title_words(title_of(source));
  words.resize(std::min<std::size_t>(words.size(), 3));
  for (std::string& word : words) word = cleaned(word).substr(0, 1);
  return joined(words);
}

std::string three_words(const KeySource& source, std::size_t) { return short_title(source, 3); }
std::string one_word(const KeySource& source, std::size_t) { return short_title(source, 1); }
std::string full_title(const KeySource& source, std::size_t) { return title_of(source); }

// --- dates -----------------------------------------------------------------------------------------------------------------------

std::string year(const KeySource& source, std::size_t) {
  const bib::Date* date = source.work->date(FieldId::issued);
  return !date ? "" : date->known() ? std::to_string(date->from.year) : date->literal;
}

// "in press", "submitted" have no year: IP.
std::string short_year(const KeySource& source, std::size_t) {
  const std::string text = year(source, 0);
  if (text.starts_with("in") || text.starts_with("sub")) return "IP";
  return text.size() > 2 ? text.substr(text.size() - 2) : text;
}

std::string month(const KeySource& source, std::size_t) {
  static constexpr std::array<std::string_view, 13> kMonths = {"",        "January",  "February", "March",  "April",
                                                               "May",     "June",     "July",     "August", "September",
                                                               "October", "November", "December"};
  const bib::Date* date = source.work->date(FieldId::issued);
  return date && date->known() && date->from.month > 0 && date->from.month <= 12
             ? std::string(kMonths[static_cast<std::size_t>(date->from.month)])
             : "";
}

std::string day(const KeySource& source, std::size_t) {
  const bib::Date* date = source.work->date(FieldId::issued);
  return date && date->known() && date->from.day > 0 ? std::to_string(date->from.day) : "";
}

// --- pages -----------------------------------------------------------------------------------------------------------------------

// The numbers of the pages without leading zeros, as texts that compare by size, then by digits.
std::vector<std::string> page_numbers(const KeySource& source) {
  std::vector<std::string> out;
  std::string digits;
  const std::string pages = source.work->text(FieldId::page) + " ";
  for (const char c : pages) {
    if (is_ascii_digit(c)) digits.push_back(c);
    else if (!digits.empty()) {
      digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
      out.push_back(std::move(digits));
      digits.clear();
    }
  }
  return out;
}
bool is_less(const std::string& a, const std::string& b) { return a.size() != b.size() ? a.size() < b.size() : a < b; }

std::string first_page(const KeySource& source, std::size_t) {
  const std::vector<std::string> all = page_numbers(source);
  return all.empty() ? "" : std::ranges::min(all, is_less);
}
std::string last_page(const KeySource& source, std::size_t) {
  const std::vector<std::string> all = page_numbers(source);
  return all.empty() ? "" : std::ranges::max(all, is_less);
}
std::string page_prefix(const KeySource& source, std::size_t) {
  const std::string pages = source.work->text(FieldId::page);
  return pages.substr(0, std::min(pages.find_first_of("0123456789"), pages.size()));
}

// --- others ----------------------------------------------------------------------------------------------------------------------

std::string keyword(const KeySource& source, std::size_t n) {
  const std::span<const bib::Statement> all = source.work->all(FieldId::keyword);
  return n == 0 || n > all.size() ? "" : bib::plain(all[n - 1].value);
}
std::string keywords(const KeySource& source, std::size_t n) {
  std::string out;
  for (std::size_t i = 1; i <= std::min(n, source.work->all(FieldId::keyword).size()); ++i) out += keyword(source, i) + " ";
  return out;
}
std::string all_keywords(const KeySource& source, std::size_t) { return keywords(source, SIZE_MAX); }

std::string entry_type(const KeySource& source, std::size_t) {
  static constexpr std::array<std::string_view, 17> kCased = {
      "InProceedings", "InCollection", "InBook",         "TechReport",     "PhdThesis", "MastersThesis",
      "BookInBook",    "SuppBook",     "SuppCollection", "SuppPeriodical", "MvBook",    "MvCollection",
      "MvProceedings", "MvReference",  "InReference",    "XData",          "WWW"};
  const std::string_view type = source.entry_type.empty() ? bibtex::entry_type_of(source.work->type) : source.entry_type;
  const auto cased = std::ranges::find_if(kCased, [&](std::string_view name) { return iequals(name, type); });
  return cased == kCased.end() ? upper_first(ascii_lower(type)) : std::string(*cased);
}

struct ValueRow {
  std::string_view name;
  int numbers;
  std::string (*value)(const KeySource&, std::size_t n);
};
constexpr std::array kValues = {
    ValueRow{"title", 0, title_in_title_case},
    ValueRow{"fulltitle", 0, full_title},
    ValueRow{"shorttitle", 0, three_words},
    ValueRow{"veryshorttitle", 0, one_word},
    ValueRow{"shorttitleINI", 0, short_title_initials},
    ValueRow{"camel", 0, camel_title},
    ValueRow{"year", 0, year},
    ValueRow{"shortyear", 0, short_year},
    ValueRow{"month", 0, month},
    ValueRow{"day", 0, day},
    ValueRow{"firstpage", 0, first_page},
    ValueRow{"lastpage", 0, last_page},
    ValueRow{"pageprefix", 0, page_prefix},
    ValueRow{"keyword", 1, keyword},
    ValueRow{"keywords", 1, keywords},
    ValueRow{"keywords", 0, all_keywords},
    ValueRow{"entrytype", 0, entry_type},
};

// All names of a field, as BibTeX would write them.
std::string names_of(const bib::NameList& list) {
  std::string out;
  for (const bib::Contributor& c : list.names) out += (out.empty() ? "" : " and ") + bib::display_form(c.name);
  return out;
}

std::string values_of(const KeySource& source, FieldId field) {
  std::string out;
  for (const bib::Statement& s : source.work->all(field)) {
    const auto* names = std::get_if<bib::NameList>(&s.value);
    const auto* date = std::get_if<bib::Date>(&s.value);
    out += (out.empty() ? "" : " ") + (names                   ? names_of(*names)
                                       : date && date->known() ? bib::to_edtf(*date)
                                                               : bib::plain(s.value));
  }
  return out;
}

// A field under BibTeX's name; one of ours under its own; else one that is kept as it came.
std::string field_of(const KeySource& source, const std::string& name) {
  static constexpr std::array kNumbers = {FieldId::issue, FieldId::collection_number, FieldId::number};
  if (name == "number") {
    for (const FieldId field : kNumbers) {
      if (source.work->has(field)) return values_of(source, field);
    }
  }
  const bibtex::FieldMapping* mapping = bibtex::mapping_of(name);
  const std::optional<FieldId> ours = bib::field_named(name);
  if (mapping && mapping->form != bibtex::Form::extra) return values_of(source, mapping->field);
  if (ours) return values_of(source, *ours);
  for (const bib::Statement& s : source.work->all(FieldId::extra)) {
    const auto& extra = std::get<bib::Extra>(s.value);
    if (extra.name == "bibtex:" + name) return extra.text;
  }
  return {};
}

struct Numbered {
  std::string_view stem;
  int numbers = 0;
  std::size_t n = 0, m = 0;
};
// "auth3_2" as it is, as "auth" and two numbers; "auth3" as "auth" and one.
std::vector<Numbered> readings_of(std::string_view name) {
  std::vector<Numbered> out = {{name}};
  std::size_t digits = name.size();
  while (digits > 0 && is_ascii_digit(name[digits - 1])) --digits;
  if (!all_digits(name.substr(digits))) return out;
  const std::size_t last = number(name.substr(digits));
  out.push_back({name.substr(0, digits), 1, last, 0});
  if (digits == 0 || name[digits - 1] != '_') return out;
  const std::size_t second = digits - 1;
  std::size_t first = second;
  while (first > 0 && is_ascii_digit(name[first - 1])) --first;
  if (all_digits(name.substr(first, second - first)))
    out.push_back({name.substr(0, first), 2, number(name.substr(first, second - first)), last});
  return out;
}

}  // namespace

Marker marker_named(std::string_view name) {
  Marker out;
  const bool pure = name.starts_with("pure");
  for (const Numbered& reading : readings_of(pure ? name.substr(4) : name)) {
    out.n = reading.n, out.m = reading.m;
    for (const PeopleRow& row : people_rows()) {
      if (row.numbers != reading.numbers || (row.author != reading.stem && (pure || row.editor != reading.stem))) continue;
      out.people = row.make;
      out.whose = pure                         ? Marker::Whose::author
                  : row.author == reading.stem ? Marker::Whose::author_or_editor
                                               : Marker::Whose::editor;
      return out;
    }
    for (const ValueRow& row : kValues) {
      if (!pure && row.numbers == reading.numbers && row.name == reading.stem) return out.value = row.value, out;
    }
  }
  out.field = ascii_lower(name);
  return out;
}

std::string value_of(const Marker& marker, const KeySource& source) {
  if (marker.people) return marker.people(people_of(source, marker.whose), marker.n, marker.m);
  if (marker.value) return marker.value(source, marker.n);
  return field_of(source, marker.field);
}

bool is_field(std::string_view name) { return bibtex::is_known_field(name) || bib::field_named(name).has_value(); }

}  // namespace colophon::formats::keys

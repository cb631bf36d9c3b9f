// SPDX-License-Identifier: GPL-3.0-or-later
#include "bibtex_compare.hpp"

#include <algorithm>
#include <cstdlib>

#include "base/text.hpp"
#include "bibtex_fields.hpp"
#include "formats/bibtex/names.hpp"
#include "formats/bibtex/tex.hpp"
#include "formats/csl_json.hpp"

#include <fmt/format.h>

namespace colophon::score {
namespace {

using bib::FieldId;
using bib::Work;
using namespace formats;

// --- titles and names ---------------------------------------------------------------------------------------------------------

// The words, with the quotes that are marks.
std::string quoted(const bib::RichText* text) {
  std::string out;
  if (!text) return out;
  for (const bib::Run& run : text->runs()) {
    const std::string_view quote = run.has(bib::Mark::quote) ? "\"" : "";
    out.append(quote).append(run.text).append(quote);
  }
  return out;
}

// Names that are no list of ours by role: kept as a further field, or among the contributors.
std::vector<bib::NameList> lists_of(const std::string& role, const Work& work) {
  std::vector<bib::NameList> out;
  const auto add = [&](FieldId field) {
    for (const bib::Statement& s : work.all(field)) out.push_back(std::get<bib::NameList>(s.value));
  };
  if (const std::optional<FieldId> field = role_named(role)) return add(*field), out;
  for (const bib::Statement& s : work.all(FieldId::extra)) {
    const auto& extra = std::get<bib::Extra>(s.value);
    if (extra.name == "bibtex:" + role) out.push_back(bibtex::parse_names(extra.text));
  }
  for (const FieldId field : {FieldId::contributor, FieldId::author, FieldId::editor}) add(field);
  return out;
}

bool same_names(const bib::NameList& expected, const bib::NameList& got, Suffix suffix = Suffix::apart) {
  return levelled(expected, suffix) == levelled(got, suffix) && (!expected.others || got.others);
}

// Formats other than BibTeX: a name that one took as a whole is the same in the order of reading; "M. J." is "M J".
bib::NameList as_cut_by(bib::NameList expected, const bib::NameList& got) {
  const auto initials = [](std::string given) {
    std::erase_if(given, [](char c) { return c == '.' || c == ' '; });
    return levelled(given);
  };
  for (std::size_t i = 0; i < expected.names.size() && expected.names.size() == got.names.size(); ++i) {
    bib::Name& name = expected.names[i].name;
    const bib::Name& ours = got.names[i].name;
    const bool whole = (!ours.literal.empty() || !name.literal.empty()) &&
                       levelled(bib::display_form(name)) == levelled(bib::display_form(ours));
    if (whole) name = ours;
    else if (initials(name.given) == initials(ours.given)) name.given = ours.given;
  }
  return expected;
}

bool same_names(const bib::NameList& expected, const std::vector<bib::NameList>& got, Suffix suffix = Suffix::apart) {
  if (expected.names.empty() && !expected.others) return true;
  return std::ranges::any_of(got, [&](const bib::NameList& list) { return same_names(expected, list, suffix); });
}

std::string shown(const bib::NameList& list) { return bib::long_form(list) + (list.others ? "; others" : ""); }
std::string shown(const std::vector<bib::NameList>& lists) { return lists.empty() ? "" : shown(lists[0]); }

// All values of a field: each alone, and together.
std::vector<std::string> values_of(const Work& work, FieldId field) {
  std::vector<std::string> out;
  std::string all;
  for (const bib::Statement& s : work.all(field)) {
    out.push_back(bib::plain(s.value));
    all += out.back() + "\n";
  }
  if (out.size() > 1) out.insert(out.begin(), all);
  return out;
}

std::string joined_values(const Work& work, FieldId field) {
  std::string out;
  for (const bib::Statement& s : work.all(field)) out += bib::plain(s.value) + " ";
  return out;
}

std::optional<std::string> further_field(const Work& work, std::string_view name) {
  std::optional<std::string> out;
  for (const bib::Statement& s : work.all(FieldId::extra)) {
    const auto& extra = std::get<bib::Extra>(s.value);
    const std::size_t colon = extra.name.find(':');
    if (colon != std::string::npos && iequals(extra.name.substr(colon + 1), name)) out = extra.text;
  }
  return out;
}

// What converters of other formats lose: the dash of page ranges, all of a date but its year.
bool says_less(const FieldRow& row, const std::string& expected, const Work& work, FieldId field) {
  if (row.how == How::date) {
    const bib::Date* ours = work.date(field);
    const std::optional<bib::Date> date = date_of(expected);
    return ours && date && date->known() && !date->to && !date->from.month && ours->known() && ours->from.year == date->from.year;
  }
  return row.how == How::pages && expected.find('-') == std::string::npos && dense_text(work.text(field)) == dense_text(expected);
}

// Nothing when the values agree or cannot be compared.
std::optional<std::string> differing(const Case& one, const FieldRow& row, const std::string& expected, const Work& work) {
  std::string first;
  for (const FieldId field : row.ours) {
    const std::string want = key_of(row.how, field, expected);
    const bool same_list = row.how == How::list && dense_text(joined_values(work, field)) == dense_text(expected);
    if (want.empty() || same_list || (one.kind == "convert" && says_less(row, expected, work, field))) return std::nullopt;
    const bib::Date* date = work.date(field);
    if (date && key_of(row.how, *date) == want) return std::nullopt;
    if (date && row.how == How::year && want == fmt::format("{}", std::abs(date->from.year))) return std::nullopt;
    std::vector<std::string> values = values_of(work, field);
    if (field == FieldId::url) std::ranges::copy(values_of(work, FieldId::doi), std::back_inserter(values));
    for (const std::string& value : values) {
      if (!date && key_of(row.how, field, value) == want) return std::nullopt;
      if (first.empty()) first = value;
    }
  }
  return first;
}

void compare_field(const Case& one, const std::string& name, const std::string& expected, const Work& work, Unit& out) {
  const std::string lower = ascii_lower(name);
  const std::optional<std::string> further = further_field(work, lower);
  const bool kept = further && (dense_text(bibtex::decode_plain(*further)) == dense_text(expected) ||
                                dense_text(bibtex::decode_verbatim(*further)) == dense_text(expected) ||
                                dense_text(*further) == dense_text(expected));
  if (kept) return;
  const FieldRow* row = field_row(lower);
  if (!row) {
    if (further) out.differences.push_back({name, expected, *further});
    return;
  }
  if (const std::optional<std::string> got = differing(one, *row, expected, work))
    out.differences.push_back({name, expected, got->empty() && further ? *further : *got});
}

// --- one entry ----------------------------------------------------------------------------------------------------------------

bool type_fits(const Case& one, const std::string& type, const Work& work) {
  if (type.empty() || type == "document") return true;
  if (one.kind == "zotero-items") return zotero_type_fits(type, work.type);
  if (one.kind == "csl") return bib::row(work.type).csl == type;
  return true;
}

void compare_names(const Case& one, const std::string& role, const bib::NameList& expected, const Work& work, Unit& out) {
  const std::vector<bib::NameList> got = lists_of(role, work);
  const Suffix suffix = one.kind == "zotero-items" ? Suffix::in_given : Suffix::apart;
  const bool tagged = one.format != "bibtex" && one.format != "biblatex";
  const bib::NameList want = tagged && !got.empty() ? as_cut_by(expected, got[0]) : expected;
  if (!same_names(want, got, suffix)) out.differences.push_back({role, shown(expected), shown(got), role == "author" ? 3 : 1});
}

bool is_name_field(std::string_view name) { return name == "author" || name == "editor" || name == "translator"; }

// What another program gets of us in CSL-JSON: without what is ours alone.
Work through_csl(const Work& work) {
  const Json written = to_csl(work, "id");
  Json item = Json::object();
  for (const auto& [variable, value] : written.members()) {
    if (variable != "custom") item.set(variable, value);
  }
  return from_csl(item).value_or(Work{});
}

}  // namespace

void compare_entry(const Case& one, const Json& entry, const Work& read, Unit& out) {
  const Work work = one.kind == "csl" ? through_csl(read) : read;
  for (const auto& [name, value] : entry["fields"].members()) {
    const std::string expected = plain_text(value.as_string(), one.writing);
    if (name == "title") {
      if (!same_title(value.as_string(), work, one.writing)) out.differences.push_back({name, expected, work.full_title(), 3});
    } else if (is_name_field(name)) {
      compare_names(one, name, bibtex::parse_names(value.as_string()), work, out);
    } else if (name != "publicationTitle" || !entry["fields"].contains("journalAbbreviation")) {
      compare_field(one, name, expected, work, out);  // else the title was looked up in a list of abbreviations
    }
  }
  for (const auto& [role, list] : entry["names"].members()) compare_names(one, role, names_of(list, one.writing), work, out);
  for (const auto& [name, list] : entry["lists"].members()) {
    std::string all;
    for (const Json& value : list.items()) all += plain_text(value.as_string(), one.writing) + "\n";
    compare_field(one, name, all, work, out);
  }
  if (const std::string& type = entry["type"].as_string(); !type_fits(one, type, work))
    out.differences.push_back({"type", type, std::string(bib::name(work.type))});
}

bool same_title(const std::string& expected, const Work& work, Writing writing) {
  const std::string want = levelled(plain_text(expected, writing)), title = quoted(work.rich(FieldId::title));
  return want == levelled(work.text(FieldId::title)) || want == levelled(work.full_title()) || want == levelled(title) ||
         want == levelled(title + ": " + quoted(work.rich(FieldId::subtitle)));
}

bool same_authors(const bib::NameList& expected, const Work& work) { return same_names(expected, lists_of("author", work)); }

}  // namespace colophon::score

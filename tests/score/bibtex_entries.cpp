// SPDX-License-Identifier: GPL-3.0-or-later
// Entries: matched by key and order, then compared field by field. Fields that we have no place for and did not keep as further fields
// (Zotero's libraryCatalog …) are not compared.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "bibtex_case.hpp"
#include "bibtex_fields.hpp"
#include "formats/bibtex/mapping.hpp"
#include "formats/bibtex/names.hpp"
#include "formats/bibtex/tex.hpp"
#include "formats/bibtex/values.hpp"
#include "formats/csl_json.hpp"

#include <fmt/format.h>

namespace colophon::score {
namespace {

using bib::FieldId;
using bib::Work;
using namespace formats;

// --- which draft is which entry -----------------------------------------------------------------------------------------------

std::string title_of(const Json& entry, Writing writing) {
  return levelled(plain_text(entry["fields"]["title"].as_string(), writing));
}

// The n-th entry of a key is the n-th draft of that key; where the source keeps no order, titles come before. Entries whose key the
// source does not give (or made itself) are matched by title, then by order, among what is left.
std::vector<const Draft*> match(const Case& one, const Extraction& read) {
  const Json::Array& entries = one.expect["entries"].items();
  std::vector<const Draft*> out(entries.size(), nullptr);
  std::vector<bool> used(read.drafts.size(), false);
  const auto take = [&](std::size_t entry, auto fits) {
    for (std::size_t i = 0; i < read.drafts.size() && !out[entry]; ++i) {
      if (!used[i] && fits(i)) out[entry] = &read.drafts[i], used[i] = true;
    }
  };
  const bool keyed = one.kind == "bib" || one.kind == "bbl";
  std::vector<std::string> titles, keys;  // of the drafts
  for (const Draft& draft : read.drafts) {
    titles.push_back(levelled(draft.work.text(FieldId::title)) + "\n" + levelled(draft.work.full_title()) + "\n");
    keys.push_back(nfc(draft.local_id));
  }
  const auto has_key = [&](std::size_t i, std::size_t draft) {
    const std::string& key = entries[i]["key"].as_string();
    return !key.empty() && keys[draft] == nfc(key);
  };
  std::vector<std::string> wanted;
  for (const Json& entry : entries) wanted.push_back(title_of(entry, one.writing) + "\n");
  const auto has_title = [&](std::size_t i, std::size_t draft) {
    const std::size_t at = titles[draft].find(wanted[i]);
    return wanted[i].size() > 1 && at != std::string::npos && (at == 0 || titles[draft][at - 1] == '\n');
  };
  const auto has_doi = [&](std::size_t i, std::size_t draft) {
    const Result<bib::Doi> doi = bib::Doi::parse(entries[i]["fields"]["DOI"].as_string());
    return doi && read.drafts[draft].work.text(FieldId::doi) == doi->str();
  };
  const auto is_open = [&](std::size_t i) { return !out[i] && (!keyed || entries[i]["key"].as_string().empty()); };
  for (std::size_t i = 0; i < entries.size() && !keyed; ++i)
    take(i, [&](std::size_t d) { return has_key(i, d) && has_title(i, d); });
  for (std::size_t i = 0; i < entries.size(); ++i) take(i, [&](std::size_t d) { return has_key(i, d); });
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (is_open(i)) take(i, [&](std::size_t d) { return has_doi(i, d) && has_title(i, d); });
    if (is_open(i)) take(i, [&](std::size_t d) { return has_doi(i, d); });
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (is_open(i)) take(i, [&](std::size_t d) { return has_title(i, d); });
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (is_open(i)) take(i, [&](std::size_t d) { return !keyed || keys[d].empty(); });
  }
  return out;
}

// --- titles and names ---------------------------------------------------------------------------------------------------------

// The words, with the quotes that are marks.
std::string quoted(const bib::RichText* text) {
  std::string out;
  for (const bib::Run& run : text ? text->runs() : std::vector<bib::Run>{})
    out += run.has(bib::Mark::quote) ? "\"" + run.text + "\"" : run.text;
  return out;
}

bool same_title(const std::string& expected, const Work& work, Writing writing) {
  const std::string want = levelled(plain_text(expected, writing)), title = quoted(work.rich(FieldId::title));
  return want == levelled(work.text(FieldId::title)) || want == levelled(work.full_title()) || want == levelled(title) ||
         want == levelled(title + ": " + quoted(work.rich(FieldId::subtitle)));
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

// --- one field ----------------------------------------------------------------------------------------------------------------

std::string page_key(std::string_view text) {
  std::string out = levelled(bibtex::normal_range(text));
  std::erase_if(out, [](char c) { return c == ' ' || c == '.'; });
  // "123-45" is "123-145"
  const std::size_t dash = out.find('-');
  if (dash == std::string::npos || out.find('-', dash + 1) != std::string::npos) return out;
  const std::string from = out.substr(0, dash), to = out.substr(dash + 1);
  const auto digits = [](const std::string& s) { return !s.empty() && std::ranges::all_of(s, is_ascii_digit); };
  if (!digits(from) || !digits(to) || to.size() >= from.size()) return out;
  return from + "-" + from.substr(0, from.size() - to.size()) + to;
}

std::string number_key(std::string_view text) {
  std::string out = dense_text(text);
  out.erase(0, std::min(out.find_first_not_of('0'), out.size()));
  return out;
}

// Non-ASCII percent-encoded; a resolver's link to a DOI is the DOI.
std::string url_key(std::string_view text) {
  const std::string url = bibtex::decode_verbatim(text);
  if (const Result<bib::Doi> doi = bib::Doi::parse(url)) return doi->str();
  std::string out;
  for (const char c : url)
    out += static_cast<unsigned char>(c) < 0x80 ? std::string(1, c) : fmt::format("%{:02x}", static_cast<unsigned char>(c));
  out = levelled(out);
  return out.ends_with('/') ? out.substr(0, out.size() - 1) : out;
}

// Each of several, without remarks in parentheses: "2689-6575(ELECTRONIC),26896567(PRINT)".
std::string code_key(FieldId field, std::string_view text) {
  if (field == FieldId::url) return url_key(text);
  if (const Result<bib::Code> code = bib::parse_code(field, text)) return dense_text(code->value);
  std::string out;
  for (std::string_view part : bibtex::cut(text, ",; ")) {
    part = part.substr(0, part.find('('));
    const Result<bib::Code> code = bib::parse_code(field, part);
    if (!part.empty()) out += dense_text(code ? std::string_view(code->value) : part);
  }
  return out;
}

// The language alone, of each of several: programs differ in what "english" is short for.
std::string language_key(std::string_view text) {
  struct Name {
    std::string_view name, tag;
  };
  static constexpr std::array kNames = {Name{"auenglish", "en"}, Name{"nb", "no"}, Name{"nn", "no"}, Name{"and", ""}};
  std::string out;
  for (const std::string_view word : bibtex::cut(text, " ,.\n")) {
    const std::string known(bibtex::language_tag(word));
    std::string tag = levelled(known.empty() ? word : std::string_view(known));
    tag = tag.substr(0, tag.find('-'));
    const auto row = std::ranges::find(kNames, tag, &Name::name);
    out += row == kNames.end() ? tag : std::string(row->tag);
  }
  return out;
}

// The items in any order, without doubles; "and" may part items or be part of one.
std::string list_key(std::string_view text) {
  std::vector<std::string> items;
  for (const std::string_view part : bibtex::cut(text, "\n,;")) {
    for (const std::string_view one : bibtex::split_list(part)) items.push_back(dense_text(one));
  }
  std::ranges::sort(items);
  items.erase(std::ranges::unique(items).begin(), items.end());
  std::string out;
  for (const std::string& item : items) out += item + "|";
  return out;
}

std::string title_key(std::string_view text) {
  const std::string all = levelled(text);
  return all.substr(0, all.find(": "));
}

std::string date_key(How how, std::string_view text) {
  if (text.starts_with("0000 ")) return {};  // Zotero's way to say that it could not read it
  const std::optional<bib::Date> date = date_of(text);
  if (how == How::month) {
    bib::Date month = bib::year_date(2000);
    const bool numbered = !text.empty() && is_ascii_digit(text[0]);  // "07 18–22": with days
    if (numbered) text = text.substr(0, text.find(' '));
    const bool read = bibtex::add_month(bibtex::cut(text, "#").empty() ? text : bibtex::cut(text, "#")[0], month);
    return read ? fmt::format("{}", month.from.month) : dense_text(text);
  }
  if (!date) return dense_text(text);
  return how == How::year && date->known() && !date->to ? fmt::format("{}", date->from.year) : levelled(*date);
}

std::string key_of(How how, FieldId field, std::string_view text) {
  switch (how) {
    case How::text: return levelled(text);
    case How::dense: return dense_text(bibtex::genre_of_bibstring(text).empty() ? text : bibtex::genre_of_bibstring(text));
    case How::list: return list_key(text);
    case How::title: return title_key(text);
    case How::number: return number_key(text);
    case How::pages: return page_key(text);
    case How::code: return code_key(field, text);
    case How::language: return language_key(text);
    default: return date_key(how, text);
  }
}

// Our date where only the year or the month is asked for.
std::string our_date_key(How how, const bib::Date& date) {
  if (how == How::date || !date.known()) return levelled(date);
  if (how == How::month) return date.from.month ? fmt::format("{}", date.from.month) : "";
  return date.to && date.to->year != date.from.year ? levelled(bib::Date{.from = {.year = date.from.year},
                                                                         .to = bib::PartialDate{.year = date.to->year},
                                                                         .open_end = false,
                                                                         .literal = {}})
                                                    : fmt::format("{}", date.from.year);
}

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
    if (date && our_date_key(row.how, *date) == want) return std::nullopt;
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

void compare(const Case& one, const Json& entry, const Draft& draft, Unit& out) {
  const Work& work = draft.work;
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

}  // namespace

std::vector<Unit> score_entries(const Case& one) {
  std::vector<Unit> out;
  const std::string row = one.source + "/" + one.kind;
  const std::optional<Extraction> read = read_input(one);
  const Json::Array& entries = one.expect["entries"].items();
  if (entries.empty()) {
    Unit unit{one.id, row, {}, read.has_value()};
    if (read && !read->drafts.empty()) unit.differences.push_back({"entries", "none", read->drafts[0].local_id, 5});
    return {unit};
  }
  const std::vector<const Draft*> drafts = read ? match(one, *read) : std::vector<const Draft*>(entries.size(), nullptr);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    Unit unit{one.id + "#" + entries[i]["key"].as_string(), row, {}, read.has_value()};
    if (drafts[i]) compare(one, entries[i], *drafts[i], unit);
    else unit.differences.push_back({"entry", entries[i]["fields"]["title"].as_string(), "", 5});
    out.push_back(std::move(unit));
  }
  return out;
}

void count_entries(const Case& one, const Case* second, EntryFigures& out) {
  const std::optional<Extraction> read = read_input(one);
  if (!read) return;
  const std::vector<const Draft*> drafts = match(one, *read);
  std::multimap<std::string, const Json*> others;
  const Json& theirs = (second ? *second : one).expect["entries"];
  for (const Json& entry : theirs.items()) others.emplace(entry["key"].as_string(), &entry);
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    const Json& entry = one.expect["entries"].items()[i];  // without a second source: agrees with itself
    const auto other = others.find(entry["key"].as_string());
    if (second && other == others.end()) continue;
    const Json* agreed = second ? other->second : nullptr;
    ++out.entries;
    out.found += drafts[i] != nullptr;
    const std::string title = title_of(entry, one.writing);
    if (!title.empty() && (!agreed || title_of(*agreed, second->writing) == title)) {
      ++out.titles;
      out.right_titles += drafts[i] && same_title(entry["fields"]["title"].as_string(), drafts[i]->work, one.writing);
    }
    const bib::NameList authors = names_of(entry["names"]["author"], one.writing);
    const bool listed = entry["names"].contains("author");
    if (listed && (!agreed || levelled(names_of((*agreed)["names"]["author"], second->writing)) == levelled(authors))) {
      ++out.lists;
      out.right_lists += drafts[i] && same_names(authors, lists_of("author", drafts[i]->work));
    }
    if (agreed) others.erase(other);
  }
}

}  // namespace colophon::score

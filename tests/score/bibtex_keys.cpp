// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "bib/work.hpp"
#include "bibtex_fields.hpp"
#include "bibtex_level.hpp"
#include "formats/bibtex/mapping.hpp"
#include "formats/bibtex/names.hpp"
#include "formats/bibtex/tex.hpp"
#include "formats/bibtex/values.hpp"

#include <fmt/format.h>

namespace colophon::score {
namespace {

using bib::FieldId;
namespace bibtex = formats::bibtex;

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

}  // namespace

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

std::string key_of(How how, const bib::Date& date) {
  if (how == How::date || !date.known()) return levelled(date);
  if (how == How::month) return date.from.month ? fmt::format("{}", date.from.month) : "";
  return date.to && date.to->year != date.from.year ? levelled(bib::Date{.from = {.year = date.from.year},
                                                                         .to = bib::PartialDate{.year = date.to->year},
                                                                         .open_end = false,
                                                                         .literal = {}})
                                                    : fmt::format("{}", date.from.year);
}

}  // namespace colophon::score

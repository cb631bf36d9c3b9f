// SPDX-License-Identifier: GPL-3.0-or-later
#include "bibtex_level.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"
#include "formats/bibtex/tex.hpp"
#include "formats/bibtex/values.hpp"

#include <fmt/format.h>

namespace colophon::score {
namespace {

using namespace formats;

// Characters that say the same in another convention; "¡br/¿" is what TeX's oldest font makes of "<br/>".
struct Same {
  std::string_view from, to;
};
constexpr std::array kSame = {
    Same{"‘", "'"},      Same{"’", "'"},           Same{"‚", "'"},  Same{"‛", "'"},  Same{"ʼ", "'"},  Same{"`", "'"},
    Same{"´", "'"},      Same{"“", "\""},          Same{"”", "\""}, Same{"„", "\""}, Same{"«", "\""}, Same{"»", "\""},
    Same{"‹", "'"},      Same{"›", "'"},           Same{"‐", "-"},  Same{"‑", "-"},  Same{"‒", "-"},  Same{"–", "-"},
    Same{"—", "-"},      Same{"―", "-"},           Same{"−", "-"},  Same{"{", ""},   Same{"}", ""},   Same{"$", ""},
    Same{"⋅", "·"},      Same{"∕", "/"},           Same{"⁄", "/"},  Same{"∼", "~"},  Same{"¡", "<"},  Same{"¿", ">"},
    Same{"\u00A0", " "}, Same{"\u0305", "\u0304"},
};

std::string without_tags(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool tag = text[at] == '<' && at + 1 < text.size() && (is_ascii_alpha(text[at + 1]) || text[at + 1] == '/');
    const std::size_t end = tag ? text.find('>', at) : std::string_view::npos;
    if (end == std::string_view::npos) out.push_back(text[at]);
    else at = end;
  }
  return out;
}

std::string with_same(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto same = std::ranges::find_if(kSame, [&](const Same& s) { return text.substr(at).starts_with(s.from); });
    if (same == kSame.end()) out.push_back(text[at++]);
    else out += same->to, at += same->from.size();
  }
  return out;
}

// Runs of hyphens are one; two single quotes are a double one.
std::string with_runs_joined(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '-' && out.ends_with('-')) continue;
    if (c == '\'' && out.ends_with('\'')) out.back() = '"';
    else out.push_back(c);
  }
  return out;
}

// The "]" of a span "[npj]{.nocase}" that begins at `at`; npos for brackets that are text.
std::size_t end_of_span(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  for (std::size_t i = at; i < text.size(); ++i) {
    if (text[i] == '[') ++depth;
    else if (text[i] == ']' && --depth == 0) return text.substr(i + 1).starts_with('{') ? i : std::string_view::npos;
  }
  return std::string_view::npos;
}

// Pandoc's Markdown: "[npj]{.nocase}", "*emphasis*", "CO~2~", "\'", "`raw`{=latex}".
std::string without_markdown(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const std::size_t span = c == '[' ? end_of_span(text, at) : std::string_view::npos;
    const bool attribute = c == '{' && at > 0 && text[at - 1] == '`' && text.find('}', at) != std::string_view::npos;
    if (span != std::string_view::npos) {
      out += without_markdown(text.substr(at + 1, span - at - 1));
      at = std::min(text.find('}', span), text.size());
    } else if (attribute) at = text.find('}', at);
    else if (c == '\\' && at + 1 < text.size()) out.push_back(text[++at]);
    else if (std::string_view("*^~`").find(c) == std::string_view::npos) out.push_back(c);
  }
  return out;
}

std::string part(const Json& name, std::string_view key, Writing writing) { return plain_text(name[key].as_string(), writing); }

bool means_others(const bib::Name& name) {
  const std::string word = levelled(name.literal.empty() ? name.family : name.literal);
  return name.given.empty() && (word == "others" || word == "et al" || word == "et al.");
}

std::string levelled(const bib::PartialDate& date) { return fmt::format("{}-{}-{}", date.year, date.month, date.day); }

}  // namespace

std::string levelled(std::string_view text) {
  return squeeze(with_runs_joined(with_same(fold_case(without_tags(with_same(without_entities(text)))))));
}

std::string without_entities(std::string_view text) {
  struct Entity {
    std::string_view name, text;
  };
  static constexpr std::array kEntities = {Entity{"amp", "&"}, Entity{"lt", "<"}, Entity{"gt", ">"}, Entity{"quot", "\""},
                                           Entity{"nbsp", " "}};
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t end = text[at] == '&' ? text.find_first_of("; &", at + 1) : std::string_view::npos;
    const std::string_view name = end == std::string_view::npos ? std::string_view() : text.substr(at + 1, end - at - 1);
    const auto row = std::ranges::find(kEntities, name, &Entity::name);
    std::uint32_t code = 0;
    if (name.starts_with("#x")) std::from_chars(name.data() + 2, name.data() + name.size(), code, 16);
    else if (name.starts_with('#')) std::from_chars(name.data() + 1, name.data() + name.size(), code);
    if (row == kEntities.end() && code == 0) {
      out.push_back(text[at]);
      continue;
    }
    if (row != kEntities.end()) out += row->text;
    else append_utf8(out, code);
    at = text[end] == ';' ? end : end - 1;
  }
  return out;
}

std::string plain_text(std::string_view text, Writing writing) {
  if (writing == Writing::tex) return bibtex::decode_plain(text);
  return writing == Writing::markdown ? without_markdown(text) : std::string(text);
}

std::string dense_text(std::string_view text) {
  std::string out;
  const std::string level = levelled(text);
  for (std::size_t at = 0; at < level.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(level, at);
    const bool ascii = c < 0x80;
    if (!ascii || is_ascii_alpha(static_cast<char>(c)) || is_ascii_digit(static_cast<char>(c)))
      out.append(level, begin, at - begin);
  }
  return out;
}

std::string levelled(const bib::Name& name) {
  if (!name.literal.empty()) return levelled(name.literal) + "||";
  const std::string family = levelled(fmt::format("{} {} {}", name.dropping_prefix, name.prefix, name.family));
  std::string joined;  // "d' Aviano" is "d'Aviano"
  for (const char c : family) {
    if (c == ' ' && (joined.ends_with('\'') || joined.ends_with('-'))) continue;
    joined.push_back(c);
  }
  return joined + "|" + levelled(name.given) + "|" + levelled(name.suffix);
}

bib::NameList names_of(const Json& list, Writing writing) {
  bib::NameList out;
  for (const Json& one : list.items()) {
    bib::Contributor person;
    person.name.family = part(one, "family", writing);
    person.name.given = part(one, "given", writing);
    person.name.prefix = part(one, "prefix", writing);
    person.name.suffix = part(one, "suffix", writing);
    person.name.literal = part(one, "literal", writing);
    if (person.name.family.empty()) std::swap(person.name.family, person.name.given);
    if (means_others(person.name)) out.others = true;
    else if (!person.name.empty()) out.names.push_back(std::move(person));
  }
  return out;
}

std::string levelled(const bib::NameList& list, Suffix suffix) {
  std::string out;
  for (const bib::Contributor& person : list.names) {
    bib::Name name = person.name;
    if (suffix == Suffix::in_given) name.given += " " + std::exchange(name.suffix, {});
    if (suffix == Suffix::in_given) std::erase(name.given, ',');
    out += levelled(name) + "\n";
  }
  return out;
}

std::optional<bib::Date> date_of(std::string_view text) {
  if (const Result<Json> json = Json::parse(text); json && json->is_object()) {
    bib::Date out;
    out.literal = (*json)["literal"].as_string();
    return out;
  }
  const std::string open = text.ends_with('/') ? std::string(text) + ".." : std::string(text);
  if (Result<bib::Date> exact = bib::parse_edtf(open)) return *exact;
  return bibtex::loose_date(text);
}

std::string levelled(const bib::Date& date) {
  if (!date.known()) return dense_text(date.literal);
  return levelled(date.from) + (date.to ? "/" + levelled(*date.to) : date.open_end ? "/.." : "");
}

}  // namespace colophon::score

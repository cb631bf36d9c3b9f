// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/people.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.hpp"

namespace colophon::formats {
namespace {

bool is_suffix(std::string_view word) {
  static constexpr std::array<std::string_view, 12> kSuffixes = {"jr", "jr.", "sr",  "sr.", "ii",  "iii",
                                                                 "iv", "v",   "2nd", "3rd", "4th", "filho"};
  const std::string lower = ascii_lower(word);
  return std::ranges::find(kSuffixes, lower) != kSuffixes.end();
}

bool is_lower(std::string_view word) { return !word.empty() && word[0] >= 'a' && word[0] <= 'z'; }

// Parts the leading lower-case words of a family, at least one word of which remains.
void part_prefix(bib::Name& name) {
  std::size_t at = 0;
  while (true) {
    const std::size_t blank = name.family.find(' ', at);
    if (blank == std::string::npos || !is_lower(std::string_view(name.family).substr(at))) break;
    at = blank + 1;
  }
  if (at == 0) return;
  name.prefix = name.family.substr(0, at - 1);
  name.family.erase(0, at);
}

bib::Name literal(std::string text) {
  bib::Name out;
  out.literal = std::move(text);
  return out;
}

std::string single_commas(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != ',' || i == 0 || text[i - 1] != ',') out.push_back(text[i]);
  }
  return out;
}

}  // namespace

bool is_others(std::string_view text) {
  static constexpr std::array<std::string_view, 7> kOthers = {"et al",      "et al.", "others", "and others",
                                                              "and et al.", "et. al", "et. al."};
  const std::string lower = ascii_lower(squeeze(text));
  return std::ranges::find(kOthers, lower) != kOthers.end();
}

bib::Name read_sorted_name(std::string_view given_text) {
  const std::string text = squeeze(given_text);
  bib::Name out;
  if (text.ends_with(", ,")) {
    out.family = trim(std::string_view(text).substr(0, text.size() - 3));
    part_prefix(out);
    return out;
  }
  if (text.find(",,") != std::string::npos) return literal(single_commas(text));
  if (text.ends_with(',')) return literal(std::string(trim(std::string_view(text).substr(0, text.size() - 1))));
  std::vector<std::string> parts;
  for (const std::string_view part : split(text, ',')) parts.emplace_back(trim(part));
  if (parts.size() == 1 && text.find(' ') != std::string::npos && !is_lower(text)) return literal(text);
  if (parts.size() > 3 || parts[0].empty() || (parts.size() == 3 && parts[2].size() > 12 && !is_suffix(parts[2])))
    return literal(text);
  out.family = parts[0];
  part_prefix(out);
  if (parts.size() > 1) out.given = parts[1];
  if (parts.size() > 2) out.suffix = parts[2];
  if (parts.size() == 2 && is_suffix(out.given)) std::swap(out.given, out.suffix);
  return out;
}

std::string write_sorted_name(const bib::Name& name) {
  if (!name.literal.empty()) {
    const bool comma = name.literal.find(',') != std::string::npos;
    const bool read_as_person = comma || name.literal.find(' ') == std::string::npos || is_lower(name.literal);
    return name.literal + (read_as_person ? "," : "");
  }
  std::string out = (name.prefix.empty() ? "" : name.prefix + " ") + name.family;
  std::string given = name.given;
  if (!name.dropping_prefix.empty()) given += (given.empty() ? "" : " ") + name.dropping_prefix;
  if (given.empty() && name.suffix.empty()) return out.find(' ') != std::string::npos && name.prefix.empty() ? out + ", ," : out;
  out += ", " + given;
  return name.suffix.empty() ? out : out + ", " + name.suffix;
}

bib::Name read_full_medline_name(std::string_view text) {
  bib::Name out = read_sorted_name(text);
  const std::size_t blank = out.given.rfind(' ');
  if (!out.suffix.empty() || blank == std::string::npos || !is_suffix(std::string_view(out.given).substr(blank + 1))) return out;
  out.suffix = out.given.substr(blank + 1);
  out.given.erase(blank);
  return out;
}

bib::Name read_medline_name(std::string_view given_text) {
  const std::string text = squeeze(given_text);
  if (text.find(',') != std::string::npos) return read_sorted_name(text);
  std::vector<std::string_view> words = split(text, ' ');
  bib::Name out;
  if (words.size() > 2 && is_suffix(words.back())) out.suffix = words.back(), words.pop_back();
  const std::string_view last = words.back();
  const bool initials = words.size() > 1 && count_code_points(last) <= 4 && fold_case(last) != last;
  if (!initials) {
    if (words.size() > 1) return literal(text);
    out.family = text;
    return out;
  }
  for (std::size_t at = 0; at < last.size();) {
    if (!out.given.empty() && last[at] != '-') out.given.push_back(' ');
    append_utf8(out.given, next_code_point(last, at));
  }
  words.pop_back();
  for (const std::string_view word : words) out.family += (out.family.empty() ? "" : " ") + std::string(word);
  part_prefix(out);
  return out;
}

}  // namespace colophon::formats

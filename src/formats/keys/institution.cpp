// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/keys/institution.hpp"

#include <algorithm>
#include <vector>

#include "base/text.hpp"
#include "base/transliterate.hpp"

namespace colophon::formats::keys {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool starts(std::string_view word, std::string_view prefix) {
  return word.size() >= prefix.size() && iequals(word.substr(0, prefix.size()), prefix);
}

// "uni" alone or "univ…": a "United Nations" is none.
bool is_university(std::string_view word) { return iequals(word, "uni") || starts(word, "univ"); }
bool is_technology(std::string_view word) { return starts(word, "tech"); }
bool is_school(std::string_view word) { return iequals(word, "school"); }
bool is_department(std::string_view word) { return starts(word, "dep") || starts(word, "dip") || starts(word, "lab"); }

std::vector<std::string_view> words_of(std::string_view part) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at < part.size();) {
    const std::size_t end = std::min(part.find_first_of(" -_\t\n", at), part.size());
    const std::string_view word = part.substr(at, end - at);
    const bool counts =
        !word.empty() && !iequals(word, "press") && !iequals(word, "the") && !word.ends_with('.') && is_upper(word[0]);
    if (counts || is_university(word)) out.push_back(word);
    at = end + 1;
  }
  return out;
}

// "(AGG)": two capitals or more in parentheses.
std::string_view abbreviation_in(std::string_view name) {
  for (std::size_t open = name.find('('); open != std::string_view::npos; open = name.find('(', open + 1)) {
    const std::size_t close = name.find(')', open);
    if (close == std::string_view::npos) break;
    const std::string_view inside = name.substr(open + 1, close - open - 1);
    if (inside.size() >= 2 && inside.size() <= 20 && std::ranges::all_of(inside, is_upper)) return inside;
  }
  return {};
}

template <class Is>
bool any(const std::vector<std::string_view>& words, Is is) {
  return std::ranges::any_of(words, is);
}

std::string capitals_of(const std::vector<std::string_view>& words) {
  std::string out;
  for (const std::string_view word : words) {
    if (starts(word, "dep") || starts(word, "dip") || is_school(word) || iequals(word, "faculty")) continue;
    std::ranges::copy_if(word, std::back_inserter(out), is_upper);
  }
  return out;
}

std::string initials_or_words(const std::vector<std::string_view>& words) {
  std::string out;
  for (const std::string_view word : words) out += words.size() >= 3 ? word.substr(0, 1) : word;
  return out;
}

std::string university_of(const std::vector<std::string_view>& words) {
  std::string out = "Uni";
  for (const std::string_view word : words) out += is_university(word) ? std::string_view() : word;
  return out;
}

}  // namespace

std::string institution_key(std::string_view name) {
  const std::string ascii = to_ascii(name.substr(0, 1'000));
  if (const std::string_view abbreviation = abbreviation_in(ascii); !abbreviation.empty()) return std::string(abbreviation);
  std::string university, school, department, rest;
  const std::vector<std::string_view> parts = split(ascii, ',');
  for (const std::string_view part : parts) {
    const std::vector<std::string_view> words = words_of(part);
    const bool is_part = parts.size() > 1 && (any(words, is_school) || any(words, is_department));
    if (any(words, is_university) && !any(words, is_technology)) {
      university = university_of(words);
    } else if (is_part) {
      if (any(words, is_school)) school = capitals_of(words);
      if (any(words, is_department)) department = capitals_of(words);
    } else if (rest.empty()) {
      rest = initials_or_words(words);
    }
  }
  const std::string key = (university.empty() ? rest : university) + school + (department == school ? "" : department);
  return key.empty() ? ascii : key;
}

}  // namespace colophon::formats::keys

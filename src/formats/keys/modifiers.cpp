// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/keys/modifiers.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"
#include "formats/keys/markers.hpp"

namespace colophon::formats::keys {
namespace {

// Texts are ASCII here: markers are cleaned before.
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

// Calls with each word, which may be changed.
template <class Visit>
std::string by_words(const std::string& text, Visit visit) {
  std::string out;
  std::size_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = is_blank(text[at]) ? at : std::min(text.find_first_of(" \t\r\n\f\v", at), text.size());
    if (end == at) {
      out.push_back(text[at++]);
      continue;
    }
    out += visit(text.substr(at, end - at), number++);
    at = end;
  }
  return out;
}

std::string capitalised(std::string word) {
  word = ascii_lower(word);
  word[0] = upper(word[0]);
  return word;
}

std::string to_lower(const std::string& text, std::size_t) { return ascii_lower(text); }
std::string to_upper(const std::string& text, std::size_t) {
  std::string out = text;
  std::ranges::transform(out, out.begin(), upper);
  return out;
}
std::string capitalize(const std::string& text, std::size_t) {
  return by_words(text, [](std::string word, std::size_t) { return capitalised(std::move(word)); });
}
std::string title_case(const std::string& text, std::size_t) {
  return by_words(text, [](std::string word, std::size_t i) {
    return i > 0 && is_function_word(word, "en") ? ascii_lower(word) : capitalised(std::move(word));
  });
}
std::string sentence_case(const std::string& text, std::size_t) {
  return by_words(text, [](std::string word, std::size_t i) { return i > 0 ? ascii_lower(word) : capitalised(std::move(word)); });
}
std::string camel(const std::string& text, std::size_t) {
  return by_words(text, [](std::string word, std::size_t) { return word[0] = upper(word[0]), word; });
}
std::string abbreviate(const std::string& text, std::size_t) {
  std::string out;
  by_words(text, [&](std::string word, std::size_t) { return out.push_back(word[0]), word; });
  return out;
}
std::string truncate(const std::string& text, std::size_t n) { return std::string(trim(text.substr(0, n))); }

constexpr std::array kRows = {
    ModifierRow{"lower", false, to_lower},
    ModifierRow{"upper", false, to_upper},
    ModifierRow{"capitalize", false, capitalize},
    ModifierRow{"titlecase", false, title_case},
    ModifierRow{"sentencecase", false, sentence_case},
    ModifierRow{"camel", false, camel},
    ModifierRow{"abbr", false, abbreviate},
    ModifierRow{"truncate", true, truncate},
    ModifierRow{"lower_case", false, to_lower},
    ModifierRow{"upper_case", false, to_upper},  // JabRef's other names
    ModifierRow{"title_case", false, title_case},
    ModifierRow{"sentence_case", false, sentence_case},
};

}  // namespace

const ModifierRow* modifier_named(std::string_view name, std::size_t& n) {
  for (const ModifierRow& row : kRows) {
    if (!row.numbered && row.name == name) return &row;
    if (!row.numbered || !name.starts_with(row.name) || name.size() == row.name.size()) continue;
    const std::string_view digits = name.substr(row.name.size());
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
    if (error == std::errc() && end == digits.data() + digits.size()) return &row;
  }
  return nullptr;
}

std::vector<std::string> modifier_names() {
  std::vector<std::string> out;
  for (const ModifierRow& row : kRows) out.push_back(std::string(row.name) + (row.numbered ? "3" : ""));
  return out;
}

}  // namespace colophon::formats::keys

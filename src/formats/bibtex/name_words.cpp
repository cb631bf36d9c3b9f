// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/name_words.hpp"

#include "base/text.hpp"
#include "formats/bibtex/tex.hpp"

namespace colophon::formats::bibtex {

bool is_and(std::string_view text, std::size_t at, std::size_t& end) {
  while (at < text.size() && is_blank(text[at])) ++at;
  if (at + 3 > text.size() || !iequals(text.substr(at, 3), "and")) return false;
  if (at + 3 < text.size() && !is_blank(text[at + 3])) return false;
  end = at + 3;
  return true;
}

Words split_commas(std::string_view text) {
  Words out;
  std::size_t depth = 0, begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{') ++depth;
    else if (text[i] == '}' && depth > 0) --depth;
    else if (text[i] == ',' && depth == 0) out.push_back(trim(text.substr(begin, i - begin))), begin = i + 1;
  }
  out.push_back(trim(text.substr(begin)));
  return out;
}

void split_words(std::string_view text, Words& out) {
  out.clear();
  std::size_t depth = 0, begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ' ';
    if (c == '{') ++depth;
    else if (c == '}' && depth > 0) --depth;
    else if (c == '\\' && i + 1 < text.size() && !is_blank(text[i + 1])) ++i;
    else if (c == '\\' && depth == 0 && i + 1 < text.size()) {
      if (i > begin) out.push_back(text.substr(begin, i - begin));
      begin = ++i + 1;
    } else if ((is_blank(c) || c == '~') && (depth == 0 || i == text.size())) {
      if (i > begin) out.push_back(text.substr(begin, i - begin));
      begin = i + 1;
    }
  }
}

bool is_lower(char32_t c) {
  if (c < 0x80) return c >= 'a' && c <= 'z';
  if (c < 0x180)
    return (c >= 0xDF && c <= 0xFF && c != 0xF7) || (c >= 0x100 && c < 0x138 && c % 2 == 1) ||
           (c >= 0x139 && c < 0x149 && c % 2 == 0) || (c >= 0x14A && c < 0x178 && c % 2 == 1);
  return (c >= 0x3AC && c <= 0x3CE) || (c >= 0x430 && c <= 0x45F);
}
bool is_letter(char32_t c) { return c < 0x80 ? is_ascii_alpha(static_cast<char>(c)) : c >= 0xC0; }

namespace {

// The case of a special character: of what it stands for, or of the first letter behind a command that stands for nothing known.
bool is_lower_special(std::string_view tex) {
  const std::string text = decode_plain(tex);
  std::size_t at = 0;
  if (text.starts_with('\\')) {
    ++at;
    while (at < text.size() && is_ascii_alpha(text[at])) ++at;
  }
  while (at < text.size()) {
    const char32_t c = next_code_point(text, at);
    if (is_letter(c)) return is_lower(c);
  }
  return false;
}

}  // namespace

bool is_von(std::string_view word) {
  for (std::size_t at = 0; at < word.size();) {
    if (word[at] == '{') return at + 1 < word.size() && word[at + 1] == '\\' && is_lower_special(word.substr(at));
    if (word[at] == '\\') return is_lower_special(word.substr(at));
    const char32_t c = next_code_point(word, at);
    if (is_letter(c)) return is_lower(c);
  }
  return false;
}

}  // namespace colophon::formats::bibtex

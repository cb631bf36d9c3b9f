// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/text.hpp"
#include "formats/bibtex/lint/lint.hpp"
#include "formats/bibtex/tex.hpp"

#include <fmt/format.h>

namespace colophon::formats::bibtex {
namespace {

constexpr std::size_t kMostShown = 5;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_word(char c) { return is_ascii_alpha(c) || is_ascii_digit(c) || static_cast<unsigned char>(c) >= 0x80; }

// The words of a title that a style may set in lower case: those outside braces, commands and math.
template <class Visit>
void open_words(std::string_view title, Visit visit) {
  std::size_t depth = 0;
  bool math = false;
  for (std::size_t i = 0; i < title.size();) {
    const char c = title[i];
    if (c == '\\') {
      std::size_t end = i + 1;
      while (end < title.size() && is_ascii_alpha(title[end])) ++end;
      i = std::max(end, i + 2);
      continue;
    }
    if (c == '{') ++depth;
    else if (c == '}' && depth > 0) --depth;
    else if (c == '$') math = !math;
    std::size_t end = i;
    while (end < title.size() && is_word(title[end])) ++end;
    // a word that goes on in braces or with a command is looked after there
    const bool joined = end < title.size() && (title[end] == '{' || title[end] == '\\' || title[end] == '$');
    const bool begun = i > 0 && (title[i - 1] == '}' || title[i - 1] == '\'');
    if (depth == 0 && !math && end > i && !joined && !begun) visit(title.substr(i, end - i));
    i = std::max(end, i + 1);
  }
}

// "CO2", "mRNA", "McDonald": a capital behind the first letter. One letter with digits ("H2") is a formula as well; Roman numerals
// of a part and "I" keep their capitals in no style, so they count too.
bool has_inner_capital(std::string_view word) { return std::any_of(word.begin() + 1, word.end(), is_upper); }

struct Letters {
  std::size_t upper = 0, lower = 0, words = 0;
};
Letters letters_of(std::string_view title) {
  Letters out;
  open_words(title, [&](std::string_view word) {
    const auto upper = static_cast<std::size_t>(std::ranges::count_if(word, is_upper));
    out.upper += upper;
    out.lower += static_cast<std::size_t>(std::ranges::count_if(word, is_lower));
    out.words += upper > 3;
  });
  return out;
}

bool wholly_in_braces(std::string_view title) {
  if (!title.starts_with('{') || !title.ends_with('}')) return false;
  int depth = 0;
  for (std::size_t i = 0; i + 1 < title.size(); ++i) {
    if (title[i] == '{') ++depth;
    else if (title[i] == '}' && --depth == 0) return false;
  }
  return title.find(' ') != std::string_view::npos;
}

void check_words(const LintContext& at, const LintField& field) {
  std::vector<Edit> edits;
  std::string words;
  std::size_t count = 0;
  std::string_view first;
  open_words(field.value, [&](std::string_view word) {
    if (!has_inner_capital(word)) return;
    if (first.empty()) first = word;
    if (++count <= kMostShown) words += (words.empty() ? "" : ", ") + to_utf8(word);
    for (Edit& edit : at.replace(field, word, "{" + std::string(word) + "}")) edits.push_back(std::move(edit));
  });
  if (count == 0) return;
  if (count > kMostShown) words += ", …";
  at.report->add("bibtex.case-protection", at.place(field, first),
                 fmt::format("styles that set titles in lower case would change {}", printable(words)),
                 fmt::format("write {{{}}}", printable(to_utf8(first))), std::move(edits));
}

}  // namespace

void check_title(const LintContext& at, const LintField& field) {
  if (field.name != "title" && field.name != "subtitle") return;
  const std::string_view title = trim(field.value);
  if (wholly_in_braces(title))
    return at.report->add("bibtex.title-in-braces", at.place(field, title),
                          fmt::format("the whole {} is protected by braces", field.name),
                          "protect only the words that keep their capitals; no style can change the others now");
  const Letters letters = letters_of(title);
  if (letters.lower == 0 && letters.words >= 2)
    return at.report->add("bibtex.title-in-capitals", at.place(field, title), fmt::format("the {} is in capitals", field.name),
                          "write it as a sentence, with braces about what keeps its capitals");
  check_words(at, field);
}

}  // namespace colophon::formats::bibtex

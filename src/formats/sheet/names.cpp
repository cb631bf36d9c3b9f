// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/sheet/names.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.hpp"

namespace colophon::formats {
namespace {

using Parts = std::vector<std::string_view>;

struct And {
  std::string_view word;
  bool in_names =
      false;  ///< "Ortega y Gasset" is one name: it parts names only before more than one word, or between single ones
};
constexpr std::array kAnds = {And{" and "}, And{" und "},     And{" & "},       And{" AND "},
                              And{" UND "}, And{" y ", true}, And{" e ", true}, And{" et ", true}};
constexpr std::array<std::string_view, 13> kOthers = {"et al",   "others",   "and others", "u a",         "und andere",
                                                      "y otros", "e outros", "et autres",  "und weitere", "andere",
                                                      "otros",   "outros",   "autres"};
// Beginnings of words that only corporate names have, folded.
constexpr std::array<std::string_view, 54> kCorporate = {
    "universi",   "institut",     "instituto",  "ministr",      "ministerium", "bank",       "banco",      "banque",
    "organi",     "agenc",        "agentur",    "council",      "conseil",     "consejo",    "conselho",   "commission",
    "kommission", "comision",     "comissao",   "association",  "asociacion",  "associacao", "verband",    "verein",
    "network",    "netzwerk",     "red",        "rede",         "reseau",      "foundation", "stiftung",   "fundacion",
    "fundacao",   "fondation",    "centre",     "center",       "zentrum",     "centro",     "nations",    "naciones",
    "nacoes",     "municipality", "stadt",      "ayuntamiento", "prefeitura",  "mairie",     "government", "secretariat",
    "secretaria", "programme",    "department", "bundesamt",    "gmbh",        "ltd"};

bool is_upper(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  std::string one;
  append_utf8(one, c);
  return fold_case(one) != one;
}

std::size_t letters(std::string_view word) {
  std::size_t out = 0;
  for (std::size_t at = 0; at < word.size();) {
    const char32_t c = next_code_point(word, at);
    if (c != '.' && c != '-' && c != U'‐' && c != U'’' && c != '\'') ++out;
  }
  return out;
}

bool all_upper(std::string_view word) {
  for (std::size_t at = 0; at < word.size();) {
    const char32_t c = next_code_point(word, at);
    if (c != '.' && c != '-' && c != U'‐' && !is_upper(c)) return false;
  }
  return !word.empty();
}

// "A.", "A.-B.", "AB", "J.R.": capitals with dots, or up to three without.
bool is_initials(std::string_view word) {
  if (!all_upper(word)) return false;
  return word.find('.') != std::string_view::npos ? letters(word) <= 4 : letters(word) <= 3;
}

Parts words_of(std::string_view text) {
  Parts out;
  for (const std::string_view word : split(text, ' ')) {
    if (!word.empty()) out.push_back(word);
  }
  return out;
}

bool only_initials(std::string_view text) {
  const Parts words = words_of(text);
  return !words.empty() && std::ranges::all_of(words, is_initials);
}

bool is_suffix(std::string_view text) {
  static constexpr std::array<std::string_view, 7> kSuffixes = {"jr", "sr", "ii", "iii", "iv", "filho", "neto"};
  return std::ranges::find(kSuffixes, fold_key(text)) != kSuffixes.end();
}

bool is_lower_word(std::string_view word) {
  std::size_t at = 0;
  const char32_t first = next_code_point(word, at);
  return first != '.' && !is_upper(first) && !is_ascii_digit(static_cast<char>(first < 0x80 ? first : 0)) && letters(word) > 0;
}

bool is_corporate(std::string_view text) {
  const std::string key = fold_key(text);
  for (const std::string_view word : split(key, ' ')) {
    const auto begins = [&](std::string_view start) { return start.size() < 5 ? word == start : word.starts_with(start); };
    if (std::ranges::any_of(kCorporate, begins)) return true;
  }
  const Parts words = words_of(text);
  return text.ends_with("e.V.") || text.ends_with("e. V.") || (words.size() == 1 && letters(words[0]) > 2 && all_upper(words[0]));
}

std::string joined(const Parts& words, std::size_t begin, std::size_t end) {
  std::string out;
  for (std::size_t i = begin; i < end; ++i) out += (out.empty() ? "" : " ") + std::string(words[i]);
  return out;
}

// "van der Berg": lower-case words before the last are the prefix.
void set_family(std::string_view text, bib::Name& out) {
  const Parts words = words_of(text);
  std::size_t last = 0;
  while (last + 1 < words.size() && is_lower_word(words[last])) ++last;
  out.prefix = joined(words, 0, last);
  out.family = joined(words, last, words.size());
}

// "A. van Müller", "Müller A", "Müller"
bib::Name natural(std::string_view text) {
  bib::Name out;
  if (is_corporate(text)) return out.literal = text, out;
  Parts words = words_of(text);
  if (words.size() > 1 && is_suffix(words.back())) out.suffix = words.back(), words.pop_back();
  std::size_t initials = words.size();
  while (initials > 0 && is_initials(words[initials - 1])) --initials;
  if (initials > 0 && initials < words.size()) {  // "Müller A", not "A. Müller"
    set_family(joined(words, 0, initials), out);
    out.given = joined(words, initials, words.size());
    return out;
  }
  std::size_t family = words.size() - 1;
  while (family > 1 && is_lower_word(words[family - 1])) --family;
  if (family > 1 && (words[family] == "y" || words[family] == "e")) --family;  // "Ortega y Gasset"
  set_family(joined(words, family, words.size()), out);
  out.given = joined(words, 0, family);
  return out;
}

// "Müller, A." or "Müller, A., Jr."
bib::Name inverted(std::string_view family, std::string_view given, std::string_view suffix = {}) {
  bib::Name out;
  set_family(family, out);
  out.given = squeeze(given);
  out.suffix = suffix;
  return out;
}

Parts cut(std::string_view text, char separator) {
  Parts out;
  for (const std::string_view part : split(text, separator)) {
    if (!trim(part).empty()) out.push_back(trim(part));
  }
  return out;
}

class ListReader {
 public:
  CellNames read(std::string_view text) {
    const char separator = text.find(';') != std::string_view::npos    ? ';'
                           : text.find('\n') != std::string_view::npos ? '\n'
                           : text.find('|') != std::string_view::npos  ? '|'
                                                                       : '\0';
    if (separator == '\0') {
      for (const std::string_view one : at_ands(text)) take_commas(one);
    } else {
      for (const std::string_view one : cut(text, separator)) take_one(squeeze(one));
    }
    return std::move(out_);
  }

 private:
  static bool is_braced(std::string_view text) { return text.starts_with('{') && text.ends_with('}') && text.size() > 2; }

  // A corporate name may hold the word itself: "Department of Food and Health".
  static Parts at_ands(std::string_view text) {
    if (is_braced(text) || (text.find(',') == std::string_view::npos && is_corporate(text))) return {text};
    Parts out;
    for (std::size_t begin = 0; begin < text.size();) {
      std::size_t best = text.size(), length = 0;
      for (const And& one : kAnds) {
        const std::size_t at = text.find(one.word, begin);
        if (at < best && !(one.in_names && is_inside(text.substr(begin, at - begin), text.substr(at + one.word.size()))))
          best = at, length = one.word.size();
      }
      if (const std::string_view one = trim(text.substr(begin, best - begin)); !one.empty()) out.push_back(one);
      begin = best + length;
    }
    return out;
  }

  static bool is_inside(std::string_view before, std::string_view after) {
    return words_of(before).size() > 1 && words_of(after).size() == 1;
  }

  // One name, whatever commas it holds.
  void take_one(std::string_view text) {
    const Parts parts = cut(text, ',');
    if (parts.size() < 2 || is_braced(text) || is_corporate(text)) return take(text);
    if (parts.size() > 3) out_.doubtful = true;
    add(inverted(parts[0], parts[1], parts.size() > 2 ? parts[2] : std::string_view()));
  }

  // A piece between "and"s: one name, or several that commas part.
  void take_commas(std::string_view text) {
    const std::string squeezed = squeeze(text);
    const Parts parts = cut(squeezed, ',');
    if (parts.size() < 2 || is_braced(squeezed)) return take(squeezed);
    if (parts.size() == 3 && is_suffix(parts[2])) return add(inverted(parts[0], parts[1], parts[2]));
    const bool all_whole = std::ranges::all_of(parts, is_whole);
    if (all_whole) return take_each(parts);
    if (parts.size() == 2) return add(inverted(parts[0], parts[1]));
    if (alternates(parts)) {
      for (std::size_t i = 0; i < parts.size(); i += 2) add(inverted(parts[i], parts[i + 1]));
      return;
    }
    out_.doubtful = true;
    take_each(parts);
  }

  void take_each(const Parts& parts) {
    for (const std::string_view part : parts) take(part);
  }

  // Whether a piece is a whole name by itself: "A. Müller", "Müller AB", "ICLEI", "et al."
  static bool is_whole(std::string_view part) {
    const Parts words = words_of(part);
    if (is_others(part) || is_corporate(part)) return !only_initials(part) || letters(part) > 3;
    return words.size() >= 2 && !only_initials(part) && !(words.size() == 2 && is_lower_word(words[0]));
  }

  // Family names and initials in turn.
  static bool alternates(const Parts& parts) {
    if (parts.size() % 2) return false;
    for (std::size_t i = 0; i < parts.size(); i += 2) {
      if (only_initials(parts[i]) || !only_initials(parts[i + 1])) return false;
    }
    return true;
  }

  static bool is_others(std::string_view text) { return std::ranges::find(kOthers, fold_key(text)) != kOthers.end(); }

  void take(std::string_view text) {
    if (is_braced(text)) {
      bib::Name out;
      out.literal = text.substr(1, text.size() - 2);
      return add(std::move(out));
    }
    for (const std::string_view end : {" et al.", " et al", " u. a.", " u.a."}) {
      if (text.ends_with(end)) out_.names.others = true, text = trim(text.substr(0, text.size() - end.size()));
    }
    if (is_others(text)) return void(out_.names.others = true);
    if (!text.empty()) add(natural(text));
  }

  void add(bib::Name name) {
    for (const std::string_view end : {" et al.", " et al"}) {
      if (!name.given.ends_with(end)) continue;
      name.given.erase(name.given.size() - end.size());
      out_.names.others = true;
    }
    if (is_others(name.given)) name.given.clear(), out_.names.others = true;
    const std::string all = name.family + name.given + name.prefix + name.suffix;
    const bool odd = all.find_first_of("0123456789@()[]<>/=") != std::string::npos;
    out_.doubtful = out_.doubtful || odd || (name.literal.empty() && (name.family.empty() || only_initials_family(name)));
    if (!name.empty()) out_.names.names.push_back({.name = std::move(name)});
  }

  static bool only_initials_family(const bib::Name& name) {
    return name.family.find('.') != std::string::npos && only_initials(name.family);
  }

  CellNames out_;
};

}  // namespace

CellNames parse_cell_names(std::string_view text) { return ListReader().read(nfc(trim(text))); }

}  // namespace colophon::formats

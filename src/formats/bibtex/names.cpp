// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/names.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "formats/bibtex/tex.hpp"
#include "formats/bibtex/tex_table.hpp"

namespace colophon::formats::bibtex {
namespace {

using Words = std::vector<std::string_view>;

// "and" with blanks about it at `at`, which is the first of those blanks.
bool is_and(std::string_view text, std::size_t at, std::size_t& end) {
  while (at < text.size() && is_blank(text[at])) ++at;
  if (at + 3 > text.size() || !iequals(text.substr(at, 3), "and")) return false;
  if (at + 3 < text.size() && !is_blank(text[at + 3])) return false;
  end = at + 3;
  return true;
}

// Cuts at commas outside braces. A brace that is not closed ends with the text.
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

// Cuts at blanks and ties outside braces; "\~" is an accent.
void split_words(std::string_view text, Words& out) {
  out.clear();
  std::size_t depth = 0, begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ' ';
    if (c == '{') ++depth;
    else if (c == '}' && depth > 0) --depth;
    else if (c == '\\' && i + 1 < text.size()) ++i;
    else if ((is_blank(c) || c == '~') && (depth == 0 || i == text.size())) {
      if (i > begin) out.push_back(text.substr(begin, i - begin));
      begin = i + 1;
    }
  }
}

// The lower-case letters of Latin, Greek and Cyrillic, as far as names begin with them.
bool is_lower(char32_t c) {
  if (c < 0x80) return c >= 'a' && c <= 'z';
  if (c < 0x180)
    return (c >= 0xDF && c <= 0xFF && c != 0xF7) || (c >= 0x100 && c < 0x138 && c % 2 == 1) ||
           (c >= 0x139 && c < 0x149 && c % 2 == 0) || (c >= 0x14A && c < 0x178 && c % 2 == 1);
  return (c >= 0x3AC && c <= 0x3CE) || (c >= 0x430 && c <= 0x45F);
}
bool is_letter(char32_t c) { return c < 0x80 ? is_ascii_alpha(static_cast<char>(c)) : c >= 0xC0; }

// The case of a word by its first letter at depth 0 or in a special character; words in braces have none.
bool is_von(std::string_view word) {
  for (std::size_t at = 0; at < word.size();) {
    if (word[at] == '{') {
      if (at + 1 >= word.size() || word[at + 1] != '\\') return false;
      const std::string text = decode_plain(word.substr(at));
      std::size_t first = 0;
      return !text.empty() && is_lower(next_code_point(text, first));
    }
    if (word[at] == '\\') {
      const std::string text = decode_plain(word.substr(at));
      std::size_t first = 0;
      return !text.empty() && is_lower(next_code_point(text, first));
    }
    const char32_t c = next_code_point(word, at);
    if (is_letter(c)) return is_lower(c);
  }
  return false;
}

class NameParser {
 public:
  NameParser(std::vector<std::string>* odd, std::vector<std::string>* unknown) : odd_(odd), unknown_(unknown) {}

  bib::Contributor parse(std::string_view text) {
    bib::Contributor out;
    if (is_braced(text)) return out.name.literal = decode(text.substr(1, text.size() - 2)), out;
    if (text.find(',') == std::string_view::npos) return parse_natural(text, out.name), out;
    const Words parts = split_commas(text);
    if (is_extended(parts)) return parse_extended(parts, out), out;
    if (parts.size() == 1) return parse_natural(text, out.name), out;
    parse_family(parts[0], out.name);
    out.name.given = decode(parts.size() == 2 ? parts[1] : parts[2]);
    if (parts.size() > 2) out.name.suffix = decode(parts[1]);
    if (parts.size() > 3) keep_odd(text, parts, out.name);
    if (out.name.family.empty()) std::swap(out.name.family, out.name.prefix);
    if (out.name.family.empty()) std::swap(out.name.family, out.name.given);
    return out;
  }

 private:
  std::string decode(std::string_view tex) const {
    std::string out = decode_plain(tex, unknown_);
    if (out.find("\u00A0") == std::string::npos) return out;
    std::string spaced;  // ties are blanks in names
    spaced.reserve(out.size());
    for (std::size_t from = 0; from < out.size();) {
      const std::size_t tie = std::min(out.find("\u00A0", from), out.size());
      spaced.append(out, from, tie - from).push_back(' ');
      from = tie + 2;
    }
    return squeeze(spaced);
  }

  // One pair of braces about everything: "{World Bank}", not "{\"O}zge {Can}" and not the special character "{\"O}".
  static bool is_braced(std::string_view text) {
    if (text.size() < 2 || text.front() != '{' || text.back() != '}') return false;
    std::size_t depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '{') ++depth;
      else if (text[i] == '}' && --depth == 0 && i + 1 < text.size()) return false;
    }
    return depth == 0;
  }

  static bool is_extended(const Words& parts) {
    return std::ranges::all_of(parts, [](std::string_view part) {
      const std::size_t equals = part.find('=');
      return equals != std::string_view::npos && equals > 0 &&
             std::ranges::all_of(trim(part.substr(0, equals)), [](char c) { return is_ascii_alpha(c) || c == '-'; });
    });
  }

  void parse_extended(const Words& parts, bib::Contributor& out) const {
    struct Part {
      std::string_view name;
      std::string bib::Name::* member;
    };
    static constexpr std::array kParts = {Part{"family", &bib::Name::family}, Part{"given", &bib::Name::given},
                                          Part{"prefix", &bib::Name::prefix}, Part{"suffix", &bib::Name::suffix},
                                          Part{"literal", &bib::Name::literal}};
    for (const std::string_view part : parts) {
      const std::size_t equals = part.find('=');
      const std::string name = ascii_lower(trim(part.substr(0, equals)));
      std::string_view value = trim(part.substr(equals + 1));
      if (value.size() > 1 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
      const auto row = std::ranges::find(kParts, name, &Part::name);
      if (row != kParts.end()) out.name.*(row->member) = decode(value);
      if (name == "useprefix" && iequals(value, "false")) std::swap(out.name.prefix, out.name.dropping_prefix);
      if (name != "orcid") continue;
      if (Result<bib::Orcid> orcid = bib::Orcid::parse(value)) out.orcid = orcid->str();
    }
    if (out.name.empty()) out.name.family = decode(parts[0]);
  }

  // "First von Last": von runs from the first lower-case word to the last one before the last word.
  void parse_natural(std::string_view text, bib::Name& out) {
    split_words(text, words_);
    const std::size_t count = words_.size();
    if (count == 0) return;
    std::size_t von = count - 1, last = count - 1;
    for (std::size_t i = 0; i + 1 < count; ++i) {
      if (!is_von(words_[i])) continue;
      von = std::min(von, i);
      last = i + 1;
    }
    if (von == count - 1) last = von;
    out.given = joined(0, von);
    out.prefix = joined(von, last);
    out.family = joined(last, count);
  }

  // "von Last": von are the lower-case words before the last word.
  void parse_family(std::string_view text, bib::Name& out) {
    split_words(text, words_);
    std::size_t last = 0;
    while (last + 1 < words_.size() && is_von(words_[last])) ++last;
    out.prefix = joined(0, last);
    out.family = joined(last, words_.size());
  }

  // Words [begin, end) of words_ with what stands between them.
  std::string joined(std::size_t begin, std::size_t end) const {
    if (begin >= end) return {};
    const char* first = words_[begin].data();
    const char* last = words_[end - 1].data() + words_[end - 1].size();
    return decode({first, static_cast<std::size_t>(last - first)});
  }

  void keep_odd(std::string_view text, const Words& parts, bib::Name& out) const {
    for (std::size_t i = 3; i < parts.size(); ++i) out.given += ", " + decode(parts[i]);
    if (odd_ && odd_->size() < 100) odd_->emplace_back(text);
  }

  std::vector<std::string>* odd_;
  std::vector<std::string>* unknown_;
  Words words_;
};

bool means_others(std::string_view name) {
  return iequals(name, "others") || iequals(name, "et al.") || iequals(name, "et al") || iequals(name, "{et al.}");
}

}  // namespace

std::vector<std::string_view> split_list(std::string_view tex) {
  std::vector<std::string_view> out;
  std::size_t depth = 0, begin = 0, end = 0;
  const auto add = [&](std::string_view one) {
    if (one = trim(one); !one.empty()) out.push_back(one);
  };
  if (is_and(tex, 0, end)) begin = end;
  for (std::size_t i = begin; i < tex.size(); ++i) {
    if (tex[i] == '{') ++depth;
    else if (tex[i] == '}' && depth > 0) --depth;
    if (depth > 0 || !is_blank(tex[i])) continue;
    std::size_t word = i + 1;
    while (word < tex.size() && is_blank(tex[word])) ++word;
    if (is_and(tex, word, end)) {
      add(tex.substr(begin, i - begin));
      begin = end;
      i = end - 1;
    } else {
      i = word - 1;
    }
  }
  add(tex.substr(begin));
  return out;
}

bib::NameList parse_names(std::string_view tex, std::vector<std::string>* odd, std::vector<std::string>* unknown) {
  bib::NameList out;
  const std::vector<std::string_view> names = split_list(tex);
  NameParser parser(odd, unknown);
  out.names.reserve(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i + 1 == names.size() && means_others(names[i])) {
      out.others = true;
      continue;
    }
    bib::Contributor person = parser.parse(names[i]);
    if (!person.name.empty()) out.names.push_back(std::move(person));
  }
  return out;
}

namespace {

// A part as it may stand in a name: braces where it holds a comma, the word "and", or a letter that would move it to another part.
std::string guarded(const std::string& part, bool family) {
  std::string text = encode(part);
  std::vector<std::string_view> words;
  split_words(text, words);
  const bool von = family && words.size() > 1 && is_von(words[0]);
  const bool splits = text.find(',') != std::string::npos || split_list(text).size() > 1 ||
                      std::ranges::any_of(words, [](std::string_view w) { return iequals(w, "and") || iequals(w, "others"); });
  return von || splits || text.find('=') != std::string::npos ? "{" + (text.starts_with('\\') ? "{}" + text : text) + "}" : text;
}

std::string write_name(const bib::Name& name) {
  if (!name.literal.empty()) return "{" + encode(name.literal) + "}";
  std::string out;
  for (const std::string_view word : split(name.prefix, ' ')) {
    if (!word.empty()) out += encode(word) + " ";
  }
  // a family name alone in braces would be a literal: a comma behind it says that it is none
  out += guarded(name.family, true);
  const std::string given = name.dropping_prefix.empty() ? name.given : name.given + " " + name.dropping_prefix;
  if (!name.suffix.empty()) out += ", " + guarded(name.suffix, false);
  if (!name.suffix.empty() || !given.empty() || out.find_first_of(" {") != std::string::npos) out += ", " + guarded(given, false);
  return out;
}

}  // namespace

std::string write_names(const bib::NameList& list) {
  std::string out;
  for (const bib::Contributor& person : list.names) {
    if (!out.empty()) out += " and ";
    out += write_name(person.name);
  }
  if (list.others) out += out.empty() ? "others" : " and others";
  return out;
}

}  // namespace colophon::formats::bibtex

// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/names.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "formats/bibtex/tex.hpp"

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

// Cuts at blanks and ties outside braces; "\~" is an accent, "\ " a blank.
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

// The lower-case letters of Latin, Greek and Cyrillic, as far as names begin with them.
bool is_lower(char32_t c) {
  if (c < 0x80) return c >= 'a' && c <= 'z';
  if (c < 0x180)
    return (c >= 0xDF && c <= 0xFF && c != 0xF7) || (c >= 0x100 && c < 0x138 && c % 2 == 1) ||
           (c >= 0x139 && c < 0x149 && c % 2 == 0) || (c >= 0x14A && c < 0x178 && c % 2 == 1);
  return (c >= 0x3AC && c <= 0x3CE) || (c >= 0x430 && c <= 0x45F);
}
bool is_letter(char32_t c) { return c < 0x80 ? is_ascii_alpha(static_cast<char>(c)) : c >= 0xC0; }

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

// The case of a word by its first letter at depth 0 or in a special character; words in braces have none.
bool is_von(std::string_view word) {
  for (std::size_t at = 0; at < word.size();) {
    if (word[at] == '{') return at + 1 < word.size() && word[at + 1] == '\\' && is_lower_special(word.substr(at));
    if (word[at] == '\\') return is_lower_special(word.substr(at));
    const char32_t c = next_code_point(word, at);
    if (is_letter(c)) return is_lower(c);
  }
  return false;
}

// One pair of braces about everything: "{World Bank}", not "{\"O}zge {Can}" and not the special character "{\"O}".
bool is_braced(std::string_view text) {
  if (text.size() < 2 || text.front() != '{' || text.back() != '}') return false;
  std::size_t depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{') ++depth;
    else if (text[i] == '}' && --depth == 0 && i + 1 < text.size()) return false;
  }
  return depth == 0;
}

bool is_extended(const Words& parts) {
  return std::ranges::all_of(parts, [](std::string_view part) {
    const std::size_t equals = part.find('=');
    return equals != std::string_view::npos && equals > 0 &&
           std::ranges::all_of(trim(part.substr(0, equals)), [](char c) { return is_ascii_alpha(c) || c == '-'; });
  });
}

// --- lists that are parted otherwise ---------------------------------------------------------------------------------------

// "S. C.", "JA", "M.-C. F.": capitals, dots, hyphens.
bool are_initials(std::string_view tex) {
  const std::string text = decode_plain(tex);
  bool letters = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    const bool capital = is_letter(c) && !is_lower(c);
    if (!capital && c != '.' && c != '-' && c != ' ' && c != 0xA0) return false;
    letters = letters || capital;
  }
  return letters && count_code_points(text) <= 12;
}

// "Lago, P., van der Vliet, H." and "Ann Lee, Bob Roe, Cy Poe, Di Moe": more commas than a name can have.
Words split_at_commas(std::string_view name) {
  const Words parts = split_commas(name);
  if (parts.size() < 4) return {name};
  Words out, words;
  const bool pairs = parts.size() % 2 == 0;
  bool initials = pairs, whole = true;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i % 2 == 1) initials = initials && are_initials(parts[i]);
    split_words(parts[i], words);
    whole = whole && words.size() > 1;
  }
  if (!initials) return whole ? parts : Words{name};
  for (std::size_t i = 0; i < parts.size(); i += 2)
    out.push_back(name.substr(static_cast<std::size_t>(parts[i].data() - name.data()),
                              static_cast<std::size_t>(parts[i + 1].data() + parts[i + 1].size() - parts[i].data())));
  return out;
}

// "Alver, MA; Olsen, Y." — but not "&amp; Sons".
Words split_at_semicolons(std::string_view name) {
  Words out;
  std::size_t depth = 0, begin = 0, word = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '{') ++depth;
    else if (name[i] == '}' && depth > 0) --depth;
    else if (is_blank(name[i])) word = i + 1;
    const bool parts = name[i] == ';' && depth == 0 && i + 1 < name.size() && is_blank(name[i + 1]) &&
                       name.substr(word, i - word).find_first_of("&\\") == std::string_view::npos;
    if (!parts) continue;
    out.push_back(trim(name.substr(begin, i - begin)));
    begin = i + 1;
  }
  out.push_back(trim(name.substr(begin)));
  return out;
}

Words names_within(std::string_view name) {
  Words out;
  for (const std::string_view part : split_at_semicolons(name)) {
    if (!part.empty()) std::ranges::copy(split_at_commas(part), std::back_inserter(out));
  }
  return out;
}

// BibLaTeX's options of a whole list, written as a name: "nosortothers=true".
bool is_list_option(std::string_view name) {
  static constexpr std::array<std::string_view, 7> kOptions = {"nosortothers",
                                                               "nohashothers",
                                                               "useprefix",
                                                               "sortingnamekeytemplatename",
                                                               "nametemplates",
                                                               "labelalphanametemplatename",
                                                               "uniquenametemplatename"};
  const std::size_t equals = name.find('=');
  if (equals == std::string_view::npos || name.find(',') != std::string_view::npos) return false;
  return std::ranges::any_of(kOptions, [&](std::string_view o) { return iequals(o, trim(name.substr(0, equals))); });
}

bool means_others(std::string_view name) {
  return iequals(name, "others") || iequals(name, "et al.") || iequals(name, "et al") || iequals(name, "{et al.}");
}

// What a byte outside braces means in a list of names.
enum class NameByte : std::uint8_t { plain, blank, tie, comma, open, close, backslash, equals, semicolon };
constexpr auto kNameBytes = [] {
  std::array<NameByte, 256> out{};
  for (const char c : std::string_view(" \t\n\r\f\v")) out[static_cast<unsigned char>(c)] = NameByte::blank;
  out['~'] = NameByte::tie, out[','] = NameByte::comma, out['{'] = NameByte::open, out['}'] = NameByte::close;
  out['\\'] = NameByte::backslash, out['='] = NameByte::equals, out[';'] = NameByte::semicolon;
  return out;
}();

}  // namespace

// One pass: words, commas and the ends of names are found together; a name is taken apart when its end is seen.
class NameCutter {
 public:
  NameCutter(std::string_view tex, NameCuts& out) : tex_(tex), out_(out), words_(out.words_) {}

  void run() {
    out_.names.clear();
    out_.odd.clear();
    out_.others = false;
    cut();
    if (out_.names.empty()) return;
    const NameParts& last = out_.names.back();
    const bool literal = last.form == NameParts::Form::literal && !last.whole.starts_with('{');
    if (!literal && means_others(last.whole)) out_.others = true, out_.names.pop_back();
  }

 private:
  static constexpr std::size_t kNone = std::string_view::npos;

  void cut() {
    begin_name();
    for (at_ = 0; at_ < tex_.size(); ++at_) step(kNameBytes[static_cast<unsigned char>(tex_[at_])]);
    end_word(tex_.size(), NameByte::blank);
    end_name();
  }

  void step(NameByte what) {
    switch (what) {
      case NameByte::plain: break;
      case NameByte::open: ++depth_; break;
      case NameByte::close: depth_ -= depth_ > 0 ? 1u : 0u; break;
      case NameByte::backslash: return skip_escaped();
      case NameByte::equals: equals_ = equals_ || depth_ == 0; break;
      case NameByte::semicolon: semicolon_ = semicolon_ || depth_ == 0; break;
      case NameByte::blank:
      case NameByte::tie:
        if (depth_ == 0) end_word(at_, what);
        return;
      case NameByte::comma:
        if (depth_ == 0) end_word(at_, NameByte::blank), add_comma();
        if (depth_ == 0) return;
        break;
    }
    if (word_ == kNone) word_ = at_;
  }

  // "\~" is an accent, "\ " a blank; braces count even so, as in BibTeX.
  void skip_escaped() {
    const char next = at_ + 1 < tex_.size() ? tex_[at_ + 1] : '{';
    if (is_blank(next) && depth_ == 0) return end_word(at_++, NameByte::tie);
    if (word_ == kNone) word_ = at_;
    if (next != '{' && next != '}') ++at_;
  }

  void begin_name() {
    words_.clear();
    commas_ = 0;
    word_ = kNone;
    equals_ = semicolon_ = false;
    after_blank_ = true;
  }

  void end_word(std::size_t end, NameByte by) {
    if (word_ != kNone) {
      const std::string_view word = tex_.substr(word_, end - word_);
      const bool and_word = word.size() == 3 && by == NameByte::blank && after_blank_ && iequals(word, "and") &&
                            (end == tex_.size() || is_blank(tex_[end]));
      if (and_word) return end_name(), begin_name();
      words_.push_back({word_, end});
      word_ = kNone;
    }
    after_blank_ = by == NameByte::blank;
  }

  void add_comma() {
    after_blank_ = false;
    if (commas_ < comma_words_.size()) comma_words_[commas_] = words_.size();
    ++commas_;
  }

  std::string_view text(std::size_t from, std::size_t to) const {
    if (from >= to) return {};
    return tex_.substr(words_[from].begin, words_[to - 1].end - words_[from].begin);
  }
  std::string_view word(std::size_t i) const { return text(i, i + 1); }

  void end_name() {
    if (words_.empty()) return;
    const std::string_view whole = text(0, words_.size());
    if (equals_ && is_list_option(whole)) return;
    if ((semicolon_ || commas_ > 2) && !within_ && cut_within(whole)) return;
    NameParts& name = out_.names.emplace_back();
    name.whole = whole;
    if (words_.size() == 1 && commas_ == 0 && is_braced(name.whole)) {
      name.form = NameParts::Form::literal;
      if (!means_others(name.whole)) name.whole = name.whole.substr(1, name.whole.size() - 2);
    } else if (equals_ && is_extended(split_commas(name.whole))) {
      name.form = NameParts::Form::extended;
    } else if (commas_ == 0) {
      cut_natural(name);
    } else {
      cut_inverted(name);
    }
  }

  // What stands between two "and" may be several names.
  bool cut_within(std::string_view whole) {
    const Words parts = names_within(whole);
    if (parts.size() < 2) return false;
    out_.odd.push_back(whole);
    NameCuts buffers;
    for (std::string_view part : parts) {
      if (part.starts_with("& ") || part.starts_with("\\& ")) part = trim(part.substr(part.find(' ')));
      NameCutter inner(part, buffers);
      inner.within_ = true;
      inner.cut();
    }
    std::ranges::copy(buffers.names, std::back_inserter(out_.names));
    return true;
  }

  // "First von Last": von runs from the first lower-case word to the last one before the last word.
  void cut_natural(NameParts& name) const {
    const std::size_t count = words_.size();
    std::size_t von = count - 1, last = count - 1;
    for (std::size_t i = 0; i + 1 < count; ++i) {
      if (!is_von(word(i))) continue;
      von = std::min(von, i);
      last = i + 1;
    }
    if (von == count - 1) last = von;
    name.given = text(0, von);
    name.prefix = text(von, last);
    name.family = text(last, count);
  }

  // "von Last, Jr, First": von are the lower-case words before the last word of the first part.
  void cut_inverted(NameParts& name) {
    const std::size_t family = comma_words_[0];
    std::size_t last = 0;
    while (last + 1 < family && is_von(word(last))) ++last;
    name.prefix = text(0, last);
    name.family = text(last, family);
    const std::size_t second = commas_ > 1 ? comma_words_[1] : words_.size();
    const std::size_t third = commas_ > 2 ? comma_words_[2] : words_.size();
    name.given = commas_ == 1 ? text(family, second) : text(second, third);
    if (commas_ > 1) name.suffix = text(family, second);
    if (commas_ < 3) return;
    name.rest = text(third, words_.size());
    out_.odd.push_back(name.whole);
  }

  std::string_view tex_;
  NameCuts& out_;
  std::vector<NameCuts::Word>& words_;
  std::size_t at_ = 0, depth_ = 0, word_ = kNone, commas_ = 0;
  std::array<std::size_t, 3> comma_words_{};
  bool equals_ = false, semicolon_ = false, after_blank_ = true, within_ = false;
};

namespace {

// Letters, dots and single blanks, as in most names: nothing to decode.
bool is_simple(std::string_view tex) {
  static constexpr auto kSimple = [] {
    std::array<bool, 256> out{};
    for (char c = 'a'; c <= 'z'; ++c) out[static_cast<unsigned char>(c)] = out[static_cast<unsigned char>(c - 32)] = true;
    out['.'] = out[' '] = out[','] = true;
    return out;
  }();
  char last = 0;
  for (const char c : tex) {
    if (!kSimple[static_cast<unsigned char>(c)] || (c == ' ' && last == ' ')) return false;
    last = c;
  }
  return true;
}

std::string decode_part(std::string_view tex, Decoding* decoding) {
  if (is_simple(tex)) return std::string(tex);
  std::string out = decode_plain(tex, decoding);
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

void decode_extended(std::string_view text, bib::Contributor& out, Decoding* decoding) {
  struct Part {
    std::string_view name;
    std::string bib::Name::* member;
  };
  static constexpr std::array kParts = {Part{"family", &bib::Name::family}, Part{"given", &bib::Name::given},
                                        Part{"prefix", &bib::Name::prefix}, Part{"suffix", &bib::Name::suffix},
                                        Part{"literal", &bib::Name::literal}};
  const Words parts = split_commas(text);
  bool dropping = false;
  for (const std::string_view part : parts) {
    const std::size_t equals = part.find('=');
    const std::string name = ascii_lower(trim(part.substr(0, equals)));
    std::string_view value = trim(part.substr(equals + 1));
    if (value.size() > 1 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    const auto row = std::ranges::find(kParts, name, &Part::name);
    if (row != kParts.end()) out.name.*(row->member) = decode_part(value, decoding);
    dropping = dropping || (name == "useprefix" && iequals(value, "false"));
    if (name != "orcid") continue;
    if (Result<bib::Orcid> orcid = bib::Orcid::parse(value)) out.orcid = orcid->str();
  }
  if (dropping) std::swap(out.name.prefix, out.name.dropping_prefix);
  if (out.name.empty()) out.name.family = decode_part(parts[0], decoding);
}

void decode_parted(const NameParts& parts, bib::Name& out, Decoding* decoding) {
  out.family = decode_part(parts.family, decoding);
  if (!parts.given.empty()) out.given = decode_part(parts.given, decoding);
  if (!parts.prefix.empty()) out.prefix = decode_part(parts.prefix, decoding);
  if (!parts.suffix.empty()) out.suffix = decode_part(parts.suffix, decoding);
  if (!parts.rest.empty()) out.given += ", " + decode_part(parts.rest, decoding);
  if (out.family.empty()) std::swap(out.family, out.prefix);
  if (out.family.empty()) std::swap(out.family, out.given);
}

}  // namespace

void cut_names(std::string_view tex, NameCuts& out) { NameCutter(tex, out).run(); }

bib::NameList decode_names(const NameCuts& cuts, std::vector<std::string>* odd, Decoding* decoding) {
  bib::NameList out;
  out.others = cuts.others;
  for (const std::string_view text : cuts.odd) {
    if (odd && odd->size() < 100) odd->emplace_back(text);
  }
  out.names.reserve(cuts.names.size());
  for (const NameParts& parts : cuts.names) {
    bib::Contributor& person = out.names.emplace_back();
    switch (parts.form) {
      case NameParts::Form::literal: person.name.literal = decode_part(parts.whole, decoding); break;
      case NameParts::Form::extended: decode_extended(parts.whole, person, decoding); break;
      case NameParts::Form::parted: decode_parted(parts, person.name, decoding); break;
    }
    if (person.name.empty()) out.names.pop_back();
  }
  return out;
}

bib::NameList parse_names(std::string_view tex, std::vector<std::string>* odd, Decoding* decoding) {
  NameCuts cuts;
  cut_names(tex, cuts);
  return decode_names(cuts, odd, decoding);
}

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

namespace {

// A part as it may stand in a name: braces where it holds a comma, the word "and", or a letter that would move it to another part.
std::string guarded(const std::string& part, bool family, Dialect dialect) {
  std::string text = encode(part, dialect);
  std::vector<std::string_view> words;
  split_words(text, words);
  const bool von = family && words.size() > 1 && is_von(words[0]);
  const bool splits = text.find(',') != std::string::npos || split_list(text).size() > 1 ||
                      std::ranges::any_of(words, [](std::string_view w) { return iequals(w, "and") || iequals(w, "others"); });
  return von || splits || text.find('=') != std::string::npos ? "{" + (text.starts_with('\\') ? "{}" + text : text) + "}" : text;
}

// "family=La Fontaine, given=Jean, prefix=de, useprefix=false": for what the short form cannot say.
std::string write_extended(const bib::Name& name, Dialect dialect) {
  std::string out;
  const auto part = [&](std::string_view key, const std::string& text) {
    if (text.empty()) return;
    if (!out.empty()) out += ", ";
    out.append(key).append("=").append(guarded(text, false, dialect));
  };
  part("family", name.family);
  part("given", name.given);
  part("suffix", name.suffix);
  part("prefix", name.dropping_prefix);
  return out + ", useprefix=false";
}

std::string write_name(const bib::Name& name, Dialect dialect) {
  if (!name.literal.empty()) return "{" + encode(name.literal, dialect) + "}";
  const bool extended = dialect == Dialect::biblatex && !name.dropping_prefix.empty() && name.prefix.empty();
  if (extended) return write_extended(name, dialect);
  std::string out;
  for (const std::string_view word : split(name.prefix, ' ')) {
    if (!word.empty()) out += encode(word, dialect) + " ";
  }
  // a family name alone in braces would be a literal: a comma behind it says that it is none
  out += guarded(name.family, true, dialect);
  const std::string given = name.dropping_prefix.empty() ? name.given : name.given + " " + name.dropping_prefix;
  if (!name.suffix.empty()) out += ", " + guarded(name.suffix, false, dialect);
  if (!name.suffix.empty() || !given.empty() || out.find_first_of(" {") != std::string::npos)
    out += ", " + guarded(given, false, dialect);
  return out;
}

}  // namespace

std::string write_names(const bib::NameList& list, Dialect dialect) {
  std::string out;
  for (const bib::Contributor& person : list.names) {
    if (!out.empty()) out += " and ";
    out += write_name(person.name, dialect);
  }
  if (list.others) out += out.empty() ? "others" : " and others";
  return out;
}

}  // namespace colophon::formats::bibtex

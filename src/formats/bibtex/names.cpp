// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/names.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "formats/bibtex/name_words.hpp"

namespace colophon::formats::bibtex {
namespace {

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

void cut_names(std::string_view tex, NameCuts& out) { NameCutter(tex, out).run(); }

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

}  // namespace colophon::formats::bibtex

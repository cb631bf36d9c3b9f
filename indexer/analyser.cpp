// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/analyser.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "indexer/lexicon.hpp"

namespace colophon::indexer {
namespace {

constexpr std::size_t kLongestWord = 100;

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
    text.replace(at, what.size(), with);
}

// Calls `run` for stretches between blanks that are ASCII throughout and for those that are not: ICU sees only the latter.
template <class Run>
void for_each_run(std::string_view text, Run run) {
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t at = end_of_ascii(text, begin);
    if (at == text.size()) return run(begin, at);
    std::size_t blank = at;
    while (blank > begin && !is_blank(text[blank - 1])) --blank;
    if (blank > begin) run(begin, blank);
    std::size_t end = at;
    while (end < text.size() && !is_blank(text[end])) ++end;
    run(blank, end);
    begin = end;
  }
}

struct Range {
  char32_t first = 0, last = 0;
};
// Letters of the blocks of Han, kana, bopomofo and Hangul, with their extensions and half-width forms (Unicode 15).
constexpr std::array kCjk = {Range{0x1100, 0x11FF}, Range{0x2E80, 0x2FDF}, Range{0x3005, 0x3007}, Range{0x3021, 0x3029},
                             Range{0x3031, 0x3035}, Range{0x3041, 0x3096}, Range{0x309D, 0x309F}, Range{0x30A1, 0x30FA},
                             Range{0x30FC, 0x30FF}, Range{0x3105, 0x312F}, Range{0x3131, 0x318E}, Range{0x31A0, 0x31BF},
                             Range{0x31F0, 0x31FF}, Range{0x3400, 0x4DBF}, Range{0x4E00, 0x9FFF}, Range{0xA960, 0xA97F},
                             Range{0xAC00, 0xD7FB}, Range{0xF900, 0xFAFF}, Range{0xFF66, 0xFFDC}, Range{0x20000, 0x3FFFF}};

// The characters of CJK words that stand without a gap, each with its successor as one stretch: each(begin, end, end of the pair).
template <class Each>
void for_each_character(std::string_view text, std::size_t begin, std::size_t end, Each each) {
  while (begin < end) {
    std::size_t next = begin;
    next_code_point(text, next);
    std::size_t pair = next;
    if (next < end) next_code_point(text, pair);
    each(begin, next, pair);
    begin = next;
  }
}

bool is_plain(std::string_view word) {
  return word.size() <= kLongestWord && std::ranges::all_of(word, [](char c) { return is_ascii_alpha(c) || is_ascii_digit(c); });
}

}  // namespace

bool is_cjk(std::string_view word) {
  if (word.empty() || static_cast<unsigned char>(word.front()) < 0xE1) return false;
  std::size_t at = 0;
  const char32_t first = next_code_point(word, at);
  return std::ranges::any_of(kCjk, [&](const Range& range) { return first >= range.first && first <= range.last; });
}

std::span<const std::string_view> stemmed_languages() {
  static const std::vector<std::string_view> kTags = [] {
    std::vector<std::string_view> out;
    for (const StemmerRow& row : stemmer_rows()) out.push_back(row.tag);
    return out;
  }();
  return kTags;
}

std::string_view stemmer_of(std::string_view tag) {
  if (tag.size() > 2 && tag[2] != '-') return {};
  const auto tags = stemmed_languages();
  const auto found = std::ranges::find_if(tags, [&](std::string_view t) { return iequals(t, tag.substr(0, 2)); });
  return found == tags.end() ? std::string_view{} : *found;
}

std::string clean(std::string_view text) {
  std::string out(text);
  if (end_of_ascii(text, 0) == text.size()) return out;
  for (std::size_t at = 0; (at = out.find("\u00AD", at)) != std::string::npos;) {
    std::size_t end = at + 2;
    const std::size_t next = out.find_first_not_of(" \t\r\n", end);
    if (next != std::string::npos && out.find('\n', end) < next) end = next;  // a hyphen at a line's end joins the lines
    out.erase(at, end - at);
  }
  replace_all(out, "\u2060", "");
  replace_all(out, "\uFEFF", "");
  replace_all(out, "\u200B", " ");
  return out;
}

struct Analyser::Impl {
  Lexicon lexicon;
  int numberings = 0;

  void make_room() {
    if (numberings == 0 && lexicon.full()) lexicon.clear();
  }

  // The word at `place` of a run that begins at `offset`; its forms are those of the text up to `forms_end`.
  Token token(std::string_view run, Word place, std::size_t forms_end, std::size_t offset) {
    Token out{offset + place.begin, offset + place.end, {}, {}, Lexicon::kNone};
    if (forms_end - place.begin > kLongestWord) return out;
    const Lexicon::Number number = lexicon.number(run.substr(place.begin, forms_end - place.begin));
    const Lexicon::Forms forms = lexicon.forms(number);
    const std::string_view folded = lexicon.text(forms.folded), accented = lexicon.text(forms.accented);
    if (folded.empty() || folded.size() > kLongestWord || accented.size() > kLongestWord) return out;
    return {out.begin, out.end, folded, accented, number};
  }
};

Analyser::Analyser() : impl_(std::make_unique<Impl>()) {}
Analyser::~Analyser() = default;
Analyser::Analyser(Analyser&&) noexcept = default;

Analyser::Numbering::Numbering(Analyser& analyser) : analyser_(analyser) {
  analyser_.impl_->make_room();
  ++analyser_.impl_->numberings;
}
Analyser::Numbering::~Numbering() { --analyser_.impl_->numberings; }
Lexicon& Analyser::Numbering::lexicon() const { return analyser_.impl_->lexicon; }

void Analyser::tokens(std::string_view text, const std::function<void(const Token&)>& each) const { tokens(text, each, {}); }

void Analyser::tokens(std::string_view text,
                      const std::function<void(const Token&)>& each,
                      const std::function<void(Word)>& plain) const {
  impl_->make_room();
  for_each_run(text, [&](std::size_t run_begin, std::size_t run_end) {
    const std::string_view run = text.substr(run_begin, run_end - run_begin);
    const std::vector<Word> found = words(run);
    for (std::size_t i = 0; i < found.size(); ++i) {
      Word word = found[i];
      if (plain && is_plain(run.substr(word.begin, word.end - word.begin))) {
        plain({run_begin + word.begin, run_begin + word.end});
        continue;
      }
      if (!is_cjk(run.substr(word.begin, word.end - word.begin))) {
        each(impl_->token(run, word, word.end, run_begin));
        continue;
      }
      while (i + 1 < found.size() && found[i + 1].begin == word.end && is_cjk(run.substr(word.end))) word.end = found[++i].end;
      for_each_character(run, word.begin, word.end, [&](std::size_t begin, std::size_t end, std::size_t pair) {
        const Token token = impl_->token(run, {begin, end}, pair, run_begin);
        if (!token.folded.empty()) each(token);  // a mark that folding takes away is no character of its own
      });
    }
  });
}

namespace {

// The place of its language among the stemmed ones; nothing for one without stemmer.
std::optional<std::size_t> stemmer_place(std::string_view language) {
  const auto tags = stemmed_languages();
  const auto is_it = [&](std::string_view tag) { return language.size() == 2 && tag[0] == language[0] && tag[1] == language[1]; };
  auto tag = std::ranges::find_if(tags, is_it);  // mostly it is one of them as it stands
  if (tag == tags.end()) tag = std::ranges::find(tags, stemmer_of(language));
  return tag == tags.end() ? std::nullopt : std::optional(static_cast<std::size_t>(tag - tags.begin()));
}

}  // namespace

std::pair<std::string_view, std::string_view> Analyser::stems(std::string_view language,
                                                              std::string_view folded,
                                                              std::string_view accented) {
  const std::optional<std::size_t> place = stemmer_place(language);
  if (!place || folded.empty()) return {};
  Lexicon& lexicon = impl_->lexicon;
  const Lexicon::Stems stems = lexicon.stems(*place, {lexicon.number(folded), lexicon.number(accented)});
  return {lexicon.text(stems.first), lexicon.text(stems.second)};
}

Analyser::SoughtStems Analyser::sought_stems(const std::set<std::string, std::less<>>& stems,
                                             std::span<const std::string> languages) {
  SoughtStems out;
  for (const std::string& stem : stems) {
    if (!stem.empty()) out.stems_.push_back(impl_->lexicon.number(stem));
  }
  for (const std::string& language : languages) {
    if (const std::optional<std::size_t> place = stemmer_place(language)) out.languages_.push_back(*place);
  }
  return out;
}

// Until `each` returns false.
template <class Each>
void Analyser::each_tongue_of_stem(const SoughtStems& sought, std::string_view folded, std::string_view accented, Each each) {
  if (folded.empty()) return;
  Lexicon& lexicon = impl_->lexicon;
  const Lexicon::Forms forms{lexicon.number(folded), lexicon.number(accented)};
  const auto is_sought = [&](Lexicon::Number stem) {
    return stem != Lexicon::kNone && std::ranges::find(sought.stems_, stem) != sought.stems_.end();
  };
  for (const std::size_t language : sought.languages_) {
    const Lexicon::Stems made = lexicon.stems(language, forms);
    if ((is_sought(made.first) || is_sought(made.second)) && !each(language)) return;
  }
}

Tongues Analyser::tongues_of_stem(const SoughtStems& sought, std::string_view folded, std::string_view accented) {
  Tongues out = 0;
  each_tongue_of_stem(sought, folded, accented, [&](std::size_t language) {
    out |= Tongues{1} << language;
    return true;
  });
  return out;
}

bool Analyser::has_stem(const SoughtStems& sought, std::string_view folded, std::string_view accented) {
  bool out = false;
  each_tongue_of_stem(sought, folded, accented, [&](std::size_t) {
    out = true;
    return false;
  });
  return out;
}

Tongues tongues_of(std::span<const std::string> languages) {
  Tongues out = 0;
  for (const std::string& language : languages) {
    if (const std::optional<std::size_t> place = stemmer_place(language)) out |= Tongues{1} << *place;
  }
  return out;
}

namespace {

constexpr std::size_t kMostIdle = 4;  // of a circle

struct Idle {
  std::mutex mutex;
  std::map<std::string, std::vector<Analyser>> circles;
};
Idle& idle() {
  static Idle all;
  return all;
}

Analyser idle_or_new(const std::string& circle) {
  Idle& all = idle();
  const std::lock_guard lock(all.mutex);
  std::vector<Analyser>& analysers = all.circles[circle];
  if (analysers.empty()) return {};
  Analyser out = std::move(analysers.back());
  analysers.pop_back();
  return out;
}

}  // namespace

BorrowedAnalyser::BorrowedAnalyser(std::string circle) : circle_(std::move(circle)), analyser_(idle_or_new(circle_)) {}

BorrowedAnalyser::~BorrowedAnalyser() {
  if (analyser_.impl_->lexicon.full()) return;
  Idle& all = idle();
  const std::lock_guard lock(all.mutex);
  std::vector<Analyser>& analysers = all.circles[circle_];
  if (analysers.size() < kMostIdle) analysers.push_back(std::move(analyser_));
}

}  // namespace colophon::indexer

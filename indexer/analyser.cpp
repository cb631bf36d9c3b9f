// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/analyser.hpp"

#include <algorithm>
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

}  // namespace

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

void Analyser::tokens(std::string_view text, const std::function<void(const Token&)>& each) const {
  impl_->make_room();
  Lexicon& lexicon = impl_->lexicon;
  for_each_run(text, [&](std::size_t run_begin, std::size_t run_end) {
    const std::string_view run = text.substr(run_begin, run_end - run_begin);
    for (const Word& word : words(run)) {
      Token token{run_begin + word.begin, run_begin + word.end, {}, {}, Lexicon::kNone};
      if (word.end - word.begin <= kLongestWord) {
        const Lexicon::Number number = lexicon.number(run.substr(word.begin, word.end - word.begin));
        const Lexicon::Forms forms = lexicon.forms(number);
        if (lexicon.text(forms.folded).size() <= kLongestWord && lexicon.text(forms.accented).size() <= kLongestWord)
          token = {token.begin, token.end, lexicon.text(forms.folded), lexicon.text(forms.accented), number};
      }
      each(token);
    }
  });
}

std::pair<std::string_view, std::string_view> Analyser::stems(std::string_view language,
                                                              std::string_view folded,
                                                              std::string_view accented) {
  const auto tags = stemmed_languages();
  const auto tag = std::ranges::find(tags, stemmer_of(language));
  if (tag == tags.end() || folded.empty()) return {};
  Lexicon& lexicon = impl_->lexicon;
  const Lexicon::Stems stems =
      lexicon.stems(static_cast<std::size_t>(tag - tags.begin()), {lexicon.number(folded), lexicon.number(accented)});
  return {lexicon.text(stems.first), lexicon.text(stems.second)};
}

}  // namespace colophon::indexer

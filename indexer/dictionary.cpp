// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/dictionary.hpp"

#include <algorithm>

#include "base/text.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

// Behind a word's prefix there is neither a capital (another prefix) nor a colon (a whole value).
bool is_of_another_kind(char first) { return (first >= 'A' && first <= 'Z') || first == ':'; }

void keep_most_frequent(std::vector<DictionaryWord>& words, std::size_t limit) {
  const auto before = [](const DictionaryWord& a, const DictionaryWord& b) {
    return a.works != b.works ? a.works > b.works : a.word < b.word;
  };
  const std::size_t kept = std::min(limit, words.size());
  std::ranges::partial_sort(words, words.begin() + static_cast<std::ptrdiff_t>(kept), before);
  words.resize(kept);
}

}  // namespace

DictionaryScan scan(const Xapian::Database& database,
                    std::string_view prefix,
                    std::string_view beginning,
                    const std::function<bool(std::string_view)>& accept,
                    std::size_t limit,
                    std::size_t& budget) {
  DictionaryScan out;
  const std::string start = std::string(prefix) + std::string(beginning);
  const auto end = database.allterms_end(start);
  for (auto term = database.allterms_begin(start); term != end;) {
    if (budget == 0) {
      out.whole = false;
      break;
    }
    --budget;
    const std::string whole = *term;
    const std::string_view word = std::string_view(whole).substr(prefix.size());
    if (word.empty() || is_of_another_kind(word.front())) {
      // ':' comes right before 'A' … 'Z' but for a few signs that no word begins with
      term.skip_to(std::string(prefix) + "[");
      continue;
    }
    if (accept(word)) out.words.push_back({std::string(word), term.get_termfreq()});
    ++term;
  }
  out.all = out.words.size();
  keep_most_frequent(out.words, limit);
  return out;
}

std::string folded_pattern(std::string_view text) {
  std::string out;
  bool first = true;
  for (const std::string_view piece : split(text, '*')) {
    if (!first && !out.ends_with('*')) out += '*';
    out += fold(piece);
    first = false;
  }
  return out;
}

bool fits(std::string_view word, std::string_view pattern) {
  std::size_t at = 0, in = 0, star = std::string_view::npos, resume = 0;
  while (at < word.size()) {
    if (in < pattern.size() && pattern[in] == '*') star = in++, resume = at;
    else if (in < pattern.size() && pattern[in] == word[at]) ++in, ++at;
    else if (star != std::string_view::npos) in = star + 1, at = ++resume;
    else return false;
  }
  while (in < pattern.size() && pattern[in] == '*') ++in;
  return in == pattern.size();
}

}  // namespace colophon::indexer

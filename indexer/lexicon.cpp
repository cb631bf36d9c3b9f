// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/lexicon.hpp"

#include <algorithm>
#include <bitset>
#include <optional>
#include <utility>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "indexer/analyser.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

constexpr std::size_t kFirstCells = 1u << 12;

// german2 folds ae, oe, ue; the plain "dutch" of Snowball is weaker than Kraaij and Pohlmann's
constexpr std::array kStemmers = {StemmerRow{"de", "german2"},   StemmerRow{"en", "english"}, StemmerRow{"es", "spanish"},
                                  StemmerRow{"fr", "french"},    StemmerRow{"it", "italian"}, StemmerRow{"nl", "kraaij_pohlmann"},
                                  StemmerRow{"pt", "portuguese"}};

// Articles and conjunctions that French and Italian fuse with the next word; stripped in every language, so that terms do not depend on it.
constexpr std::array<std::string_view, 18> kElisions = {"l",     "d",      "j",      "m",  "t",    "s",   "n",    "c",    "qu",
                                                        "jusqu", "lorsqu", "puisqu", "un", "dell", "all", "nell", "sull", "dall"};

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
    text.replace(at, what.size(), with);
}

void strip_elision(std::string& word) {
  const std::size_t quote = word.find('\'');
  if (quote == std::string::npos || quote + 1 >= word.size()) return;
  if (std::ranges::find(kElisions, std::string_view(word).substr(0, quote)) != kElisions.end()) word.erase(0, quote + 1);
}

void strip_possessive(std::string& word) {
  if (word.size() > 2 && word.ends_with("'s")) word.resize(word.size() - 2);
}

// "u.n" to "un"; "1,500" to "1500"; "1.5" and "example.org" stay.
void strip_points(std::string& word) {
  if (word.size() < 3) return;
  bool initials = word.size() % 2 == 1;
  for (std::size_t i = 0; i < word.size() && initials; ++i) initials = i % 2 ? word[i] == '.' : is_ascii_alpha(word[i]);
  if (initials) std::erase(word, '.');
  std::erase(word, ',');
}

// Both forms of a word after folding.
std::string simplified(std::string word) {
  if (word.find_first_of("'.,\xE2") == std::string::npos) return word;
  replace_all(word, "\u2019", "'");
  strip_elision(word);
  strip_possessive(word);
  strip_points(word);
  return word;
}

std::string_view first_character(std::string_view text) {
  std::size_t end = 0;
  next_code_point(text, end);
  return text.substr(0, end);
}

bool is_number(std::string_view word) { return word.find_first_not_of("0123456789.,") == std::string_view::npos; }

}  // namespace

std::span<const StemmerRow> stemmer_rows() { return kStemmers; }

struct Lexicon::Stemmers {
  // A word's stems in all languages stand together: who seeks a stem asks for all of them.
  struct alignas(64) OfWord {
    std::array<Stems, kStemmers.size()> stems;
    std::bitset<kStemmers.size()> known;
  };
  std::array<std::optional<Xapian::Stem>, kStemmers.size()> stem;
  std::vector<OfWord> words;  // by the number of the accented form, else of the folded one
};

Lexicon::Lexicon() { clear(); }
Lexicon::~Lexicon() = default;

void Lexicon::clear() {
  stretches_.clear();
  size_ = 0;
  add({}, fnv1a({}));
  cells_.assign(kFirstCells, {});
  stemmers_ = std::make_unique<Stemmers>();
}

Lexicon::Number Lexicon::add(std::string_view text, std::uint64_t digest) {
  if (size_ % kStretch == 0) stretches_.push_back(std::make_unique<Entry[]>(kStretch));
  const auto number = static_cast<Number>(size_++);
  entry(number) = {std::string(text), digest};
  return number;
}

Lexicon::Cell& Lexicon::cell_of(std::string_view text, std::uint64_t digest) {
  std::size_t at = digest & (cells_.size() - 1);
  while (cells_[at].number != kNone && (cells_[at].mark != mark_of(digest) || entry(cells_[at].number).text != text))
    at = (at + 1) & (cells_.size() - 1);
  return cells_[at];
}

void Lexicon::grow() {
  cells_.assign(cells_.size() * 2, {});
  for (Number number = 1; number < size_; ++number) {
    const Entry& one = entry(number);
    cell_of(one.text, one.digest) = {number, mark_of(one.digest)};
  }
}

Lexicon::Number Lexicon::number(std::string_view text) {
  if (text.empty()) return kNone;
  const std::uint64_t digest = fnv1a(text);
  Cell& cell = cell_of(text, digest);
  if (cell.number != kNone) return cell.number;
  const Number made = add(text, digest);
  cell = {made, mark_of(digest)};
  if (size_ * 2 > cells_.size()) grow();
  return made;
}

Lexicon::Forms Lexicon::forms(Number word) {
  if (entry(word).has_forms || word == kNone) return entry(word).forms;
  const std::string_view text = entry(word).text;
  const bool pairs = is_cjk(text);
  const Number folded = number(pairs ? nfc(fold(first_character(text))) : simplified(fold(text)));
  const Number second = number(pairs ? nfc(fold(text)) : simplified(fold_case(text)));
  entry(word).forms = {folded, second == folded ? kNone : second};
  entry(word).has_forms = true;
  return entry(word).forms;
}

Lexicon::Stems Lexicon::stems(std::size_t language, Forms forms) {
  const Number word = forms.accented == kNone ? forms.folded : forms.accented;
  if (word < stemmers_->words.size() && stemmers_->words[word].known[language]) return stemmers_->words[word].stems[language];
  if (word == kNone || is_number(text(word)) || is_cjk(text(word))) return {};
  if (word >= stemmers_->words.size()) stemmers_->words.resize(size_);
  std::optional<Xapian::Stem>& stem = stemmers_->stem[language];
  if (!stem) stem.emplace(kStemmers[language].snowball);
  Stems made{number(fold((*stem)(std::string(text(word))))), kNone};
  if (forms.accented != kNone) made.second = number((*stem)(std::string(text(forms.folded))));
  if (made.second == made.first) made.second = kNone;
  Stemmers::OfWord& known = stemmers_->words[word];
  known.stems[language] = made;
  known.known.set(language);
  return made;
}

}  // namespace colophon::indexer

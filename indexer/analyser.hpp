// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.hpp"

namespace colophon::indexer {

class Lexicon;

/// The analyser: text to words and their forms, the same for documents, queries and snippets. Not thread-safe (it remembers the words
/// that it met): one a thread.

/// The languages with a stemmer: de en es fr it nl pt.
std::span<const std::string_view> stemmed_languages();
/// "pt" of "pt-BR" when it has a stemmer, else empty.
std::string_view stemmer_of(std::string_view language_tag);

/// Some of stemmed_languages(): a bit each, the first one's lowest.
using Tongues = std::uint32_t;
/// Of language tags; those without a stemmer add nothing.
Tongues tongues_of(std::span<const std::string> languages);

/// False where no stemmer makes that stem of the folded word, seen by how they begin: a cheap look before stemming. Stemmers change endings;
/// only the Dutch one takes a "ge" away, doubles a vowel or makes "y" something else, and the German one takes "ae" for "ä": behind a
/// consonant the second letter stays.
inline bool may_be_stem_of(std::string_view stem, std::string_view folded) {
  if (stem.empty() || folded.empty() || folded.starts_with("ge")) return true;
  if (stem.front() != folded.front()) return false;
  const bool consonant =
      stem.front() > 'a' && stem.front() <= 'z' && std::string_view("eiouy").find(stem.front()) == std::string_view::npos;
  return !consonant || stem.size() == 1 || folded.size() == 1 || stem[1] == folded[1] || folded[1] == 'y' ||
         folded.substr(1).starts_with("ge");
}

/// Whether the first character is Han, kana, bopomofo or Hangul: such text is indexed by its characters.
bool is_cjk(std::string_view word);

/// A word of a text: its bytes there and its forms. `accented` is empty when it equals `folded`. Of CJK text each character is a word; its
/// second form is the pair with the next character, if that follows at once: "気" and "気候", then "候".
struct Token {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string_view folded;    ///< "mullers" of "Müller’s" without the possessive; "eau" of "l’eau"; "1500" of "1,500"
  std::string_view accented;  ///< "müller"
  std::uint32_t word = 0;     ///< its number in the analyser's lexicon; 0 without forms
};

/// Soft hyphens (also at line ends) and zero-width characters removed: do this before tokens() and before showing a text.
std::string clean(std::string_view text);

class Analyser {
 public:
  Analyser();
  ~Analyser();
  Analyser(Analyser&&) noexcept;

  /// The tokens of a clean text, in order; views live until the callback returns. Words beyond 100 bytes have empty forms.
  void tokens(std::string_view text, const std::function<void(const Token&)>& each) const;
  /// The same for who needs the forms of few of them: a word of nothing but ASCII letters and digits, whose one form is itself in lower
  /// case, goes to `plain`, without a look at what is remembered.
  void tokens(std::string_view text, const std::function<void(const Token&)>& each, const std::function<void(Word)>& plain) const;
  /// The one or two stems of a token: of its accented form, marks removed after stemming, and of its folded form.
  /// Empty for a language without stemmer, for numbers and for CJK.
  std::pair<std::string_view, std::string_view> stems(std::string_view language,
                                                      std::string_view folded,
                                                      std::string_view accented);

  /// Stems and the languages in which words are stemmed to compare, by numbers, which is faster than by letters.
  class SoughtStems {
    friend class Analyser;
    std::vector<std::uint32_t> stems_;
    std::vector<std::size_t> languages_;
  };
  /// Valid while a Numbering lives that was made before.
  SoughtStems sought_stems(const std::set<std::string, std::less<>>& stems, std::span<const std::string> languages);
  /// Whether one of the token's stems in these languages is one of those.
  bool has_stem(const SoughtStems& sought, std::string_view folded, std::string_view accented);
  /// In which of its languages one of the token's stems is one of those; 0 for none.
  Tongues tongues_of_stem(const SoughtStems& sought, std::string_view folded, std::string_view accented);

  /// Internal: while one of these lives, the words keep their numbers.
  class Numbering {
   public:
    explicit Numbering(Analyser& analyser);
    ~Numbering();
    Numbering(const Numbering&) = delete;
    Numbering& operator=(const Numbering&) = delete;
    Lexicon& lexicon() const;

   private:
    Analyser& analyser_;
  };

 private:
  friend class BorrowedAnalyser;
  template <class Each>
  void each_tongue_of_stem(const SoughtStems& sought, std::string_view folded, std::string_view accented, Each each);

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// An analyser of this process that remembers the words of earlier borrowers of the same circle, for who needs one for a moment: forms and
/// stems of the words of a language are soon known. Answers never depend on what it remembers, but time does: a circle is who may read the
/// same texts. A few are kept; thread-safe.
class BorrowedAnalyser {
 public:
  explicit BorrowedAnalyser(std::string circle);
  ~BorrowedAnalyser();
  BorrowedAnalyser(const BorrowedAnalyser&) = delete;
  BorrowedAnalyser& operator=(const BorrowedAnalyser&) = delete;
  Analyser& operator*() { return analyser_; }

 private:
  std::string circle_;
  Analyser analyser_;
};

}  // namespace colophon::indexer

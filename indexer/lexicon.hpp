// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace colophon::indexer {

/// Internal: the words that an analyser has met, by number. What a word's forms and stems are is found out once a word, not once an
/// occurrence. Not thread-safe. Texts live until clear().
class Lexicon {
 public:
  using Number = std::uint32_t;
  static constexpr Number kNone = 0;  ///< the empty word

  /// `accented` is kNone where it equals `folded`.
  struct Forms {
    Number folded = kNone;
    Number accented = kNone;
  };
  struct Stems {
    Number first = kNone;
    Number second = kNone;
  };

  Lexicon();
  ~Lexicon();

  Number number(std::string_view text);
  std::string_view text(Number number) const { return entry(number).text; }
  /// fnv1a of the text.
  std::uint64_t digest(Number number) const { return entry(number).digest; }
  /// Of a word as it stands in a text; of CJK text that is one character or two, the second of which only makes the pair.
  Forms forms(Number word);
  /// By the language's place in stemmed_languages(). Numbers have no stem, nor has CJK.
  Stems stems(std::size_t language, Forms forms);

  bool full() const { return size_ > kLimit; }
  void clear();

 private:
  static constexpr std::size_t kLimit = 400'000;
  struct Entry {
    std::string text;
    std::uint64_t digest = 0;
    Forms forms{};
    bool has_forms = false;
  };
  struct Stemmers;

  struct Cell {
    Number number = kNone;   // kNone is free
    std::uint32_t mark = 0;  // of the digest: most strangers are told without a look at their text
  };
  static std::uint32_t mark_of(std::uint64_t digest) { return static_cast<std::uint32_t>(digest >> 32); }
  Cell& cell_of(std::string_view text, std::uint64_t digest);
  void grow();

  // In stretches that stay where they are, long enough that the list of them is at hand.
  static constexpr std::size_t kStretch = 512;
  const Entry& entry(Number number) const { return stretches_[number / kStretch][number % kStretch]; }
  Entry& entry(Number number) { return stretches_[number / kStretch][number % kStretch]; }
  Number add(std::string_view text, std::uint64_t digest);

  std::vector<std::unique_ptr<Entry[]>> stretches_;
  std::size_t size_ = 0;
  std::vector<Cell> cells_;  // a hash table with open addressing
  std::unique_ptr<Stemmers> stemmers_;
};

/// A language with a stemmer: its tag and Snowball's name of the algorithm.
struct StemmerRow {
  std::string_view tag;
  const char* snowball;
};
/// In order of tags.
std::span<const StemmerRow> stemmer_rows();

}  // namespace colophon::indexer

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace colophon::lang {

/// Internal: languages of the Latin script told apart by how often three letters follow each other in them (naive Bayes over character
/// trigrams; Cavnar and Trenkle 1994, Dunning 1994). The table is trigrams.inc; how it is made stands in docs/decisions/0014.

/// Up to three letters in a row of a word, lower case; a blank stands before and behind each word.
using Trigram = std::uint64_t;
constexpr Trigram trigram_of(char32_t a, char32_t b, char32_t c) { return Trigram{a} << 42 | Trigram{b} << 21 | c; }

/// Lower case for Latin letters up to U+017F; a blank for what is no such letter, kForeign for letters of other scripts.
char32_t latin_lower(char32_t c);
inline constexpr char32_t kForeign = 1;

/// Reads characters one by one and tells each(trigram) that they complete.
class TrigramReader {
 public:
  template <class Each>
  void read(char32_t c, Each each) {
    const char32_t letter = latin_lower(c);
    if (letter == U' ' && last_ == U' ') return;
    each(trigram_of(before_last_, last_, letter));
    before_last_ = last_;
    last_ = letter;
  }

 private:
  char32_t before_last_ = U' ', last_ = U' ';
};

struct Guess {
  std::string_view tag;  ///< of the likeliest language; empty when no trigram is known
  double margin = 0;     ///< by how much it is likelier than the next one, a natural logarithm
  double known = 0;      ///< the part of the trigrams that are in the table
  std::size_t trigrams = 0;
};
/// Of valid UTF-8 in NFC. The tags with a column of the table: trigram_languages().
Guess guess_latin(std::string_view text);

/// The languages that we answer for, and behind them their neighbours, which are in the table only so that they are not taken for one
/// of ours.
inline constexpr std::array<std::string_view, 19> kTrigramLanguages = {"de", "en", "es", "fr", "it", "nl", "pt", "ca", "cs", "da",
                                                                       "fi", "hr", "hu", "id", "nb", "pl", "ro", "sv", "tr"};
inline constexpr std::size_t kOurs = 7;
/// A weight is a letter of the table: kFirstWeight + n stands for the probability exp(kLeast + n · kStep).
inline constexpr char kFirstWeight = '0';
inline constexpr int kWeights = 64;
inline constexpr double kLeast = -14, kStep = 0.16;

}  // namespace colophon::lang

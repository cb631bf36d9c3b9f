// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "indexer/analyser.hpp"
#include "indexer/snippet.hpp"

namespace colophon::indexer {

/// Internal: which of a query's words a word of a text is. Words are numbered over all groups in order; those of a field other than
/// the text itself never match. At most 64, further ones are ignored.
class Matcher {
 public:
  struct Wanted {
    std::size_t group = 0;
    std::size_t place = 0;  ///< in its phrase
    const Sought::Forms* forms = nullptr;
    Analyser::SoughtStems stems;
  };

  Matcher(const std::vector<Sought>& sought, const std::vector<std::string>& languages, Analyser& analyser);
  /// Bit i: the word is wanted()[i].
  std::uint64_t match(std::string_view folded, std::string_view accented);
  /// The same of a word of a text, remembered by its number.
  std::uint64_t match(const Token& token);
  /// The same of a word of ASCII letters and digits alone, as it stands in a text. Most are turned down by how they begin.
  std::uint64_t match_plain(std::string_view word) {
    return may_begin(word.front(), word.size() > 1 ? word[1] : '\0') ? match_remembered(word) : 0;
  }
  /// A stretch of a text between blanks.
  struct Piece {
    std::size_t begin = 0, end = 0;
    bool words_before = false;  ///< in the stretches that were passed over
  };
  /// The first one from `at` on in which a word may match; an empty one at the end of the text when there is none. Words that are told from
  /// their surroundings at first sight are looked at, of others how they begin. `at` is where a stretch or a blank begins.
  Piece next_piece(std::string_view text, std::size_t at);
  const std::vector<Wanted>& wanted() const { return wanted_; }
  /// The words of group g are wanted()[first(g)] … ; a group may be empty.
  std::size_t first(std::size_t group) const { return first_[group]; }
  std::size_t length(std::size_t group) const { return first_[group + 1] - first_[group]; }
  std::size_t groups() const { return first_.size() - 1; }

 private:
  void note_beginnings(const Sought::Forms& forms);
  void note_beginning(std::string_view beginning);
  void note_stem(std::string_view stem);
  void note(char first, char second);
  // A word in ASCII with these first two bytes; the second one is no letter or digit where the word has one.
  bool may_begin(char first, char second) const {
    return beginnings_[(static_cast<unsigned char>(first) & 0x7Fu) << 7 | (static_cast<unsigned char>(second) & 0x7Fu)];
  }
  bool may_match(std::string_view text, std::size_t begin, std::size_t end);
  std::uint64_t match_remembered(std::string_view plain);
  bool is(const Wanted& wanted, std::string_view folded, std::string_view accented);

  Analyser& analyser_;
  Analyser::Numbering numbering_;
  std::vector<Wanted> wanted_;
  std::vector<std::size_t> first_;
  std::bitset<128 * 128> beginnings_;  // the first two bytes, in both cases, of the words that may match
  std::unordered_map<std::uint32_t, std::uint64_t> known_;
  std::unordered_map<std::string, std::uint64_t> known_plain_;  // in lower case
  std::string lower_;
};

}  // namespace colophon::indexer

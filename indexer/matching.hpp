// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

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
  };

  Matcher(const std::vector<Sought>& sought, const std::vector<std::string>& languages, Analyser& analyser);
  /// Bit i: the word is wanted()[i].
  std::uint64_t match(std::string_view folded, std::string_view accented);
  /// The same of a word of a text, remembered by its number.
  std::uint64_t match(const Token& token);
  /// The same of a word of ASCII letters and digits alone, as it stands in a text. Most are turned down by how they begin.
  std::uint64_t match_plain(std::string_view word) { return may_begin(word.front()) ? match_remembered(word) : 0; }
  const std::vector<Wanted>& wanted() const { return wanted_; }
  /// The words of group g are wanted()[first(g)] … ; a group may be empty.
  std::size_t first(std::size_t group) const { return first_[group]; }
  std::size_t length(std::size_t group) const { return first_[group + 1] - first_[group]; }
  std::size_t groups() const { return first_.size() - 1; }

 private:
  void note_beginnings(const Sought::Forms& forms);
  bool may_begin(char first) const { return any_beginning_ || beginnings_[static_cast<unsigned char>(first) & 0x7F]; }
  std::uint64_t match_remembered(std::string_view plain);
  bool is(const Sought::Forms& forms, std::string_view folded, std::string_view accented);

  const std::vector<std::string>& languages_;
  Analyser& analyser_;
  Analyser::Numbering numbering_;
  std::vector<Wanted> wanted_;
  std::vector<std::size_t> first_;
  std::bitset<128> beginnings_;  // first letters, in both cases, of the words that may match
  bool any_beginning_ = false;
  std::unordered_map<std::uint32_t, std::uint64_t> known_;
  std::unordered_map<std::string, std::uint64_t> known_plain_;  // in lower case
  std::string lower_;
};

}  // namespace colophon::indexer

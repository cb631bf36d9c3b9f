// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/lexicon.hpp"
#include "indexer/schema.hpp"

namespace colophon::indexer {

/// Internal: the words of a document in their order, as one value of the document: what phrases, nearness and pages are found by.
///
/// A word is a code of 12 bits, a digest of its folded form (16 or 32 in documents of very many words); of two words of one document with
/// the same code the later one gets another, which is noted. So a code names one word of the document, for every word that the document
/// has: ask for no others. That is 1.7 bytes a word; the library's own lists of positions take five, most of it for the key of each list,
/// and half as long again to write (docs/decisions/0013).

/// The fields whose words count, a bit for each row of the schema by its place, and one for the body.
using FieldMask = std::uint64_t;
inline constexpr unsigned kBodyField = 63;
/// Of the words without prefix: the body and every row that has a weight.
FieldMask text_fields();
FieldMask field_of(const Row& row);

class PlacesWriter {
 public:
  /// The words that follow stand at `position`, the next one behind it and so on; positions ascend.
  void begin(std::uint32_t position, unsigned field);
  /// By the number of its folded form; kNone takes a position, too.
  void add(Lexicon::Number folded) { words_.push_back(folded); }
  /// Empty without words.
  std::string bytes(const Lexicon& lexicon) const;

 private:
  struct Stretch {
    std::uint32_t position = 0;
    std::uint32_t first = 0;  // of words_
    unsigned field = 0;
  };
  std::vector<Stretch> stretches_;
  std::vector<Lexicon::Number> words_;
};

/// What a word is looked for by, in its folded or accented form. Making it costs more than finding it in a short text: once a query.
class PlacedWord {
 public:
  explicit PlacedWord(std::string_view word);
  std::uint64_t digest() const { return digest_; }

 private:
  std::uint64_t digest_;
};

class Places {
 public:
  using Positions = std::vector<std::uint32_t>;

  Places() = default;
  /// `bytes` must outlive it. Malformed ones are no words.
  explicit Places(std::string_view bytes) { read(bytes); }
  /// Another document's; keeps the memory that it has.
  void read(std::string_view bytes);
  /// Appends where a word of the document stands in these fields, ascending.
  void find(const PlacedWord& word, FieldMask fields, Positions& out) const;

 private:
  struct Stretch {
    std::uint32_t position = 0;
    std::uint32_t count = 0;
    unsigned field = 0;
  };
  bool take(std::string_view bytes);

  unsigned bits_ = 0;
  std::uint64_t salt_ = 0;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> moved_;  // digest and code
  std::vector<Stretch> stretches_;
  std::size_t words_ = 0;  // of all stretches
  std::string_view codes_;
};

}  // namespace colophon::indexer

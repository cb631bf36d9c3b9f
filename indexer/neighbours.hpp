// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>

namespace colophon::indexer {

class KeptSlot;
class Reader;

/// Internal: two words, folded, of the text.
using WordPair = std::pair<std::string, std::string>;

/// Internal: pairs of words in one document after another: what they weigh there by weigh() (weighting.hpp), each pair the sum of its words,
/// and whether they stand near each other. How often a document has a word is asked of the lists of frequent terms (frequent.hpp) where they tell,
/// else of the index. Throws Xapian's errors.
class Neighbours {
 public:
  /// Near is within `window` words of each other. Of the reader's documents as they are now, with their Slot::places; both must outlive this.
  Neighbours(std::span<const WordPair> pairs, std::uint32_t window, const Reader& reader, KeptSlot& word_places);
  ~Neighbours();

  /// In no document do the pairs weigh more.
  double most() const;
  /// In a document: the pairs of which it has both words, wherever they stand. REQUIRES: numbers ascend from one call to the next.
  double together(std::uint32_t document);
  /// In the document of the last call: those of them that stand near each other.
  double near();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace colophon::indexer

// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/query/neighbours.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "indexer/places.hpp"
#include "indexer/query/at_least.hpp"
#include "indexer/slot_values.hpp"

#include <xapian.h>

namespace colophon::indexer::query {
namespace {

using Positions = Places::Positions;

// Both ascend, and have no position in common.
bool near(const Positions& one, const Positions& other, std::uint32_t window) {
  for (auto a = one.begin(), b = other.begin(); a != one.end() && b != other.end();) {
    if (std::max(*a, *b) - std::min(*a, *b) < window) return true;
    if (*a < *b) ++a;
    else ++b;
  }
  return false;
}

// The words of the pairs, each once, in one document after another.
class Words {
 public:
  Words(std::span<const WordPair> pairs, const Xapian::Database& database) : values_(Slot::places, database) {
    for (const auto& [one, other] : pairs) pairs_.emplace_back(number(one, database), number(other, database));
  }

  /// each(i) for the pairs whose words stand near each other. Numbers of documents ascend.
  template <class Each>
  void pairs_in(Xapian::docid document, std::uint32_t window, Each each) {
    for (Word& word : words_) word.here = has(word, document), word.known = false;
    const auto both = [&](const auto& pair) { return words_[pair.first].here && words_[pair.second].here; };
    if (std::ranges::none_of(pairs_, both) || !read(document)) return;
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      if (both(pairs_[i]) && near(positions(pairs_[i].first), positions(pairs_[i].second), window)) each(i);
    }
  }

 private:
  struct Word {
    std::string text;
    PlacedWord placed;
    Xapian::PostingIterator postings;
    Positions found;
    bool here = false, known = false;  // in the document; found there
  };

  std::size_t number(const std::string& text, const Xapian::Database& database) {
    const auto known = std::ranges::find(words_, text, &Word::text);
    if (known == words_.end()) words_.push_back({text, PlacedWord(text), database.postlist_begin(text), {}});
    return static_cast<std::size_t>(std::ranges::find(words_, text, &Word::text) - words_.begin());
  }

  static bool has(Word& word, Xapian::docid document) {
    const Xapian::PostingIterator end;
    if (word.postings != end) word.postings.skip_to(document);
    return word.postings != end && *word.postings == document;
  }

  bool read(Xapian::docid document) {
    bytes_ = values_.of(document);
    places_.read(bytes_);
    return !bytes_.empty();
  }

  const Positions& positions(std::size_t number) {
    Word& word = words_[number];
    if (std::exchange(word.known, true)) return word.found;
    word.found.clear();
    places_.find(word.placed, text_fields(), word.found);
    return word.found;
  }

  std::vector<Word> words_;
  std::vector<std::pair<std::size_t, std::size_t>> pairs_;
  SlotReader values_;
  std::string bytes_;
  Places places_;
};

}  // namespace

Xapian::Query neighbours(std::span<const WordPair> pairs,
                         std::uint32_t window,
                         std::vector<std::uint32_t> documents,
                         const Xapian::Database& database) {
  using Xapian::Query;
  std::ranges::sort(documents);
  std::vector<std::vector<Xapian::docid>> found(pairs.size());
  Words words(pairs, database);
  for (const Xapian::docid document : documents) {
    words.pairs_in(document, window, [&](std::size_t pair) { found[pair].push_back(document); });
  }
  std::vector<Query> parts;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (found[i].empty()) continue;
    const Query both[] = {Query(pairs[i].first), Query(pairs[i].second), among(std::move(found[i]), database)};
    parts.emplace_back(Query::OP_AND, std::begin(both), std::end(both));
  }
  return Query(Query::OP_OR, parts.begin(), parts.end());
}

}  // namespace colophon::indexer::query

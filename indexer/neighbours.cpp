// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/neighbours.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "indexer/frequent.hpp"
#include "indexer/places.hpp"
#include "indexer/posting_list.hpp"
#include "indexer/reader.hpp"
#include "indexer/slot_values.hpp"
#include "indexer/weighting.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

// Both ascend, and have no position in common.
bool are_near(const Places::Positions& one, const Places::Positions& other, std::uint32_t window) {
  for (auto a = one.begin(), b = other.begin(); a != one.end() && b != other.end();) {
    if (std::max(*a, *b) - std::min(*a, *b) < window) return true;
    if (*a < *b) ++a;
    else ++b;
  }
  return false;
}

TermWeight weight_of(const std::string& term, const Xapian::Database& all) {
  return TermWeight({.documents = static_cast<double>(all.get_termfreq(term)),
                     .occurrences = static_cast<double>(all.get_collection_freq(term)),
                     .collection = static_cast<double>(all.get_doccount()),
                     .average_length = all.get_average_length(),
                     .factor = 1});
}

}  // namespace

struct Neighbours::Impl {
  struct Word {
    std::string text;
    PlacedWord placed;
    TermWeight weight;
    std::vector<std::optional<PostingList>> lists = {};    // of each shard
    std::optional<Xapian::PostingIterator> postings = {};  // of all, begun when a list does not tell
    std::uint32_t count = 0;                               // in the document
    double weighs = 0;                                     // there
    bool placed_here = false;                              // whether `positions` are those in the document
    Places::Positions positions = {};
  };

  Impl(std::span<const WordPair> given, std::uint32_t distance, const Reader& reader, KeptSlot& word_places)
      : all(reader.database()),
        files(lists_of(reader)),
        window(distance),
        average_length(all.get_average_length()),
        values(word_places) {
    for (const auto& [one, other] : given) pairs.emplace_back(number(one), number(other));
  }

  std::size_t number(const std::string& text) {
    const auto known = std::ranges::find(words, text, &Word::text);
    if (known != words.end()) return static_cast<std::size_t>(known - words.begin());
    Word& added = words.emplace_back(text, PlacedWord(text), weight_of(text, all));
    for (const auto& file : files) added.lists.push_back(file ? file->find(text) : std::nullopt);
    return words.size() - 1;
  }

  void go_to(std::uint32_t to) {
    document = to;
    const std::size_t shards = std::max<std::size_t>(1, files.size()), shard = (to - 1) % shards;
    const auto local = static_cast<std::uint32_t>((to - 1) / shards + 1);
    const Frequent* const file = shard < files.size() && files[shard] && files[shard]->tells(local) ? &*files[shard] : nullptr;
    norm.reset();
    for (Word& word : words) {
      word.placed_here = false;
      word.count = file && word.lists[shard] ? word.lists[shard]->count(local) : read_count(word);
      if (word.count > 0 && !norm) norm = LengthNorms::norm(average_length, length(file, local));
      word.weighs = word.count > 0 ? word.weight.of(word.count * *norm) : 0;
    }
  }

  std::uint32_t read_count(Word& word) const {
    if (!word.postings) word.postings = all.postlist_begin(word.text);
    const Xapian::PostingIterator end;
    if (*word.postings != end) word.postings->skip_to(document);
    return *word.postings != end && **word.postings == document ? word.postings->get_wdf() : 0;
  }

  std::uint32_t length(const Frequent* file, std::uint32_t local) const {
    const std::uint16_t known = file ? file->length(local) : Frequent::kLong;
    return known < Frequent::kLong ? known : all.get_doclength(document);
  }

  bool is_read() {
    const std::string& bytes = values.of(document);
    places.read(bytes);
    return !bytes.empty();
  }

  const Places::Positions& positions(Word& word) {
    if (std::exchange(word.placed_here, true)) return word.positions;
    word.positions.clear();
    places.find(word.placed, text_fields(), word.positions);
    return word.positions;
  }

  // Of the pairs of which the document has both words.
  template <class Counts>
  double sum(Counts counts) {
    double out = 0;
    for (const auto& [i, j] : pairs) {
      Word &one = words[i], &other = words[j];
      if (one.count > 0 && other.count > 0 && counts(one, other)) out += one.weighs + other.weighs;
    }
    return out;
  }

  const Xapian::Database& all;
  std::vector<std::optional<Frequent>> files;  // of the shards
  std::uint32_t window;
  double average_length;
  std::vector<Word> words;
  std::vector<std::pair<std::size_t, std::size_t>> pairs;  // of words
  KeptSlot& values;
  Places places;
  std::uint32_t document = 0;
  std::optional<double> norm;  // of its length
};

Neighbours::Neighbours(std::span<const WordPair> pairs, std::uint32_t window, const Reader& reader, KeptSlot& word_places)
    : impl_(std::make_unique<Impl>(pairs, window, reader, word_places)) {}
Neighbours::~Neighbours() = default;

double Neighbours::most() const {
  constexpr double kEndless = 1e12;  // as if a document were of nothing but the word
  double out = 0;
  for (const auto& [i, j] : impl_->pairs)
    out += impl_->words[i].weight.at_most(kEndless) + impl_->words[j].weight.at_most(kEndless);
  return out;
}

double Neighbours::together(std::uint32_t document) {
  impl_->go_to(document);
  return impl_->sum([](const Impl::Word&, const Impl::Word&) { return true; });
}

double Neighbours::near() {
  std::optional<bool> read;
  return impl_->sum([&](Impl::Word& one, Impl::Word& other) {
    if (!read) read = impl_->is_read();
    return *read && are_near(impl_->positions(one), impl_->positions(other), impl_->window);
  });
}

}  // namespace colophon::indexer

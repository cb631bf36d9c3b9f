// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/spelling.hpp"

#include <algorithm>

#include "base/text.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

constexpr std::size_t kShortest = 3, kTwoFrom = 5, kLongest = 40;

// The rows of the table of edit distances (optimal string alignment) for one beginning after another: a row is worked out once for all
// words that share the beginning.
class Distances {
 public:
  Distances(std::string_view word, std::size_t most) : word_(word), most_(most), rows_(1, Row(word.size() + 1)) {
    for (std::size_t i = 0; i <= word.size(); ++i) rows_[0][i] = i;
  }

  /// The length of the shortest beginning of `other` from which no word can be near; npos when it is near enough to go on.
  std::size_t too_far(std::string_view other) {
    std::size_t shared = 0;
    while (shared < std::min(other.size(), last_.size()) && other[shared] == last_[shared]) ++shared;
    rows_.resize(std::min(shared + 1, rows_.size()));
    last_ = other;
    for (std::size_t at = rows_.size() - 1; at < other.size(); ++at) {
      add_row(other, at);
      if (std::ranges::min(rows_.back()) > most_) return at + 1;
    }
    return std::string_view::npos;
  }
  std::size_t distance() const { return rows_.back().back(); }

 private:
  using Row = std::vector<std::size_t>;

  void add_row(std::string_view other, std::size_t at) {
    const Row& above = rows_.back();
    Row row(word_.size() + 1);
    row[0] = at + 1;
    for (std::size_t i = 1; i <= word_.size(); ++i) {
      const std::size_t changed = above[i - 1] + (word_[i - 1] == other[at] ? 0 : 1);
      row[i] = std::min({changed, above[i] + 1, row[i - 1] + 1});
      const bool swapped = i > 1 && at > 0 && word_[i - 1] == other[at - 1] && word_[i - 2] == other[at];
      if (swapped) row[i] = std::min(row[i], rows_[at - 1][i - 2] + 1);
    }
    rows_.push_back(std::move(row));
  }

  std::string_view word_;
  std::size_t most_;
  std::vector<Row> rows_;
  std::string last_;
};

void collect(const Xapian::Database& database,
             const std::string& beginning,
             std::size_t prefix,
             Distances& distances,
             std::size_t most,
             std::size_t& budget,
             std::vector<NearWord>& out) {
  auto term = database.allterms_begin(beginning);
  const auto end = database.allterms_end(beginning);
  for (; term != end && budget > 0; --budget) {
    const std::string whole = *term;
    const std::string_view word = std::string_view(whole).substr(prefix);
    const std::size_t cut = distances.too_far(word);
    if (cut != std::string_view::npos) {
      std::string next = whole.substr(0, prefix + cut);
      next.back() = static_cast<char>(static_cast<unsigned char>(next.back()) + 1);
      term.skip_to(next);
      continue;
    }
    if (const std::size_t far = distances.distance(); far > 0 && far <= most)
      out.push_back({std::string(word), term.get_termfreq(), far});
    ++term;
  }
}

}  // namespace

std::vector<NearWord> near_words(
    const Xapian::Database& database, std::string_view prefix, std::string_view word, std::size_t limit, std::size_t budget) {
  std::vector<NearWord> out;
  const bool letters = std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
  if (!letters || word.size() < kShortest || word.size() > kLongest) return out;
  const std::size_t most = word.size() < kTwoFrom ? 1 : 2;
  for (std::size_t i = 0; i < (word[0] == word[1] ? 1U : 2U); ++i) {
    Distances distances(word, most);
    collect(database, std::string(prefix) + word[i], prefix.size(), distances, most, budget, out);
  }
  std::ranges::sort(out, [](const NearWord& a, const NearWord& b) {
    return a.distance != b.distance ? a.distance < b.distance : a.works != b.works ? a.works > b.works : a.word < b.word;
  });
  if (out.size() > limit) out.resize(limit);
  return out;
}

}  // namespace colophon::indexer

// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/any_scan.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "indexer/any_of.hpp"
#include "indexer/best_scores.hpp"
#include "indexer/posting_list.hpp"
#include "indexer/term_source.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

using Role = AnyOf::Role;
constexpr std::uint32_t kBlock = PostingList::kBlock;
constexpr std::uint32_t kFirstStep = 64;        // every so many blocks come first
constexpr std::size_t kExpected = 2;            // times the wanted documents are looked at for what the least may be
constexpr double kMore = 1.25, kSomeMore = 10;  // of the sample than its share of the best, not to guess too high
constexpr double kRoundedSum = 1e-5;            // how far sums of numbers of 24 bits may be off
constexpr double kEndless = 1e12;               // a wdfn that is not known
constexpr std::size_t kFew = 2;                 // documents that are weighed rather than sifted

// What a term weighs at most, by the code of its wdfn.
using Weights = std::array<float, 256>;

struct Part {
  Role role{};
  TermWeight weight;
  std::vector<PostingList> lists = {};  // the longest first
  Weights most_by_code{};
  float most = 0;   // in any document
  float bound = 0;  // in the block; 0 where none of it has a term
};

// Goes along the lists of unwanted terms.
class Unwanted {
 public:
  Unwanted(const std::vector<std::string>& terms, const Xapian::Database& index) {
    for (const std::string& term : terms) lists_.emplace_back(index.postlist_begin(term), index.postlist_end(term));
  }
  // REQUIRES: is asked by rising number.
  bool has(std::uint32_t document) {
    return std::ranges::any_of(lists_, [&](auto& list) {
      auto& [at, end] = list;
      if (at != end) at.skip_to(document);
      return at != end && *at == document;
    });
  }

 private:
  std::vector<std::pair<Xapian::PostingIterator, Xapian::PostingIterator>> lists_;
};

// Bits of the documents of a block.
class Places {
 public:
  void add(std::uint8_t place) { bits_[place / 64] |= std::uint64_t{1} << (place % 64); }
  std::size_t size() const {
    std::size_t out = 0;
    for (const std::uint64_t bits : bits_) out += static_cast<std::size_t>(std::popcount(bits));
    return out;
  }
  bool has(std::uint8_t place) const { return (bits_[place / 64] >> (place % 64) & 1) != 0; }
  /// Keeps those where keep(place).
  template <class Keep>
  std::size_t sift(Keep keep) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < bits_.size(); ++i) {
      for (std::uint64_t left = bits_[i]; left != 0; left &= left - 1) {
        if (keep(static_cast<std::uint8_t>(i * 64 + static_cast<std::size_t>(std::countr_zero(left))))) ++kept;
        else bits_[i] ^= left & -left;
      }
    }
    return kept;
  }

 private:
  std::array<std::uint64_t, kBlock / 64> bits_{};
};

class Scan {
 public:
  Scan(const AnyOf& query, const OneOfSeveral& database, TermSource& source, BestScores& best)
      : query_(query), database_(database), source_(source), best_(best), unwanted_(query.unwanted, database.index) {
    for (const AnyOf::Part& part : query.parts) add(part);
    std::ranges::stable_sort(parts_, std::ranges::greater(),
                             [](const Part& part) { return std::pair(part.role == Role::finds, part.most); });
  }

  void run() {
    if (parts_.empty() || parts_.front().role == Role::adds) return;
    expect();
    const std::size_t before = best_.added();
    pass(0, kFirstStep);
    for (std::uint32_t step = kFirstStep; step > 1; step /= 2) {
      best_.guess(best_.weight_at(place_in_sample(step), before));
      pass(step / 2, step);
    }
    if (!best_.guessed_well(before)) pass(0, 1);
  }

  // None where too many postings tell.
  std::optional<std::size_t> matches() const {
    std::vector<PostingList> lists;
    std::size_t postings = 0, out = 0;
    for (const Part& part : parts_) {
      if (part.role == Role::finds) lists.insert(lists.end(), part.lists.begin(), part.lists.end());
    }
    for (const PostingList& list : lists) postings += list.size();
    if (postings > kSoonCounted) return std::nullopt;
    for (std::uint32_t number = 0; number < source_.blocks(); ++number) {
      Places found;
      for (const PostingList& list : lists) {
        const PostingList::Block block = list.block(number);
        for (std::size_t i = 0; i < block.size; ++i) found.add(block.documents[i]);
      }
      out += found.size();
    }
    return out;
  }

 private:
  // The sum of several terms' wdfn is at most the sum of their codes'.
  void add(const AnyOf::Part& from) {
    Part part{from.role, TermWeight(from.statistics[database_.place])};
    for (const std::string& term : from.terms) {
      if (const PostingList list = source_.list(term); list.size() > 0) part.lists.push_back(list);
    }
    if (part.lists.empty()) return;
    for (std::size_t code = 0; code < part.most_by_code.size(); ++code)
      part.most_by_code[code] = most_by(part.weight, WdfnCode::most(static_cast<std::uint8_t>(code)));
    std::ranges::stable_sort(part.lists, std::ranges::greater(), &PostingList::size);
    double most = 0;
    for (const PostingList& list : part.lists) most += WdfnCode::most(list.top);
    part.most = most_by(part.weight, most);
    parts_.push_back(std::move(part));
  }

  // Sums of a few of them are not too low, though they are rounded.
  float most_by(const TermWeight& weight, double wdfn) const {
    return static_cast<float>(weight.at_most(std::min(wdfn * source_.longer(), kEndless)) * (1 + kRoundedSum));
  }

  // Among the documents of every so many blocks.
  std::size_t place_in_sample(std::uint32_t step) const {
    return static_cast<std::size_t>(static_cast<double>(best_.wanted()) / step * kMore + kSomeMore);
  }

  // --- before the blocks ----------------------------------------------------------------------------------------------

  // What the best documents weigh at least: those that weigh most by the heaviest part tell, each the first of its block.
  void expect() {
    std::vector<std::pair<std::uint8_t, std::uint32_t>> heavy;
    const PostingList& list = parts_.front().lists.front();
    for (std::uint32_t number = 0; number < source_.blocks(); ++number) {
      if (list.tops[number] > 0) heavy.emplace_back(list.tops[number], number);
    }
    const std::size_t kept = std::min(heavy.size(), kExpected * best_.wanted());
    std::ranges::nth_element(heavy, heavy.begin() + static_cast<std::ptrdiff_t>(kept), std::ranges::greater());
    heavy.resize(kept);
    for (Part& part : parts_) part.bound = part.most;
    BestScores here(best_.wanted());
    std::ranges::sort(heavy, {}, &std::pair<std::uint8_t, std::uint32_t>::second);
    for (const auto& [code, number] : heavy) {
      if (const PostingList::Block block = list.block(number); block.size > 0) weigh(number * kBlock + block.documents[0], here);
    }
    best_.promise(here.least());
  }

  // --- a block --------------------------------------------------------------------------------------------------------

  void pass(std::uint32_t first, std::uint32_t step) {
    unwanted_ = Unwanted(query_.unwanted, database_.index);
    for (std::uint32_t block = first; block < source_.blocks(); block += step) {
      if (block + step < source_.blocks()) fetch(block + step);
      for (Part& part : parts_) part.bound = look_at(part, block);
      if (const std::size_t finding = divide(); finding > 0) go_over(block, finding);
    }
  }

  // The blocks of a pass lie far from each other.
  void fetch(std::uint32_t block) const {
    for (const Part& part : parts_) {
      for (const PostingList& list : part.lists) list.fetch(block);
    }
  }

  // What the part weighs at most in the block.
  float look_at(const Part& part, std::uint32_t number) const {
    const PostingList& longest = part.lists.front();
    if (part.lists.size() == 1) return longest.tops[number] == 0 ? 0 : part.most_by_code[longest.tops[number]];
    double wdfn = 0;
    for (const PostingList& list : part.lists) wdfn += list.tops[number] == 0 ? 0 : WdfnCode::most(list.tops[number]);
    return wdfn == 0 ? 0 : most_by(part.weight, wdfn);
  }

  // How many of the first parts find documents: without them none can be among the best. The last of these finds those that it gives its
  // share of what is asked for, the others all that they have.
  std::size_t divide() {
    share_ = asked_for();
    for (std::size_t i = parts_.size(); i > 0; --i) {
      const Part& part = parts_[i - 1];
      if (part.role == Role::finds && part.bound > 0 && part.bound >= share_) return i;
      share_ -= part.bound;
    }
    return 0;
  }
  float asked_for() const { return static_cast<float>(best_.least() * (1 - kRoundedSum)); }

  void go_over(std::uint32_t block, std::size_t finding) {
    Places found;
    float rest = 0;
    for (std::size_t i = 0; i < parts_.size(); ++i) rest += i < finding ? 0 : parts_[i].bound;
    for (std::size_t i = 0; i < finding; ++i) find(parts_[i], block, i + 1 < finding ? 0 : share_, found);
    for (std::size_t i = finding;; ++i) {
      const float least = asked_for() - rest;
      const std::size_t left = found.sift([&](std::uint8_t place) { return at_most_[place] >= least; });
      if (left == 0) return;
      if (i == parts_.size() || left < kFew) break;
      if (parts_[i].bound > 0) add(parts_[i], block, found);
      rest -= parts_[i].bound;
    }
    found.sift([&](std::uint8_t place) { return weigh(block * kBlock + place, best_), true; });
  }

  // A document in the longest list alone must weigh the share by that; whatever is in the others is found.
  void find(const Part& part, std::uint32_t number, float share, Places& found) {
    for (std::size_t i = part.lists.size(); i-- > 0;) {
      const PostingList::Block block = part.lists[i].block(number);
      for (std::size_t k = 0; k < block.size; ++k) {
        const std::uint8_t place = block.documents[k];
        const float weight = part.most_by_code[block.codes[k]];
        if (found.has(place)) at_most_[place] += weight;
        else if (i > 0 || weight >= share) found.add(place), at_most_[place] = weight;
      }
    }
  }

  void add(const Part& part, std::uint32_t number, const Places& found) {
    for (const PostingList& list : part.lists) {
      const PostingList::Block block = list.block(number);
      for (std::size_t k = 0; k < block.size; ++k) {
        if (const std::uint8_t place = block.documents[k]; found.has(place)) at_most_[place] += part.most_by_code[block.codes[k]];
      }
    }
  }

  // --- a document -----------------------------------------------------------------------------------------------------

  // The heaviest parts first, as long as the others may bring it among the best.
  void weigh(std::uint32_t document, BestScores& best) {
    double sum = 0, rest = 0;
    for (const Part& part : parts_) rest += static_cast<double>(part.bound);
    for (const Part& part : parts_) {
      if (sum + rest < best.least() * (1 - kRoundedSum)) return;
      sum += weight(part, document);
      rest -= static_cast<double>(part.bound);
    }
    if (sum < best.least() || source_.changed(document) || unwanted_.has(document)) return;
    best.add({static_cast<std::uint32_t>((document - 1) * database_.of + database_.place + 1), sum});
  }

  // Terms as one cannot be more often in a document than it has terms.
  double weight(const Part& part, std::uint32_t document) {
    std::uint32_t count = 0;
    for (const PostingList& list : part.lists) count += list.count(document);
    if (part.lists.size() > 1) count = std::min(count, source_.length(document));
    return count == 0 ? 0 : part.weight.of(count * source_.norm(document));
  }

  const AnyOf& query_;
  OneOfSeveral database_;
  TermSource& source_;
  BestScores& best_;
  std::vector<Part> parts_;  // the heaviest first, behind them those that only add
  float share_ = 0;
  Unwanted unwanted_;
  std::array<float, kBlock> at_most_{};  // what those found in a block weigh by the parts that were gone over
};

}  // namespace

std::optional<std::size_t> scan(const AnyOf& query, const OneOfSeveral& database, TermSource& source, BestScores& best) {
  Scan scan(query, database, source, best);
  scan.run();
  return source.any_changed() || !query.unwanted.empty() ? std::nullopt : scan.matches();
}

}  // namespace colophon::indexer

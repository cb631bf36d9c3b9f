// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <vector>

namespace colophon::indexer {

/// Internal: a wdfn (weighting.hpp) as a byte, upwards: 32 steps from one power of two to the next, of wdfn + 1. Weights by it are at most
/// half a hundredth too high.
class WdfnCode {
 public:
  static std::uint8_t of(double wdfn) {
    const double step = std::ceil(std::log2(wdfn + 1) * kSteps + kRounding);
    return static_cast<std::uint8_t>(std::clamp(step, 0.0, 255.0));
  }
  /// No wdfn with that code is higher.
  static double most(std::uint8_t code) {
    static const std::array<double, 256> kMost = all_most();
    return kMost[code];
  }

 private:
  static constexpr double kSteps = 32, kRounding = 1e-9;

  static std::array<double, 256> all_most() {
    std::array<double, 256> out{};
    for (std::size_t code = 0; code < out.size(); ++code)
      out[code] = std::exp2(static_cast<double>(code) / kSteps) * (1 + kRounding) - 1;
    out.back() = std::numeric_limits<double>::infinity();
    return out;
  }
};

/// Internal: the documents that have a term, and how often, laid out to be gone over and to be asked about one document alike: in blocks
/// of 256 documents, of which each that has the term is three bytes: the lower part of its number, its wdfn as a code, and how often. A
/// block's documents are in order of their codes, the highest first, so that who looks for high weights may leave it early. One look-up is a
/// memchr over a block.
struct PostingList {
  static constexpr std::uint32_t kBlock = 256;
  static constexpr std::uint8_t kMany = 255;  ///< so often or more: `many` tells

  struct Many {
    std::uint32_t document = 0, count = 0;
  };

  static constexpr std::size_t kBytes = 3;  ///< a posting

  std::span<const std::uint32_t> starts;   ///< how many postings are in front of each block, and all of them
  std::span<const std::uint8_t> tops;      ///< each block's highest code; 0, which no document has, where there is none
  std::span<const std::uint8_t> postings;  ///< block by block: the documents, their codes, their counts
  std::span<const Many> many;              ///< by document
  std::uint8_t top = 0;                    ///< the highest code

  /// Whether each block lies within the list. What else bytes may say does no harm.
  bool sound() const {
    return !starts.empty() && tops.size() + 1 == starts.size() && std::ranges::is_sorted(starts) &&
           starts.back() * kBytes == postings.size();
  }
  std::size_t size() const { return starts.back(); }

  struct Block {
    const std::uint8_t *documents, *codes, *counts;
    std::size_t size = 0;
  };
  /// REQUIRES: there is such a block.
  Block block(std::uint32_t number) const {
    const std::size_t first = starts[number], size = starts[number + 1] - first;
    const std::uint8_t* const begin = postings.data() + first * kBytes;
    return {begin, begin + size, begin + 2 * size, size};
  }
  /// That it will be looked at soon.
  void fetch(std::uint32_t number) const { __builtin_prefetch(postings.data() + starts[number] * kBytes); }

  /// How often a document has the term.
  std::uint32_t count(std::uint32_t document) const {
    const Block in = block(document / kBlock);
    const void* const found = in.size == 0 ? nullptr : std::memchr(in.documents, static_cast<int>(document % kBlock), in.size);
    if (!found) return 0;
    const std::uint8_t out = in.counts[static_cast<const std::uint8_t*>(found) - in.documents];
    return out < kMany ? out : many_of(document);
  }

 private:
  std::uint32_t many_of(std::uint32_t document) const {
    const auto found = std::ranges::lower_bound(many, document, {}, &Many::document);
    return found != many.end() && found->document == document ? found->count : kMany;
  }
};

/// Internal: a list that is being made.
class PostingListBuilder {
 public:
  /// By rising number; `wdfn` is that of the document.
  void add(std::uint32_t document, std::uint32_t count, double wdfn) {
    while (starts_.size() <= document / PostingList::kBlock) end_block();
    const std::uint8_t code = WdfnCode::of(wdfn);
    top_ = std::max(top_, code);
    block_.push_back({code, static_cast<std::uint8_t>(document % PostingList::kBlock),
                      static_cast<std::uint8_t>(std::min<std::uint32_t>(count, PostingList::kMany))});
    if (count >= PostingList::kMany) many_.push_back({document, count});
  }
  /// Of so many blocks. Valid as long as this.
  PostingList finish(std::size_t blocks) {
    while (starts_.size() <= blocks) end_block();
    return {starts_, tops_, postings_, many_, top_};
  }
  void clear() { starts_.clear(), tops_.clear(), postings_.clear(), many_.clear(), top_ = 0; }

 private:
  struct Posting {
    std::uint8_t code, document, count;
  };

  void end_block() {
    if (block_.size() > 1)
      std::ranges::sort(block_, [](const Posting& a, const Posting& b) {
        return a.code != b.code ? a.code > b.code : a.document < b.document;
      });
    if (!starts_.empty()) tops_.push_back(block_.empty() ? 0 : block_.front().code);
    for (const auto part : {&Posting::document, &Posting::code, &Posting::count}) {
      for (const Posting& one : block_) postings_.push_back(one.*part);
    }
    block_.clear();
    starts_.push_back(static_cast<std::uint32_t>(postings_.size() / PostingList::kBytes));
  }

  std::vector<Posting> block_;
  std::vector<std::uint32_t> starts_;
  std::vector<std::uint8_t> tops_, postings_;
  std::vector<PostingList::Many> many_;
  std::uint8_t top_ = 0;
};

}  // namespace colophon::indexer

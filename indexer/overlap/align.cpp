// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/overlap/align.hpp"

#include <algorithm>
#include <unordered_map>

namespace colophon::indexer {
namespace {

using Words = std::span<const HashedWord>;

// Places of common shingles, by left, then right place.
std::vector<Alignment::Pair> seeds(Words left, Words right) {
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> places;
  const std::vector<std::uint64_t> of_left = shingles(left), of_right = shingles(right);
  places.reserve(of_right.size());
  for (std::size_t i = 0; i < of_right.size(); ++i) {
    std::vector<std::size_t>& known = places[of_right[i]];
    if (known.size() < kOften) known.push_back(i);
  }
  std::vector<Alignment::Pair> out;
  for (std::size_t i = 0; i < of_left.size(); ++i) {
    const auto found = places.find(of_left[i]);
    if (found == places.end()) continue;
    for (const std::size_t place : found->second) out.push_back({i, place});
  }
  return out;
}

using Chain = std::vector<Alignment::Pair>;

bool follows(const Alignment::Pair& next, const Alignment::Pair& last) {
  const auto near = [](std::size_t to, std::size_t from) { return to > from && to - from <= kGap + kShingle; };
  return near(next.left, last.left) && near(next.right, last.right);
}

// How far the diagonal shifts from one seed to the next: of two chains that a seed could go on, the straighter takes it.
std::size_t bend(const Alignment::Pair& next, const Alignment::Pair& last) {
  const std::size_t a = next.left - last.left, b = next.right - last.right;
  return a > b ? a - b : b - a;
}

std::vector<Chain> chains(const std::vector<Alignment::Pair>& seeds) {
  std::vector<Chain> out;
  std::size_t open = 0;  // chains before this one are too far behind to go on
  for (const Alignment::Pair& seed : seeds) {
    while (open < out.size() && seed.left > out[open].back().left + kGap + kShingle) ++open;
    Chain* best = nullptr;
    for (std::size_t i = open; i < out.size(); ++i) {
      if (follows(seed, out[i].back()) && (!best || bend(seed, out[i].back()) < bend(seed, best->back()))) best = &out[i];
    }
    if (best) best->push_back(seed);
    else out.push_back({seed});
  }
  return out;
}

// The longest common subsequence of two short stretches, added to `out`.
void add_common(Words left, Words right, std::size_t l0, std::size_t l1, std::size_t r0, std::size_t r1, Chain& out) {
  const std::size_t n = l1 - l0, m = r1 - r0;
  if (n == 0 || m == 0) return;
  std::vector<std::uint16_t> best((n + 1) * (m + 1), 0);  // of the rests from (i, j) on
  const auto at = [&](std::size_t i, std::size_t j) -> std::uint16_t& { return best[i * (m + 1) + j]; };
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t j = m; j-- > 0;) {
      const bool same = left[l0 + i].digest == right[r0 + j].digest;
      at(i, j) = same ? static_cast<std::uint16_t>(at(i + 1, j + 1) + 1) : std::max(at(i + 1, j), at(i, j + 1));
    }
  }
  for (std::size_t i = 0, j = 0; i < n && j < m;) {
    if (left[l0 + i].digest == right[r0 + j].digest) out.push_back({l0 + i++, r0 + j++});
    else if (at(i + 1, j) >= at(i, j + 1)) ++i;
    else ++j;
  }
}

Alignment aligned(Words left, Words right, const Chain& chain) {
  Alignment out{chain.front().left, chain.back().left + kShingle, chain.front().right, chain.back().right + kShingle, {}};
  std::size_t l = out.left_begin, r = out.right_begin;
  for (const Alignment::Pair& seed : chain) {
    if (seed.left >= l && seed.right >= r) {
      add_common(left, right, l, seed.left, r, seed.right, out.same);
      l = seed.left, r = seed.right;
    }
    // of a seed that overlaps the one before only the rest is new, and only when it lies on the same diagonal
    if (l - seed.left != r - seed.right) continue;
    for (; l < seed.left + kShingle; ++l, ++r) out.same.push_back({l, r});
  }
  out.left_end = l, out.right_end = r;
  return out;
}

bool inside(const Alignment& a, const Alignment& b) {
  return a.left_begin >= b.left_begin && a.left_end <= b.left_end && a.same.size() <= b.same.size();
}

}  // namespace

std::vector<Alignment> align(Words left, Words right) {
  std::vector<Alignment> all;
  for (const Chain& chain : chains(seeds(left, right))) {
    Alignment one = aligned(left, right, chain);
    if (one.same.size() >= kLeastSame) all.push_back(std::move(one));
  }
  std::ranges::stable_sort(all, std::greater<>(), [](const Alignment& a) { return a.same.size(); });
  std::vector<Alignment> out;
  for (Alignment& one : all) {
    if (std::ranges::none_of(out, [&](const Alignment& kept) { return inside(one, kept); })) out.push_back(std::move(one));
  }
  std::ranges::sort(out, {}, &Alignment::left_begin);
  return out;
}

}  // namespace colophon::indexer

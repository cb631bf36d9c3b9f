// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/overlap/fingerprints.hpp"

#include <algorithm>

#include "base/digest.hpp"
#include "indexer/overlap/prose.hpp"

namespace colophon::indexer {
namespace {

constexpr unsigned kBits = 42;  // of a digest in a term: seven signs; at 10^8 fingerprints one in 40,000 collides
constexpr std::string_view kSigns = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

// The finaliser of MurmurHash3: each bit of the input changes half of those of the output.
constexpr std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 33)) * 0xFF51AFD7ED558CCDull;
  x = (x ^ (x >> 33)) * 0xC4CEB9FE1A85EC53ull;
  return x ^ (x >> 33);
}

std::string term_of(std::uint64_t digest) {
  std::string out(kBits / 6 + 1, 'F');
  for (std::size_t i = 1; i < out.size(); ++i, digest >>= 6) out[i] = kSigns[digest & 63];
  return out;
}

}  // namespace

std::vector<HashedWord> hashed_words(std::span<const bib::Passage> passages, const Analyser& analyser) {
  std::vector<HashedWord> out;
  for (std::uint32_t i = 0; i < passages.size(); ++i) {
    out.reserve(out.size() + passages[i].text.size() / 6);
    analyser.tokens(passages[i].text, [&](const Token& token) {
      if (token.folded.empty()) return;
      out.push_back({fnv1a(token.folded), i, static_cast<std::uint32_t>(token.begin), static_cast<std::uint32_t>(token.end)});
    });
  }
  return out;
}

std::vector<std::uint64_t> shingles(std::span<const HashedWord> words) {
  std::vector<std::uint64_t> out;
  if (words.size() < kShingle) return out;
  out.reserve(words.size() - kShingle + 1);
  for (std::size_t i = 0; i + kShingle <= words.size(); ++i) {
    std::uint64_t digest = 0;
    for (std::size_t j = 0; j < kShingle; ++j) digest = digest * 0x9E3779B97F4A7C15ull + words[i + j].digest;
    out.push_back(mix(digest));
  }
  return out;
}

std::vector<std::string> fingerprints(std::span<const HashedWord> words) {
  const std::vector<std::uint64_t> all = shingles(words);
  std::vector<std::uint64_t> kept;
  std::size_t least = all.size();  // of the window before
  for (std::size_t end = std::min(kWindow, all.size()); end <= all.size() && end > 0; ++end) {
    const std::size_t begin = end - std::min(kWindow, end);
    if (least < begin || least == all.size()) {
      least = begin;
      for (std::size_t i = begin + 1; i < end; ++i) {
        if (all[i] <= all[least]) least = i;
      }
    } else if (all[end - 1] <= all[least]) least = end - 1;
    else continue;
    kept.push_back(all[least]);
  }
  std::ranges::sort(kept);
  kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
  std::vector<std::string> out;
  out.reserve(kept.size());
  for (const std::uint64_t digest : kept) out.push_back(term_of(digest));
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Terms fingerprint_terms(const Entry& entry, const Analyser& analyser) {
  Terms out;
  const std::vector<bib::Passage> prose = prose_of(entry.record, entry.passages);
  out.booleans = fingerprints(hashed_words(prose, analyser));
  out.booleans.push_back(std::string(kIdPrefix) + entry.id);
  out.values[Slot::id] = entry.id;
  return out;
}

}  // namespace colophon::indexer

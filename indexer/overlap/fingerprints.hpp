// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "bib/document.hpp"
#include "indexer/terms.hpp"

namespace colophon::indexer {

/// Fingerprints of a text: winnowed word shingles (Schleimer, Wilkerson and Aiken, “Winnowing”, SIGMOD 2003). Of every window of
/// kWindow shingles of kShingle words the least digest is kept: texts that share kShingle + kWindow - 1 words in a row share one.
inline constexpr std::size_t kShingle = 6;
inline constexpr std::size_t kWindow = 8;

/// A word of one of several texts: its bytes there and a digest of its folded form.
struct HashedWord {
  std::uint64_t digest = 0;
  std::uint32_t passage = 0;
  std::uint32_t begin = 0, end = 0;
};
/// The words of clean texts in order; numbers are words, too.
std::vector<HashedWord> hashed_words(std::span<const bib::Passage> passages, const Analyser& analyser);

/// The digest of each run of kShingle words, by its first word; empty for fewer words.
std::vector<std::uint64_t> shingles(std::span<const HashedWord> words);
/// The winnowed ones as terms of an index of fingerprints, sorted, each once.
std::vector<std::string> fingerprints(std::span<const HashedWord> words);

/// Terms of an entry's document in an index of fingerprints: those of its prose (prose.hpp), its id, nothing else.
Terms fingerprint_terms(const Entry& entry, const Analyser& analyser);

}  // namespace colophon::indexer

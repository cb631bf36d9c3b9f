// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace colophon::indexer {

/// A work and how like a text it is: its BM25 score for the whole text as a query, divided by what a work of average length that
/// is this text would score: comparable over texts, mostly 0 to 1, more where a few words are all of a title.
struct SimilarWork {
  std::string id;
  double score = 0;
};

/// Ranks works for a text. Reads exactly the indexes given; a document whose twin class is open does not appear. Not thread-safe; errors
/// as of Searcher.
class SimilarWorks {
 public:
  static Result<SimilarWorks> open(std::span<const std::filesystem::path> dirs);
  SimilarWorks(SimilarWorks&&) noexcept;
  SimilarWorks& operator=(SimilarWorks&&) noexcept;
  ~SimilarWorks();

  /// The `limit` best, of equals in the order of their ids. `language` is the text's tag; empty or without a stemmer, words are stemmed
  /// in every language that the indexes hold.
  Result<std::vector<SimilarWork>> like(std::string_view text, std::string_view language, std::size_t limit);

 private:
  struct Impl;
  explicit SimilarWorks(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace colophon::indexer

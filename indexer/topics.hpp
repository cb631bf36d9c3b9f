// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace Xapian {
class Database;
}

namespace colophon::indexer {

class Trainer;

/// What the works of one index, over all of its shards, are about: latent semantic analysis (Deerwester et al. 1990) over the index's own stems. Words that
/// occur in the same works come to lie near each other, so that a query is near works that say it in other words.
///
/// Stands in the file `topics` beside each shard's own files: a vector for each of the index's more frequent stems and for each of the shard's
/// documents of the time of training. Documents that came later are folded in when asked for. Derived: without the file, or with one that is not
/// whole, nothing is near anything. Memory-mapped; any number of threads.
class Topics {
 public:
  /// What the works of an index are about, not written down yet.
  class Training {
   public:
    /// Replaces the files of the index in `dir`, of the same documents as those learnt from. Nothing learnt leaves what is there.
    /// Errc::io where a file cannot be written; Xapian's errors as of guarded() (xapian_error.hpp).
    Result<void> write(const std::filesystem::path& dir) const;

   private:
    friend class Topics;
    std::shared_ptr<const Trainer> trainer_;
  };
  /// From the stems of these databases, which make up one index, read as they are now. Fewer than 200 documents teach nothing. A function
  /// of the documents alone, of neither their numbers nor the databases that they are in. About 3 s of CPU for 100,000 records, bounded
  /// by training on at most 20,000 of them. Errors of Xapian as of guarded() (xapian_error.hpp).
  static Result<Training> learn(const std::vector<std::filesystem::path>& databases);
  /// Learns from the index in `dir` and writes it there.
  static Result<void> train(const std::filesystem::path& dir);
  static Topics load(const std::filesystem::path& dir);

  Topics();
  Topics(Topics&&) noexcept;
  Topics& operator=(Topics&&) noexcept;
  ~Topics();

  std::uint64_t documents() const;      ///< of the index when it was trained; 0 without topics
  std::uint32_t last_document() const;  ///< by its number in the shard
  /// Names what was learnt: vectors of files with the same name can be compared. 0 without topics.
  std::uint64_t training() const;

  /// Of length 1, or empty when nothing of it is known.
  using Vector = std::vector<float>;
  /// A text: its stems without prefix and how often each comes.
  Vector fold(std::span<const std::pair<std::string, double>> stems) const;
  /// A document that came later. Throws Xapian's errors.
  Vector fold(const Xapian::Database& index, std::uint32_t document) const;
  /// A document of the time of training.
  Vector of(std::uint32_t document) const;
  /// -1 to 1, 0 where one of them is empty.
  double cosine(const Vector& text, std::uint32_t document) const;
  double cosine(const Vector& one, const Vector& other) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace colophon::indexer

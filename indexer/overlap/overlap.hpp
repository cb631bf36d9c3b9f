// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "bib/document.hpp"
#include "indexer/searcher.hpp"

namespace colophon::indexer {

/// A stretch that a text and a work share: where it stands in each, both wordings with the equal words marked.
struct SharedPassage {
  HitPlace ours, theirs;
  std::vector<SnippetPart> our_text, their_text;
  std::size_t words = 0;  ///< of our text
  std::size_t same = 0;   ///< of them equal, in the same order
};

struct OverlapWork {
  std::string id;
  std::size_t same = 0;  ///< words over all passages
  double share = 0;      ///< of the words of our text that are in them
  std::vector<SharedPassage> passages;
};

struct OverlapReport {
  std::size_t words = 0;           ///< compared: of our text without its list of references
  std::size_t fingerprints = 0;    ///< of them
  std::uint64_t documents = 0;     ///< that were compared with, over all indexes
  std::vector<OverlapWork> works;  ///< with shared passages, those with most words first
};

struct OverlapOptions {
  std::size_t limit = 20;         ///< works
  std::vector<std::string> less;  ///< ids left out: the work itself
};

/// Finds the works that share passages with a text. Reads indexes of fingerprints (content.hpp), exactly those given: nothing of another
/// takes part. A work is looked at when it shares two fingerprints or more; one that many works have counts for less (kCommon), for it is
/// a common phrase. Then both texts are aligned (align.hpp). Not thread-safe; errors as of Searcher.
///
///   TRY_ASSIGN(auto finder, OverlapFinder::open(dirs));
///   TRY_ASSIGN(auto report, finder.find(prose_of(record, passages), prose_of_work));
class OverlapFinder {
 public:
  static Result<OverlapFinder> open(std::span<const std::filesystem::path> dirs);
  OverlapFinder(OverlapFinder&&) noexcept;
  OverlapFinder& operator=(OverlapFinder&&) noexcept;
  ~OverlapFinder();

  /// A work by its fingerprints: how many it shares and what they weigh.
  struct Candidate {
    std::string id;
    std::size_t shared = 0;
    double weight = 0;
  };
  /// The heaviest, at most `limit`, of terms as fingerprints() gives them.
  Result<std::vector<Candidate>> candidates(std::span<const std::string> fingerprints, const OverlapOptions& options = {});
  /// `text` is prose (prose.hpp), `source` gives the prose of a work as its readers may see it.
  Result<OverlapReport> find(std::span<const bib::Passage> text, const PassageSource& source, const OverlapOptions& options = {});

 private:
  struct Impl;
  explicit OverlapFinder(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// A fingerprint of so many documents or fewer weighs 1, of n documents kCommon / n; beyond kTooCommon it is not looked at.
inline constexpr std::uint32_t kCommon = 3;
inline constexpr std::uint32_t kTooCommon = 1000;
inline constexpr std::size_t kLeastShared = 2;

}  // namespace colophon::indexer

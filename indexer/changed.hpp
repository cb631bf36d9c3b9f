// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>

namespace Xapian {
class Database;
class WritableDatabase;
}  // namespace Xapian

namespace colophon::indexer {

/// Internal: the number of the commit that is read (metadata::kCommit). Throws Xapian's errors.
std::uint64_t commit_number(const Xapian::Database& index);

/// Internal: which documents of a database were added, replaced or removed since one of its commits. Kept in the database's metadata, so
/// that it is committed with the documents: there is no moment at which a reader sees a change without its name. At most kMostChanged.
class Changed {
 public:
  static constexpr std::size_t kMostChanged = 1000;

  /// Since that commit, as of the commit that is read; none where it is not known. Throws Xapian's errors.
  static std::optional<Changed> since(std::uint64_t commit, const Xapian::Database& index);

  const std::set<std::uint32_t>& documents() const { return documents_; }
  void add(std::uint32_t document) { documents_.insert(document); }
  /// Into the database's next commit; nothing of too many. Throws Xapian's errors.
  void note(Xapian::WritableDatabase& index) const;
  /// Into a commit that nobody asks for, as the library makes one where a writer goes in the middle of its work: nothing is known of what
  /// changed. Throws Xapian's errors.
  static void note_unknown(Xapian::WritableDatabase& index);

 private:
  explicit Changed(std::uint64_t since) : since_(since) {}

  std::uint64_t since_;
  std::set<std::uint32_t> documents_;
};

}  // namespace colophon::indexer

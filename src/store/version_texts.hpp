// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <vector>

#include "base/digest.hpp"
#include "bib/document.hpp"
#include "store/database.hpp"

namespace colophon::store {

/// What readers made of the manuscripts of submissions' versions, compressed, by file. Derived from the blobs. Within the caller's
/// transaction; errors stick to the Database.
class VersionTexts {
 public:
  explicit VersionTexts(Database& db) : db_(db) {}
  /// An empty one is kept, too: the file was read and has no text.
  void set(const Sha256& blob, int reader_version, const std::vector<bib::Passage>& passages);
  bool has(const Sha256& blob);
  /// Empty for a file that was not read.
  Result<std::vector<bib::Passage>> get(const Sha256& blob);

 private:
  Database& db_;
};

}  // namespace colophon::store

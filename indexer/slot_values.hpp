// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "indexer/schema.hpp"

namespace Xapian {
class Database;
}

namespace colophon::indexer {

/// Internal: what documents have in a slot, read in one walk along it: asked one by one, each document has the way to its value looked up.
/// Both throw Xapian's errors.
class SlotReader {
 public:
  SlotReader(Slot slot, const Xapian::Database& database);
  ~SlotReader();
  /// Empty where there is nothing. REQUIRES: numbers ascend from one call to the next.
  std::string of(std::uint32_t document);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Of documents in any order, in that order.
std::vector<std::string> slot_values(Slot slot, const std::vector<std::uint32_t>& documents, const Xapian::Database& database);
/// The places in `documents` by rising numbers of the documents.
std::vector<std::size_t> by_number(const std::vector<std::uint32_t>& documents);

}  // namespace colophon::indexer

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

/// Internal: what documents have in a slot, for several parts of a search: each value is read once and kept. The database, as it is now, must
/// outlive it. Throws Xapian's errors, as the functions below.
class KeptSlot {
 public:
  KeptSlot(Slot slot, const Xapian::Database& database);
  ~KeptSlot();
  /// Empty where there is nothing; valid as long as this lives. Cheapest while numbers ascend from one call to the next: then the way to a
  /// value is not looked up anew.
  const std::string& of(std::uint32_t document);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Internal: what documents have in a slot, read in one walk along it; given in any order, and told in that order.
std::vector<std::string> slot_values(Slot slot, const std::vector<std::uint32_t>& documents, const Xapian::Database& database);
/// The places in `documents` by rising numbers of the documents.
std::vector<std::size_t> by_number(const std::vector<std::uint32_t>& documents);

}  // namespace colophon::indexer

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "indexer/schema.hpp"

namespace Xapian {
class Database;
}

namespace colophon::indexer {

/// Internal: what documents have in a slot, in the order in which they are given, empty where there is nothing. The slot is gone through once,
/// from the lowest number to the highest: asked one by one, each document has the way to its value looked up. Throws Xapian's errors.
std::vector<std::string> slot_values(Slot slot, const std::vector<std::uint32_t>& documents, const Xapian::Database& database);

}  // namespace colophon::indexer

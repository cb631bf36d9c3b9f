// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace Xapian {
class Database;
class Query;
}  // namespace Xapian

namespace colophon::indexer::query {

/// Internal: two words, folded, of the text.
using WordPair = std::pair<std::string, std::string>;

/// Those of the documents, by their numbers, that have a pair's words within `window` words of each other, for one pair or more; their weight is
/// that of the words of all such pairs. What near_each_other() (together.hpp) asks for each pair, but a document's words are read
/// once for all pairs. Throws Xapian's errors.
Xapian::Query neighbours(std::span<const WordPair> pairs,
                         std::uint32_t window,
                         std::vector<std::uint32_t> documents,
                         const Xapian::Database& database);

}  // namespace colophon::indexer::query

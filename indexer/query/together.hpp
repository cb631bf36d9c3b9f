// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "indexer/schema.hpp"

namespace Xapian {
class Query;
}

namespace colophon::indexer::query {

/// Internal: words that stand together. Each place is one of some words, folded, without prefix; `row` is the field that they are in,
/// null for the whole text. The weight is that of all the words. Looks at the words' places (places.hpp) in works that have them all, on
/// databases of this machine; a host (hosted.hpp) takes the words for enough.
using WordPlaces = std::vector<std::vector<std::string>>;

/// One place right behind the other.
Xapian::Query in_order(const WordPlaces& places, const Row* row);
/// In any order, all within `window` words, each place another word of the text.
Xapian::Query near_each_other(const WordPlaces& places, std::uint32_t window, const Row* row);

}  // namespace colophon::indexer::query

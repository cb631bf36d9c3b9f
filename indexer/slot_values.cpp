// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/slot_values.hpp"

#include <algorithm>
#include <numeric>

#include <xapian.h>

namespace colophon::indexer {

std::vector<std::string> slot_values(Slot slot, const std::vector<std::uint32_t>& documents, const Xapian::Database& database) {
  std::vector<std::string> out(documents.size());
  std::vector<std::size_t> order(documents.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, {}, [&](std::size_t i) { return documents[i]; });
  auto at = database.valuestream_begin(static_cast<Xapian::valueno>(slot));
  const Xapian::ValueIterator end;
  for (const std::size_t i : order) {
    if (at != end) at.skip_to(documents[i]);
    if (at == end) break;
    if (at.get_docid() == documents[i]) out[i] = *at;
  }
  return out;
}

}  // namespace colophon::indexer

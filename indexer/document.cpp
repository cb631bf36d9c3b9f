// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/document.hpp"

#include <xapian.h>

namespace colophon::indexer {

Xapian::Document make_document(const Terms& terms, std::size_t& bytes) {
  Xapian::Document out;
  bytes = terms.data.size();
  for (const std::string& term : terms.booleans) out.add_boolean_term(term), bytes += term.size() + 4;
  for (const Terms::Posting& posting : terms.postings) {
    // the weight goes with the first position: one look-up a position, none for it alone
    Xapian::termcount rest = posting.wdf;
    for (const std::uint32_t position : posting.positions) {
      out.add_posting(posting.term, position, rest);
      rest = 0;
    }
    if (posting.positions.empty()) out.add_term(posting.term, posting.wdf);
    bytes += posting.term.size() + 4 + 4 * posting.positions.size();
  }
  for (const auto& [slot, value] : terms.values) out.add_value(static_cast<Xapian::valueno>(slot), value);
  out.set_data(terms.data);
  return out;
}

}  // namespace colophon::indexer

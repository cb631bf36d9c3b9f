// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/document.hpp"

#include <xapian.h>

namespace colophon::indexer {

Xapian::Document make_document(const Terms& terms, std::size_t& bytes) {
  Xapian::Document out;
  bytes = terms.data.size();
  for (const std::string& term : terms.booleans) out.add_boolean_term(term), bytes += term.size() + 4;
  for (const Terms::Posting& posting : terms.postings) out.add_term(posting.term, posting.wdf), bytes += posting.term.size() + 4;
  for (const auto& [slot, value] : terms.values) out.add_value(static_cast<Xapian::valueno>(slot), value), bytes += value.size();
  out.set_data(terms.data);
  return out;
}

}  // namespace colophon::indexer

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>

#include "indexer/terms.hpp"

namespace Xapian {
class Document;
}

namespace colophon::indexer {

/// Internal: terms as Xapian's document. `bytes` is about what it costs the writer in memory.
Xapian::Document make_document(const Terms& terms, std::size_t& bytes);

}  // namespace colophon::indexer

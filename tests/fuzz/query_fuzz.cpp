// SPDX-License-Identifier: GPL-3.0-or-later
// uses: indexer
// Any bytes are a query: parsing neither throws nor fails, stays small, and what it gives can be saved and read again, and written out.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "indexer/query/parser.hpp"
#include "indexer/terms.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace colophon;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const indexer::query::ParsedQuery parsed = indexer::query::parse(text);
  const auto again = indexer::query::node_from_json(indexer::query::to_json(parsed.root));
  COLOPHON_ASSERT(again && *again == parsed.root);
  const std::string written = indexer::query::to_query(parsed.root);
  COLOPHON_ASSERT(written.size() <= 64 * (size + 64));
  (void)indexer::query::parse(written);
  COLOPHON_ASSERT(parsed.notes.size() <= 1000);
  indexer::Analyser().tokens(indexer::clean(text),
                             [&](const indexer::Token& token) { COLOPHON_ASSERT(token.begin < token.end); });
  return 0;
}

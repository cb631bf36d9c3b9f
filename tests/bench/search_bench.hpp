// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "bench/bench.hpp"

namespace colophon::bench {

/// CPU time of the asking thread over 100,000 generated records and the JATS set when it is there: median and p99 in ms of one word, three words, a
/// phrase, and a fielded query with facets, ten hits with snippets each; beside them SQLite FTS5 over the same text and
/// omindex's database through Xapian's own query parser (ids only, without snippets). "pages": three words of a sentence of a full text,
/// ten hits with their pages or sections and snippets from the library. Then the figures of bench_scale().
Result<Figures> bench_search();

}  // namespace colophon::bench

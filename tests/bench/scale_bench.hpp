// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "bench/bench.hpp"

namespace colophon::bench {

/// "scale.…": an index of many generated works (100,000, or $COLOPHON_BENCH_WORKS such as 1000000; built straight from the generator, not
/// through a library), asked for one word, for three words of which any is enough and for three of which all are, ten hits with their
/// snippets each, in CPU time of the asking thread, the searcher opened for each query as the server does. Beside it over the same texts SQLite's FTS5 and, where a Java
/// and Debian's liblucene8-java are installed, Lucene; both give ids only. Then what three exact facets add to a query with about 40,000
/// matches, beside three of Xapian's ValueCountMatchSpy.
Result<Figures> bench_scale();

}  // namespace colophon::bench

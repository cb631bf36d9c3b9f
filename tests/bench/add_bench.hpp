// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "bench/bench.hpp"

namespace colophon::bench {

/// The open JATS set end to end: articles and MB per second, shares of reading, storing and indexing, peak memory; beside it the
/// speed of hashing, copying and syncing the same files.
Result<Figures> bench_add_jats();
/// 100,000 generated BibTeX entries: stored and searchable per second; beside it bare SQLite with a row an entry.
Result<Figures> bench_add_bibtex();

}  // namespace colophon::bench

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "indexer/entry.hpp"
#include "support/generated.hpp"

namespace colophon::bench {

/// Figures of one run: names and numbers in the order in which they are shown. Rivals and limits are "rival.NAME", "limit.NAME".
using Figures = std::vector<std::pair<std::string, double>>;

struct BenchRow {
  std::string_view name;
  std::string_view what;  ///< a sentence: what is measured, and beside what
  Result<Figures> (*run)();
};
std::span<const BenchRow> benches();

/// Runs `body` in a process of its own, so that peak memory and CPU time are its own (with those of the processes it waited for):
/// its figures with "seconds", "cpu_seconds" and "peak_mib" (the largest of its processes) behind them.
Result<Figures> in_child(const std::function<Result<Figures>()>& body);

double wall_seconds();
double cpu_seconds();
/// CPU time of the calling thread: what a query takes when all is in memory, however busy the machine is.
double thread_seconds();
/// A figure by name, 0 when it is not there.
double figure(const Figures& figures, std::string_view name);
/// Value below which `part` (0 to 1) of the values lie. REQUIRES: not empty.
double percentile(std::vector<double> values, double part);

/// $COLOPHON_DATA, else ~/.cache/colophon-data; empty when the set is not there.
std::string data_set(std::string_view name);

/// How many entries the benches generate: 100,000, or $COLOPHON_BENCH_ENTRIES for a quick look.
std::size_t generated_entries();
/// `count` BibTeX entries, the same for the same count: varied types, Zipf-like words, one in five with a 120-word abstract.
std::string generated_bibtex(std::size_t count);
/// At least so many bytes of BibTeX as people's own files are: macros, TeX accents, crossrefs, remarks, further fields, quotes and
/// parentheses; one entry in a hundred has a fault (a missing comma, brace or quote, an empty key, an undefined macro …).
std::string generated_dirty_bibtex(std::size_t bytes);
/// The same work for the same number: title, year, type, language, one in five with a 120-word abstract; words Zipf-like of a vocabulary
/// that grows with their number, as in real texts.
indexer::EntryData generated_work(std::size_t number);
using test::word_of_rank;  ///< words of the generated entries

}  // namespace colophon::bench

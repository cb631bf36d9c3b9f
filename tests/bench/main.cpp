// SPDX-License-Identifier: GPL-3.0-or-later
// colophon-bench --list | NAME [--json]
#include <cstdio>
#include <string_view>

#include "base/json.hpp"
#include "bench/add_bench.hpp"
#include "bench/bibtex_bench.hpp"
#include "bench/build_bench.hpp"
#include "bench/index_bench.hpp"
#include "bench/jats_bench.hpp"
#include "bench/overlap_bench.hpp"
#include "bench/scale_bench.hpp"
#include "bench/search_bench.hpp"

namespace colophon::bench {
namespace {

constexpr BenchRow kBenches[] = {
    {"add-jats", "the open JATS set added end to end, beside hashing, copying and syncing the same files", bench_add_jats},
    {"add-bibtex", "100,000 generated BibTeX entries stored and indexed, beside bare SQLite", bench_add_bibtex},
    {"bibtex", "BibTeX read at three depths, beside btparse, Text::BibTeX, BibTool, bib2xml and pybtex", bench_bibtex},
    {"jats", "the JATS reader beside libxml2's SAX2 parse that does nothing and its tree, and the memory that a file needs",
     bench_jats},
    {"search", "queries over what was added, building, facets and freshness, beside SQLite FTS5, omindex and ValueCountMatchSpy",
     bench_search},
    {"search-scale",
     "queries over many generated works beside SQLite FTS5, Lucene and PostgreSQL; COLOPHON_BENCH_WORKS says how many",
     bench_scale},
    {"overlap", "copied passages found in the open JATS set, and what a check costs", bench_overlap},
    {"build", "a cold build and the rebuild of one file", bench_build},
    {"index", "an index built of the open JATS set, beside omindex", bench_index},
};

int list() {
  for (const BenchRow& row : kBenches) std::printf("%s\n", std::string(row.name).c_str());
  return 0;
}

int show(const BenchRow& row, bool json) {
  const Result<Figures> figures = row.run();
  if (!figures) {
    std::fprintf(stderr, "colophon-bench: %s: %s %s\n", std::string(row.name).c_str(), figures.error().message.c_str(),
                 figures.error().hint.c_str());
    return exit_status(figures.error().code);
  }
  Json out = Json::object();
  for (const auto& [name, value] : *figures) out.set(name, value);
  if (json) std::printf("%s\n", Json::object({{"bench", row.name}, {"figures", out}}).dump().c_str());
  else {
    std::printf("%s: %s\n", std::string(row.name).c_str(), std::string(row.what).c_str());
    for (const auto& [name, value] : *figures) std::printf("  %-40s %12.3f\n", name.c_str(), value);
  }
  return 0;
}

}  // namespace

std::span<const BenchRow> benches() { return kBenches; }

int run(int argc, char** argv) {
  const std::string_view name = argc > 1 ? argv[1] : "--list";
  if (name == "--list") return list();
  for (const BenchRow& row : kBenches) {
    if (row.name == name) return show(row, argc > 2 && std::string_view(argv[2]) == "--json");
  }
  std::fprintf(stderr, "colophon-bench: there is no bench “%s”. “colophon-bench --list” names them.\n", argv[1]);
  return 2;
}

}  // namespace colophon::bench

int main(int argc, char** argv) { return colophon::bench::run(argc, argv); }

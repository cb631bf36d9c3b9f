// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/scale_bench.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "base/io.hpp"
#include "base/text.hpp"
#include "bench/rivals.hpp"
#include "bench/search_figures.hpp"
#include "indexer/bulk.hpp"
#include "indexer/searcher.hpp"

#include <fmt/format.h>
#include <xapian.h>

namespace colophon::bench {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kWorks = 100'000;
constexpr std::size_t kQueries = 300;
constexpr double kFacetMatches = 40'000;

using Words = std::vector<std::string>;
struct Kind {
  std::string_view name;
  std::string_view between;
  RivalQuery::Mode mode;
  Words (*words)(std::size_t n);
};
std::string seldom(std::size_t n) { return word_of_rank((n * 37 + 911) % 4000 + 5); }
constexpr Kind kKinds[] = {
    {"word", " ", RivalQuery::Mode::all, [](std::size_t n) { return Words{seldom(n)}; }},
    {"or", " OR ", RivalQuery::Mode::any,
     [](std::size_t n) { return Words{word_of_rank(n % 40), word_of_rank(n % 73 + 9), seldom(n)}; }},
    {"and", " ", RivalQuery::Mode::all,
     [](std::size_t n) { return Words{word_of_rank(n % 20), word_of_rank(n % 31 + 20), seldom(n)}; }},
};

std::size_t works() {
  const char* asked = std::getenv("COLOPHON_BENCH_WORKS");
  return asked ? std::strtoul(asked, nullptr, 10) : kWorks;
}

indexer::StreamFactory generated(std::size_t count) {
  return [count](std::size_t share, std::size_t shares) -> Result<indexer::Stream> {
    return indexer::Stream([count, shares, at = share](indexer::EntryData& out) mutable -> Result<bool> {
      if (at >= count) return false;
      out = generated_work(at);
      at += shares;
      return true;
    });
  };
}

Words texts_of(std::size_t count) {
  Words out;
  for (std::size_t i = 0; i < count; ++i) {
    out.push_back(text_of(generated_work(i)));
    std::ranges::replace(out.back(), '\n', ' ');
  }
  return out;
}

Result<std::vector<double>> ours(const std::vector<fs::path>& dirs, const Kind& kind) {
  std::vector<double> out;
  for (std::size_t n = 0; n < kQueries; ++n) {
    const std::string text = fmt::format("{}", fmt::join(kind.words(n), kind.between));
    const double start = thread_seconds();
    TRY_ASSIGN(indexer::Searcher searcher, indexer::Searcher::open(dirs));
    TRY(searcher.search({.text = text, .nearest = true}));
    out.push_back((thread_seconds() - start) * 1000);
  }
  return out;
}

// The word in nearly as many works as the facets are to be counted over.
std::string word_for_facets(const Xapian::Database& index) {
  std::string best;
  double off = 1e18;
  for (std::size_t rank = 0; rank < 2000; ++rank) {
    const double now = std::abs(static_cast<double>(index.get_termfreq(word_of_rank(rank))) - kFacetMatches);
    if (now < off) off = now, best = word_of_rank(rank);
  }
  return best;
}

void write_lines(const fs::path& file, const Words& lines) {
  std::ofstream out(file);
  for (const std::string& line : lines) out << line << '\n';
}

// Searches any of the words, by a program of its own: {0} is our folder of benches, {1} a file of texts, {2} one of queries, {3} a folder.
// It prints the seconds of indexing, then the milliseconds of each query.
struct Rival {
  std::string_view name;
  std::string_view command;
};
constexpr std::array kRivals = {Rival{"lucene",
                                      "java -cp $(ls /usr/share/java/lucene-core-*.jar "
                                      "/usr/share/java/lucene-analyzers-common-*.jar 2>/dev/null | tr '\\n' ':') "
                                      "{0}/rival_lucene.java {1} {2} {3}"},
                                Rival{"postgresql", "{0}/rival_postgresql.sh {1} {2}"}};

// Nothing where it is not installed.
Figures figures_of(const Rival& rival, const fs::path& texts, const fs::path& queries, const fs::path& folder) {
  const fs::path times = folder / "times";
  const std::string command = fmt::format(fmt::runtime(rival.command), COLOPHON_SOURCE_DIR "/tests/bench", texts.string(),
                                          queries.string(), (folder / rival.name).string());
  if (std::system(fmt::format("{} >{} 2>/dev/null", command, times.string()).c_str()) != 0) return {};
  std::ifstream in(times);
  std::vector<double> told;
  for (double one = 0; in >> one;) told.push_back(one);
  if (told.size() != kQueries + 1) return {};
  const std::vector<double> or_ms(told.begin() + 1, told.end());
  return {{fmt::format("rival.scale.{}.index_seconds", rival.name), told.front()},
          {fmt::format("rival.scale.{}.or_p50_ms", rival.name), percentile(or_ms, 0.5)},
          {fmt::format("rival.scale.{}.or_p99_ms", rival.name), percentile(or_ms, 0.99)}};
}

// Each rival, and how many times we are as fast.
void add_rivals(Figures& out, const fs::path& folder, const Words& texts) {
  Words queries;
  for (const Kind& kind : kKinds) {
    if (kind.mode != RivalQuery::Mode::any) continue;
    for (std::size_t n = 0; n < kQueries; ++n) queries.push_back(fmt::format("{}", fmt::join(kind.words(n), " ")));
  }
  write_lines(folder / "texts", texts);
  write_lines(folder / "queries", queries);
  for (const Rival& rival : kRivals) {
    const Figures figures = figures_of(rival, folder / "texts", folder / "queries", folder);
    if (figures.empty()) continue;
    const double times = figures.back().second / figure(out, "scale.or_p99_ms");
    out.insert(out.end(), figures.begin(), figures.end());
    out.emplace_back(fmt::format("scale.or_p99_times_{}", rival.name), times);
  }
}

void add(Figures& out, const std::string& name, const std::vector<double>& ms) {
  out.emplace_back(name + "_p50_ms", percentile(ms, 0.5));
  out.emplace_back(name + "_p99_ms", percentile(ms, 0.99));
}

}  // namespace

Result<Figures> bench_scale() {
  const TemporaryFolder folder;
  const std::size_t count = works();
  const std::vector<fs::path> dirs = {folder.path() / "index"};
  TRY_ASSIGN(const indexer::BulkFigures built, indexer::build(dirs.front(), {}, generated(count)));
  Figures out = {{"scale.works", static_cast<double>(count)}, {"scale.index_seconds", built.seconds}};
  for (const Kind& kind : kKinds) {
    TRY(ours(dirs, kind));  // to warm up
    TRY_ASSIGN(const std::vector<double> ms, ours(dirs, kind));
    add(out, fmt::format("scale.{}", kind.name), ms);
  }
  const Xapian::Database index(dirs.front().string());
  TRY_ASSIGN(const Figures facets, facet_figures(dirs, word_for_facets(index)));
  for (const auto& [name, value] : facets) {
    const bool rival = name.starts_with("rival.");
    out.emplace_back(rival ? "rival.scale." + name.substr(6) : "scale." + name, value);
  }
  const Words texts = texts_of(count);
  TRY_ASSIGN(Fts5 fts5, Fts5::build(folder.path() / "fts5.sqlite", texts));
  for (const Kind& kind : kKinds) {
    std::vector<double> ms;
    for (std::size_t n = 0; n < kQueries; ++n) ms.push_back(fts5.milliseconds({kind.words(n), kind.mode}));
    add(out, fmt::format("rival.scale.fts5.{}", kind.name), ms);
  }
  out.emplace_back("rival.scale.fts5.index_seconds", fts5.build_seconds());
  out.emplace_back("scale.or_p99_times_fts5", figure(out, "rival.scale.fts5.or_p99_ms") / figure(out, "scale.or_p99_ms"));
  add_rivals(out, folder.path(), texts);
  return out;
}

}  // namespace colophon::bench

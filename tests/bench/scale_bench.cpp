// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/scale_bench.hpp"

#include <algorithm>
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

// Nothing where it is not installed.
Figures lucene(const fs::path& folder, const Words& texts) {
  write_lines(folder / "texts", texts);
  Words queries;
  for (const Kind& kind : kKinds) {
    if (kind.mode != RivalQuery::Mode::any) continue;
    for (std::size_t n = 0; n < kQueries; ++n) queries.push_back(fmt::format("{}", fmt::join(kind.words(n), " ")));
  }
  write_lines(folder / "queries", queries);
  const std::string command = fmt::format(
      "java -cp $(ls /usr/share/java/lucene-core-*.jar /usr/share/java/lucene-analyzers-common-*.jar 2>/dev/null | tr '\\n' ':') "
      "{0}/tests/bench/rival_lucene.java {1}/texts {1}/queries {1}/lucene >{1}/times 2>/dev/null",
      COLOPHON_SOURCE_DIR, folder.string());
  if (std::system(command.c_str()) != 0) return {};
  std::ifstream in(folder / "times");
  std::vector<double> times;
  for (double one = 0; in >> one;) times.push_back(one);
  if (times.size() != kQueries + 1) return {};
  const std::vector<double> or_ms(times.begin() + 1, times.end());
  return {{"rival.scale.lucene.index_seconds", times.front()},
          {"rival.scale.lucene.or_p50_ms", percentile(or_ms, 0.5)},
          {"rival.scale.lucene.or_p99_ms", percentile(or_ms, 0.99)}};
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
  const Figures beside = lucene(folder.path(), texts);
  out.insert(out.end(), beside.begin(), beside.end());
  if (!beside.empty())
    out.emplace_back("scale.or_p99_times_lucene", figure(out, "rival.scale.lucene.or_p99_ms") / figure(out, "scale.or_p99_ms"));
  return out;
}

}  // namespace colophon::bench

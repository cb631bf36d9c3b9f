// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/search_bench.hpp"

#include <algorithm>
#include <cstdlib>

#include "app/index_consumer.hpp"
#include "app/search.hpp"
#include "base/io.hpp"
#include "base/text.hpp"
#include "bench/library.hpp"
#include "bench/rivals.hpp"
#include "bench/scale_bench.hpp"
#include "bench/search_figures.hpp"

#include <fmt/format.h>

namespace colophon::bench {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kQueries = 300;

struct QueryKind {
  std::string_view name;
  bool facets;
  std::string (*ours)(std::size_t n);
  RivalQuery (*rival)(std::size_t n);
};

std::string word(std::size_t n, std::size_t salt) { return word_of_rank((n * 37 + salt * 911) % 4000 + 5); }

constexpr auto kAll = RivalQuery::Mode::all;
constexpr QueryKind kKinds[] = {
    {"word", false, [](std::size_t n) { return word(n, 0); }, [](std::size_t n) { return RivalQuery{{word(n, 0)}, kAll}; }},
    {"three_words", false,
     [](std::size_t n) { return fmt::format("{} {} {}", word_of_rank(n % 20), word_of_rank(n % 31 + 20), word(n, 1)); },
     [](std::size_t n) { return RivalQuery{{word_of_rank(n % 20), word_of_rank(n % 31 + 20), word(n, 1)}, kAll}; }},
    {"phrase", false, [](std::size_t n) { return fmt::format("\"{} {}\"", word_of_rank(n % 40), word_of_rank(n % 53)); },
     [](std::size_t n) { return RivalQuery{{word_of_rank(n % 40), word_of_rank(n % 53)}, RivalQuery::Mode::phrase}; }},
    {"or", false,
     [](std::size_t n) { return fmt::format("{} OR {} OR {}", word_of_rank(n % 40), word_of_rank(n % 73 + 9), word(n, 2)); },
     [](std::size_t n) {
       return RivalQuery{{word_of_rank(n % 40), word_of_rank(n % 73 + 9), word(n, 2)}, RivalQuery::Mode::any};
     }},
    {"fielded_facets", true,
     [](std::size_t n) {
       return fmt::format("{} author:silva year:{}..{}", word_of_rank(n % 200), 1995 + n % 15, 2005 + n % 15);
     },
     nullptr},
};

Result<std::vector<double>> ours(app::Library& library, const QueryKind& kind) {
  std::vector<double> out;
  for (std::size_t n = 0; n < kQueries; ++n) {
    indexer::SearchRequest request;
    request.text = kind.ours(n);
    if (kind.facets) request.facets = {"year", "type", "language"};
    const double start = thread_seconds();
    TRY(app::search(library, app::Audience::signed_in, request));
    out.push_back((thread_seconds() - start) * 1000);
  }
  return out;
}

// Three words from one place of a full text, as somebody remembers a sentence: every hit has its page or section.
Result<std::vector<double>> pages(app::Library& library) {
  std::vector<std::string> queries;
  for (const store::WorkId id : library.store().works().all_live()) {
    TRY_ASSIGN(const indexer::EntryData entry, entry_of(library, id));
    const std::vector<bib::Passage>& all = entry.passages;
    if (all.size() < 3 || queries.size() >= kQueries) continue;
    const std::string& text = all[all.size() / 2].text;
    std::vector<std::string> chosen;
    for (const Word& word : words(text)) {
      const std::string one = text.substr(word.begin, word.end - word.begin);
      if (one.size() > 5 && std::ranges::all_of(one, is_ascii_alpha)) chosen.push_back(one);
      if (chosen.size() == 3) break;
    }
    if (chosen.size() == 3) queries.push_back(fmt::format("{} is:full-text", fmt::join(chosen, " ")));
  }
  std::vector<double> out;
  for (const std::string& text : queries) {
    const double start = thread_seconds();
    TRY(app::search(library, app::Audience::signed_in, {.text = text}));
    out.push_back((thread_seconds() - start) * 1000);
  }
  return out;
}

void add(Figures& out, const std::string& name, const std::vector<double>& ms) {
  out.emplace_back(name + "_p50_ms", percentile(ms, 0.5));
  out.emplace_back(name + "_p99_ms", percentile(ms, 0.99));
}

Result<std::vector<std::string>> texts_of(app::Library& library) {
  std::vector<std::string> out;
  for (const store::WorkId id : library.store().works().all_live()) {
    TRY_ASSIGN(const indexer::EntryData entry, entry_of(library, id));
    out.push_back(text_of(entry));
  }
  return out;
}

Result<Figures> facets_of(app::Library& library) {
  return facet_figures(app::open_folders(library, app::Audience::visitor, indexer::Content::works), word_of_rank(0));
}

}  // namespace

Result<Figures> bench_search() {
  const TemporaryFolder folder;
  TRY(replace_file(folder.path() / "generated.bib", generated_bibtex(generated_entries())));
  TRY_ASSIGN(app::Library library, new_library(folder.path() / "library"));
  std::vector<fs::path> paths = {folder.path() / "generated.bib"};
  if (const std::string set = data_set("jats"); !set.empty()) paths.push_back(fs::path(set) / "files");
  TRY_ASSIGN(const Filled filled, fill(library, paths));
  Figures out = {{"works", static_cast<double>(filled.counts.added)}};
  for (const QueryKind& kind : kKinds) {
    TRY_ASSIGN(const std::vector<double> ms, ours(library, kind));
    add(out, std::string(kind.name), ms);
  }
  TRY_ASSIGN(const std::vector<double> page_ms, pages(library));
  if (!page_ms.empty()) add(out, "pages", page_ms);
  for (const auto part : {index_build_figures, facets_of, freshness_figures}) {
    TRY_ASSIGN(const Figures figures, part(library));
    out.insert(out.end(), figures.begin(), figures.end());
  }
  TRY_ASSIGN(const std::vector<std::string> texts, texts_of(library));
  TRY_ASSIGN(Fts5 fts5, Fts5::build(folder.path() / "fts5.sqlite", texts));
  Result<Omega> omega = Omega::build(folder.path() / "omega", texts);
  for (const QueryKind& kind : kKinds) {
    if (!kind.rival) continue;
    std::vector<double> fts5_ms, omega_ms;
    for (std::size_t n = 0; n < kQueries; ++n) {
      fts5_ms.push_back(fts5.milliseconds(kind.rival(n)));
      if (omega) omega_ms.push_back(omega->milliseconds(kind.rival(n)));
    }
    add(out, fmt::format("rival.fts5.{}", kind.name), fts5_ms);
    if (omega) add(out, fmt::format("rival.omindex.{}", kind.name), omega_ms);
  }
  out.emplace_back("rival.fts5.index_seconds", fts5.build_seconds());
  if (omega) out.emplace_back("rival.omindex.index_seconds", omega->build_seconds());
  out.emplace_back("or_p99_times_fts5", figure(out, "rival.fts5.or_p99_ms") / figure(out, "or_p99_ms"));
  TRY_ASSIGN(const Figures scale, bench_scale());
  out.insert(out.end(), scale.begin(), scale.end());
  return out;
}

}  // namespace colophon::bench

// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/overlap_bench.hpp"

#include <algorithm>
#include <random>

#include "app/comparison.hpp"
#include "app/index_consumer.hpp"
#include "base/io.hpp"
#include "base/text.hpp"
#include "bench/library.hpp"
#include "indexer/overlap/overlap.hpp"

#include <fmt/format.h>

namespace colophon::bench {
namespace fs = std::filesystem;
namespace {

constexpr int kTrials = 200;
constexpr std::size_t kManuscriptWords = 3000;

using Words = std::vector<std::string>;
using Random = std::mt19937;

struct Paper {
  std::string id;
  Words words;
};

struct Case {
  std::size_t copied;
  double edited;
};
constexpr Case kCases[] = {{60, 0.1}, {150, 0}, {150, 0.1}, {150, 0.2}, {400, 0.1}};

Words words_of(const std::vector<bib::Passage>& prose) {
  Words out;
  for (const bib::Passage& passage : prose) {
    for (const Word& word : words(passage.text)) out.push_back(passage.text.substr(word.begin, word.end - word.begin));
  }
  return out;
}

Result<std::vector<Paper>> papers_of(app::Library& library, double& bytes) {
  std::vector<Paper> out;
  for (const store::WorkId id : library.store().works().all_live()) {
    const std::optional<store::WorkRow> row = library.store().works().get(id);
    const std::vector<bib::Passage> prose = app::prose_for(library, row->short_id, app::Audience::signed_in);
    for (const bib::Passage& passage : prose) bytes += static_cast<double>(passage.text.size());
    Words words = words_of(prose);
    if (words.size() >= kManuscriptWords) out.push_back({row->short_id, std::move(words)});
  }
  if (out.size() < 2) return fail(Errc::not_found, "there are no papers to compare", "unpack the JATS set");
  return out;
}

// Each word is changed with the given chance: another word instead, left out, or one put before it.
Words edited(std::span<const std::string> words, double chance, const Words& others, Random& random) {
  Words out;
  for (const std::string& word : words) {
    if (std::uniform_real_distribution<>(0, 1)(random) >= chance) {
      out.push_back(word);
      continue;
    }
    const auto how = random() % 3;
    if (how != 1) out.push_back(others[random() % others.size()]);
    if (how == 2) out.push_back(word);
  }
  return out;
}

// The beginning of a paper with a stretch of another one in its middle.
std::string manuscript(const Paper& host, const Paper& source, const Case& how, Random& random) {
  const std::size_t at = random() % (source.words.size() - how.copied);
  const Words copied = edited(std::span(source.words).subspan(at, how.copied), how.edited, host.words, random);
  const auto middle = host.words.begin() + kManuscriptWords / 2;
  Words all(host.words.begin(), middle);
  all.insert(all.end(), copied.begin(), copied.end());
  all.insert(all.end(), middle, host.words.begin() + kManuscriptWords);
  return fmt::format("{}", fmt::join(all, " "));
}

struct Times {
  std::vector<double> whole, search;
};

// In per cent: those whose source is shown with at least half of the copied words.
Result<double> found_share(app::Library& library, const std::vector<Paper>& papers, const Case& how, Times& times) {
  TRY_ASSIGN(indexer::OverlapFinder finder,
             indexer::OverlapFinder::open(open_folders(library, app::Audience::signed_in, indexer::Content::fingerprints)));
  const indexer::PassageSource prose = [&](std::string_view id) { return app::prose_for(library, id, app::Audience::signed_in); };
  Random random(42);
  int found = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    const Paper& host = papers[random() % papers.size()];
    const Paper& from = papers[random() % papers.size()];
    if (host.id == from.id) continue;
    const std::vector<bib::Passage> text = {{1, "", "page", "en", manuscript(host, from, how, random)}};
    const double start = wall_seconds();
    TRY_ASSIGN(const indexer::OverlapReport report, finder.find(text, prose, {.limit = 20, .less = {host.id}}));
    times.whole.push_back((wall_seconds() - start) * 1000);
    const auto source = std::ranges::find(report.works, from.id, &indexer::OverlapWork::id);
    found += source != report.works.end() && 2 * source->same >= how.copied;
    const double again = wall_seconds();
    TRY(finder.find(text, [](std::string_view) { return std::vector<bib::Passage>{}; }, {.less = {host.id}}));
    times.search.push_back((wall_seconds() - again) * 1000);
  }
  return 100.0 * found / static_cast<double>(times.whole.size());
}

}  // namespace

Result<Figures> bench_overlap() {
  const std::string set = data_set("jats");
  if (set.empty()) return fail(Errc::not_found, "the JATS set is not here", "unpack it (COLOPHON_DATA)");
  const TemporaryFolder folder;
  TRY_ASSIGN(app::Library library, new_library(folder.path() / "library"));
  TRY(fill(library, {fs::path(set) / "files"}));
  double bytes = 0;
  TRY_ASSIGN(const std::vector<Paper> papers, papers_of(library, bytes));
  Figures out;
  Times all;
  for (const Case& how : kCases) {
    Times times;
    TRY_ASSIGN(const double share, found_share(library, papers, how, times));
    out.emplace_back(fmt::format("found_{}_words_{:.0f}_edited_percent", how.copied, how.edited * 100), share);
    all.whole.insert(all.whole.end(), times.whole.begin(), times.whole.end());
    all.search.insert(all.search.end(), times.search.begin(), times.search.end());
  }
  double size = 0, documents = 0;
  for (const app::IndexFolder& one : app::index_folders(library)) {
    if (one.content != indexer::Content::fingerprints) continue;
    TRY_ASSIGN(const indexer::IndexStatus status, indexer::status(one.path));
    size += static_cast<double>(status.bytes), documents += static_cast<double>(status.documents);
  }
  out.emplace_back("works", documents);
  out.emplace_back("size_of_text", size / bytes);
  out.emplace_back("search_p50_ms", percentile(all.search, 0.5));
  out.emplace_back("check_p50_ms", percentile(all.whole, 0.5));
  out.emplace_back("check_p99_ms", percentile(all.whole, 0.99));
  out.emplace_back("check_p50_ms_per_1000_works", percentile(all.whole, 0.5) / documents * 1000);
  return out;
}

}  // namespace colophon::bench

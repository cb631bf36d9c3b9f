// SPDX-License-Identifier: GPL-3.0-or-later
// Scores the ranking of searches against judgements of relevance: every folder below the set with corpus.jsonl, queries.jsonl and
// qrels.tsv (the layout of BEIR) is indexed as the product indexes records and asked as a person asks.
//   ndcg10.NAME     trec_eval's ndcg_cut_10: gain = judgement, discount = log2(rank + 1), ideal order from all judgements
//   recall100.NAME  share of the relevant works among the first hundred
// Means over the queries with at least one relevant work.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "base/io.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "indexer/searcher.hpp"
#include "search_collection.hpp"

namespace colophon::score {

Json score_search(const std::filesystem::path& set);
void print_search(const Json& score);

namespace {

namespace fs = std::filesystem;
constexpr std::size_t kDeep = 100;
constexpr std::size_t kShownMisses = 40;

// Of one collection: means, and each query as an object.
struct Outcome {
  Scored mean;
  double milliseconds = 0;
  std::vector<Json> cases;
};

Result<Outcome> score_one(const fs::path& folder) {
  const Collection collection = read_collection(folder);
  const TemporaryFolder space;
  const std::vector<fs::path> dirs = {space.path() / "index"};
  TRY(index_collection(collection, dirs.front()));
  TRY_ASSIGN(indexer::Searcher searcher, indexer::Searcher::open(dirs));
  Outcome out;
  for (const Query& query : collection.queries) {
    const auto judged = collection.judged.find(query.id);
    if (judged == collection.judged.end()) continue;
    const auto begin = std::chrono::steady_clock::now();
    TRY_ASSIGN(const indexer::ResultPage page, searcher.search({.text = query.text, .limit = kDeep, .nearest = true}));
    out.milliseconds += std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    const Scored one = scored(page, judged->second);
    out.mean.ndcg10 += one.ndcg10;
    out.mean.recall100 += one.recall100;
    Json row = Json::object({{"set", folder.filename().string()}, {"id", query.id}, {"query", query.text}});
    row.set("ndcg10", one.ndcg10).set("recall100", one.recall100).set("total", page.total).set("understood", page.understood);
    out.cases.push_back(std::move(row));
  }
  const double n = static_cast<double>(std::max<std::size_t>(out.cases.size(), 1));
  out.mean.ndcg10 /= n, out.mean.recall100 /= n, out.milliseconds /= n;
  return out;
}

}  // namespace

Json score_search(const fs::path& set) {
  Json figures = Json::object();
  std::vector<Json> cases;
  for (const fs::path& folder : collections(set)) {
    auto one = score_one(folder);
    if (!one) {
      std::fprintf(stderr, "%s: %s\n", folder.c_str(), one.error().message.c_str());
      continue;
    }
    const std::string name = folder.filename();
    figures.set("ndcg10." + name, one->mean.ndcg10).set("recall100." + name, one->mean.recall100);
    figures.set("milliseconds." + name, one->milliseconds);
    std::ranges::move(one->cases, std::back_inserter(cases));
  }
  std::ranges::stable_sort(cases, {}, [](const Json& row) { return row["ndcg10"].as_double(); });
  const std::size_t asked = cases.size();
  return Json::object({{"set", "ir"}, {"n", asked}, {"figures", std::move(figures)}, {"misses", std::move(cases)}});
}

// The figures, then the queries that went worst.
void print_search(const Json& score) {
  std::printf("%s, %lld queries\n", score["set"].as_string().c_str(), static_cast<long long>(score["n"].as_int()));
  for (const auto& [name, value] : score["figures"].members()) std::printf("  %-26s %.4f\n", name.c_str(), value.as_double());
  std::size_t shown = 0;
  for (const Json& miss : score["misses"].items()) {
    if (++shown > kShownMisses) break;
    std::printf("%s\t%s\t%.3f\t%s\n", miss["set"].as_string().c_str(), miss["id"].as_string().c_str(), miss["ndcg10"].as_double(),
                ellipsis(miss["query"].as_string(), 100).c_str());
  }
}

}  // namespace colophon::score

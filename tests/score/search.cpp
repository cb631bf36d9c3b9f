// SPDX-License-Identifier: GPL-3.0-or-later
// Scores the ranking of searches against judgements of relevance: every folder below the set with corpus.jsonl, queries.jsonl and
// qrels.tsv (the layout of BEIR) is indexed as the product indexes records and asked as a person asks.
//   ndcg10.NAME     trec_eval's ndcg_cut_10: gain = judgement, discount = log2(rank + 1), ideal order from all judgements
//   recall100.NAME  share of the relevant works among the first hundred
// Means over the queries with at least one relevant work.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/io.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "indexer/bulk.hpp"
#include "indexer/searcher.hpp"
#include "lang/language.hpp"

namespace colophon::score {

Json score_search(const std::filesystem::path& set);
void print_search(const Json& score);

namespace {

namespace fs = std::filesystem;
constexpr std::size_t kDeep = 100;
constexpr std::size_t kFirst = 10;
constexpr std::size_t kShownMisses = 40;

using Judgements = std::map<std::string, int>;  // of one query, work to gain above 0

struct Query {
  std::string id;
  std::string text;
};

struct Collection {
  std::vector<indexer::EntryData> works;
  std::vector<Query> queries;
  std::map<std::string, Judgements> judged;
};

struct Scored {
  double ndcg10 = 0;
  double recall100 = 0;
};

// Of one collection: means, and each query as an object.
struct Outcome {
  Scored mean;
  double milliseconds = 0;
  std::vector<Json> cases;
};

template <class Each>
void each_line(const fs::path& path, Each each) {
  const auto text = read_file(path);
  if (!text) return void(std::fprintf(stderr, "%s: %s\n", path.c_str(), text.error().message.c_str()));
  for (const std::string_view line : split(*text, '\n')) {
    if (!trim(line).empty()) each(line);
  }
}

template <class Each>
void each_object(const fs::path& path, Each each) {
  each_line(path, [&](std::string_view line) {
    const auto json = Json::parse(line);
    if (json) each(*json);
    else std::fprintf(stderr, "%s: a line is no JSON\n", path.c_str());
  });
}

// As the readers leave a record: title, abstract with its language.
indexer::EntryData work(const Json& row) {
  indexer::EntryData out;
  out.id = row["_id"].as_string();
  out.record.type = bib::WorkType::article;
  bib::RichText abstract(row["text"].as_string());
  abstract.lang = lang::identify(abstract.plain());
  if (const std::string& title = row["title"].as_string(); !title.empty()) {
    out.record.add(bib::FieldId::title, bib::RichText(title));
  }
  if (!abstract.plain().empty()) out.record.add(bib::FieldId::abstract, std::move(abstract));
  return out;
}

Collection read(const fs::path& folder) {
  Collection out;
  each_object(folder / "corpus.jsonl", [&](const Json& row) { out.works.push_back(work(row)); });
  each_object(folder / "queries.jsonl",
              [&](const Json& row) { out.queries.push_back({row["_id"].as_string(), row["text"].as_string()}); });
  each_line(folder / "qrels.tsv", [&](std::string_view line) {
    const auto cells = split(line, '\t');
    if (cells.size() < 3) return;
    const int gain = std::atoi(std::string(cells[2]).c_str());  // the head line's is 0
    if (gain > 0) out.judged[std::string(cells[0])][std::string(cells[1])] = gain;
  });
  return out;
}

double discounted(int gain, std::size_t rank) { return gain / std::log2(static_cast<double>(rank) + 1); }

double ideal(const Judgements& judged) {
  std::vector<int> gains;
  for (const auto& [work, gain] : judged) gains.push_back(gain);
  std::ranges::sort(gains, std::greater<>());
  double out = 0;
  for (std::size_t i = 0; i < std::min(gains.size(), kFirst); ++i) out += discounted(gains[i], i + 1);
  return out;
}

Scored scored(const std::vector<indexer::Hit>& hits, const Judgements& judged) {
  double gained = 0;
  std::size_t found = 0;
  for (std::size_t i = 0; i < hits.size(); ++i) {
    const auto it = judged.find(hits[i].id);
    if (it == judged.end()) continue;
    ++found;
    if (i < kFirst) gained += discounted(it->second, i + 1);
  }
  return {gained / ideal(judged), static_cast<double>(found) / static_cast<double>(judged.size())};
}

Result<void> index(const Collection& collection, const fs::path& dir) {
  const indexer::StreamFactory streams = [&](std::size_t job, std::size_t jobs) -> Result<indexer::Stream> {
    return [&collection, jobs, at = job](indexer::EntryData& entry) mutable -> Result<bool> {
      if (at >= collection.works.size()) return false;
      entry = collection.works[at];
      at += jobs;
      return true;
    };
  };
  TRY(indexer::build(dir, {}, streams));
  return {};
}

Result<Outcome> score_one(const fs::path& folder) {
  const Collection collection = read(folder);
  const TemporaryFolder space;
  const std::vector<fs::path> dirs = {space.path() / "index"};
  TRY(index(collection, dirs.front()));
  TRY_ASSIGN(indexer::Searcher searcher, indexer::Searcher::open(dirs));
  Outcome out;
  for (const Query& query : collection.queries) {
    const auto judged = collection.judged.find(query.id);
    if (judged == collection.judged.end()) continue;
    const auto begin = std::chrono::steady_clock::now();
    TRY_ASSIGN(const indexer::ResultPage page, searcher.search({.text = query.text, .limit = kDeep}));
    out.milliseconds += std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    const Scored one = scored(page.hits, judged->second);
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

bool is_collection(const fs::path& folder) {
  return fs::exists(folder / "corpus.jsonl") && fs::exists(folder / "queries.jsonl") && fs::exists(folder / "qrels.tsv");
}

std::vector<fs::path> collections(const fs::path& set) {
  std::vector<fs::path> out;
  if (is_collection(set)) out.push_back(fs::canonical(set));
  for (const auto& entry : fs::recursive_directory_iterator(set)) {
    if (entry.is_directory() && is_collection(entry.path())) out.push_back(entry.path());
  }
  std::ranges::sort(out);
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

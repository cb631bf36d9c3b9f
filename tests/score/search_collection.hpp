// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "indexer/entry.hpp"
#include "indexer/searcher.hpp"

namespace colophon::score {

/// A collection of judged queries: a folder with corpus.jsonl, queries.jsonl and qrels.tsv (the layout of BEIR).

using Judgements = std::map<std::string, int>;  ///< of one query, work to gain above 0

struct Query {
  std::string id;
  std::string text;
};

struct Collection {
  std::vector<indexer::EntryData> works;
  std::vector<Query> queries;
  std::map<std::string, Judgements> judged;  ///< by query
};

/// Works are as the readers leave a record. What cannot be read is told on stderr and left out.
Collection read_collection(const std::filesystem::path& folder);
/// An index of it in a new folder, as the product indexes records.
Result<void> index_collection(const Collection& collection, const std::filesystem::path& dir);
/// The folders at or below `set` that are collections, in order.
std::vector<std::filesystem::path> collections(const std::filesystem::path& set);

struct Scored {
  double ndcg10 = 0;  ///< trec_eval's ndcg_cut_10: gain = judgement, discount = log2(rank + 1), ideal order from all judgements
  double recall100 = 0;  ///< share of the relevant works among all hits
};
/// Of the hits as they are shown, those that lack some of the words last. REQUIRES: a judgement.
Scored scored(const indexer::ResultPage& page, const Judgements& judged);

/// nDCG@10 of each judged query in order, a row a setting. Tells on stderr, under that name, how far it is.
using Gains = std::vector<std::vector<double>>;
Result<Gains> gains_of(const Collection& collection, const std::vector<indexer::Weights>& settings, const std::string& name);

}  // namespace colophon::score

// SPDX-License-Identifier: GPL-3.0-or-later
#include "search_collection.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "base/io.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "indexer/bulk.hpp"
#include "lang/language.hpp"

namespace colophon::score {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kFirst = 10;

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

double discounted(int gain, std::size_t rank) { return gain / std::log2(static_cast<double>(rank) + 1); }

double ideal(const Judgements& judged) {
  std::vector<int> gains;
  for (const auto& [work, gain] : judged) gains.push_back(gain);
  std::ranges::sort(gains, std::greater<>());
  double out = 0;
  for (std::size_t i = 0; i < std::min(gains.size(), kFirst); ++i) out += discounted(gains[i], i + 1);
  return out;
}

bool is_collection(const fs::path& folder) {
  return fs::exists(folder / "corpus.jsonl") && fs::exists(folder / "queries.jsonl") && fs::exists(folder / "qrels.tsv");
}

}  // namespace

Collection read_collection(const fs::path& folder) {
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

Scored scored(const indexer::ResultPage& page, const Judgements& judged) {
  std::vector<std::string> shown;
  for (const auto* list : {&page.hits, &page.nearest}) {
    for (const indexer::Hit& hit : *list) shown.push_back(hit.id);
  }
  double gained = 0;
  std::size_t found = 0;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const auto it = judged.find(shown[i]);
    if (it == judged.end()) continue;
    ++found;
    if (i < kFirst) gained += discounted(it->second, i + 1);
  }
  return {gained / ideal(judged), static_cast<double>(found) / static_cast<double>(judged.size())};
}

Result<void> index_collection(const Collection& collection, const fs::path& dir) {
  const indexer::StreamFactory streams = [&](std::size_t share, std::size_t shares) -> Result<indexer::Stream> {
    return [&collection, shares, at = share](indexer::EntryData& entry) mutable -> Result<bool> {
      if (at >= collection.works.size()) return false;
      entry = collection.works[at];
      at += shares;
      return true;
    };
  };
  TRY(indexer::build(dir, {}, streams));
  return {};
}

Result<Gains> gains_of(const Collection& collection, const std::vector<indexer::Weights>& settings, const std::string& name) {
  const TemporaryFolder space;
  const std::vector<fs::path> dirs = {space.path() / "index"};
  TRY(index_collection(collection, dirs.front()));
  TRY_ASSIGN(indexer::Searcher searcher, indexer::Searcher::open(dirs));
  Gains out;
  for (const indexer::Weights& weights : settings) {
    std::vector<double>& row = out.emplace_back();
    for (const Query& query : collection.queries) {
      const auto judged = collection.judged.find(query.id);
      if (judged == collection.judged.end()) continue;
      TRY_ASSIGN(const indexer::ResultPage page,
                 searcher.search({.text = query.text, .limit = kFirst, .nearest = true, .weights = weights}));
      row.push_back(scored(page, judged->second).ndcg10);
    }
    std::fprintf(stderr, "%s: %zu of %zu settings\n", name.c_str(), out.size(), settings.size());
  }
  return out;
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

}  // namespace colophon::score

// SPDX-License-Identifier: GPL-3.0-or-later
// What the priors of citation and recency (indexer/priors.hpp) can spoil: every work of each collection below the set gets a year and
// citations that say nothing about it, drawn by its place from a fixed sequence; the judged queries are then asked with rising shares.
//   ndcg10.NAME.SHARE  nDCG@10 where both priors have that share, the mean over kDraws draws
// At share 0 the figures are those of colophon-score search: what is missing from them at another share is the price of priors as bad as
// chance.
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <numeric>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "search_collection.hpp"

#include <fmt/format.h>

namespace colophon::score {

Json score_search_priors(const std::filesystem::path& set);

namespace {

namespace fs = std::filesystem;
constexpr std::array kShares = {0.0, 0.005, 0.01, 0.02, 0.05};
constexpr std::uint64_t kDraws = 3;
constexpr int kOldest = 60;  // years
constexpr double kMostCited = 200;

// From 0 to 1, the same for the same numbers (splitmix64, Steele 2014).
double drawn(std::uint64_t seed) {
  std::uint64_t z = seed * 0x9E3779B97F4A7C15;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return static_cast<double>((z ^ (z >> 31)) >> 11) / 9007199254740992.0;
}

std::string doi_of(std::size_t work) { return fmt::format("10.5555/w{}", work); }

// Citations are spread as they are in the world, over orders of magnitude; who cites does not matter.
void make_up(Collection& collection, std::uint64_t draw, int this_year) {
  const std::size_t count = collection.works.size();
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t seed = (draw * count + i + 1) * 2;
    bib::Work& record = collection.works[i].record;
    record.add(bib::FieldId::doi, bib::Code{doi_of(i)});
    record.add(bib::FieldId::issued, bib::year_date(this_year - static_cast<int>(drawn(seed) * kOldest)));
    const auto citations = static_cast<std::size_t>(std::pow(kMostCited, drawn(seed + 1)) - 1);
    for (std::size_t n = 1; n <= std::min(citations, count - 1); ++n) {
      collection.works[(i + n) % count].record.add(bib::FieldId::reference, bib::Link{"references", "doi", doi_of(i), {}});
    }
  }
}

Result<void> add_figures(const fs::path& folder, Json& figures, std::size_t& asked) {
  std::vector<indexer::Weights> settings;
  for (const double share : kShares) settings.push_back({.citation = share, .recency = share});
  std::array<double, kShares.size()> sums{};
  for (std::uint64_t draw = 0; draw < kDraws; ++draw) {
    Collection collection = read_collection(folder);
    make_up(collection, draw, 2026);
    TRY_ASSIGN(const Gains gains, gains_of(collection, settings, folder.filename()));
    asked += draw == 0 ? gains.front().size() : 0;
    for (std::size_t s = 0; s < sums.size(); ++s)
      sums[s] += std::reduce(gains[s].begin(), gains[s].end()) / static_cast<double>(std::max<std::size_t>(gains[s].size(), 1));
  }
  for (std::size_t s = 0; s < sums.size(); ++s)
    figures.set(fmt::format("ndcg10.{}.{}", folder.filename().string(), kShares[s]), sums[s] / kDraws);
  return {};
}

}  // namespace

Json score_search_priors(const fs::path& set) {
  Json figures = Json::object();
  std::size_t asked = 0;
  for (const fs::path& folder : collections(set)) {
    const auto done = add_figures(folder, figures, asked);
    if (!done) std::fprintf(stderr, "%s: %s\n", folder.c_str(), done.error().message.c_str());
  }
  return Json::object({{"set", "ir"}, {"n", asked}, {"figures", std::move(figures)}, {"misses", Json::array()}});
}

}  // namespace colophon::score

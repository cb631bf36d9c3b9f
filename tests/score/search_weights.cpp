// SPDX-License-Identifier: GPL-3.0-or-later
// Chooses the weights of ranking by cross-validation over the queries of all collections below the set: each setting of the grid is
// tried with every query; in turn the setting with the best mean of the other four fifths is taken for a fifth of the queries that had
// no part in choosing it, and the setting with the best mean of the other collections for a collection.
//   ndcg10.NAME    with the weights as they are
//   held_out.NAME  with weights chosen without the fifth that the query is in
//   unseen.NAME    with weights chosen without the collection
// A mean over several collections counts each collection alike.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <numeric>
#include <string>
#include <vector>

#include "base/io.hpp"
#include "base/json.hpp"
#include "indexer/searcher.hpp"
#include "search_collection.hpp"

#include <fmt/format.h>

namespace colophon::score {

Json score_search_weights(const std::filesystem::path& set);
void print_search_weights(const Json& score);

namespace {

namespace fs = std::filesystem;
using indexer::Weights;
constexpr std::size_t kFolds = 5;

// The weights that matter most in all combinations, the others one at a time.
std::vector<Weights> grid() {
  std::vector<Weights> out = {Weights{}};
  const auto add = [&](auto change) { change(out.emplace_back(Weights{})); };
  for (const double topic : {0.2, 0.3, 0.4}) {
    for (const double company : {0.0, 0.3, 0.5, 0.7}) {
      for (const double near : {0.0, 0.05, 0.1}) add([&](Weights& w) { w.topic = topic, w.company = company, w.near = near; });
    }
  }
  for (const double raw : {0.25, 0.75}) add([&](Weights& w) { w.raw = raw; });
  for (const double common : {0.0, 0.06, 0.25}) add([&](Weights& w) { w.common = common; });
  return out;
}

std::string name_of(const Weights& w) {
  return fmt::format("topic {} company {} near {} raw {} common {}", w.topic, w.company, w.near, w.raw, w.common);
}

struct Tried {
  std::string name;
  Gains gains;
};

Result<Tried> tried(const fs::path& folder, const std::vector<Weights>& settings) {
  TRY_ASSIGN(Gains gains, gains_of(read_collection(folder), settings, folder.filename()));
  return Tried{folder.filename(), std::move(gains)};
}

template <class Takes>
double mean(const std::vector<double>& gains, Takes takes) {
  double sum = 0;
  std::size_t count = 0;
  for (std::size_t i = 0; i < gains.size(); ++i) {
    if (takes(i)) sum += gains[i], ++count;
  }
  return count == 0 ? 0 : sum / static_cast<double>(count);
}

constexpr auto kAll = [](std::size_t) { return true; };

// The setting with the best mean over the collections and queries that take part.
template <class Collections, class Queries>
std::size_t best(const std::vector<Tried>& all, std::size_t settings, Collections has, Queries takes) {
  std::vector<double> sums(settings);
  for (std::size_t s = 0; s < settings; ++s) {
    for (std::size_t c = 0; c < all.size(); ++c) {
      if (has(c)) sums[s] += mean(all[c].gains[s], takes);
    }
  }
  return static_cast<std::size_t>(std::ranges::max_element(sums) - sums.begin());
}

struct HeldOut {
  std::vector<double> sums;         // by collection
  std::vector<std::size_t> chosen;  // by fold
};

HeldOut held_out(const std::vector<Tried>& all, std::size_t settings) {
  HeldOut out{std::vector<double>(all.size()), {}};
  for (std::size_t fold = 0; fold < kFolds; ++fold) {
    const auto mine = [&](std::size_t query) { return query % kFolds == fold; };
    out.chosen.push_back(best(all, settings, kAll, [&](std::size_t query) { return !mine(query); }));
    for (std::size_t c = 0; c < all.size(); ++c) {
      const std::vector<double>& gains = all[c].gains[out.chosen.back()];
      for (std::size_t query = fold; query < gains.size(); query += kFolds) out.sums[c] += gains[query];
    }
  }
  return out;
}

Json row_of(const std::vector<Tried>& all, const Weights& weights, std::size_t setting) {
  Json out = Json::object({{"setting", name_of(weights)}});
  double sum = 0;
  for (const Tried& one : all) {
    const double gain = mean(one.gains[setting], kAll);
    out.set(one.name, gain);
    sum += gain;
  }
  return out.set("mean", sum / static_cast<double>(all.size()));
}

}  // namespace

Json score_search_weights(const fs::path& set) {
  const std::vector<Weights> settings = grid();
  std::vector<Tried> all;
  for (const fs::path& folder : collections(set)) {
    auto one = tried(folder, settings);
    if (one) all.push_back(std::move(*one));
    else std::fprintf(stderr, "%s: %s\n", folder.c_str(), one.error().message.c_str());
  }
  Json figures = Json::object(), chosen = Json::array(), rows = Json::array();
  const HeldOut held = held_out(all, settings.size());
  std::size_t asked = 0;
  for (std::size_t c = 0; c < all.size(); ++c) {
    const std::size_t count = all[c].gains.front().size();
    const std::size_t unseen = best(all, settings.size(), [&](std::size_t other) { return other != c; }, kAll);
    figures.set("ndcg10." + all[c].name, mean(all[c].gains.front(), kAll));
    figures.set("held_out." + all[c].name, held.sums[c] / static_cast<double>(std::max<std::size_t>(count, 1)));
    figures.set("unseen." + all[c].name, mean(all[c].gains[unseen], kAll));
    chosen.push(fmt::format("without {}: {}", all[c].name, name_of(settings[unseen])));
    asked += count;
  }
  for (std::size_t fold = 0; fold < kFolds; ++fold)
    chosen.push(fmt::format("without fifth {}: {}", fold + 1, name_of(settings[held.chosen[fold]])));
  for (std::size_t s = 0; s < settings.size() && !all.empty(); ++s) rows.push(row_of(all, settings[s], s));
  return Json::object({{"set", "ir"},
                       {"n", asked},
                       {"figures", std::move(figures)},
                       {"chosen", std::move(chosen)},
                       {"settings", std::move(rows)}});
}

void print_search_weights(const Json& score) {
  for (const auto& [name, value] : score["figures"].members()) std::printf("  %-26s %.4f\n", name.c_str(), value.as_double());
  for (const Json& one : score["chosen"].items()) std::printf("%s\n", one.as_string().c_str());
  for (const Json& row : score["settings"].items()) {
    for (const auto& [name, value] : row.members()) {
      if (name != "setting") std::printf("%s %.4f  ", name.c_str(), value.as_double());
    }
    std::printf("%s\n", row["setting"].as_string().c_str());
  }
}

}  // namespace colophon::score

// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/ranking.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "indexer/neighbours.hpp"
#include "indexer/query/stop_words.hpp"
#include "indexer/reader.hpp"
#include "indexer/slot_values.hpp"
#include "indexer/topics.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

constexpr std::uint32_t kNearWords = 8;
constexpr std::size_t kMaxPairs = 40;
constexpr int kLikeness = 8;  // the power of the cosine: who is not much alike hardly counts

// The query's words in order that count: not common ones, not those asked for in a field.
std::vector<const Sought::Forms*> counting(const std::vector<Sought>& sought) {
  std::vector<const Sought::Forms*> out;
  for (const Sought& group : sought) {
    if (!group.prefix.empty()) continue;
    for (const Sought::Forms& word : group.words) {
      if (!word.raw.empty() && !query::is_stop_word(*word.raw.begin())) out.push_back(&word);
    }
  }
  return out;
}

// Neighbours in the query.
std::vector<WordPair> pairs_of(const std::vector<const Sought::Forms*>& words) {
  std::vector<WordPair> out;
  for (std::size_t i = 1; i < words.size() && out.size() < kMaxPairs; ++i) {
    const std::string &one = *words[i - 1]->raw.begin(), &other = *words[i]->raw.begin();
    if (one != other) out.emplace_back(one, other);
  }
  return out;
}

// Adds the bonus of those that it may bring among the first `exact`: only their words need be looked at.
void add_near(std::vector<Standing>& order,
              const std::vector<Xapian::docid>& documents,
              const std::vector<WordPair>& pairs,
              double share,
              std::size_t exact,
              const Reader& reader,
              KeptSlot& word_places) {
  constexpr double kRounding = 1e-9;
  if (pairs.empty()) return;
  std::vector<double> scores;
  for (const Standing& one : order) scores.push_back(one.score());
  double enough = 0;
  if (exact < scores.size()) {
    std::vector<double> best = scores;
    std::ranges::nth_element(best, best.begin() + static_cast<std::ptrdiff_t>(exact - 1), std::greater<>());
    enough = best[exact - 1] * (1 - kRounding);
  }
  Neighbours words(pairs, kNearWords, reader, word_places);
  const double most = share * words.most();
  for (const std::size_t i : by_number(documents)) {
    if (scores[i] + most < enough) continue;
    const double bonus = share * words.together(documents[i]);
    if (bonus > 0 && scores[i] + bonus >= enough) order[i].near = share * words.near();
  }
}

// How often each stem comes in the query.
std::vector<std::pair<std::string, double>> stems_of(const std::vector<const Sought::Forms*>& words) {
  std::map<std::string, double> counted;
  for (const Sought::Forms* word : words) {
    for (const std::string& stem : word->stems) ++counted[stem];
  }
  return {counted.begin(), counted.end()};
}

// The cosine of the query with each document of several databases, which Xapian numbers in turns.
class Nearness {
 public:
  Nearness(const std::vector<const Sought::Forms*>& words,
           const Xapian::Database& all,
           const std::vector<std::filesystem::path>& folders)
      : all_(all) {
    const auto stems = stems_of(words);
    for (const auto& folder : folders) {
      topics_.push_back(Topics::load(folder));
      query_.push_back(topics_.back().fold(stems));
    }
  }

  double to(Xapian::docid document) const {
    const Place at = place(document);
    if (query_[at.part].empty()) return 0;
    return std::max(0.0, at.known ? topics_[at.part].cosine(query_[at.part], at.local)
                                  : topics_[at.part].cosine(query_[at.part], topics_[at.part].fold(all_, document)));
  }

  // What a document is about. Topics that were learnt elsewhere say nothing about it.
  struct About {
    std::uint64_t training = 0;
    Topics::Vector vector;
  };
  About about(Xapian::docid document) const {
    const Place at = place(document);
    return {topics_[at.part].training(), at.known ? topics_[at.part].of(at.local) : topics_[at.part].fold(all_, document)};
  }

 private:
  struct Place {
    std::size_t part = 0;
    Xapian::docid local = 0;
    bool known = false;  // when the topics were found
  };
  Place place(Xapian::docid document) const {
    const auto parts = static_cast<Xapian::docid>(topics_.size());
    const std::size_t part = (document - 1) % parts;
    const Xapian::docid local = (document - 1) / parts + 1;
    return {part, local, local <= topics_[part].last_document()};
  }

  const Xapian::Database& all_;
  std::vector<Topics> topics_;
  std::vector<Topics::Vector> query_;
};

double likeness(const Nearness::About& one, const Nearness::About& other) {
  if (one.training != other.training || one.vector.size() != other.vector.size()) return 0;
  std::array<double, 4> sums{};  // side by side
  for (std::size_t i = 0; i < one.vector.size(); ++i)
    sums[i % sums.size()] += static_cast<double>(one.vector[i] * other.vector[i]);
  const double cosine = sums[0] + sums[1] + (sums[2] + sums[3]);
  return cosine > 0 ? std::pow(cosine, kLikeness) : 0;
}

// REQUIRES: `order` is sorted. Nobody falls behind those that are not looked at.
void keep_company(std::vector<Standing>& order, double share, const std::vector<Score>& matches, const Nearness& nearness) {
  const std::size_t count = std::min(order.size(), kCompany);
  std::vector<Nearness::About> about;
  std::vector<double> score;
  for (std::size_t i = 0; i < count; ++i) {
    about.push_back(nearness.about(matches[order[i].first].document));
    score.push_back(order[i].score());
  }
  std::vector<double> alike(count * count);  // of both, in both orders
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < i; ++j) alike[i * count + j] = alike[j * count + i] = likeness(about[i], about[j]);
  }
  for (std::size_t i = 0; i < count; ++i) {
    double sum = 0, all = 0;
    for (std::size_t j = 0; j < count; ++j) sum += alike[i * count + j] * score[j], all += alike[i * count + j];
    if (all > 0) order[i].company = share * sum / all;
  }
  std::ranges::stable_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), std::greater<>(), &Standing::score);
}

}  // namespace

std::vector<Standing> ranked_again(const std::vector<Score>& matches,
                                   const std::vector<std::size_t>& places,
                                   std::size_t shown,
                                   const std::vector<Sought>& sought,
                                   const Weights& weights,
                                   const Reader& reader,
                                   KeptSlot& word_places) {
  const std::size_t count = std::min(places.size(), kRankedAgain);
  std::vector<Standing> out;
  if (count == 0) return out;
  const auto words = counting(sought);
  const Nearness nearness(words, reader.database(), reader.folders());
  const double best = matches[0].weight;
  std::vector<Xapian::docid> documents;
  for (std::size_t i = 0; i < count; ++i) {
    const Score& one = matches[places[i]];
    documents.push_back(one.document);
    out.push_back({places[i], one.weight, 0, weights.topic * best * nearness.to(one.document)});
  }
  const std::size_t exact = shown <= kCompany ? kCompany : count;
  add_near(out, documents, pairs_of(words), weights.near, exact, reader, word_places);
  std::ranges::stable_sort(out, std::greater<>(), &Standing::score);
  keep_company(out, weights.company, matches, nearness);
  return out;
}

}  // namespace colophon::indexer

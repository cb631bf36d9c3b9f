// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/ranking.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "indexer/query/at_least.hpp"
#include "indexer/query/neighbours.hpp"
#include "indexer/query/stop_words.hpp"
#include "indexer/schema.hpp"
#include "indexer/topics.hpp"
#include "indexer/weighting.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

using Xapian::Query;
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
std::vector<query::WordPair> pairs_of(const std::vector<const Sought::Forms*>& words) {
  std::vector<query::WordPair> out;
  for (std::size_t i = 1; i < words.size() && out.size() < kMaxPairs; ++i) {
    const std::string &one = *words[i - 1]->raw.begin(), &other = *words[i]->raw.begin();
    if (one != other) out.emplace_back(one, other);
  }
  return out;
}

using Bonus = std::unordered_map<Xapian::docid, double>;

Bonus weights_of(const Query& query, std::size_t documents, const Xapian::Database& all) {
  if (query.empty()) return {};
  Xapian::Enquire enquire(all);
  weigh(enquire);
  enquire.set_query(query);
  const Xapian::MSet found = enquire.get_mset(0, static_cast<Xapian::doccount>(documents));
  Bonus out;
  for (auto it = found.begin(); it != found.end(); ++it) out[*it] = it.get_weight();
  return out;
}

// What the bonus would be if the words of each pair stood near each other wherever both are.
Bonus most_bonus(const std::vector<query::WordPair>& pairs,
                 const std::vector<Xapian::docid>& documents,
                 const Xapian::Database& all) {
  std::vector<Query> both;
  for (const auto& [one, other] : pairs) both.emplace_back(Query::OP_AND, Query(one), Query(other));
  const Query any(Query::OP_OR, both.begin(), both.end());
  return weights_of(Query(Query::OP_FILTER, any, query::among(documents, all)), documents.size(), all);
}

double in(const Bonus& bonus, Xapian::docid document) {
  const auto found = bonus.find(document);
  return found == bonus.end() ? 0 : found->second;
}

// The same wherever anything is: as if each document were of nothing but these words.
Bonus most_anywhere(const std::vector<query::WordPair>& pairs,
                    const std::vector<Xapian::docid>& documents,
                    const Xapian::Database& all) {
  const auto most = [&](const std::string& term) {
    constexpr double kEndless = 1e12;
    return TermWeight({.documents = static_cast<double>(all.get_termfreq(term)),
                       .occurrences = static_cast<double>(all.get_collection_freq(term)),
                       .collection = static_cast<double>(all.get_doccount()),
                       .average_length = all.get_average_length(),
                       .factor = 1})
        .at_most(kEndless);
  };
  double sum = 0;
  for (const auto& [one, other] : pairs) sum += most(one) + most(other);
  Bonus out;
  for (const Xapian::docid document : documents) out[document] = sum;
  return out;
}

// The works that a bonus may bring among the first `exact`: only their words need be looked at. REQUIRES: there are as many.
std::vector<Xapian::docid> contenders(const std::vector<Standing>& order,
                                      const std::vector<Xapian::docid>& documents,
                                      const Bonus& most,
                                      double share,
                                      std::size_t exact) {
  constexpr double kRounding = 1e-9;
  std::vector<double> least;
  for (const Standing& one : order) least.push_back(one.score());
  std::ranges::nth_element(least, least.begin() + static_cast<std::ptrdiff_t>(exact - 1), std::greater<>());
  const double enough = least[exact - 1] * (1 - kRounding);
  std::vector<Xapian::docid> out;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const double bonus = share * in(most, documents[i]);
    if (bonus > 0 && order[i].score() + bonus >= enough) out.push_back(documents[i]);
  }
  return out;
}

// The bonus of those of the documents that it may bring among the first `exact` of `order`, which is of the same documents.
Bonus near_bonus(const std::vector<Standing>& order,
                 const std::vector<Xapian::docid>& documents,
                 const std::vector<query::WordPair>& pairs,
                 double share,
                 std::size_t exact,
                 const Xapian::Database& all) {
  if (pairs.empty()) return {};
  std::vector<Xapian::docid> looked_at = documents;
  if (exact < order.size()) {
    looked_at = contenders(order, documents, most_anywhere(pairs, documents, all), share, exact);
    looked_at = contenders(order, documents, most_bonus(pairs, looked_at, all), share, exact);
  }
  return weights_of(query::neighbours(pairs, kNearWords, looked_at, all), looked_at.size(), all);
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
  double cosine = 0;
  for (std::size_t i = 0; i < one.vector.size(); ++i) cosine += static_cast<double>(one.vector[i] * other.vector[i]);
  return cosine > 0 ? std::pow(cosine, kLikeness) : 0;
}

// REQUIRES: `order` is sorted. Nobody falls behind those that are not looked at.
void keep_company(std::vector<Standing>& order, double share, const Xapian::MSet& matches, const Nearness& nearness) {
  const std::size_t count = std::min(order.size(), kCompany);
  std::vector<Nearness::About> about;
  std::vector<double> score;
  for (std::size_t i = 0; i < count; ++i) {
    about.push_back(nearness.about(*matches[static_cast<Xapian::doccount>(order[i].first)]));
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

std::vector<Standing> ranked_again(const Xapian::MSet& matches,
                                   const std::vector<std::size_t>& places,
                                   std::size_t shown,
                                   const std::vector<Sought>& sought,
                                   const Weights& weights,
                                   const Xapian::Database& all,
                                   const std::vector<std::filesystem::path>& folders) {
  const std::size_t count = std::min(places.size(), kRankedAgain);
  std::vector<Standing> out;
  if (count == 0) return out;
  const auto words = counting(sought);
  const Nearness nearness(words, all, folders);
  const double best = matches[0].get_weight();
  std::vector<Xapian::docid> documents;
  for (std::size_t i = 0; i < count; ++i) {
    const Xapian::MSetIterator it = matches[static_cast<Xapian::doccount>(places[i])];
    documents.push_back(*it);
    out.push_back({places[i], it.get_weight(), 0, weights.topic * best * nearness.to(*it)});
  }
  const std::size_t exact = shown <= kCompany ? kCompany : count;
  const Bonus bonus = near_bonus(out, documents, pairs_of(words), weights.near, exact, all);
  for (std::size_t i = 0; i < count; ++i) out[i].near = weights.near * in(bonus, documents[i]);
  std::ranges::stable_sort(out, std::greater<>(), &Standing::score);
  keep_company(out, weights.company, matches, nearness);
  return out;
}

}  // namespace colophon::indexer

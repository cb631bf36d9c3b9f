// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/ranking.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "indexer/query/stop_words.hpp"
#include "indexer/query/together.hpp"
#include "indexer/schema.hpp"
#include "indexer/topics.hpp"
#include "indexer/weighting.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

using Xapian::Query;
constexpr double kNearShare = 0.05;
constexpr double kTopicShare = 0.3;
constexpr Xapian::termcount kNearWords = 8;
constexpr std::size_t kMaxPairs = 40;

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

// Neighbours of the query near each other in the work, in any order.
Query near_query(const std::vector<const Sought::Forms*>& words) {
  std::vector<Query> pairs;
  for (std::size_t i = 1; i < words.size() && pairs.size() < kMaxPairs; ++i) {
    const std::string &one = *words[i - 1]->raw.begin(), &other = *words[i]->raw.begin();
    if (one == other) continue;
    pairs.push_back(query::near_each_other({{one}, {other}}, kNearWords, nullptr));
  }
  return Query(Query::OP_OR, pairs.begin(), pairs.end());
}

using Bonus = std::unordered_map<Xapian::docid, double>;

Bonus near_bonus(const Xapian::MSet& matches, std::size_t count, const Query& near, const Xapian::Database& all) {
  if (near.empty()) return {};
  std::vector<Query> ids;
  for (Xapian::doccount i = 0; i < count; ++i)
    ids.emplace_back(std::string(kIdPrefix) + matches[i].get_document().get_value(static_cast<Xapian::valueno>(Slot::id)));
  Xapian::Enquire enquire(all);
  weigh(enquire);
  enquire.set_query(Query(Query::OP_FILTER, near, Query(Query::OP_OR, ids.begin(), ids.end())));
  const Xapian::MSet found = enquire.get_mset(0, static_cast<Xapian::doccount>(count));
  Bonus out;
  for (auto it = found.begin(); it != found.end(); ++it) out[*it] = it.get_weight();
  return out;
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
    const auto parts = static_cast<Xapian::docid>(topics_.size());
    const std::size_t part = (document - 1) % parts;
    if (query_[part].empty()) return 0;
    const Xapian::docid local = (document - 1) / parts + 1;
    const bool known = local <= topics_[part].last_document();
    return std::max(0.0, known ? topics_[part].cosine(query_[part], local)
                               : topics_[part].cosine(query_[part], topics_[part].fold(all_, document)));
  }

 private:
  const Xapian::Database& all_;
  std::vector<Topics> topics_;
  std::vector<Topics::Vector> query_;
};

}  // namespace

std::vector<Standing> ranked_again(const Xapian::MSet& matches,
                                   const std::vector<Sought>& sought,
                                   const Xapian::Database& all,
                                   const std::vector<std::filesystem::path>& folders) {
  const std::size_t count = std::min<std::size_t>(matches.size(), kRankedAgain);
  std::vector<Standing> out;
  if (count == 0) return out;
  const auto words = counting(sought);
  const Bonus bonus = near_bonus(matches, std::min(count, kNearWindow), near_query(words), all);
  const Nearness nearness(words, all, folders);
  const double best = matches[0].get_weight();
  for (std::size_t i = 0; i < count; ++i) {
    const Xapian::MSetIterator it = matches[static_cast<Xapian::doccount>(i)];
    const auto found = bonus.find(*it);
    out.push_back(
        {i, it.get_weight(), found == bonus.end() ? 0 : kNearShare * found->second, kTopicShare * best * nearness.to(*it)});
  }
  std::ranges::stable_sort(out, std::greater<>(), &Standing::score);
  return out;
}

}  // namespace colophon::indexer

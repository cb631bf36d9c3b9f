// SPDX-License-Identifier: GPL-3.0-or-later
#include "dedup/cluster.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace colophon::dedup {
namespace {

// All pairs of a small group; a larger one is chained, which links the same nodes with fewer comparisons.
constexpr std::size_t kAllPairs = 24;

enum class Strength : std::uint8_t { said, identifier, title };

struct Link {
  Strength strength{};
  std::size_t a = 0, b = 0;  // ranks: positions in the order of source keys
  const std::string* key = nullptr;
};

// Groups under construction: union-find that knows what each group holds.
class Groups {
 public:
  Groups(std::span<const Node> nodes,
         const std::vector<std::size_t>& by_rank,
         const std::vector<std::pair<std::size_t, std::size_t>>& apart)
      : parent_(nodes.size()), members_(nodes.size()), dois_(nodes.size()), apart_(nodes.size()) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
    for (std::size_t rank = 0; rank < nodes.size(); ++rank) {
      members_[rank] = {rank};
      const Node& node = nodes[by_rank[rank]];
      dois_[rank].insert(node.dois.begin(), node.dois.end());
    }
    for (const auto& [a, b] : apart) apart_[a].insert(b), apart_[b].insert(a);
  }

  std::size_t find(std::size_t at) {
    while (parent_[at] != at) at = parent_[at] = parent_[parent_[at]];
    return at;
  }

  // Why the groups of a and b may not become one; empty when they may.
  std::string_view objection(std::size_t a, std::size_t b) {
    const std::size_t x = find(a), y = find(b);
    for (const std::size_t member : members_[x].size() < members_[y].size() ? members_[x] : members_[y]) {
      const std::size_t other = members_[x].size() < members_[y].size() ? y : x;
      for (const std::size_t foe : apart_[member]) {
        if (find(foe) == other) return "people said that they are different works";
      }
    }
    const bool both_known = !dois_[x].empty() && !dois_[y].empty();
    const bool shared = std::ranges::any_of(dois_[x], [&](const std::string& doi) { return dois_[y].contains(doi); });
    return both_known && !shared ? "their DOIs differ" : "";
  }

  void join(std::size_t a, std::size_t b) {
    std::size_t x = find(a), y = find(b);
    if (x == y) return;
    if (members_[x].size() < members_[y].size()) std::swap(x, y);
    parent_[y] = x;
    members_[x].insert(members_[x].end(), members_[y].begin(), members_[y].end());
    dois_[x].merge(dois_[y]);
    members_[y].clear();
  }

  const std::vector<std::vector<std::size_t>>& members() const { return members_; }

 private:
  std::vector<std::size_t> parent_;
  std::vector<std::vector<std::size_t>> members_;
  std::vector<std::set<std::string>> dois_;
  std::vector<std::set<std::size_t>> apart_;
};

void add_links(const MatchKey& key, const std::vector<std::size_t>& ranks, std::vector<Link>& out) {
  const Strength strength = key.kind == KeyKind::identifier ? Strength::identifier : Strength::title;
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    const std::size_t last = ranks.size() <= kAllPairs ? ranks.size() : std::min(i + 2, ranks.size());
    for (std::size_t j = i + 1; j < last; ++j) out.push_back({strength, ranks[i], ranks[j], &key.text});
  }
}

}  // namespace

Partition cluster(std::span<const Node> nodes, std::span<const Said> said) {
  std::vector<std::size_t> by_rank(nodes.size()), rank_of(nodes.size());
  std::iota(by_rank.begin(), by_rank.end(), std::size_t{0});
  std::ranges::sort(by_rank, {}, [&](std::size_t i) { return nodes[i].key; });
  for (std::size_t rank = 0; rank < by_rank.size(); ++rank) rank_of[by_rank[rank]] = rank;

  std::vector<Link> links;
  std::vector<std::pair<std::size_t, std::size_t>> apart;
  for (const Said& s : said) {
    const auto [low, high] = std::minmax(rank_of[s.a], rank_of[s.b]);
    if (s.same) links.push_back({Strength::said, low, high, nullptr});
    else apart.emplace_back(low, high);
  }
  std::map<MatchKey, std::vector<std::size_t>> by_key;
  for (std::size_t rank = 0; rank < by_rank.size(); ++rank) {
    for (const MatchKey& key : nodes[by_rank[rank]].keys) by_key[key].push_back(rank);
  }
  for (const auto& [key, ranks] : by_key) add_links(key, ranks, links);
  std::ranges::stable_sort(
      links, [](const Link& x, const Link& y) { return std::tie(x.strength, x.a, x.b) < std::tie(y.strength, y.a, y.b); });

  Groups groups(nodes, by_rank, apart);
  // An edit has no identifiers of its own: it joins its anchor before anything else is asked.
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].anchor) groups.join(rank_of[i], rank_of[*nodes[i].anchor]);
  }
  Partition out;
  std::set<std::pair<std::size_t, std::size_t>> asked;
  for (const Link& link : links) {
    if (groups.find(link.a) == groups.find(link.b)) continue;
    const bool people = link.strength == Strength::said;
    const std::string_view objection = people ? std::string_view() : groups.objection(link.a, link.b);
    if (objection.empty()) groups.join(link.a, link.b);
    else if (asked.emplace(link.a, link.b).second)
      out.questions.push_back({by_rank[link.a], by_rank[link.b], "both have " + *link.key + ", but " + std::string(objection)});
  }
  for (const std::vector<std::size_t>& ranks : groups.members()) {
    if (ranks.empty()) continue;
    std::vector<std::size_t> group;
    for (const std::size_t rank : ranks) group.push_back(by_rank[rank]);
    std::ranges::sort(group);
    out.groups.push_back(std::move(group));
  }
  std::ranges::sort(out.groups);
  return out;
}

}  // namespace colophon::dedup

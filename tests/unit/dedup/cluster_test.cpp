// SPDX-License-Identifier: GPL-3.0-or-later
#include "dedup/cluster.hpp"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace colophon::dedup {
namespace {

using Groups = std::vector<std::vector<std::size_t>>;

// "doi:…" is an identifier and a DOI, "#…" another identifier, everything else a title.
Node node(const std::string& name, const std::vector<std::string>& keys, std::optional<std::size_t> anchor = {}) {
  Node out{sha256(name), {}, {}, anchor};
  for (const std::string& key : keys) {
    const bool identifier = key.starts_with("doi:") || key.starts_with("#");
    out.keys.push_back({identifier ? KeyKind::identifier : KeyKind::title, key});
    if (key.starts_with("doi:")) out.dois.push_back(key.substr(4));
  }
  std::ranges::sort(out.keys);
  return out;
}

TEST(Cluster, NothingAndNobody) {
  EXPECT_TRUE(cluster({}, {}).groups.empty());
  EXPECT_EQ(cluster(std::vector{node("a", {})}, {}).groups, (Groups{{0}}));
  EXPECT_EQ(cluster(std::vector{node("a", {}), node("b", {})}, {}).groups, (Groups{{0}, {1}}));
}

TEST(Cluster, EqualKeysAreOneWork) {
  EXPECT_EQ(cluster(std::vector{node("a", {"doi:1"}), node("b", {"t"}), node("c", {"doi:1"}), node("d", {"t"})}, {}).groups,
            (Groups{{0, 2}, {1, 3}}));
}

TEST(Cluster, ABridgeJoinsWhatSharesNothing) {
  const std::vector<Node> nodes = {node("a", {"doi:1"}), node("b", {"t"}), node("bridge", {"doi:1", "t"})};
  EXPECT_EQ(cluster(std::span(nodes).first(2), {}).groups, (Groups{{0}, {1}}));
  EXPECT_EQ(cluster(nodes, {}).groups, (Groups{{0, 1, 2}}));
}

TEST(Cluster, DifferentDoisAreDifferentWorksAndAQuestion) {
  const Partition parted = cluster(std::vector{node("a", {"doi:1", "t"}), node("b", {"doi:2", "t"})}, {});
  EXPECT_EQ(parted.groups, (Groups{{0}, {1}}));
  ASSERT_EQ(parted.questions.size(), 1u);
  EXPECT_EQ(std::minmax(parted.questions[0].a, parted.questions[0].b), std::minmax(std::size_t{0}, std::size_t{1}));
  EXPECT_NE(parted.questions[0].why.find("DOIs differ"), std::string::npos);
  EXPECT_NE(parted.questions[0].why.find("t"), std::string::npos);
}

TEST(Cluster, OneOfSeveralDoisIsEnough) {
  const Partition parted = cluster(std::vector{node("a", {"doi:1", "doi:2"}), node("b", {"doi:2", "doi:3"})}, {});
  EXPECT_EQ(parted.groups, (Groups{{0, 1}}));
  EXPECT_TRUE(parted.questions.empty());
}

TEST(Cluster, AnUnidentifiedTwinGoesWithOneOfTwoDois) {
  const Partition parted = cluster(std::vector{node("a", {"doi:1", "t"}), node("b", {"doi:2", "t"}), node("c", {"t"})}, {});
  ASSERT_EQ(parted.groups.size(), 2u);
  EXPECT_FALSE(parted.questions.empty());
}

TEST(Cluster, PeopleOverruleKeys) {
  const std::vector<Node> nodes = {node("a", {"doi:1"}), node("b", {"doi:2"}), node("c", {"t"}), node("d", {"t"})};
  const std::vector<Said> said = {{0, 1, true}, {2, 3, false}};
  const Partition parted = cluster(nodes, said);
  EXPECT_EQ(parted.groups, (Groups{{0, 1}, {2}, {3}}));
  ASSERT_EQ(parted.questions.size(), 1u);
  EXPECT_NE(parted.questions[0].why.find("people said"), std::string::npos);
}

TEST(Cluster, ApartHoldsThroughThirdParties) {
  const std::vector<Node> nodes = {node("a", {"t"}), node("b", {"u"}), node("c", {"t", "u"})};
  const std::vector<Said> said = {{0, 1, false}};
  const Partition parted = cluster(nodes, said);
  for (const auto& group : parted.groups)
    EXPECT_FALSE(std::ranges::find(group, 0u) != group.end() && std::ranges::find(group, 1u) != group.end());
  EXPECT_EQ(parted.groups.size(), 2u);
}

TEST(Cluster, AnEditBelongsToItsAnchor) {
  const std::vector<Node> nodes = {node("a", {"t"}), node("b", {"t"}), node("edit", {}, 1), node("edit of the edit", {}, 2)};
  EXPECT_EQ(cluster(nodes, {}).groups, (Groups{{0, 1, 2, 3}}));
  const std::vector<Said> said = {{0, 1, false}};
  EXPECT_EQ(cluster(nodes, said).groups, (Groups{{0}, {1, 2, 3}}));
}

// ---------------------------------------------------------------------------------------------------------------------

struct Case {
  std::vector<Node> nodes;
  std::vector<Said> said;
};

// Few keys, so that sources share, bridge and quarrel; sometimes more than the number up to which all pairs are compared.
Case any_case() {
  const auto number = [](int low, int high) { return *rc::gen::inRange(low, high + 1); };
  Case out;
  const int size = number(0, 3) == 0 ? number(25, 60) : number(0, 9);
  const int titles = number(1, 4), dois = number(1, 4);
  for (int i = 0; i < size; ++i) {
    std::vector<std::string> keys;
    if (number(0, 3) != 0) keys.push_back("title " + std::to_string(number(1, titles)));
    if (number(0, 2) == 0) keys.push_back("doi:" + std::to_string(number(1, dois)));
    if (number(0, 5) == 0) keys.push_back("doi:" + std::to_string(number(1, dois)));
    if (number(0, 5) == 0) keys.push_back("#" + std::to_string(number(1, 3)));
    std::ranges::sort(keys);
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    out.nodes.push_back(node("n" + std::to_string(i) + "." + std::to_string(number(0, 9)), keys));
    if (i > 0 && number(0, 9) == 0)
      out.nodes.back() = node("edit" + std::to_string(i), {}, static_cast<std::size_t>(number(0, i - 1)));
  }
  for (int left = size > 1 ? number(0, 3) : 0; left > 0; --left) {
    const auto a = static_cast<std::size_t>(number(0, size - 1)), b = static_cast<std::size_t>(number(0, size - 1));
    const bool known = std::ranges::any_of(out.said, [&](const Said& s) { return std::minmax(s.a, s.b) == std::minmax(a, b); });
    if (a != b && !known) out.said.push_back({a, b, number(0, 1) == 1});
  }
  return out;
}

// The partition by names of sources, and the questions as sets of names.
struct Named {
  std::set<std::set<Sha256>> groups;
  std::set<std::pair<std::set<Sha256>, std::string>> questions;
  bool operator==(const Named&) const = default;
};

Named named(const Case& one) {
  const Partition parted = cluster(one.nodes, one.said);
  Named out;
  std::size_t members = 0;
  for (const auto& group : parted.groups) {
    std::set<Sha256> names;
    for (const std::size_t at : group) names.insert(one.nodes[at].key);
    members += names.size();
    out.groups.insert(std::move(names));
  }
  RC_ASSERT(members == one.nodes.size());
  for (const Question& q : parted.questions) out.questions.insert({{one.nodes[q.a].key, one.nodes[q.b].key}, q.why});
  return out;
}

Case shuffled(const Case& one, unsigned seed) {
  std::vector<std::size_t> order(one.nodes.size()), place(one.nodes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::shuffle(order, std::mt19937(seed));
  for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  Case out;
  for (const std::size_t at : order) {
    out.nodes.push_back(one.nodes[at]);
    if (out.nodes.back().anchor) out.nodes.back().anchor = place[*out.nodes.back().anchor];
  }
  for (const Said& s : one.said) out.said.push_back({place[s.b], place[s.a], s.same});
  std::ranges::reverse(out.said);
  return out;
}

RC_GTEST_PROP(Cluster, OrderDoesNotMatter, ()) {
  const Case one = any_case();
  const Named expected = named(one);
  for (int i = 0; i < 3; ++i) RC_ASSERT(named(shuffled(one, static_cast<unsigned>(*rc::gen::inRange(0, 1 << 20)))) == expected);
}

RC_GTEST_PROP(Cluster, WhatPeopleSaidHolds, ()) {
  const Case one = any_case();
  const Partition parted = cluster(one.nodes, one.said);
  std::vector<std::size_t> group_of(one.nodes.size());
  for (std::size_t g = 0; g < parted.groups.size(); ++g) {
    for (const std::size_t at : parted.groups[g]) group_of[at] = g;
  }
  for (std::size_t i = 0; i < one.nodes.size(); ++i) {
    if (one.nodes[i].anchor) {
      RC_ASSERT(group_of[i] == group_of[*one.nodes[i].anchor]);
    }
  }
  const bool quarrel = std::ranges::any_of(one.said, &Said::same);
  for (const Said& s : one.said) {
    const bool anchored = one.nodes[s.a].anchor || one.nodes[s.b].anchor;
    if (s.same) {
      RC_ASSERT(group_of[s.a] == group_of[s.b]);
    } else if (!quarrel && !anchored) RC_ASSERT(group_of[s.a] != group_of[s.b]);  // people may contradict themselves: “same” wins
  }
}

// No group holds two sources with known DOIs that nothing connects; where no DOI differs, equal keys are always one work.
RC_GTEST_PROP(Cluster, WithoutQuarrelsGroupsAreTheConnectedOnes, ()) {
  Case one = any_case();
  one.said.clear();
  for (Node& n : one.nodes) {
    n.dois.clear();
    std::erase_if(n.keys, [](const MatchKey& key) { return key.text.starts_with("doi:"); });
  }
  const Partition parted = cluster(one.nodes, one.said);
  RC_ASSERT(parted.questions.empty());
  std::vector<std::size_t> group_of(one.nodes.size());
  for (std::size_t g = 0; g < parted.groups.size(); ++g) {
    for (const std::size_t at : parted.groups[g]) group_of[at] = g;
  }
  for (std::size_t i = 0; i < one.nodes.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const bool shared = std::ranges::any_of(one.nodes[i].keys, [&](const MatchKey& key) {
        return std::ranges::find(one.nodes[j].keys, key) != one.nodes[j].keys.end();
      });
      if (shared) {
        RC_ASSERT(group_of[i] == group_of[j]);
      }
    }
  }
}

double seconds_for(std::size_t size) {
  std::vector<Node> nodes;
  for (std::size_t i = 0; i < size; ++i)
    nodes.push_back(node(std::to_string(i), {"the same title", i % 3 == 0 ? "doi:same" : "#" + std::to_string(i)}));
  const auto start = std::chrono::steady_clock::now();
  const Partition parted = cluster(nodes, {});
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  EXPECT_EQ(parted.groups.size(), 1u);
  return seconds;
}

// A title that thousands share ("Editorial") must not cost the square of them: 32 times the sources may cost 320 times the
// time, where the square would be 1,024.
TEST(Cluster, LargeGroupsStayCheap) {
  double small = 1, large = 1;
  for (int i = 0; i < 3; ++i) small = std::min(small, seconds_for(500)), large = std::min(large, seconds_for(16'000));
  EXPECT_LT(large, std::max(small, 1e-4) * 320);
}

}  // namespace
}  // namespace colophon::dedup

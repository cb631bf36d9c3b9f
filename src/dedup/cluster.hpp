// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/digest.hpp"
#include "dedup/match_keys.hpp"

namespace colophon::dedup {

/// One source as clustering sees it.
struct Node {
  Sha256 key;
  std::vector<MatchKey> keys;         ///< match_keys() of its draft
  std::vector<std::string> dois;      ///< canonical; two descriptions with different DOIs are different works
  std::optional<std::size_t> anchor;  ///< a person's edit belongs to the work of this node, whatever happens
};

/// What people said about two nodes; it overrules every key.
struct Said {
  std::size_t a = 0, b = 0;
  bool same = false;
};

/// Two nodes that share a key and were kept apart all the same, for people to look at.
struct Question {
  std::size_t a = 0, b = 0;
  std::string why;
};

struct Partition {
  std::vector<std::vector<std::size_t>> groups;  ///< each sorted, in order of their first members
  std::vector<Question> questions;
};

/// Parts nodes into works. Links are taken in a fixed order (people's "same" and anchors, equal identifiers, equal titles; among
/// equals by the smaller source keys), and a link is refused when it would join what people said is apart or two sources
/// with known, wholly different DOIs. Pure: the partition depends on the set of nodes and on what people said, not on their order.
Partition cluster(std::span<const Node> nodes, std::span<const Said> said);

}  // namespace colophon::dedup

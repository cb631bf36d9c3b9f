// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"

namespace colophon::indexer::query {

/// Saved queries keep the version of the grammar they were written in; older ones are upgraded when read.
/// 1: words, phrases, fields, groups, ranges of years, beginnings of words
/// 2: stars anywhere in a word, near, synonyms, dates and spans of time
inline constexpr int kGrammarVersion = 2;

inline constexpr int kMaxDistance = 100;  ///< of near

enum class NodeKind : std::uint8_t {
  everything,  ///< the empty query
  all_of,      ///< each of `children`
  any_of,      ///< at least one of `children`
  none_of,     ///< not the only child
  word,        ///< `text`, in any form
  phrase,      ///< `text`: these words in this order
  near,        ///< `children`, words and phrases, at most `distance` words from one to the next
  wildcard,    ///< words like `text`, where * stands for any letters
  synonym,     ///< `text`, a word or phrase, or any other name of the concepts that it names
  value,       ///< the whole value `text` of `field`
  range,       ///< `text` to `to` of `field`, either may be empty: years, or dates as 2020, 2020-03 or 2020-03-15
  period,      ///< `text`, a span of time that moves with the calendar: "last month" (dates.hpp)
};

/// A query as understood. `field` is the name of a row of the schema, empty for all text.
struct Node {
  NodeKind kind = NodeKind::everything;
  std::string field;
  std::string text;
  std::string to;
  std::vector<Node> children;
  int distance = 0;
  friend bool operator==(const Node&, const Node&) = default;
};

/// Something understood otherwise than it was written, or not wholly done, told to the person. `code` is stable: "unknown_field".
struct Note {
  std::string code;
  std::string text;
  friend bool operator==(const Note&, const Note&) = default;
};

/// For tests and explanations: (and "heat" (phrase "urban heat island") (author "müller") (range year 2015 2020) (not "draft"))
std::string to_text(const Node& node);
/// In the query language; parsed again it means the same: heat "urban heat island" author:müller year:2015..2020 -draft
std::string to_query(const Node& node);
/// {"grammar": 2, "query": {"op": "and", "of": […]}}
Json to_json(const Node& node);
/// Reads every grammar up to this one. Errc::invalid for what to_json() never wrote, or a newer grammar.
Result<Node> node_from_json(const Json& json);

}  // namespace colophon::indexer::query

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"

namespace colophon::indexer::query {

/// Saved queries keep the version of the grammar they were written in.
inline constexpr int kGrammarVersion = 1;

enum class NodeKind : std::uint8_t {
  everything,  ///< the empty query
  all_of,      ///< each of `children`
  any_of,      ///< at least one of `children`
  none_of,     ///< not the only child
  word,        ///< `text`, in any form
  phrase,      ///< `text`: these words in this order
  prefix,      ///< words that begin with `text`
  value,       ///< the whole value `text` of `field`
  range,       ///< `text` to `to` of `field`, either may be empty
};

/// A query as understood. `field` is the name of a row of the schema, empty for all text.
struct Node {
  NodeKind kind = NodeKind::everything;
  std::string field;
  std::string text;
  std::string to;
  std::vector<Node> children;
  friend bool operator==(const Node&, const Node&) = default;
};

/// Something understood otherwise than it was written, or not wholly done, told to the person. `code` is stable: "unknown_field".
struct Note {
  std::string code;
  std::string text;
  friend bool operator==(const Note&, const Note&) = default;
};

/// (and "heat" (phrase "urban heat island") (author "müller") (range year 2015 2020) (not "draft"))
std::string to_text(const Node& node);
/// {"grammar": 1, "query": {"op": "and", "of": […]}}
Json to_json(const Node& node);
/// Errc::invalid for what to_json() does not write, or a newer grammar.
Result<Node> node_from_json(const Json& json);

}  // namespace colophon::indexer::query

// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/query/ast.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace colophon::indexer::query {
namespace {

constexpr int kMaxDepth = 64;

using Operator = std::pair<NodeKind, std::string_view>;
constexpr std::array kOperators = {
    Operator{NodeKind::everything, "everything"},
    Operator{NodeKind::all_of, "and"},
    Operator{NodeKind::any_of, "or"},
    Operator{NodeKind::none_of, "not"},
    Operator{NodeKind::word, "word"},
    Operator{NodeKind::phrase, "phrase"},
    Operator{NodeKind::near, "near"},
    Operator{NodeKind::wildcard, "like"},
    Operator{NodeKind::synonym, "synonym"},
    Operator{NodeKind::value, "is"},
    Operator{NodeKind::range, "range"},
    Operator{NodeKind::period, "period"},
};

std::string_view op(NodeKind kind) { return std::ranges::find(kOperators, kind, &Operator::first)->second; }

bool is_group(NodeKind kind) {
  return kind == NodeKind::all_of || kind == NodeKind::any_of || kind == NodeKind::none_of || kind == NodeKind::near;
}
std::string quoted(const std::string& text) { return Json(text).dump(); }
std::string_view or_star(const std::string& text) { return text.empty() ? std::string_view("*") : std::string_view(text); }

std::string group_text(const Node& node) {
  std::string out = fmt::format("({}", op(node.kind));
  if (node.kind == NodeKind::near) out += fmt::format(" {}", node.distance);
  for (const Node& child : node.children) out += " " + to_text(child);
  return out + ")";
}

std::string leaf_text(const Node& node) {
  if (node.kind == NodeKind::word) return quoted(node.text);
  return fmt::format("({} {})", op(node.kind), quoted(node.text));
}

Json node_json(const Node& node) {
  Json out = Json::object({{"op", op(node.kind)}});
  if (is_group(node.kind)) {
    Json of = Json::array();
    for (const Node& child : node.children) of.push(node_json(child));
    if (node.kind == NodeKind::near) out.set("distance", node.distance);
    return out.set("of", std::move(of));
  }
  return out.set_if("field", node.field).set_if("text", node.text).set_if("to", node.to);
}

// Grammar 1 had {"op": "prefix", "text": "adapt"} where 2 has {"op": "like", "text": "adapt*"}.
Json upgraded_from_1(const Json& json) {
  Json out = json;
  if (json["op"].as_string() == "prefix") out.set("op", "like").set("text", json["text"].as_string() + "*");
  if (!json["of"].is_array()) return out;
  Json of = Json::array();
  for (const Json& child : json["of"].items()) of.push(upgraded_from_1(child));
  return out.set("of", std::move(of));
}

bool has_right_parts(const Node& node) {
  if (!is_group(node.kind)) return node.children.empty();
  if (node.kind == NodeKind::none_of) return node.children.size() == 1;
  if (node.kind != NodeKind::near) return !node.children.empty();
  const auto is_text = [](const Node& child) { return child.kind == NodeKind::word || child.kind == NodeKind::phrase; };
  return node.children.size() > 1 && node.distance > 0 && node.distance <= kMaxDistance &&
         std::ranges::all_of(node.children, is_text);
}

Result<Node> read(const Json& json, int depth) {
  const std::string& name = json["op"].as_string();
  const auto kind = std::ranges::find(kOperators, std::string_view(name), &Operator::second);
  if (kind == kOperators.end() || depth > kMaxDepth)
    return fail(Errc::invalid, fmt::format("a saved query has no operator \"{}\"", name), "write the query anew");
  Node out{kind->first,
           json["field"].as_string(),
           json["text"].as_string(),
           json["to"].as_string(),
           {},
           static_cast<int>(std::clamp<std::int64_t>(json["distance"].as_int(), 0, kMaxDistance + 1))};
  for (const Json& child : json["of"].items()) {
    TRY_ASSIGN(Node one, read(child, depth + 1));
    out.children.push_back(std::move(one));
  }
  if (!has_right_parts(out))
    return fail(Errc::invalid, fmt::format("\"{}\" of a saved query has the wrong parts", name), "write the query anew");
  return out;
}

}  // namespace

std::string to_text(const Node& node) {
  if (node.kind == NodeKind::everything) return "(everything)";
  if (is_group(node.kind)) return group_text(node);
  if (node.kind == NodeKind::value) return fmt::format("(is {} {})", node.field, quoted(node.text));
  if (node.kind == NodeKind::range) return fmt::format("(range {} {} {})", node.field, or_star(node.text), or_star(node.to));
  return node.field.empty() ? leaf_text(node) : fmt::format("({} {})", node.field, leaf_text(node));
}

Json to_json(const Node& node) { return Json::object({{"grammar", kGrammarVersion}, {"query", node_json(node)}}); }

Result<Node> node_from_json(const Json& json) {
  const std::int64_t version = json["grammar"].as_int();
  if (version < 1 || version > kGrammarVersion)
    return fail(Errc::invalid,
                fmt::format("the saved query has grammar {}, this program reads up to {}", version, kGrammarVersion),
                "write the query anew");
  return read(version == 1 ? upgraded_from_1(json["query"]) : json["query"], 0);
}

}  // namespace colophon::indexer::query

// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "indexer/query/ast.hpp"

#include <fmt/format.h>

namespace colophon::indexer::query {
namespace {

// A word that would be read as a sign; written otherwise it is the same word.
std::string unsigned_word(const std::string& text) {
  constexpr std::array<std::string_view, 5> kSigns = {"OR", "or", "AND", "NOT", "NEAR"};
  if (std::ranges::find(kSigns, std::string_view(text)) == kSigns.end()) return text;
  return text.substr(0, 1) == "o" ? "Or" : text.substr(0, 1) + ascii_lower(text.substr(1));
}

bool is_plain(std::string_view text) {
  return std::ranges::none_of(
      text, [](char c) { return is_blank(c) || std::string_view("()|:\"~").find(c) != std::string_view::npos; });
}

std::string quoted(const std::string& text) {
  std::string out = text;
  std::ranges::replace(out, '"', ' ');
  return "\"" + out + "\"";
}
bool is_one_word(const std::string& text) {
  const std::vector<Word> found = words(text);
  return found.size() == 1 && found[0].begin == 0 && found[0].end == text.size();
}
std::string word_or_quoted(const std::string& text) {
  return is_plain(text) && is_one_word(text) ? unsigned_word(text) : quoted(text);
}

std::string within(std::string_view field, std::string text) { return field.empty() ? text : fmt::format("{}:{}", field, text); }

std::string range_text(const Node& node) {
  if (node.text == node.to) return node.text;
  return node.text + ".." + node.to;
}

enum class Around { nothing, all, any, near };

std::string write(const Node& node, Around around);

std::string group(const Node& node, std::string_view between, Around inside, bool bracketed) {
  std::string out;
  for (const Node& child : node.children) out += (out.empty() ? std::string() : std::string(between)) + write(child, inside);
  return bracketed ? "(" + out + ")" : out;
}

std::string negated(const Node& node) {
  return node.kind == NodeKind::none_of ? "-(" + write(node, Around::nothing) + ")" : "-" + write(node, Around::near);
}

std::string write(const Node& node, Around around) {
  switch (node.kind) {
    case NodeKind::everything: return {};
    case NodeKind::all_of: return group(node, " ", Around::all, around == Around::any || around == Around::near);
    case NodeKind::any_of: return group(node, " OR ", Around::any, around != Around::nothing);
    case NodeKind::near: return group(node, fmt::format(" near/{} ", node.distance), Around::near, around == Around::near);
    case NodeKind::none_of: return negated(node.children.front());
    case NodeKind::word: return within(node.field, word_or_quoted(node.text));
    case NodeKind::synonym:
      return node.field == "concept" ? within(node.field, word_or_quoted(node.text))
                                     : within(node.field, "~" + word_or_quoted(node.text));
    case NodeKind::phrase:
    case NodeKind::period: return within(node.field, quoted(node.text));
    case NodeKind::wildcard:
    case NodeKind::value: return within(node.field, is_plain(node.text) ? node.text : quoted(node.text));
    case NodeKind::range: return within(node.field, range_text(node));
  }
  return {};
}

}  // namespace

std::string to_query(const Node& node) { return write(node, Around::nothing); }

}  // namespace colophon::indexer::query

// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/query/parser.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "indexer/query/at_least.hpp"
#include "indexer/query/dates.hpp"
#include "indexer/query/lexer.hpp"
#include "indexer/query/values.hpp"
#include "indexer/schema.hpp"

#include <fmt/format.h>

namespace colophon::indexer::query {
namespace {

constexpr int kMaxDepth = 32;
constexpr int kUsualDistance = 8;
constexpr std::size_t kShortestBeginning = 2;  // letters beside the stars
constexpr std::size_t kShortestEnd = 3;        // the same where a star comes first
using Found = std::optional<Node>;

Node leaf_node(NodeKind kind, std::string field, std::string text) { return {kind, std::move(field), std::move(text), {}, {}}; }
bool is_text(const Node& node) { return node.kind == NodeKind::word || node.kind == NodeKind::phrase; }

class Parser {
 public:
  explicit Parser(std::string_view text)
      : tokens_(lex(text)), blank_(trim(text).empty()), pasted_(colophon::words(text).size() > kText) {}

  ParsedQuery run() {
    std::vector<Node> parts;
    while (peek().kind != TokenKind::end) {
      if (peek().kind == TokenKind::close) ++at_, bracket_note();
      else collect(parts, all(nullptr));
    }
    if (tokens_.size() >= kMaxTokens)
      note("too_long", fmt::format("Only the first {} words and signs were used.", kMaxTokens - 1));
    if (parts.empty() && !blank_) note("no_words", "There was nothing to search for in it: everything is shown.");
    return {parts.empty() ? Node{} : joined(NodeKind::all_of, std::move(parts)), std::move(notes_)};
  }

 private:
  const Token& peek() const { return tokens_[at_]; }
  bool stops() const { return peek().kind == TokenKind::end || peek().kind == TokenKind::close; }

  void note(Note made) {
    if (std::ranges::find(notes_, made) == notes_.end()) notes_.push_back(std::move(made));
  }
  void note(std::string code, std::string text) { note(Note{std::move(code), std::move(text)}); }
  void bracket_note() { note("bracket", "A bracket without its other half was left out."); }

  static void collect(std::vector<Node>& parts, Found part) {
    if (part) parts.push_back(std::move(*part));
  }

  // One child stands for itself; children of the same kind are taken in.
  static Node joined(NodeKind kind, std::vector<Node> parts) {
    if (parts.size() == 1) return std::move(parts.front());
    Node out{kind, {}, {}, {}, {}};
    for (Node& part : parts) {
      if (part.kind != kind) out.children.push_back(std::move(part));
      else std::ranges::move(part.children, std::back_inserter(out.children));
    }
    return out;
  }

  // REQUIRES: inside brackets, stops at their end.
  Found all(const Row* field) {
    std::vector<Node> parts;
    while (!stops()) collect(parts, either(field));
    return parts.empty() ? Found{} : joined(NodeKind::all_of, std::move(parts));
  }

  Found either(const Row* field) {
    std::vector<Node> parts;
    collect(parts, close_by(field));
    while (peek().kind == TokenKind::either) {
      ++at_;
      if (!stops()) collect(parts, close_by(field));
    }
    return parts.empty() ? Found{} : joined(NodeKind::any_of, std::move(parts));
  }

  Found close_by(const Row* field) {
    std::vector<Node> parts;
    collect(parts, factor(field));
    int distance = 0;
    while (peek().kind == TokenKind::near) {
      distance = std::max(distance, distance_of(tokens_[at_++]));
      const bool between = !parts.empty() && !stops() && peek().kind != TokenKind::either;
      if (!between) note("near", "“near” stands between two words: it was left out.");
      if (!stops() && peek().kind != TokenKind::either) collect(parts, factor(field));
    }
    if (parts.empty()) return {};
    return parts.size() == 1 ? std::move(parts.front()) : together(std::move(parts), distance);
  }

  int distance_of(const Token& sign) {
    if (sign.text.empty()) return kUsualDistance;
    int out = kMaxDistance + 1;
    std::from_chars(sign.text.data(), sign.text.data() + sign.text.size(), out);
    if (out < 1 || out > kMaxDistance) note("near", fmt::format("“near” reaches from 1 to {} words.", kMaxDistance));
    return std::clamp(out, 1, kMaxDistance);
  }

  Node together(std::vector<Node> parts, int distance) {
    const bool alike = std::ranges::all_of(parts, [&](const Node& p) { return is_text(p) && p.field == parts.front().field; });
    if (!alike) {
      note("near", "“near” stands between words or phrases of one field: the parts were only asked to be in the same work.");
      return joined(NodeKind::all_of, std::move(parts));
    }
    return {NodeKind::near, {}, {}, {}, std::move(parts), distance};
  }

  Found factor(const Row* field) {
    bool negated = false;
    for (; peek().kind == TokenKind::minus || peek().kind == TokenKind::both; ++at_)
      negated = negated != (peek().kind == TokenKind::minus);
    Found out = peek().kind == TokenKind::field ? fielded() : primary(field);
    if (out && negated) out = Node{NodeKind::none_of, {}, {}, {}, {std::move(*out)}};
    return out;
  }

  Found fielded() {
    const Token name = tokens_[at_++];
    if (pasted_ && name.spaced) return leaf(name.text, nullptr);  // "the subject: cities" in a paragraph
    const Row* row = row_named(name.text);
    const bool alone = stops() || peek().kind == TokenKind::either || peek().kind == TokenKind::field ||
                       peek().kind == TokenKind::minus || peek().kind == TokenKind::near;
    if (row && alone) note("empty_field", fmt::format("“{}:” has nothing behind it and was searched for as a word.", name.text));
    if (!row) note(unknown_field(name.text));
    std::vector<Node> parts;
    if (!row || alone) collect(parts, leaf(name.text, nullptr));
    if (!alone) collect(parts, primary(row));
    return parts.empty() ? Found{} : joined(NodeKind::all_of, std::move(parts));
  }

  Found primary(const Row* field) {
    const Token& token = tokens_[at_];
    switch (token.kind) {
      case TokenKind::text: return ++at_, leaf(token.text, field);
      case TokenKind::phrase: return ++at_, phrase(token, field);
      case TokenKind::open: return ++at_, group(field);
      case TokenKind::synonym: return ++at_, synonym(field);
      case TokenKind::near:
      case TokenKind::end:
      case TokenKind::close:
      case TokenKind::either: return {};  // the callers step over them
      default: return factor(field);      // "author: +x": the sign begins a factor of its own
    }
  }

  Found group(const Row* field) {
    if (depth_ >= kMaxDepth) return note("too_deep", fmt::format("Brackets deeper than {} were left out.", kMaxDepth)), Found{};
    ++depth_;
    Found out = all(field);
    --depth_;
    if (peek().kind == TokenKind::close) ++at_;
    else bracket_note();
    return out;
  }

  // ~heat, ~"heat wave"; nothing else has other names.
  Found synonym(const Row* field) {
    Found out = peek().kind == TokenKind::text || peek().kind == TokenKind::phrase ? primary(field) : Found{};
    if (out && is_text(*out)) return leaf_node(NodeKind::synonym, out->field, out->text);
    note("synonym", "“~” stands before a word or a phrase: it was left out.");
    return out;
  }

  Found phrase(const Token& token, const Row* field) {
    if (token.unclosed) return note("quote", "A quotation mark without its other half was left out."), Found{};
    if (field && field->match != Match::words && field->match != Match::both) return leaf(squeeze(token.text), field);
    if (words(token.text).empty()) return {};
    const std::string text = squeeze(token.text);
    if (Found value = text.find(' ') == std::string::npos ? exact(text, field) : Found{})
      return value;  // an identifier in quotes
    if (token.text.find('*') != std::string::npos) note("star", "A star in quotes stands for nothing: it was left out.");
    return leaf_node(NodeKind::phrase, name_of(field), text);
  }

  static std::string name_of(const Row* field) { return field ? std::string(field->name) : std::string(); }

  Found leaf(const std::string& text, const Row* field) {
    if (field && (field->match == Match::year || field->match == Match::date)) return dated(text, *field);
    if (field && field->match == Match::concept_name)
      return words(text).empty() ? Found{} : leaf_node(NodeKind::synonym, name_of(field), squeeze(text));
    if (Found value = exact(text, field)) return value;
    return worded(text, field && field->match == Match::value ? nullptr : field);
  }

  Found dated(const std::string& text, const Row& row) {
    if (const auto moving = period(text)) return leaf_node(NodeKind::period, "date", *moving);
    const std::string plain = squeeze(text);
    const auto span = row.match == Match::year ? years(plain) : dates(plain);
    if (span) return Node{NodeKind::range, std::string(row.name), span->from, span->to, {}};
    note("year",
         row.match == Match::year
             ? fmt::format("“{}” is no year or range of years such as 2015..2020: it was searched for as words.", printable(text))
             : fmt::format("“{}” is no date such as 2020-03, no range such as 2020-03..2021 and no time such as “last month”: "
                           "it was searched for as words.",
                           printable(text)));
    return worded(text, nullptr);
  }

  // Values and identifiers: what is compared as a whole.
  Found exact(const std::string& text, const Row* field) {
    const bool starred = text.find('*') != std::string::npos;
    const bool doi = !starred && text.find("10.") != std::string::npos && text.find('/') != std::string::npos;
    if (doi && (!field || field->name == "reference")) {
      const Row& row = field ? *field : *row_named("doi");
      if (const auto read = bib::Doi::parse(text)) return leaf_node(NodeKind::value, std::string(row.name), read->str());
    }
    if (field && field->name == "author") {
      if (const auto read = bib::Orcid::parse(text)) return leaf_node(NodeKind::value, name_of(field), read->str());
    }
    if (!field || field->match != Match::value || words(text).empty()) return {};
    if (starred) return stars(text, field);
    std::vector<Note> made;
    const auto value = canonical(text, *field, made);
    for (Note& one : made) note(std::move(one));
    return value ? leaf_node(NodeKind::value, name_of(field), *value) : Found{};
  }

  // A word with stars, or what is left of it when it says too little.
  Found stars(const std::string& text, const Row* field) {
    std::string letters = text;
    std::erase(letters, '*');
    const std::size_t least = text.starts_with('*') ? kShortestEnd : kShortestBeginning;
    if (count_code_points(letters) >= least) return leaf_node(NodeKind::wildcard, name_of(field), text);
    note("short_wildcard",
         fmt::format("“{}” needs {} letters beside the star: it was searched for as a word.", printable(text), least));
    return words(letters).empty() ? Found{} : worded(letters, field && field->match == Match::value ? nullptr : field);
  }

  // So many words in a row, which may be an identifier between signs: ":10.1000/182".
  Node run(const std::string& text, std::size_t count, const Row* field) {
    if (Found value = text.find(' ') == std::string::npos ? exact(text, field) : Found{}) return std::move(*value);
    return leaf_node(count == 1 ? NodeKind::word : NodeKind::phrase, name_of(field), text);
  }

  // A chunk may hold several words: "nature-based" is a phrase, "nature-bas*" a word and a beginning.
  Found worded(const std::string& text, const Row* field) {
    std::string probe = text;
    std::ranges::replace(probe, '*', 'x');  // a star is part of its word
    std::vector<Node> parts;
    std::size_t begin = 0, end = 0, count = 0;  // of the plain words in a row
    const auto plain = [&] {
      if (count > 0) parts.push_back(run(text.substr(begin, end - begin), count, field));
      count = 0;
    };
    for (const Word& word : words(probe)) {
      const std::string one = text.substr(word.begin, word.end - word.begin);
      if (one.find('*') == std::string::npos) {
        if (count++ == 0) begin = word.begin;
        end = word.end;
      } else {
        plain();
        collect(parts, stars(one, field));
      }
    }
    plain();
    return parts.empty() ? Found{} : joined(NodeKind::all_of, std::move(parts));
  }

  std::vector<Token> tokens_;
  bool blank_;
  bool pasted_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::vector<Note> notes_;
};

}  // namespace

ParsedQuery parse(std::string_view text) { return Parser(to_valid_utf8(text)).run(); }

}  // namespace colophon::indexer::query

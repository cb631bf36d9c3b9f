// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/query/parser.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "bib/work.hpp"
#include "indexer/query/lexer.hpp"
#include "indexer/schema.hpp"

#include <fmt/format.h>

namespace colophon::indexer::query {
namespace {

constexpr int kMaxDepth = 32;
constexpr std::size_t kShortestPrefix = 2;
using Found = std::optional<Node>;

// clang-format off
constexpr std::array<std::pair<std::string_view, std::string_view>, 26> kLanguageNames = {{
    {"english", "en"}, {"englisch", "en"}, {"inglés", "en"}, {"inglês", "en"}, {"anglais", "en"},
    {"german", "de"}, {"deutsch", "de"}, {"alemán", "de"}, {"alemão", "de"}, {"allemand", "de"},
    {"spanish", "es"}, {"spanisch", "es"}, {"español", "es"}, {"espanhol", "es"}, {"espagnol", "es"},
    {"portuguese", "pt"}, {"portugiesisch", "pt"}, {"portugués", "pt"}, {"português", "pt"}, {"portugais", "pt"},
    {"french", "fr"}, {"französisch", "fr"}, {"francés", "fr"}, {"francês", "fr"}, {"français", "fr"}, {"italian", "it"}}};
// clang-format on

std::vector<std::string> query_names() {
  std::vector<std::string> out;
  for (const Row& row : rows()) {
    out.emplace_back(row.name);
    if (!row.alias.empty()) out.emplace_back(row.alias);
  }
  return out;
}

std::optional<int> whole_year(std::string_view text) {
  if (text.empty() || text.size() > 4 || !std::ranges::all_of(text, is_ascii_digit)) return std::nullopt;
  int out = 0;
  for (const char c : text) out = out * 10 + (c - '0');
  return out;
}

struct Range {
  std::string from, to;
};

// ">=2019", "<2010": an operator, the years to add to each end.
struct Comparison {
  std::string_view sign;
  bool is_lower;
  int step;
};
constexpr std::array kComparisons = {Comparison{">=", true, 0}, Comparison{"<=", false, 0}, Comparison{">", true, 1},
                                     Comparison{"<", false, -1}};

std::optional<Range> compared(std::string_view text) {
  const auto found = std::ranges::find_if(kComparisons, [&](const Comparison& c) { return text.starts_with(c.sign); });
  if (found == kComparisons.end()) return std::nullopt;
  const auto year = whole_year(trim(text.substr(found->sign.size())));
  if (!year) return std::nullopt;
  const std::string bound = std::to_string(*year + found->step);
  return found->is_lower ? Range{bound, {}} : Range{{}, bound};
}

// "2015..2020", "2019..", "..2010", "2015-2020" and with an en dash.
std::optional<Range> spanned(std::string_view text) {
  for (const std::string_view sign : {"..", "\u2013", "-"}) {
    const std::size_t at = text.find(sign);
    if (at == std::string_view::npos) continue;
    const std::string_view from = text.substr(0, at), to = text.substr(at + sign.size());
    const bool good = (from.empty() || whole_year(from)) && (to.empty() || whole_year(to)) && !(from.empty() && to.empty());
    if (!good) return std::nullopt;
    return Range{std::string(from), std::string(to)};
  }
  return std::nullopt;
}

std::optional<Range> years(std::string_view text) {
  if (whole_year(text)) return Range{std::string(text), std::string(text)};
  auto out = spanned(text);
  if (!out) return compared(text);
  if (!out->from.empty() && !out->to.empty() && *whole_year(out->from) > *whole_year(out->to)) std::swap(out->from, out->to);
  return out;
}

std::string dashed(std::string_view text) {
  std::string out = ascii_lower(squeeze(text));
  std::ranges::replace(out, ' ', '-');
  std::ranges::replace(out, '_', '-');
  return out;
}

std::string language_code(std::string_view text) {
  const std::string name = fold(text);
  const auto found = std::ranges::find_if(kLanguageNames, [&](const auto& pair) { return fold(pair.first) == name; });
  return found != kLanguageNames.end() ? std::string(found->second) : name.substr(0, name.find('-'));
}

class Parser {
 public:
  explicit Parser(std::string_view text) : tokens_(lex(text)), blank_(trim(text).empty()) {}

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

  void note(std::string code, std::string text) {
    Note made{std::move(code), std::move(text)};
    if (std::ranges::find(notes_, made) == notes_.end()) notes_.push_back(std::move(made));
  }
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
    collect(parts, factor(field));
    while (peek().kind == TokenKind::either) {
      ++at_;
      if (!stops()) collect(parts, factor(field));
    }
    return parts.empty() ? Found{} : joined(NodeKind::any_of, std::move(parts));
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
    const Row* row = row_named(name.text);
    const bool alone =
        stops() || peek().kind == TokenKind::either || peek().kind == TokenKind::field || peek().kind == TokenKind::minus;
    if (row && alone) note("empty_field", fmt::format("“{}:” has nothing behind it and was searched for as a word.", name.text));
    if (!row) unknown_field(name.text);
    std::vector<Node> parts;
    if (!row || alone) collect(parts, leaf(name.text, false, nullptr));
    if (!alone) collect(parts, primary(row));
    return parts.empty() ? Found{} : joined(NodeKind::all_of, std::move(parts));
  }

  void unknown_field(const std::string& name) {
    static const std::vector<std::string> kNames = query_names();
    const std::string_view near = nearest(ascii_lower(name), kNames);
    note("unknown_field", near.empty() ? fmt::format("There is no field “{}”: it was searched for as a word.", printable(name))
                                       : fmt::format("There is no field “{}”: it was searched for as a word. Did you mean “{}:”?",
                                                     printable(name), near));
  }

  Found primary(const Row* field) {
    const Token& token = tokens_[at_];
    switch (token.kind) {
      case TokenKind::text: return ++at_, leaf(token.text, token.star, field);
      case TokenKind::phrase: return ++at_, phrase(token, field);
      case TokenKind::open: return ++at_, group(field);
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

  Found phrase(const Token& token, const Row* field) {
    if (token.unclosed) return note("quote", "A quotation mark without its other half was left out."), Found{};
    if (field && (field->match == Match::value || field->match == Match::year)) return leaf(token.text, false, field);
    if (words(token.text).empty()) return {};
    return Node{NodeKind::phrase, name_of(field), squeeze(token.text), {}, {}};
  }

  static std::string name_of(const Row* field) { return field ? std::string(field->name) : std::string(); }

  Found leaf(const std::string& text, bool star, const Row* field) {
    if (field && field->match == Match::year) return year(text);
    if (Found value = exact(text, field)) return value;
    if (text.find('*') != std::string::npos) note("star", "A star stands for the rest of a word only at the word's end.");
    return worded(text, star, field);
  }

  Found year(const std::string& text) {
    const auto range = years(squeeze(text));
    if (range) return Node{NodeKind::range, "year", range->from, range->to, {}};
    note("year",
         fmt::format("“{}” is no year or range of years such as 2015..2020: it was searched for as words.", printable(text)));
    return worded(text, false, nullptr);
  }

  // Values and identifiers: what is compared as a whole.
  Found exact(const std::string& text, const Row* field) {
    const auto is = [](const Row& row, std::string value) {
      return Node{NodeKind::value, std::string(row.name), std::move(value), {}, {}};
    };
    const bool doi = text.find("10.") != std::string::npos && text.find('/') != std::string::npos;
    if (doi && (!field || field->name == "reference")) {
      if (const auto read = bib::Doi::parse(text)) return is(field ? *field : *row_named("doi"), read->str());
    }
    if (field && field->name == "author") {
      if (const auto read = bib::Orcid::parse(text)) return is(*field, read->str());
    }
    if (!field || field->match != Match::value || words(text).empty()) return {};
    const auto value = canonical(text, *field);
    return value ? is(*field, *value) : worded(text, false, nullptr);
  }

  std::optional<std::string> canonical(const std::string& text, const Row& row) {
    if (row.name == "language") return language_code(text);
    if (row.name == "type") return type(text);
    if (row.name != "doi" && row.name != "isbn" && row.name != "issn") return squeeze(text);
    auto code = bib::parse_code(*row.fields.begin(), text);
    if (code) return std::move(code->value);
    note("identifier",
         fmt::format("“{}” is no {}: it was searched for as words.", printable(text), bib::row(*row.fields.begin()).label));
    return std::nullopt;
  }

  std::optional<std::string> type(const std::string& text) {
    static const std::vector<std::string> kTypes = [] {
      std::vector<std::string> out;
      for (const bib::WorkTypeRow& row : bib::work_types()) out.emplace_back(row.name);
      return out;
    }();
    const std::string name = dashed(text);
    if (bib::work_type_named(name)) return name;
    const std::string_view near = nearest(name, kTypes);
    note("type", fmt::format("There is no type “{}”: it was searched for as words.{}", printable(text),
                             near.empty() ? "" : fmt::format(" Did you mean “type:{}”?", near)));
    return std::nullopt;
  }

  Found worded(const std::string& text, bool star, const Row* field) {
    const std::vector<Word> found = words(text);
    if (found.empty()) return {};
    const std::string name = name_of(field);
    const std::string last = text.substr(found.back().begin, found.back().end - found.back().begin);
    if (star && count_code_points(last) < kShortestPrefix)
      star = false,
      note("short_prefix", fmt::format("“{}*” is too short for a beginning: it was searched for as a word.", printable(last)));
    if (found.size() == 1) return Node{star ? NodeKind::prefix : NodeKind::word, name, last, {}, {}};
    const std::size_t until = star ? found[found.size() - 2].end : found.back().end;
    const std::string before = text.substr(found.front().begin, until - found.front().begin);
    Node whole{star && found.size() == 2 ? NodeKind::word : NodeKind::phrase, name, before, {}, {}};
    if (!star) return whole;
    return joined(NodeKind::all_of, {std::move(whole), Node{NodeKind::prefix, name, last, {}, {}}});
  }

  std::vector<Token> tokens_;
  bool blank_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::vector<Note> notes_;
};

}  // namespace

ParsedQuery parse(std::string_view text) { return Parser(to_valid_utf8(text)).run(); }

}  // namespace colophon::indexer::query

// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/query/lexer.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "indexer/schema.hpp"

namespace colophon::indexer::query {
namespace {

struct Quote {
  std::string_view open;
  std::array<std::string_view, 3> close;
};
constexpr std::array kQuotes = {
    Quote{"\"", {"\"", "\u201D", "\u201C"}},         Quote{"\u201C", {"\u201D", "\"", "\u201C"}},
    Quote{"\u201E", {"\u201C", "\u201D", "\""}},     Quote{"\u201D", {"\u201D", "\"", "\u201C"}},
    Quote{"\u00AB", {"\u00BB", "\u00BB", "\u00BB"}},
};
constexpr std::array<std::pair<std::string_view, TokenKind>, 7> kWords = {{{"OR", TokenKind::either},
                                                                           {"or", TokenKind::either},
                                                                           {"AND", TokenKind::both},
                                                                           {"&", TokenKind::both},
                                                                           {"&&", TokenKind::both},
                                                                           {"NOT", TokenKind::minus},
                                                                           {"+", TokenKind::both}}};

constexpr std::string_view kNear = "near";

const Quote* quote_at(std::string_view text) {
  const auto found = std::ranges::find_if(kQuotes, [&](const Quote& quote) { return text.starts_with(quote.open); });
  return found == kQuotes.end() ? nullptr : &*found;
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<Token> run() {
    while (skip_blanks(), at_ < text_.size() && out_.size() + 1 < kMaxTokens) step();
    out_.push_back({});
    return std::move(out_);
  }

 private:
  std::string_view rest() const { return text_.substr(at_); }
  bool blank_at(std::size_t at) const { return at >= text_.size() || is_blank(text_[at]); }
  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_, after_field_ = false;
  }
  void put(TokenKind kind, std::size_t length, std::string text = {}) {
    out_.push_back({kind, std::move(text)});
    at_ += length;
    after_field_ = false;
  }

  void step() {
    const char c = text_[at_];
    if (c == '(') return put(TokenKind::open, 1);
    if (c == ')') return put(TokenKind::close, 1);
    if (c == '|') return put(TokenKind::either, rest().starts_with("||") ? 2 : 1);
    if (c == '-' && !after_field_) return blank_at(at_ + 1) ? void(++at_) : put(TokenKind::minus, 1);
    if (c == '+' && !after_field_ && !blank_at(at_ + 1)) return void(++at_);
    if (c == '~' && !blank_at(at_ + 1)) return put(TokenKind::synonym, 1);
    if (const Quote* quote = quote_at(rest())) return phrase(*quote);
    chunk();
  }

  // Where the nearest of the closing quotes begins; each kind is looked for once when it does not come again.
  std::size_t closing(const Quote& quote, std::size_t from, std::size_t& length) {
    const auto kind = static_cast<std::size_t>(&quote - kQuotes.data());
    if (exhausted_[kind]) return std::string_view::npos;
    for (std::size_t at = from; at < text_.size(); ++at) {
      for (const std::string_view close : quote.close) {
        if (text_.substr(at).starts_with(close)) return length = close.size(), at;
      }
    }
    exhausted_[kind] = true;
    return std::string_view::npos;
  }

  void phrase(const Quote& quote) {
    const std::size_t begin = at_ + quote.open.size();
    std::size_t length = 0;
    const std::size_t end = closing(quote, begin, length);
    if (end != std::string_view::npos)
      return put(TokenKind::phrase, end + length - at_, std::string(text_.substr(begin, end - begin)));
    put(TokenKind::phrase, quote.open.size());
    out_.back().unclosed = true;
  }

  std::size_t chunk_end() const {
    std::size_t end = at_;
    while (end < text_.size() && !is_blank(text_[end]) && text_[end] != '(' && text_[end] != ')' && text_[end] != '|' &&
           !quote_at(text_.substr(end)))
      ++end;
    return end;
  }

  // "author:" at the beginning of a chunk: the name's length, or 0.
  std::size_t field_length(std::string_view chunk) const {
    std::size_t length = 0;
    while (length < chunk.size() && (is_ascii_alpha(chunk[length]) || chunk[length] == '_')) ++length;
    const bool named = length > 1 && length < chunk.size() && chunk[length] == ':' && !chunk.substr(length).starts_with("://");
    if (!named || after_field_) return 0;
    if (!blank_at(at_ + length + 1)) return length;
    return row_named(chunk.substr(0, length)) && ascii_lower(chunk.substr(0, length)) == chunk.substr(0, length) ? length : 0;
  }

  void chunk() {
    const std::string_view chunk = text_.substr(at_, chunk_end() - at_);
    if (const std::size_t length = field_length(chunk)) {
      const bool spaced = blank_at(at_ + length + 1);
      put(TokenKind::field, length + 1, std::string(chunk.substr(0, length)));
      out_.back().spaced = spaced;
      after_field_ = !spaced;
      return;
    }
    const auto word = std::ranges::find(kWords, chunk, &std::pair<std::string_view, TokenKind>::first);
    if (word != kWords.end() && !after_field_) return put(word->second, chunk.size());
    if (is_near(chunk) && !after_field_)
      return put(TokenKind::near, chunk.size(), std::string(chunk.substr(std::min(chunk.size(), kNear.size() + 1))));
    put(TokenKind::text, chunk.size(), std::string(chunk));
  }

  // "near" alone is a word like any other; in capitals, or with a number, it is a sign.
  static bool is_near(std::string_view chunk) {
    if (chunk == "NEAR") return true;
    return chunk.size() > kNear.size() + 1 && iequals(chunk.substr(0, kNear.size()), kNear) && chunk[kNear.size()] == '/' &&
           std::ranges::all_of(chunk.substr(kNear.size() + 1), is_ascii_digit);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool after_field_ = false;
  std::array<bool, kQuotes.size()> exhausted_{};
  std::vector<Token> out_;
};

}  // namespace

std::vector<Token> lex(std::string_view text) { return Lexer(text).run(); }

}  // namespace colophon::indexer::query

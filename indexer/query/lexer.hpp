// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace colophon::indexer::query {

/// The signs of the query language. A text is everything between blanks, quotes and brackets that is nothing else.
enum class TokenKind : std::uint8_t {
  text,     ///< heat, heat-related, 10.1000/182
  phrase,   ///< "heat island", “…”, «…», „…“
  field,    ///< author:   (the name before a colon; also with a blank behind it when written in lower case)
  minus,    ///< - before something, NOT
  either,   ///< OR, or, |
  both,     ///< AND, &, +
  near,     ///< near/8, NEAR; the number is its text, empty for NEAR alone
  synonym,  ///< ~ before something
  open,     ///< (
  close,    ///< )
  end,
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::string text;       ///< without quotes or colon
  bool unclosed = false;  ///< phrase: the closing quote is missing
  bool spaced = false;    ///< field: a blank follows
};

/// Total and linear; ends with an `end` token. At most kMaxTokens, the rest is left out.
inline constexpr std::size_t kMaxTokens = 256;
std::vector<Token> lex(std::string_view text);

}  // namespace colophon::indexer::query

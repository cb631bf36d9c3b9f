// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string_view>
#include <vector>

#include "indexer/query/ast.hpp"

namespace colophon::indexer::query {

/// The query language. Every text is a query: what has no meaning as an operator is searched for as words, and a note says so.
///
///   query   = either { either }                       all of them
///   either  = close { ("OR" | "or" | "|") close }
///   close   = factor { ("near/8" | "NEAR") factor }     words and phrases of one field at most so many words apart
///   factor  = ("-" | "NOT") factor | [ field ":" ] primary
///   primary = word | "phrase" | ["~"] (word | "phrase") | "(" query ")"
///   word    = letters, where * stands for any letters: adapt* wom*n *proofing
///   field   = a name of schema.hpp: author title year date type language project place …
///   year:   2019 | 2015..2020 | 2015-2020 | 2019.. | ..2010 | >=2019 | <2010 | 201*
///   date:   the same with 2020-03 and 2020-03-15, or a time such as "last month" (dates.hpp)
///   ~word   the word or any other name of the concepts that it names
///
/// In a text of more than kText words (at_least.hpp) a field's colon has no blank behind it.
/// Words joined by a hyphen or stroke are a phrase. A DOI written alone is looked up as one.
struct ParsedQuery {
  Node root;
  std::vector<Note> notes;
};

/// Pure, total, linear in the text (at most kMaxTokens signs, brackets at most 32 deep), thread-safe.
ParsedQuery parse(std::string_view text);

}  // namespace colophon::indexer::query

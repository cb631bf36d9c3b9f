// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string_view>
#include <vector>

#include "indexer/query/ast.hpp"

namespace colophon::indexer::query {

/// The query language. Every text is a query: what has no meaning as an operator is searched for as words, and a note says so.
///
///   query   = either { either }                       all of them
///   either  = factor { ("OR" | "or" | "|") factor }
///   factor  = ("-" | "NOT") factor | [ field ":" ] primary
///   primary = word | word "*" | "phrase" | "(" query ")"
///   field   = a name of schema.hpp: author title year type language project place …
///   year:   2019 | 2015..2020 | 2015-2020 | 2019.. | ..2010 | >=2019 | <2010 | >2019 | <=2010
///
/// Words joined by a hyphen or stroke are a phrase. A DOI written alone is looked up as one.
struct ParsedQuery {
  Node root;
  std::vector<Note> notes;
};

/// Pure, total, linear in the text (at most kMaxTokens signs, brackets at most 32 deep), thread-safe.
ParsedQuery parse(std::string_view text);

}  // namespace colophon::indexer::query

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

namespace colophon::formats::jats {

/// A stretch of a printed reference: bytes [begin, end), and the element of JATS that it is.
struct CitationPart {
  std::size_t begin = 0, end = 0;
  std::string_view
      element;  ///< "surname", "given-names", "collab", "year", "article-title", "source", "volume", "issue", "fpage", "lpage"
};

/// What can be told of a reference by its form alone, in order, none over another. Only what cannot be meant otherwise:
///
///   Brettar, I; Höfle, M G (2004). A new bacterium. Marine Ecology 54(2): 2335–2341.
///   sssssss  g  ssssss  ggg  yyyy   ttttttttttttttt  oooooooooooooo vv i   ffff llll
///
/// the names where they stand before the year in that form, the year where it is the only one or stands alone in brackets behind them,
/// volume, issue and pages where they end the reference, title and source between where one full stop parts the two. Nothing of
/// references in other forms but the year.
std::vector<CitationPart> citation_parts(std::string_view text);

}  // namespace colophon::formats::jats

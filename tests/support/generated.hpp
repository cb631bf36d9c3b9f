// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <string>

namespace colophon::test {

/// Words that look like English ones, by rank: 0 is the most frequent.
std::string word_of_rank(std::size_t rank);

/// An article of some 130 kB in JATS as publishers' tools write them, the same for the same number: names, affiliations, funding, sections
/// with marked words, links, characters by number and as they are, figures, tables, formulas, notes, and references of the common kinds,
/// close together or indented.
std::string generated_article(std::size_t number);

}  // namespace colophon::test

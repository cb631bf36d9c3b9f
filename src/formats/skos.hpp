// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "bib/concept.hpp"

namespace colophon::formats {

/// What of a SKOS vocabulary was read.
struct Vocabulary {
  std::vector<bib::Concept> concepts;  ///< in the order in which the file first names them; each has a label
  std::size_t statements = 0;          ///< in the file, of any kind
};

/// Reads a thesaurus in Turtle (or N-Triples, which is Turtle): SKOS labels, also those of SKOS-XL (literalForm), broader, narrower, related
/// and matches; the rest is passed over. Labels in languages other than `languages` are left out (no language stays; empty: all).
///
/// Errors: invalid with the line for what is no Turtle, for RDF/XML (how to turn it into Turtle), for a file without concepts or with more
/// than 50,000. Pure, thread-safe; linear in the text.
Result<Vocabulary> read_skos(std::string_view text, const std::vector<std::string>& languages = {});

}  // namespace colophon::formats

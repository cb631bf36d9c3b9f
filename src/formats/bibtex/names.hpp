// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "bib/name.hpp"

namespace colophon::formats::bibtex {

/// A list of names as BibTeX cuts it (btxdoc.tex section 4; Patashnik, "Designing BibTeX styles"; BibLaTeX manual 3.19, 2.3.3):
///
///   list : name { " and " name } — "and" outside braces; a last "others" or "et al." is NameList::others
///   name : "First von Last" | "von Last, First" | "von Last, Jr, First" | "{Corporate name}"
///        | "family=Last, given=First, prefix=von, suffix=Jr, useprefix=true"   (BibLaTeX's extended format)
///
/// "von" parts begin with a lower-case letter outside braces, or with a special character ("{\'e}") that does. A name that is
/// one pair of braces is a literal. A single word is a family name. Ties ("~") part words. More commas than two: the rest
/// is given name, and `odd` receives the name. Linear.
bib::NameList parse_names(std::string_view tex,
                          std::vector<std::string>* odd = nullptr,
                          std::vector<std::string>* unknown = nullptr);

/// The list in that grammar, encoded: "von Last, Jr, First and {Literal} and others".
std::string write_names(const bib::NameList& list);

/// "A and B" lists of publishers and places: split at "and" outside braces.
std::vector<std::string_view> split_list(std::string_view tex);

}  // namespace colophon::formats::bibtex

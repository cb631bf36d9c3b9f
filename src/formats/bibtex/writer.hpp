// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "bib/work.hpp"
#include "formats/bibtex/tex.hpp"

namespace colophon::formats {

/// A work as one classic BibTeX entry, ending in a line end: pure ASCII where TeX has a name for a character, one field a line, in
/// the order of the field table, page ranges with "--". Reading it gives the same values for every field of mapping.hpp; our type
/// stands in `entrysubtype` where the entry's type does not say it. Extras of BibTeX ("bibtex:…") are written raw when their
/// braces balance. Not written: references, affiliations, identifiers of funders, marks of texts that are plain in BibTeX.
///
/// In BibLaTeX's dialect (manual 3.19, section 2): UTF-8 with only TeX's special characters escaped, its types of entry (report,
/// online, dataset, thesis with a type …) and fields (date, journaltitle, location, institution, langid, eprinttype).
std::string write_bibtex(const bib::Work& work, std::string_view key, bibtex::Dialect dialect = bibtex::Dialect::bibtex);
/// Whether write_bibtex() has a place for a value.
bool bibtex_holds(bib::FieldId field, const bib::Value& value);

}  // namespace colophon::formats

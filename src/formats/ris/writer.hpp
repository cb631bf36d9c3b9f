// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "bib/work.hpp"

namespace colophon::formats {

/// A work as one RIS reference, from "TY" to "ER", in UTF-8 with CRLF line ends as the specification asks, one value a line, tags as
/// EndNote and Zotero read them (the table is ris/mapping.cpp). Marks of words are the tags of markup.hpp. A type of ours that RIS lacks
/// stands in M3 ("Policy brief") unless the work says another kind. Reading it gives the same values for all that ris_holds().
std::string write_ris(const bib::Work& work, std::string_view id);
/// Whether RIS has a place for a value in a work of this type. Not held: languages of texts, all but the names of people and their
/// affiliations, links to other works; of further fields, those of RIS come back out.
bool ris_holds(bib::WorkType type, bib::FieldId field, const bib::Value& value);

}  // namespace colophon::formats

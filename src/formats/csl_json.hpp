// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string_view>

#include "base/json.hpp"
#include "bib/work.hpp"

namespace colophon::formats {

/// CSL-JSON (CSL 1.0.2, csl-data.json): one item. Total over the field table: every field with a CSL variable is written when the work
/// has it. Several values of one variable are joined ("; ", keywords ", "), of DOI, URL, PMID and the like the first is taken, with
/// the others in "custom". Marks become the tags of CSL-JSON rich text (<i>, <b>, <sup>, <sub>, nocase and small-caps spans). The
/// title is title and subtitle; the title alone is its short form where the work has no other. What CSL has no variable for — our type, and each such field as in our JSON — stands in "custom" under
/// "colophon:NAME", so that from_csl(to_csl(w)) keeps it.
Json to_csl(const bib::Work& work, std::string_view id);

/// Reads an item as other programs write it: ids as numbers or strings, dates as date-parts, raw or literal, "event" for
/// event-title, invalid identifiers and unknown variables as extras ("csl:NAME", JSON where it is no text), which to_csl() puts back. Errc::invalid when it is no object.
Result<bib::Work> from_csl(const Json& item);

}  // namespace colophon::formats

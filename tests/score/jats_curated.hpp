// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "bib/work.hpp"

namespace colophon::score {

/// Letters and digits only; markup and entities of a record's text dropped.
std::string dense(std::string_view text);

/// One comparison: the field, whether it is right, what was expected and what was read.
using Note = std::function<void(std::string_view field, bool right, std::string_view expected, std::string_view got)>;

/// A record that people curated (the JSON of adsabs/ADSIngestParser), value by value: each author with surname and given name,
/// each author's affiliations and ORCID iD, each reference (its first author and year must stand in one of ours), each grant by
/// its funder and number. Fields are "curated.authors", "curated.affiliations", "curated.orcid", "curated.references", "curated.funding".
void compare_curated(const Json& record, const bib::Work& work, const Note& note);

}  // namespace colophon::score

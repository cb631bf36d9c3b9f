// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "bib/name.hpp"

namespace colophon::formats {

/// One name a line, as RIS and EndNote have it ("RIS format specifications", author fields): "Family, Given, Suffix". A leading
/// "van der" of the family is its prefix. A name without comma is a family when it is one word, else a literal, as is a name that ends
/// with a comma ("World Health Organization,") or has more parts than a person. A doubled comma is one of a literal. "Family, ,"
/// is a family of several words alone.
bib::Name read_sorted_name(std::string_view text);
/// The same form of a name: read_sorted_name(write_sorted_name(x)) is x, but for dropping prefixes, which stand behind the given name.
std::string write_sorted_name(const bib::Name& name);
/// "et al.", "others", "and others": not a name.
bool is_others(std::string_view text);
/// "Family GH" of MEDLINE's AU field: initials behind the last blank.
bib::Name read_medline_name(std::string_view text);
/// "Family, Given Jr" of its FAU field.
bib::Name read_full_medline_name(std::string_view text);

}  // namespace colophon::formats

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "bib/work.hpp"

namespace colophon::formats {

/// The bytes of an entry with one field set to a TeX text, all other bytes as they were: the value's bytes are replaced within
/// braces, or a line is added behind the last field in the style of the entry's first field. An unreadable entry is returned as it is.
std::string entry_with_field(std::string_view entry_bytes, std::string_view name, std::string_view tex);
/// The bytes of an entry without a field of that name, its comma and the blanks before it; as they are when there is none.
std::string entry_without_field(std::string_view entry_bytes, std::string_view name);

/// The bytes of an entry such that it says of one field what a record says: under the name that the entry has for it ("journaltitle"), or
/// the one that write_bibtex() has ("journal"); a field that the record lacks goes. All other bytes stay.
///
/// Whether reading gives the record is for the caller to see: macros and parents stand outside the entry.
std::string entry_as_in(std::string_view entry_bytes, const bib::Work& record, bib::FieldId field);

}  // namespace colophon::formats

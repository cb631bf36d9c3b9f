// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "bib/work.hpp"

namespace colophon::formats {

/// The bytes of an entry such that it says of one field what a record says: under the name that the entry has for it ("journaltitle"), or
/// the one that write_bibtex() has ("journal"), behind the last field in the style of the first; a field that the record lacks goes. All
/// other bytes stay; an unreadable entry is returned as it is.
///
/// Whether reading gives the record is for the caller to see: macros and parents stand outside the entry.
std::string entry_as_in(std::string_view entry_bytes, const bib::Work& record, bib::FieldId field);

}  // namespace colophon::formats

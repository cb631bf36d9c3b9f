// SPDX-License-Identifier: GPL-3.0-or-later
// One expected entry beside one of ours. Fields that we have no place for and did not keep as further fields (Zotero's libraryCatalog …)
// are not compared; nor are identifiers of the other program.
#pragma once
#include <string>

#include "bib/work.hpp"
#include "bibtex_case.hpp"

namespace colophon::score {

/// Adds what differs: title, names, fields, lists, type. Cases of kind csl see the work as our CSL-JSON gives it.
void compare_entry(const Case& one, const Json& entry, const bib::Work& read, Unit& out);

/// The title alone or with its subtitle; quotes that are marks may be there or not.
bool same_title(const std::string& expected, const bib::Work& work, Writing writing);
bool same_authors(const bib::NameList& expected, const bib::Work& work);

}  // namespace colophon::score

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/export_keys.hpp"
#include "app/search.hpp"
#include "base/diagnostic.hpp"

namespace colophon::app {

/// Where an export goes. `next` is called before each work of a format of which a file holds one, with a name for its file; where it is
/// empty, more than one work is Errc::usage. `remark` hears what could not be written; it may be empty.
struct ExportTo {
  std::function<Status(std::string_view bytes)> write;
  std::function<Status(std::string_view name)> next = {};
  std::function<void(const Diagnostic&)> remark = {};
};

/// The ids of all live works, or of those that a query finds, in its order.
Result<std::vector<std::string>> ids_of(Library& library, Audience audience, std::string_view query);

/// Writes records in a format of formats/writer.hpp, one after the other to `write`: all live works, or those that a query finds, in the
/// order of the query (or of ids). A BibTeX entry whose work has no other source goes out byte for byte as it came in, but for the
/// bytes of fields that people edited; the macros, commands and parents that it needs go with it. JATS holds the body too, where a text of the work is structured and the audience may read it. Returns how many. Errc::usage for an unknown format, with the known ones.
Result<std::size_t> export_works(Library& library,
                                 Audience audience,
                                 std::string_view query,
                                 std::string_view format,
                                 const KeyChoice& keys,
                                 const ExportTo& to);
/// The same as a spreadsheet (CSV, UTF-8 with a byte order mark, one row a work): id, type, every field that one of the works has, columns
/// kept from other sheets, and a stamp by which import_sheet() finds what was changed. A field of one value a cell; marks, affiliations and
/// cited works have no place in it. Cells that a spreadsheet would run or rewrite are guarded (formats/sheet/csv.hpp).
Result<std::size_t> export_sheet(Library& library,
                                 Audience audience,
                                 std::string_view query,
                                 char separator,
                                 const std::function<Status(std::string_view)>& write);
/// One work, for the web.
Result<std::string> export_work(Library& library, Audience audience, std::string_view id, std::string_view format);

}  // namespace colophon::app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "app/search.hpp"

namespace colophon::app {

/// Writes records in a format of formats/writer.hpp, one after the other to `write`: all live works, or those that a query finds, in the
/// order of the query (or of ids). A BibTeX entry whose work has exactly that one source, unedited, goes out byte for byte as it
/// came in. Returns how many. Errc::usage for an unknown format, with the known ones.
Result<std::size_t> export_works(Library& library,
                                 Audience audience,
                                 std::string_view query,
                                 std::string_view format,
                                 const std::function<Status(std::string_view)>& write);
/// One work, for the web.
Result<std::string> export_work(Library& library, Audience audience, std::string_view id, std::string_view format);

}  // namespace colophon::app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <string_view>

namespace colophon::formats_xml {

/// The UTF-8 text of a character of the public ISO and JATS entity sets (ANSI/NISO Z39.96; all versions of the DTDs agree), one
/// to three code points: "eacute" gives é. Names are case-sensitive. Empty for an unknown name. Logarithmic.
std::string_view named_character(std::string_view name);
/// How many names are known.
std::size_t named_character_count();

}  // namespace colophon::formats_xml

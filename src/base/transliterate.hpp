// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

namespace colophon {

/// A text of any script in ASCII, for keys and file names: German umlauts as they are typed (ä becomes ae, ß ss), other letters
/// without their marks, other scripts as CLDR writes them in Latin ("Толстой" gives "Tolstoj"); what has no such form is left out.
std::string to_ascii(std::string_view text);

}  // namespace colophon

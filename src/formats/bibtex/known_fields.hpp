// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string_view>

namespace colophon::formats::bibtex {

/// Known to BibTeX, BibLaTeX or a program that people use, by lower-case name; be it that it has a place in mapping.hpp or none.
bool is_known_field(std::string_view name);
/// The field of mapping.hpp whose name is one letter off, or empty.
std::string_view near_field(std::string_view name);

}  // namespace colophon::formats::bibtex

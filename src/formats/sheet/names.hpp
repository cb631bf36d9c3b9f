// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string_view>

#include "bib/name.hpp"

namespace colophon::formats {

/// A list of names as people write it in a cell. Semicolons, line ends and bars part names; else "and", "&", "und", "y", "e", "et";
/// else commas, where their pieces show that they do:
///
///   "Müller, A.; Smith, B."   "A. Müller, C. Doe and B. Smith"   "Müller A, Smith BC"   "Müller, A., Smith, B."
///   "Müller, Anna and Smith, Ben"   "van der Berg, J., Jr."   "ICLEI; {Stadt Bonn}; United Nations University"   "Doe, J. et al."
///
/// Corporate names are known by their words (University, Ministerium, Ayuntamiento, e.V. …), by capitals (ICLEI) or by braces.
/// Lower-case words before the family name are its prefix. `doubtful` when the pieces fit no pattern, or a name holds what names do not.
struct CellNames {
  bib::NameList names;
  bool doubtful = false;
};
CellNames parse_cell_names(std::string_view text);

}  // namespace colophon::formats

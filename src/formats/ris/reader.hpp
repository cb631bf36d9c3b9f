// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "formats/tagged/reader.hpp"

namespace colophon::formats {

/// Reads RIS (Research Information Systems, "RIS Format Specifications", and the newer tags of EndNote, Zotero and publishers; the
/// table is ris/mapping.cpp), reference by reference. Never fails: entries may lack their “ER” or “TY”, lines may be wrapped, blanks
/// about the hyphen may be missing; what has no field is bib::Extra{"ris:XX", text}. local_id is the ID tag, else the DOI or the
/// first words of the title. Codes "ris.*". Spans, keys and encodings as in tagged/reader.hpp.
class RisReader : public tagged::Reader {
 public:
  explicit RisReader(std::string_view bytes) : Reader(bytes, "ris", tagged::Dialect::ris) {}

 private:
  void read(const tagged::Record& record, Draft& out) override;
};

}  // namespace colophon::formats

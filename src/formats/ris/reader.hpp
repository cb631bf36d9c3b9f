// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "formats/draft_reader.hpp"
#include "formats/tagged/records.hpp"

namespace colophon::formats {

/// Reads RIS (Research Information Systems, "RIS Format Specifications", and the newer tags of EndNote, Zotero and publishers; the
/// table is ris/mapping.cpp), reference by reference. Never fails: entries may lack their “ER” or “TY”, lines may be wrapped, blanks
/// about the hyphen may be missing; what has no field is bib::Extra{"ris:XX", text}. Codes "ris.*".
///
/// Each draft: local_id is the ID tag, else the DOI or the first words of the title; key is the SHA-256 of the entry's bytes; begin,
/// end, line and the values' origins are byte spans. Encodings: UTF-8 with or without byte order mark, lines that are no UTF-8 as
/// Windows-1252 (ris.encoding), UTF-16 with byte order mark (no spans then). Linear. The bytes must outlive the reader.
class RisReader : public DraftReader {
 public:
  explicit RisReader(std::string_view bytes)
      : input_(bytes), remarks_("ris"), splitter_(input_, tagged::Dialect::ris, remarks_) {}
  bool next(Draft& out) override;
  std::vector<Diagnostic> take_diagnostics() override { return remarks_.take(); }

 private:
  TextInput input_;
  Remarks remarks_;
  tagged::Splitter splitter_;
  tagged::Record record_;
  std::uint32_t drafts_ = 0;
};

}  // namespace colophon::formats

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "formats/tagged/reader.hpp"

namespace colophon::formats {

/// Reads PubMed's nbib, the MEDLINE display format (National Library of Medicine, "MEDLINE/PubMed Data Element (Field) Descriptions"),
/// and what other databases write in it. The table of tags is in nbib/reader.cpp. A corporate author stands where it was given among
/// the persons; addresses and ORCID iDs belong to the name before them. local_id is the PubMed id, else the DOI or the first words of
/// the title. Codes and further fields "nbib:XXXX". Spans, keys and encodings as in tagged/reader.hpp.
class NbibReader : public tagged::Reader {
 public:
  explicit NbibReader(std::string_view bytes) : Reader(bytes, "nbib", tagged::Dialect::medline) {}

 private:
  void read(const tagged::Record& record, Draft& out) override;
};

}  // namespace colophon::formats

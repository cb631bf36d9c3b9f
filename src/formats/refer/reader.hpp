// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "formats/tagged/reader.hpp"

namespace colophon::formats {

/// Reads EndNote's tagged format ("%0 Journal Article", "%A Family, Given") and its ancestor, the database of refer(1) and BibIX, whose
/// entries have no %0 and whose names stand as spoken. Each tag means a tag of RIS (refer/reader.cpp), and goes the way of those.
/// Codes "refer.*", further fields "refer:X". Spans, keys and encodings as in tagged/reader.hpp.
class ReferReader : public tagged::Reader {
 public:
  explicit ReferReader(std::string_view bytes) : Reader(bytes, "refer", tagged::Dialect::refer) {}

 private:
  void read(const tagged::Record& record, Draft& out) override;
};

}  // namespace colophon::formats

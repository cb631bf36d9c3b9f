// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/tagged/reader.hpp"

namespace colophon::formats::tagged {

bool Reader::next(Draft& out) {
  if (!splitter_.next(record_)) return false;
  out = Draft{};
  out.child = drafts_++;
  out.line = record_.line;
  out.key = sha256(input_.text().substr(record_.begin, record_.end - record_.begin));
  if (input_.has_spans()) out.begin = record_.begin, out.end = record_.end;
  read(record_, out);
  if (input_.guessed() && remarks_.first("encoding"))
    remarks_.add(Severity::warning, "encoding", "bytes that are no UTF-8", "read as Windows-1252; said once a file",
                 {.path = {}, .line = record_.line, .column = 1, .page = 0});
  return true;
}

bib::Origin Reader::at(const Field& field) const {
  bib::Origin out;
  if (input_.has_spans()) out.begin = field.begin, out.end = field.end;
  return out;
}

}  // namespace colophon::formats::tagged

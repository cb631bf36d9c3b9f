// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/ris/reader.hpp"

#include "base/text.hpp"
#include "formats/ris/reference.hpp"

namespace colophon::formats {

void RisReader::read(const tagged::Record& record, Draft& out) {
  ris::Reference reference("ris", remarks_);
  bool typed = false;
  for (const tagged::Field& field : record.fields) {
    ris::Item item{field.tag, text(field), at(field), field.at(), field.tag};
    if (field.tag != "TY" || typed) {
      reference.add(std::move(item));
      continue;
    }
    typed = true;
    item.text = squeeze(item.text);
    const ris::TypeRow* row = ris::type_named(item.text);
    reference.set_type(row, std::move(item));
  }
  if (!typed)
    remarks_.add(Severity::warning, "no-type", "an entry has no “TY” line", "its type is unknown",
                 {.path = {}, .line = record.line, .column = 1, .page = 0});
  reference.read(out);
}

}  // namespace colophon::formats

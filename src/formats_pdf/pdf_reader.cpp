// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_pdf/pdf_reader.hpp"
namespace colophon::formats_pdf {
void init_pdf() {}
formats::Extraction read_pdf(std::string_view) { return {formats::Outcome::unsupported, {}, {}}; }
}  // namespace colophon::formats_pdf

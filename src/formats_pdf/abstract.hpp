// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string_view>

#include "formats_pdf/front_matter.hpp"

namespace colophon::formats_pdf {

/// Adds abstracts (one for each heading: Abstract, Zusammenfassung, Resumen, Résumé, Resumo …) and the keywords of pages 1 to 3.
void add_abstracts(const Evidence& evidence, bib::Work& work);

/// True for a line that begins an abstract, keywords, an introduction, or the imprint: names stand before it.
bool ends_front(std::string_view line);

}  // namespace colophon::formats_pdf

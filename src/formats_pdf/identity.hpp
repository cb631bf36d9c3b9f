// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "formats_pdf/front_matter.hpp"

namespace colophon::formats_pdf {

/// Adds DOI, ISBN, ISSN and arXiv id, each checked, and the year where the pages print it with "©", "Published" or a volume.
/// A DOI is taken from the first of: a link on page 1, XMP, the text of pages 1, 2 and last near "doi".
void add_identity(const Evidence& evidence, bib::Work& work);

/// Where a line stands.
bib::Origin origin_of(const PageLines& page, const Line& line);

}  // namespace colophon::formats_pdf

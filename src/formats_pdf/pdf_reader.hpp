// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string_view>

#include "formats/draft.hpp"

namespace colophon::formats_pdf {

/// Loads Poppler's tables once, before the first read_pdf: not thread-safe.
void init_pdf();

/// Reads a PDF file (ISO 32000) as one draft: what its first pages say about the work, and one section of kind "page" a page.
/// Coordinates in origins are points from the top left corner of the page as it is shown.
/// Outcomes: ok; partial (Poppler reported errors, or the file has more than 2,000 pages, but text came); no_text (a scan, empty
/// pages or a form: the diagnostic says which); encrypted; damaged.
/// Thread note: one document on one thread; several documents at once are fine after init_pdf().
formats::Extraction read_pdf(std::string_view bytes);

}  // namespace colophon::formats_pdf

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string>

#include "formats_pdf/front_matter.hpp"

namespace colophon::formats_pdf {

/// A title and where it stands: lines [begin, end) of pages[page].
struct Title {
  std::string text;
  std::size_t page = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
  bib::Origin origin;
};

/// The title that XMP or the Info dictionary gives, when page 1 or 2 prints it; else the lines of the largest type on page 1 (page 2
/// behind a cover of few words) that can be a title.
std::optional<Title> find_title(const Evidence& evidence);

}  // namespace colophon::formats_pdf

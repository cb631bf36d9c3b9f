// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <vector>

#include "bib/work.hpp"
#include "formats_pdf/file.hpp"
#include "formats_pdf/layout.hpp"

namespace colophon::formats_pdf {

/// What the front matter is read from. `links` are those of page 1.
struct Evidence {
  const About& about;
  const std::vector<PageLines>& pages;
  std::vector<LinkTarget> links;
  std::uint32_t page_count = 0;
};

/// The work as its own first pages name it; each statement's origin is a page and, for text on the page, a box. What the file's
/// metadata says counts only when the pages say it too. Whatever is unsure is left out: a person sees a gap sooner than an error.
bib::Work front_matter(const Evidence& evidence);

}  // namespace colophon::formats_pdf

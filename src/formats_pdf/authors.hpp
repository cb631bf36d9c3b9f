// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bib/name.hpp"
#include "formats_pdf/title.hpp"

namespace colophon::formats_pdf {

struct Authors {
  bib::NameList names;
  bib::Origin origin;
};

/// The people between title and abstract, as far as their lines read like names; those of XMP or the Info dictionary when page 1 or 2
/// prints every one of them and the lines give fewer. Nothing when unsure. Affiliations are not read.
std::optional<Authors> find_authors(const Evidence& evidence, const std::optional<Title>& title);

/// A name as printed, "Given Family" with particles, suffix and degrees: "Dr. Ana de la Cruz, PhD". Nothing when it is no name.
std::optional<bib::Name> person(std::string_view text);

}  // namespace colophon::formats_pdf

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "bib/document.hpp"
#include "bib/peer_review.hpp"
#include "bib/work.hpp"

namespace colophon::formats {

namespace jats {

/// ANSI/NISO Z39.96-2021 and Z39.96-2024.
enum class Version : std::uint8_t { v1_3, v1_4 };
/// Journal Archiving and Interchange ("Green") takes what there is; Journal Publishing ("Blue") wants a journal and a date, which are
/// left empty where the work has none.
enum class TagSet : std::uint8_t { archiving, publishing };

struct Style {
  Version version = Version::v1_3;
  TagSet tags = TagSet::archiving;
};

/// Where a field stands: the element's path below `article`; empty for those that have none and are kept as custom-meta.
struct PlaceRow {
  bib::FieldId field;
  std::string_view place;
};
std::span<const PlaceRow> places();

}  // namespace jats

struct JatsFile {
  std::string xml;
  std::vector<Diagnostic> diagnostics;  ///< what could not be written: characters that XML cannot hold
};

/// One article, valid against the DTD of its style (MathML 3), indented. Total over the field table: what JATS has no place for, or holds
/// otherwise than we do, stands besides in custom-meta under "colophon:NAME", in our JSON where it is no plain text; the
/// reader takes these before all else, so that reading gives the work back. `body` may be null; pages of a PDF are no JATS and are
/// left out. Ids of the body that are no XML names, or that two blocks have, are left out.
/// `reviews` become sub-articles, in their order (peer_review.hpp).
JatsFile write_jats(const bib::Work& work,
                    const bib::Document* body = nullptr,
                    jats::Style style = {},
                    std::span<const bib::PeerReview> reviews = {});

}  // namespace colophon::formats

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "bib/work.hpp"

namespace colophon::dedup {

enum class KeyKind : std::uint8_t { identifier, title };

/// A key that two descriptions of one work share: "doi:10.1234/abc", or "title|surname|year" in folded form.
struct MatchKey {
  KeyKind kind = KeyKind::identifier;
  std::string text;

  /// The form in which the store looks it up.
  std::uint64_t hash() const;
  friend auto operator<=>(const MatchKey&, const MatchKey&) = default;
};

/// The exact keys of a description, sorted: one for each identifier that names the work itself (DOI, arXiv, PubMed, PMC, handle;
/// ISBN only for works that are whole books or reports, since chapters carry their book's; never an ISSN), and one of folded
/// full title, first surname and year when all three are known.
std::vector<MatchKey> match_keys(const bib::Work& work);

}  // namespace colophon::dedup

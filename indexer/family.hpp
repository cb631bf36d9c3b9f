// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "bib/work.hpp"

namespace colophon::indexer {

/// What the versions of one work have in common: the identifier of the earliest that the record knows. A preprint's is its own, that of the
/// article which names it as its preprint too. Empty for a record without identifiers, which is no version of anything.
///
/// It depends on the record alone. So only the later version can join an earlier one: has-preprint and is-version-of (JATS: preprint,
/// updated-article) count, a preprint that names its article does not; and of three versions of which each names only the
/// one before, the last two or the first two are a family.
std::string family_of(const bib::Work& record);

/// A query that finds them all.
std::string family_query(std::string_view family);

}  // namespace colophon::indexer

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "bib/work.hpp"

namespace colophon::indexer {

/// What a record says of the versions of its work: its own identifiers (DOI, arXiv as its DOI, PubMed, PMC, in this order), those of
/// earlier versions (relations has-preprint, is-version-of: JATS preprint, updated-article) and of later ones (is-preprint-of,
/// has-version, is-updated-by). Each in the one spelling that documents keep; links to anything else, and without an identifier, are
/// none.
struct VersionLinks {
  std::vector<std::string> own, earlier, later;
  /// What a document is known by among versions: its first own identifier, else the first of those that it names, else nothing: then it
  /// is a version of nothing.
  std::string key() const;
};
VersionLinks version_links(const bib::Work& record);

/// A query that finds a family (families.hpp).
std::string family_query(std::string_view family);

}  // namespace colophon::indexer

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>

#include "app/manuscript.hpp"
#include "bib/name.hpp"
#include "review/workflow.hpp"

namespace colophon::app {

/// What a published submission says and holds: a source of kind "publication" with exactly the cleared bytes.
struct Publication {
  Sha256 version_hash;  ///< for which it was prepared
  KeptText text;
  std::string media_of(const Sha256& blob) const { return blob == main ? text.media : "application/octet-stream"; }
  Sha256 main;  ///< the manuscript's blob
};

/// Reads the current version's manuscript in the worker. Before the transaction: it may take seconds.
Result<Publication> prepare_publication(Library& library, const review::Submission& submission);

/// Takes the publication into the corpus, within the caller's transaction; the work's short id. `submission` is the published state.
///
/// The draft is the version's metadata with the authors' names from people, the workflow's type, the day of publishing, the partners as
/// publishers, and peer_reviewed with its evidence. Access of the files: public when the workflow's outcome is a public work, for
/// that is what the partners have cleared; the library's default access otherwise, closed without one.
Result<std::string> publish_work(Library& library,
                                 const review::Submission& submission,
                                 const review::Workflow& workflow,
                                 const Publication& publication,
                                 Instant now);

/// What a version's metadata say of it: what the manuscript itself says where it was structured, without what only a publication can say.
bib::Work described(const Json& metadata);
/// The version's file of that role; null without one.
const review::VersionFile* manuscript_of(const review::Version& version);

/// "Thaddeus P. Brandwell, Jr." in parts, as a person writes the own name.
bib::Name name_of_person(const std::string& display);

}  // namespace colophon::app

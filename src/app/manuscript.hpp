// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "app/library.hpp"
#include "bib/document.hpp"
#include "review/state.hpp"

namespace colophon::app {

/// A manuscript on its way into a submission: its bytes are received but not yet kept, its metadata are what its reader found.
///
/// `metadata` is an object with, where known, "title", "abstract", "keywords", "language", "authors" (texts as "Family, Given") and for
/// structured formats "record" (the whole description, without places in the file). What a version needs beyond that is asked by the
/// review room. The bytes are all covered by the version's hash, the metadata too.
struct Manuscript {
  store::Incoming incoming;
  review::VersionFile file;
  Json metadata = Json::object();
};

/// Recognises the file by its content and reads JATS and PDF in the worker, BibTeX (its first entry) here; any other file, and one
/// that its reader cannot read, is taken without metadata. `stage` is the NISO version stage.
/// Errors: those of reading the file (not_found, forbidden, io), invalid when it is empty, internal when no worker starts.
Result<Manuscript> read_manuscript(Library& library, const std::filesystem::path& path, std::string_view stage);

/// A file as its reader sees it. `record` is that of its first draft, empty when there is none.
struct KeptText {
  std::string media;
  int reader_version = 0;
  bib::Work record;
  std::vector<bib::Passage> passages;
};
/// Errc::not_found when the blob is missing, io when it is damaged.
Result<KeptText> read_kept(Library& library, const Sha256& blob);
/// Any file, which stays where it is; UTF-8 text of no known format is one passage. Errors as of read_manuscript.
Result<KeptText> read_loose(Library& library, const std::filesystem::path& path);

}  // namespace colophon::app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/library.hpp"
#include "bib/document.hpp"
#include "review/state.hpp"

namespace colophon::app {

/// One version of a submission, as a document of the index of its workflow. It says what the version says, text and metadata, and nothing
/// of its review: not the phase, not the note with an answer to reviewers, no file but the manuscript.
struct VersionDocument {
  std::string workflow;  ///< key
  bib::Work record;
  std::vector<bib::Passage> passages;
};

/// "art-7kq2/1": number and version, folded like other ids.
std::string version_document_id(std::string_view number, std::uint32_t version);
/// As people read it: "ART-7KQ2/1".
std::string shown_version_id(std::string_view document_id);

/// Nothing for an unknown one. Who may see it is for the caller to ask (review::door_to).
std::optional<VersionDocument> version_document(store::Store& store, std::string_view document_id);

}  // namespace colophon::app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "app/search.hpp"
#include "bib/document.hpp"
#include "bib/work.hpp"
#include "review/state.hpp"

namespace colophon::app {

/// A text that is held against the works of the library: to find overlaps, works like it, people who know about it.
struct ComparedText {
  enum class Kind : std::uint8_t { file, work, submission, words };
  Kind kind{};
  std::string name;  ///< path, id, or number and version: "ART-7KQ2, version 2"
  bib::Work record;  ///< as its reader saw it, or as the library has it
  std::vector<bib::Passage> passages;
  std::string id;                                     ///< of a work
  std::optional<review::Submission> submission = {};  ///< not redacted: nothing of it is shown as it stands
};

/// `what` is a file's path, a work's id or a submission's number, tried in this order. A submission's current version is only for those
/// who decide on it (review/policy.hpp, Fact::assignment): Errc::not_found for whom it does not exist, forbidden for its other readers.
/// Errors of a file as of read_loose(); not_found for a work that is not there.
Result<ComparedText> compared_text(Library& library, const Acting& acting, Audience audience, std::string_view what);

/// The same for what may as well be words: a text that is neither a path, an id nor a number is itself what is held against the works.
Result<ComparedText> compared_words(Library& library, const Acting& acting, Audience audience, std::string_view what);

/// The prose of a work (indexer/overlap/prose.hpp) as the audience may read it; empty for an unknown id.
std::vector<bib::Passage> prose_for(Library& library, std::string_view id, Audience audience);

}  // namespace colophon::app

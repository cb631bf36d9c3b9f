// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "bib/peer_review.hpp"
#include "formats/draft.hpp"

namespace colophon::formats {

/// Peer review in JATS (JATS4R, Peer Review Materials 2.0): a sub-article, or an article of its own, with article-type "review-report",
/// "decision-letter" …; round, stage and recommendation in custom-meta (peer-review-revision-round, -stage, -recommendation);
/// reviewers with the role "Reviewer" or `anonymous`; competing interests as a note (coi-statement). These two say how that is a work
/// and a body, for the writer and for what the reader read. Reading gives back what was written.
Draft draft_of(const bib::PeerReview& review);
bib::PeerReview peer_review_of(bib::PeerReviewKind kind, const Draft& draft);

}  // namespace colophon::formats

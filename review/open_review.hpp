// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <vector>

#include "bib/peer_review.hpp"
#include "bib/work.hpp"

namespace colophon::review {

/// What may be shown of the reports, letters and answers that stand in the file of an article (open peer review), to somebody who may
/// read that file. `article` is what that file itself says of the article.
///
/// They are part of a publication only where the file says that it is one: it has a DOI or a date of publication. Reviews of a submission
/// that somebody exported and kept among the papers have neither, and stay closed. Reviewers have the names that the file gives them,
/// or none; their e-mail addresses are never shown. What is shown is never indexed.
std::vector<bib::PeerReview> open_reviews(const bib::Work& article, std::vector<bib::PeerReview> reviews);

}  // namespace colophon::review

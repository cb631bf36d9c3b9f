// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/open_review.hpp"

namespace colophon::review {

std::vector<bib::PeerReview> open_reviews(const bib::Work& article, std::vector<bib::PeerReview> reviews) {
  const bib::Date* issued = article.date(bib::FieldId::issued);
  const bool published = article.has(bib::FieldId::doi) || (issued && issued->known());
  if (!published) return {};
  for (bib::PeerReview& review : reviews) {
    for (bib::Contributor& one : review.reviewers) one.email.clear();
  }
  return reviews;
}

}  // namespace colophon::review

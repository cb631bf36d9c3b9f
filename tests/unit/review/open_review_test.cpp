// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/open_review.hpp"

#include <gtest/gtest.h>

namespace colophon::review {
namespace {

using bib::FieldId;

std::vector<bib::PeerReview> reviews() {
  bib::PeerReview out;
  out.reviewers.emplace_back().name.family = "Okafor";
  out.reviewers[0].email = "okafor@example.org";
  return {out};
}

TEST(OpenReview, StandsInWhatIsPublished) {
  bib::Work article;
  article.add(FieldId::title, bib::RichText("Shade"));
  article.add(FieldId::received, bib::year_date(2024));
  EXPECT_TRUE(open_reviews(article, reviews()).empty()) << "neither DOI nor date: a submission's";
  bib::Work dated = article, identified = article, pending = article;
  dated.add(FieldId::issued, bib::year_date(2024));
  identified.add(FieldId::doi, bib::Code{"10.5555/shade"});
  bib::Date in_press;
  in_press.literal = "in press";
  pending.add(FieldId::issued, in_press);
  EXPECT_EQ(open_reviews(dated, reviews()).size(), 1U);
  EXPECT_EQ(open_reviews(identified, reviews()).size(), 1U);
  EXPECT_TRUE(open_reviews(pending, reviews()).empty());
}

TEST(OpenReview, NamesAreTheSourcesAndAddressesAreNobodys) {
  bib::Work article;
  article.add(FieldId::doi, bib::Code{"10.5555/shade"});
  const std::vector<bib::PeerReview> shown = open_reviews(article, reviews());
  ASSERT_EQ(shown.size(), 1U);
  EXPECT_EQ(shown[0].reviewers.at(0).name.family, "Okafor");
  EXPECT_EQ(shown[0].reviewers.at(0).email, "");
}

}  // namespace
}  // namespace colophon::review

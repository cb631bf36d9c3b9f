// SPDX-License-Identifier: GPL-3.0-or-later
// Peer review in JATS, both ways.
#include "bib/peer_review.hpp"

#include <cstdlib>
#include <filesystem>
#include <map>

#include "base/io.hpp"
#include "formats/jats/writer.hpp"
#include "formats_xml/jats_reader.hpp"
#include "support/dtd.hpp"

#include <gtest/gtest.h>

namespace colophon::formats_xml {
namespace {

using bib::FieldId;
using bib::PeerReview;
using bib::PeerReviewKind;

std::vector<PeerReview> some_reviews() {
  PeerReview report;
  report.title = "Reviewer K, round 2";
  report.round = 2;
  report.stage = "pre-publication";
  report.recommendation = "reject-with-resubmit";
  report.competing_interests = "none";
  report.date = *bib::parse_edtf("2026-03-07");
  report.lang = "de";
  report.paragraphs = {bib::RichText("Why <not> measure at night & in winter?"), bib::RichText("Table 2 is good.")};
  PeerReview letter;
  letter.kind = PeerReviewKind::decision_letter;
  letter.title = "Decision";
  letter.round = 2;
  bib::Contributor& editor = letter.reviewers.emplace_back();
  editor.name = {.family = "Okafor", .given = "Chidi"};
  editor.orcid = "0000-0002-1825-0097";
  letter.paragraphs = {bib::RichText("Dear authors")};
  return {report, letter};
}

bib::Work about() {
  bib::Work work;
  work.type = bib::WorkType::article;
  work.add(FieldId::title, bib::RichText("Heat in the shade"));
  return work;
}

TEST(PeerReview, ComesBackFromWhatIsWritten) {
  const std::vector<PeerReview> reviews = some_reviews();
  const std::string xml = formats::write_jats(about(), nullptr, {}, reviews).xml;
  EXPECT_EQ(read_peer_reviews(xml).reviews, reviews) << xml;
  EXPECT_NE(xml.find("<sub-article article-type=\"review-report\" id=\"review1\" xml:lang=\"de\">"), std::string::npos) << xml;
  EXPECT_NE(xml.find("<anonymous/>"), std::string::npos) << xml;
  EXPECT_NE(xml.find("<role specific-use=\"reviewer\">Reviewer</role>"), std::string::npos) << xml;
}

TEST(PeerReview, NeverGetsIntoTheArticle) {
  const formats::Extraction read = read_jats(formats::write_jats(about(), nullptr, {}, some_reviews()).xml);
  ASSERT_EQ(read.drafts.size(), 1u);
  EXPECT_EQ(to_json(read).dump().find("night"), std::string::npos);
  EXPECT_EQ(read.drafts[0].work.text(FieldId::title), "Heat in the shade");
}

TEST(PeerReview, IsValid) {
  const char* data = std::getenv("COLOPHON_DATA");
  const char* home = std::getenv("HOME");
  const std::filesystem::path set =
      data ? std::filesystem::path(data) : std::filesystem::path(home ? home : ".") / ".cache" / "colophon-data";
  const std::filesystem::path schema = set / "jats" / "jats-dtds" / "schema";
  if (!std::filesystem::exists(schema)) GTEST_SKIP() << "no DTDs in " << schema;
  using formats::jats::TagSet;
  using formats::jats::Version;
  EXPECT_EQ(testing::Dtd(schema / "1.3" / "JATS-archivearticle1-3-mathml3.dtd")
                .faults_of(formats::write_jats(about(), nullptr, {Version::v1_3, TagSet::archiving}, some_reviews()).xml),
            "");
  EXPECT_EQ(testing::Dtd(schema / "1.4" / "JATS-journalpublishing1-4-mathml3.dtd")
                .faults_of(formats::write_jats(about(), nullptr, {Version::v1_4, TagSet::publishing}, some_reviews()).xml),
            "");
}

TEST(PeerReview, AllSpellingsAreReportsOfReviewers) {
  for (const std::string type : {"referee-report", "reviewer-report", "ref-report", "peer-review", "review-report"}) {
    const std::string part =
        "<front-stub><title-group><article-title>R</article-title></title-group><contrib-group><contrib>"
        "<name><surname>A</surname></name><role specific-use=\"reviewer\">Reviewer</role></contrib></contrib-group>"
        "<custom-meta-group><custom-meta><meta-name>peer-review-recommendation</meta-name><meta-value>Major Revisions"
        "</meta-value></custom-meta></custom-meta-group></front-stub><body><sec><title>Methods</title><p>Good.</p></sec></body>";
    const std::vector<PeerReview> inside =
        read_peer_reviews("<article><front><article-meta/></front><sub-article article-type=\"" + type + "\">" + part +
                          "</sub-article></article>")
            .reviews;
    const std::vector<PeerReview> alone =
        read_peer_reviews("<article article-type=\"" + type + "\">" + part + "</article>").reviews;
    ASSERT_EQ(inside.size(), 1u) << type;
    EXPECT_EQ(inside[0].kind, PeerReviewKind::review_report);
    EXPECT_EQ(inside[0].recommendation, "major-revision");
    ASSERT_EQ(inside[0].reviewers.size(), 1u);
    EXPECT_EQ(inside[0].reviewers[0].name.family, "A");
    EXPECT_EQ(inside[0].paragraphs.size(), 2u);
    EXPECT_EQ(alone, inside) << type;
    const formats::Extraction work = read_jats("<article article-type=\"" + type + "\">" + part + "</article>");
    EXPECT_EQ(work.outcome, formats::Outcome::unsupported) << type;
    EXPECT_TRUE(work.drafts.empty()) << "no work, and nothing of it in an index";
    EXPECT_EQ(work.diagnostics.back().code, "jats.review-alone");
  }
}

TEST(PeerReview, RecommendationsAreCrossrefs) {
  for (const std::string_view own : bib::crossref_recommendations()) EXPECT_EQ(bib::crossref_recommendation(own), own);
  const std::map<std::string, std::string> others = {{"accept_with_reservation", "accept-with-reservation"},
                                                     {"Minor Revisions", "minor-revision"},
                                                     {"revision", "major-revision"},
                                                     {"Resubmit for Review", "reject-with-resubmit"},
                                                     {"decline", "reject"},
                                                     {"see attachment", ""}};
  for (const auto& [words, want] : others) EXPECT_EQ(bib::crossref_recommendation(words), want) << words;
}

TEST(PeerReview, ADecisionLetterThatIsCalledACommentaryIsOne) {
  const auto commentary = [](const std::string& title) {
    return "<article><front><article-meta/></front><sub-article article-type=\"article-commentary\"><front-stub><title-group>"
           "<article-title>" +
           title + "</article-title></title-group></front-stub><body><p>L</p></body></sub-article></article>";
  };
  const std::vector<PeerReview> read = read_peer_reviews(commentary("Decision letter")).reviews;
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(read[0].kind, PeerReviewKind::decision_letter);
  EXPECT_EQ(read_jats(commentary("Decision letter")).drafts.size(), 1u);
  EXPECT_EQ(read_jats(commentary("Decision letter")).diagnostics.back().code, "jats.review-left-out");
  EXPECT_TRUE(read_peer_reviews(commentary("Decisions under heat")).reviews.empty());
  EXPECT_EQ(read_jats(commentary("Decisions under heat")).drafts.size(), 2u);
}

TEST(PeerReview, AnAuthorsResponseIsOneBesideReportsOnly) {
  const std::string reply =
      "<sub-article article-type=\"reply\"><front-stub><title-group><article-title>Author response</article-title>"
      "</title-group></front-stub><body><p>Thanks.</p></body></sub-article>";
  const std::string head = "<article><front><article-meta/></front>";
  EXPECT_TRUE(read_peer_reviews(head + reply + "</article>").reviews.empty());
  const std::vector<PeerReview> read =
      read_peer_reviews(head + "<sub-article article-type=\"decision-letter\"><front-stub/><body><p>L</p></body></sub-article>" +
                        reply + "</article>")
          .reviews;
  ASSERT_EQ(read.size(), 2u);
  EXPECT_EQ(read[1].kind, PeerReviewKind::author_comment);
}

TEST(PeerReview, BrokenFilesHaveNone) {
  const PeerReviews read = read_peer_reviews("<article><sub-article article-type=\"peer-review\">");
  EXPECT_EQ(read.outcome, formats::Outcome::damaged);
  EXPECT_TRUE(read.reviews.empty());
  EXPECT_FALSE(read.diagnostics.empty());
}

}  // namespace
}  // namespace colophon::formats_xml

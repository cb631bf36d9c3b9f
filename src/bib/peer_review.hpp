// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "bib/date.hpp"
#include "bib/name.hpp"
#include "bib/rich_text.hpp"

namespace colophon::bib {

/// What a document of peer review is.
enum class PeerReviewKind : std::uint8_t { review_report, decision_letter, editor_report, author_comment };
/// As article-type of JATS: "review-report".
std::string_view name(PeerReviewKind kind);
/// For people: "Review report".
std::string_view label(PeerReviewKind kind);
/// Of the spellings in use: referee-report, reviewer-report, ref-report, peer-review … are review reports; nothing for what is no part of
/// peer review.
std::optional<PeerReviewKind> peer_review_kind_of(std::string_view article_type);

/// Crossref's six recommendations (peer_review of the deposit schema): accept, accept-with-reservation, minor-revision, major-revision,
/// reject, reject-with-resubmit. Others' words for one of them, in any case and with any joints, give it; "revision" alone is a
/// major one, for Crossref has none without a size. Empty for words that mean none.
std::string_view crossref_recommendation(std::string_view words);
std::span<const std::string_view> crossref_recommendations();

/// A report, letter or answer as it may be shown. Nobody in `reviewers` means that they are not named.
struct PeerReview {
  PeerReviewKind kind = PeerReviewKind::review_report;
  std::string title;
  std::uint32_t round = 0;             ///< from 1, 0 when not said
  std::string stage;                   ///< "pre-publication", "post-publication", or empty
  std::string recommendation;          ///< Crossref's, else as printed; or empty
  std::vector<Contributor> reviewers;  ///< who wrote it; their affiliations are not held
  std::string competing_interests;
  std::optional<Date> date;
  std::string lang;
  std::vector<RichText> paragraphs;
  friend bool operator==(const PeerReview&, const PeerReview&) = default;
};

/// Total both ways; Errc::invalid for anything else: the worker that sends it is not trusted.
Json to_json(const std::vector<PeerReview>& reviews);
Result<std::vector<PeerReview>> peer_reviews_from_json(const Json& json);

}  // namespace colophon::bib

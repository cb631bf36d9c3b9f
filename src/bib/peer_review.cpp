// SPDX-License-Identifier: GPL-3.0-or-later
#include "bib/peer_review.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"

namespace colophon::bib {
namespace {

constexpr std::array<std::string_view, 4> kKinds = {"review-report", "decision-letter", "editor-report", "author-comment"};

// clang-format off
constexpr std::pair<std::string_view, PeerReviewKind> kSpellings[] = {
    {"review-report", PeerReviewKind::review_report},     {"referee-report", PeerReviewKind::review_report},
    {"reviewer-report", PeerReviewKind::review_report},   {"ref-report", PeerReviewKind::review_report},
    {"peer-review", PeerReviewKind::review_report},       {"referee-comment", PeerReviewKind::review_report},
    {"reviewer-comment", PeerReviewKind::review_report},  {"aggregated-review-documents", PeerReviewKind::review_report},
    {"decision-letter", PeerReviewKind::decision_letter}, {"editor-report", PeerReviewKind::editor_report},
    {"editorial-assessment", PeerReviewKind::editor_report}, {"author-comment", PeerReviewKind::author_comment},
    {"author-response", PeerReviewKind::author_comment},  {"reply", PeerReviewKind::author_comment},
    {"response", PeerReviewKind::author_comment},
};

constexpr std::array<std::string_view, 6> kRecommendations = {"accept", "accept-with-reservation", "minor-revision", "major-revision",
                                                              "reject", "reject-with-resubmit"};
// Words of other systems: OJS, JATS4R, SciELO, MECA.
constexpr std::pair<std::string_view, std::string_view> kOthers[] = {
    {"accepted", "accept"},                      {"publish", "accept"},                 {"formal-accept", "accept"},
    {"accept-with-reservations", "accept-with-reservation"}, {"accept-in-principle", "accept-with-reservation"},
    {"minor-revisions", "minor-revision"},       {"minor", "minor-revision"},           {"accept-with-minor-revisions", "minor-revision"},
    {"major-revisions", "major-revision"},       {"major", "major-revision"},           {"revision", "major-revision"},
    {"revise", "major-revision"},                {"revisions-required", "major-revision"}, {"pending-revisions", "major-revision"},
    {"rejected", "reject"},                      {"decline", "reject"},                 {"resubmit", "reject-with-resubmit"},
    {"resubmit-here", "reject-with-resubmit"},   {"reject-and-resubmit", "reject-with-resubmit"}, {"resubmit-for-review", "reject-with-resubmit"},
};
// clang-format on

}  // namespace

std::string_view name(PeerReviewKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::optional<PeerReviewKind> peer_review_kind_of(std::string_view article_type) {
  const auto row = std::ranges::find(kSpellings, article_type, &std::pair<std::string_view, PeerReviewKind>::first);
  return row == std::end(kSpellings) ? std::nullopt : std::optional(row->second);
}

std::span<const std::string_view> crossref_recommendations() { return kRecommendations; }

std::string_view crossref_recommendation(std::string_view words) {
  std::string key = ascii_lower(squeeze(words));
  std::ranges::replace_if(key, [](char c) { return c == ' ' || c == '_'; }, '-');
  const auto own = std::ranges::find(kRecommendations, key);
  if (own != kRecommendations.end()) return *own;
  const auto row = std::ranges::find(kOthers, key, &std::pair<std::string_view, std::string_view>::first);
  return row == std::end(kOthers) ? std::string_view() : row->second;
}

}  // namespace colophon::bib

// SPDX-License-Identifier: GPL-3.0-or-later
#include "bib/peer_review.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "bib/work.hpp"

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

std::string_view label(PeerReviewKind kind) {
  static constexpr std::array<std::string_view, 4> kLabels = {"Review report", "Decision letter", "Editor’s report",
                                                              "Authors’ response"};
  return kLabels[static_cast<std::size_t>(kind)];
}

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

namespace {

constexpr std::size_t kMostReviews = 1000;

Json to_json(const PeerReview& review) {
  Json out = Json::object({{"kind", name(review.kind)}}), paragraphs = Json::array();
  out.set_if("title", review.title).set_if("stage", review.stage).set_if("recommendation", review.recommendation);
  out.set_if("competing_interests", review.competing_interests).set_if("lang", review.lang);
  if (review.round > 0) out.set("round", review.round);
  if (review.date) out.set("date", to_edtf(*review.date));
  if (!review.reviewers.empty()) out.set("reviewers", to_json(Value(NameList{review.reviewers, {}, false})));
  for (const RichText& paragraph : review.paragraphs) paragraphs.push(to_json(paragraph));
  return out.set_if("paragraphs", std::move(paragraphs));
}

Result<PeerReview> peer_review_from_json(const Json& json) {
  PeerReview out;
  const auto kind = std::ranges::find(kKinds, json["kind"].as_string());
  if (kind == kKinds.end()) return fail(Errc::invalid, "no kind of peer review");
  out.kind = static_cast<PeerReviewKind>(kind - kKinds.begin());
  out.title = json["title"].as_string();
  out.stage = json["stage"].as_string();
  out.recommendation = json["recommendation"].as_string();
  out.competing_interests = json["competing_interests"].as_string();
  out.lang = json["lang"].as_string();
  out.round = static_cast<std::uint32_t>(std::clamp<std::int64_t>(json["round"].as_int(), 0, UINT32_MAX));
  if (json.contains("date")) {
    TRY_ASSIGN(out.date, parse_edtf(json["date"].as_string()));
  }
  if (json.contains("reviewers")) {
    TRY_ASSIGN(Value names, value_from_json(FieldId::author, json["reviewers"]));
    out.reviewers = std::move(std::get<NameList>(names).names);
  }
  for (const Json& paragraph : json["paragraphs"].items()) {
    TRY_ASSIGN(RichText text, rich_text_from_json(paragraph));
    out.paragraphs.push_back(std::move(text));
  }
  return out;
}

}  // namespace

Json to_json(const std::vector<PeerReview>& reviews) {
  Json out = Json::array();
  for (const PeerReview& review : reviews) out.push(to_json(review));
  return out;
}

Result<std::vector<PeerReview>> peer_reviews_from_json(const Json& json) {
  if (!json.is_array() || json.size() > kMostReviews) return fail(Errc::invalid, "no list of reviews");
  std::vector<PeerReview> out;
  for (const Json& one : json.items()) {
    TRY_ASSIGN(PeerReview review, peer_review_from_json(one));
    out.push_back(std::move(review));
  }
  return out;
}

}  // namespace colophon::bib

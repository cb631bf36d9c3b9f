// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/jats/peer_review.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"

namespace colophon::formats {
namespace {

using bib::FieldId;
using bib::PeerReview;
using bib::PeerReviewKind;

constexpr std::string_view kRound = "jats:peer-review-revision-round";
constexpr std::string_view kStage = "jats:peer-review-stage";
constexpr std::string_view kRecommendation = "jats:peer-review-recommendation";
constexpr std::string_view kInterests = "jats:author-notes:coi-statement";
constexpr std::string_view kNobody = "Anonymous";

// The role by which JATS4R marks who wrote a part of peer review.
constexpr std::string_view role_of(PeerReviewKind kind) {
  switch (kind) {
    case PeerReviewKind::review_report: return "Reviewer";
    case PeerReviewKind::author_comment: return "Author";
    default: return "Editor";
  }
}

std::string extra(const bib::Work& work, std::string_view name) {
  for (const bib::Statement& s : work.all(FieldId::extra)) {
    if (const auto& one = std::get<bib::Extra>(s.value); ascii_lower(one.name) == name) return one.text;
  }
  return {};
}

bib::NameList written_by(const PeerReview& review) {
  bib::NameList out;
  out.names = review.reviewers;
  if (out.names.empty()) out.names.emplace_back().name.literal = kNobody;
  for (bib::Contributor& one : out.names) {
    one.affiliations.clear();
    one.roles.insert(one.roles.begin(), std::string(role_of(review.kind)));
  }
  return out;
}

// A heading that says the title again says nothing.
void paragraphs_of(const bib::Section& section, std::string_view title, std::vector<bib::RichText>& out) {
  if (!section.heading.empty() && section.heading.plain() != title) out.push_back(section.heading);
  for (const bib::Block& block : section.blocks) {
    if (!block.text.empty()) out.push_back(block.text);
  }
  for (const bib::Section& inner : section.sections) paragraphs_of(inner, title, out);
}

}  // namespace

Draft draft_of(const PeerReview& review) {
  Draft out;
  bib::Work& work = out.work;
  work.type = bib::WorkType::article;
  work.add(FieldId::title, bib::RichText(review.title));
  work.add(FieldId::author, written_by(review));
  if (review.date) work.add(FieldId::received, *review.date);
  if (!review.lang.empty()) work.add(FieldId::language, bib::Code{review.lang});
  const auto say = [&](std::string_view name, std::string text) {
    if (!text.empty()) work.add(FieldId::extra, bib::Extra{std::string(name), std::move(text)});
  };
  say(kStage, review.stage);
  say(kRecommendation, review.recommendation);
  if (review.round > 0) say(kRound, std::to_string(review.round));
  say(kInterests, review.competing_interests);
  bib::Section body;
  body.kind = "body";
  for (const bib::RichText& paragraph : review.paragraphs) body.blocks.push_back({.text = paragraph});
  if (!body.blocks.empty()) out.body.emplace().sections.push_back(std::move(body));
  return out;
}

PeerReview peer_review_of(PeerReviewKind kind, const Draft& draft) {
  PeerReview out;
  const bib::Work& work = draft.work;
  out.kind = kind;
  out.title = work.full_title();
  out.stage = extra(work, kStage);
  out.recommendation = extra(work, kRecommendation);
  if (const std::string_view known = bib::crossref_recommendation(out.recommendation); !known.empty()) out.recommendation = known;
  const std::string round = extra(work, kRound);
  std::from_chars(round.data(), round.data() + round.size(), out.round);
  out.competing_interests = extra(work, kInterests);
  for (const FieldId field : {FieldId::author, FieldId::editor, FieldId::contributor}) {
    const bib::NameList* list = work.names(field);
    if (!list) continue;
    for (bib::Contributor one : list->names) {
      if (one.name.literal == kNobody) continue;
      one.affiliations.clear();
      if (!one.roles.empty() && iequals(one.roles[0], role_of(kind))) one.roles.erase(one.roles.begin());
      out.reviewers.push_back(std::move(one));
    }
  }
  const bib::Date* date = work.date(FieldId::received);
  if (!date) date = work.date(FieldId::issued);
  if (date) out.date = *date;
  out.lang = work.text(FieldId::language);
  if (draft.body) {
    for (const bib::Section& section : draft.body->sections) paragraphs_of(section, out.title, out.paragraphs);
  }
  return out;
}

}  // namespace colophon::formats

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/review_export.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace colophon::app {
namespace {

using bib::FieldId;
using bib::PeerReview;
using review::SubmissionView;

constexpr std::string_view kStage = "pre-publication";
constexpr std::size_t kDay = 10;  // of "2026-03-07T…"

class Names {
 public:
  explicit Names(Library& library) : people_(people_of(library.store())) {}
  bib::Contributor of(const std::string& key) const {
    bib::Contributor out;
    const review::Person* person = people_.find(review::PersonKey(key));
    const std::string name = person ? person->name : key;
    const std::size_t blank = name.rfind(' ');
    if (blank == std::string::npos) out.name.literal = name;
    else out.name.family = name.substr(blank + 1), out.name.given = name.substr(0, blank);
    return out;
  }

 private:
  review::People people_;
};

std::vector<bib::RichText> paragraphs_of(std::string_view words) {
  std::vector<bib::RichText> out;
  for (const std::string_view line : split(words, '\n')) {
    if (std::string text = nfc(squeeze(line)); !text.empty()) out.emplace_back(std::move(text));
  }
  return out;
}

std::optional<bib::Date> day_of(std::string_view instant) {
  const Result<bib::Date> date = bib::parse_edtf(instant.substr(0, kDay));
  return date && date->known() ? std::optional(*date) : std::nullopt;
}

bib::Work about(const SubmissionView& view, const Names& names) {
  bib::Work out;
  out.type = bib::WorkType::article;
  out.add(FieldId::title, bib::RichText(nfc(squeeze(view.title))));
  if (view.authors) {
    bib::NameList authors;
    for (const std::string& author : *view.authors) authors.names.push_back(names.of(author));
    out.add(FieldId::author, std::move(authors));
  }
  if (view.abstract) out.add(FieldId::abstract, bib::RichText(nfc(squeeze(*view.abstract))));
  out.add(FieldId::extra, bib::Extra{"jats:article-id:manuscript", view.number});
  return out;
}

std::vector<PeerReview> reviews_of(const SubmissionView& view, const Names& names, ReviewNames named) {
  std::vector<PeerReview> out;
  for (const review::RoundView& round : view.rounds) {
    for (const review::ReviewView& one : round.reviews) {
      PeerReview& report = out.emplace_back();
      report.title = fmt::format("Reviewer {}, round {}", one.handle, round.number);
      report.round = round.number;
      report.stage = kStage;
      report.recommendation = bib::crossref_recommendation(one.recommendation);
      if (named == ReviewNames::with && one.reviewer) report.reviewers.push_back(names.of(*one.reviewer));
      if (one.at) report.date = day_of(*one.at);
      report.paragraphs = paragraphs_of(one.to_authors);
    }
    for (const review::DecisionView& decision : view.decisions) {
      if (decision.round != round.number) continue;
      PeerReview& letter = out.emplace_back();
      letter.kind = bib::PeerReviewKind::decision_letter;
      letter.title = fmt::format("Decision, round {}: {}", round.number, decision.outcome);
      letter.round = round.number;
      letter.stage = kStage;
      if (named == ReviewNames::with && decision.by) letter.reviewers.push_back(names.of(*decision.by));
      letter.date = day_of(decision.at);
      letter.paragraphs = paragraphs_of(decision.letter);
    }
  }
  return out;
}

}  // namespace

Result<formats::JatsFile> export_reviews(Library& library, const Acting& acting, std::string_view number, ReviewNames names) {
  TRY_ASSIGN(const SubmissionView view, show_submission(library, acting, number));
  const Names people(library);
  const std::vector<PeerReview> reviews = reviews_of(view, people, names);
  if (reviews.empty())
    return fail(Errc::not_found, "there is no review that you may read", "reviews can be read as the workflow has it",
                view.number);
  return formats::write_jats(about(view, people), nullptr, {}, reviews);
}

}  // namespace colophon::app

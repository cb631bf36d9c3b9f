// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/workflow.hpp"

#include <algorithm>

#include "review/members.hpp"

namespace colophon::review {

bool has_gate(const Workflow& workflow, Gate gate) {
  return std::find(workflow.gates.begin(), workflow.gates.end(), gate) != workflow.gates.end();
}

Workflow article_workflow() {
  Workflow article;
  article.key = "article";
  article.label = "Article";
  article.number_prefix = "ART";
  article.gates = {Gate::submission, Gate::publication};
  article.partners = {PartnerKey("iclei"), PartnerKey("unu-ehs")};
  article.zone = "Europe/Berlin";
  return article;
}

Json to_json(const Workflow& workflow) { return codec::encode(workflow); }

Result<Workflow> workflow_from_json(const Json& json) {
  TRY_ASSIGN(Workflow workflow, codec::read<Workflow>(json));
  TRY(validate(workflow));
  return workflow;
}

Status validate(const Workflow& w) {
  const auto refuse = [&](const char* what, const char* next) {
    return fail(Errc::invalid, "the workflow \"" + w.key + "\" cannot work: " + what, next, w.key);
  };
  if (w.key.empty() || w.label.empty() || w.number_prefix.empty())
    return refuse("key, label or number_prefix is empty", "name it");
  if (w.revision == 0) return refuse("revisions count from 1", "set revision to 1 or more");
  if (!is_time_zone(w.zone)) return refuse("its zone is no time zone", "use an IANA name such as Europe/Berlin");
  if (w.least_outside > w.least_reviews) return refuse("it asks for more outside reviews than reviews", "lower least_outside");
  const auto days = {w.draft_days,  w.clearance_days, w.screening_days, w.answer_days,
                     w.review_days, w.decision_days,  w.revision_days,  w.production_days};
  if (std::ranges::any_of(days, [](std::uint32_t n) { return n == 0 || n > 3660; })) {
    return refuse("a deadline is shorter than a day or longer than ten years", "give every number of days from 1 to 3660");
  }
  return {};
}

}  // namespace colophon::review

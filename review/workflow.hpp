// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include "base/json.hpp"
#include "review/people.hpp"

namespace colophon::review {

/// Where each partner clears exactly one version: twice, and any new version voids it.
enum class Gate : unsigned char { submission, publication };
template <>
struct Names<Gate> {
  static constexpr std::string_view kWhat = "gate";
  static constexpr std::array<std::string_view, 2> kList = {"submission", "publication"};
};

/// ANSI/NISO Z39.106-2023, identity transparency. Double: authors and reviewers do not know each other. Triple: the handling editor
/// does not know the authors either.
enum class Transparency : unsigned char { all_visible, single_anonymized, double_anonymized, triple_anonymized };
template <>
struct Names<Transparency> {
  static constexpr std::string_view kWhat = "identity transparency";
  static constexpr std::array<std::string_view, 4> kList = {"all_visible", "single_anonymized", "double_anonymized",
                                                            "triple_anonymized"};
};

/// When reviewers who sent a review may read the others' of the same round.
enum class SharedReviews : unsigned char { never, after_own_review, after_decision };
template <>
struct Names<SharedReviews> {
  static constexpr std::string_view kWhat = "time of sharing reviews";
  static constexpr std::array<std::string_view, 3> kList = {"never", "after_own_review", "after_decision"};
};

enum class WorkflowOutcome : unsigned char { public_work, internal_work, none };
template <>
struct Names<WorkflowOutcome> {
  static constexpr std::string_view kWhat = "outcome of a workflow";
  static constexpr std::array<std::string_view, 3> kList = {"public_work", "internal_work", "none"};
};

/// Whether a new version needs the partners' clearance again. "always" is the only rule there is (docs/decisions/0005).
enum class Reclearance : unsigned char { always };
template <>
struct Names<Reclearance> {
  static constexpr std::string_view kWhat = "rule of re-clearance";
  static constexpr std::array<std::string_view, 1> kList = {"always"};
};

/// The workflow's revision that a submission is bound to for life.
struct WorkflowRef {
  std::string key;
  std::uint32_t revision = 0;
  friend bool operator==(const WorkflowRef&, const WorkflowRef&) = default;
};

/// How a kind of submission goes. Immutable: a change is a new revision. Days are calendar days; a deadline is the end of its day
/// in `zone` (IANA name).
struct Workflow {
  std::string key;
  std::uint32_t revision = 1;
  std::string label;                 ///< "Article"
  std::string number_prefix;         ///< "ART", of the submission's number
  std::vector<Gate> gates;           ///< at an absent gate no partner is asked
  std::vector<PartnerKey> partners;  ///< the default; guests may be added to a submission
  Transparency transparency = Transparency::double_anonymized;
  SharedReviews shared_reviews = SharedReviews::after_decision;
  std::uint32_t least_reviews = 2;  ///< of a round, before revise or accept
  std::uint32_t least_outside = 1;  ///< of those, by reviewers of no partner on the submission, before accept
  std::string zone = "UTC";
  std::uint32_t draft_days = 90, clearance_days = 10, screening_days = 7, answer_days = 7, review_days = 28, decision_days = 7,
                revision_days = 60, revision_grace_days = 14, production_days = 30;
  Reclearance reclearance = Reclearance::always;
  WorkflowOutcome outcome = WorkflowOutcome::public_work;

  friend bool operator==(const Workflow&, const Workflow&) = default;
};

inline WorkflowRef ref(const Workflow& workflow) { return {workflow.key, workflow.revision}; }
bool has_gate(const Workflow& workflow, Gate gate);

/// "article", revision 1: ICLEI and UNU-EHS clear before submission and before publication; double anonymized; two reviews of which one
/// from outside both partners; end of day Europe/Berlin.
Workflow article_workflow();

Json to_json(const Workflow& workflow);
/// Errc::invalid naming the member that is missing, wrong or unknown.
Result<Workflow> workflow_from_json(const Json& json);
/// Errc::invalid for a workflow that could not work: unknown zone, no days, more outside reviews than reviews, publication without name.
Status validate(const Workflow& workflow);

}  // namespace colophon::review

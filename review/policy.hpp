// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "review/state.hpp"

namespace colophon::review {

/// The one place that decides who may see what of a submission (DESIGN.md invariant 8). It is a table: fact, relation, when.
/// A viewer who wrote or reviews the submission has no other relation to it, whatever their standing roles: a conflict closes the door.
/// Administrators have no content rights.

enum class Fact : unsigned char {
  existence,  // that there is such a submission: number and title
  abstract,
  phase,
  content,  // files and metadata of a version
  author_identity,
  consent,  // which authors agreed
  editor_identity,
  assignment,  // that a reviewer was invited, and how it stands
  reviewer_identity,
  review,                // recommendation and words to the authors
  confidential_comment,  // words to the editors, form, competing interests
  advice,                // the handling editor's
  decision,              // outcome and letter
  decision_reason,       // for the house: reason, override, who decided
  clearance,             // partner, outcome, reason
  schedule,
  history_time  // instants; without it only dates in UTC
};
template <>
struct Names<Fact> {
  static constexpr std::string_view kWhat = "fact";
  static constexpr std::array<std::string_view, 17> kList = {"existence",
                                                             "abstract",
                                                             "phase",
                                                             "content",
                                                             "author_identity",
                                                             "consent",
                                                             "editor_identity",
                                                             "assignment",
                                                             "reviewer_identity",
                                                             "review",
                                                             "confidential_comment",
                                                             "advice",
                                                             "decision",
                                                             "decision_reason",
                                                             "clearance",
                                                             "schedule",
                                                             "history_time"};
};

/// Which one: content of a `version`; assignment, reviewer_identity, review, confidential_comment of `about` in a `round`;
/// decision of a `round` (0: at screening, on `version`). Zero and absent: any.
struct FactRef {
  Fact fact = Fact::existence;
  std::uint32_t round = 0;
  std::uint32_t version = 0;
  std::optional<PersonKey> about;
};

bool may_see(const Viewer& viewer, const FactRef& fact, const Submission& submission, const Workflow& workflow, Instant now);

/// Whether all that the versions of a workflow's submissions say, authors included, is open to the viewer as a whole: to search it, to count
/// in it. `submissions` are all of them. Open to its staff, closed to everybody else. Staff that writes or reviews one of them
/// is in conflict and finds the door shut: what were left out would show in counts, suggestions and weights.
enum class Door : unsigned char { closed, open, conflict };
Door door_to(const Viewer& viewer, std::span<const Submission> submissions, const Workflow& workflow, Instant now);

/// The roles that count on this submission: standing ones that matter, and author, reviewer and handling editor from the state.
RoleSet roles_on(const Viewer& viewer, const Submission& submission);
/// What the viewer could do now: rows of the table for the phase and their roles whose guards on state and actor hold.
/// Empty for a submission they may not know of.
std::vector<Verb> verbs_for(const Viewer& viewer, const Submission& submission, const Workflow& workflow, Instant now);

/// The redacted forms. Absent means: not for you, or not there; the two look alike. Times are RFC 3339 for the house, else dates (UTC).
struct FileView {
  std::string sha256, name, role, stage;
};
struct VersionView {
  std::uint32_t number = 0;
  std::string hash;
  std::vector<FileView> files;  ///< neutral names ("manuscript-1.pdf") for whom authors are hidden
  Json metadata;
  std::string note;
  std::string at;
  std::optional<std::string> by;
  std::optional<std::vector<std::string>> agreed_by;
};
struct AssignmentView {
  std::string reviewer, status, invited_at, due, reason;
  bool overdue = false;
};
struct ReviewView {
  std::string handle;  ///< "K", to be read "Reviewer K"
  std::string recommendation, to_authors;
  std::vector<FileView> files;
  std::optional<std::string> reviewer, to_editors, competing_interests, at;
  std::optional<Json> form;
};
struct RoundView {
  std::uint32_t number = 0, version = 0;
  std::vector<AssignmentView> assignments;  ///< the house: all; a reviewer: their own
  std::vector<ReviewView> reviews;          ///< by handle
};
struct AdviceView {
  std::uint32_t round = 0;
  std::string recommendation, text, by, at;
};
struct DecisionView {
  std::uint32_t round = 0, version = 0;
  std::string outcome, letter, at;
  std::optional<std::string> reason, by;
  bool overridden = false;  ///< the house only
};
struct ClearanceView {
  std::string gate, partner, outcome, reason, at;
  std::uint32_t version = 0;
  std::string hash;
  std::optional<std::string> officer;
  bool in_force = false;
};
struct SubmissionView {
  std::string number, title, workflow;
  std::optional<std::string> abstract;
  std::optional<std::string> phase, phase_label, phase_due;
  std::vector<std::string> partners;
  std::optional<std::vector<std::string>> authors;  ///< person keys
  std::optional<std::string> corresponding, editor;
  std::vector<VersionView> versions;
  std::vector<RoundView> rounds;
  std::vector<AdviceView> advice;
  std::vector<DecisionView> decisions;
  std::vector<ClearanceView> clearances;
  std::optional<std::string> scheduled_for, published_at;
  bool withdrawal_asked = false;
  std::vector<std::string> verbs;
};

/// nullopt when the viewer may not know of it, exactly as for a submission that does not exist.
std::optional<SubmissionView> view_for(const Viewer& viewer, const Submission& submission, const Workflow& workflow, Instant now);
Json to_json(const SubmissionView& view);

}  // namespace colophon::review

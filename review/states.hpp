// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "review/names.hpp"

namespace colophon::review {

/// The machine of a submission: phases, verbs, roles, guards and the one table that joins them (research/review.md section 1.3).
/// Commands, permissions, buttons, help and the exhaustive test are derived from kTransitions; nothing else knows a transition.
/// Overdue, "reviews are in" and the like are no phases: they are derived (review/tasks.hpp).

enum class Phase : unsigned char {
  draft,
  clearance_for_submission,
  screening,
  review,
  revision,
  accepted,
  clearance_for_publication,
  scheduled,  // live
  published,
  rejected,
  withdrawn,  // final
  lapsed      // closed, may be revived
};
template <>
struct Names<Phase> {
  static constexpr std::string_view kWhat = "phase";
  static constexpr std::array<std::string_view, 12> kList = {"draft",
                                                             "clearance_for_submission",
                                                             "screening",
                                                             "review",
                                                             "revision",
                                                             "accepted",
                                                             "clearance_for_publication",
                                                             "scheduled",
                                                             "published",
                                                             "rejected",
                                                             "withdrawn",
                                                             "lapsed"};
};
using PhaseSet = EnumSet<Phase>;

inline constexpr PhaseSet kFinal = {Phase::published, Phase::rejected, Phase::withdrawn};
inline constexpr PhaseSet kClosed = kFinal.with(Phase::lapsed);
inline constexpr PhaseSet kLive = PhaseSet::all().without(kClosed);

/// What a person can do. `revise` adds a version, in whatever phase that is allowed.
enum class Verb : unsigned char {
  create,
  revise,
  agree,
  request_clearance,
  clearance_give,
  clearance_ask_changes,
  clearance_waive,
  clearance_revoke,
  submit,
  assign_editor,
  screen,
  invite,
  review_agree,
  review_decline,
  cancel_invitation,
  extend,
  review_send,
  recommend,
  decide,
  request_publication_clearance,
  schedule,
  publish,
  withdraw,
  ask_withdrawal,
  confirm_withdrawal,
  lapse,
  revive
};
template <>
struct Names<Verb> {
  static constexpr std::string_view kWhat = "verb";
  static constexpr std::array<std::string_view, 27> kList = {"create",
                                                             "revise",
                                                             "agree",
                                                             "request_clearance",
                                                             "clearance_give",
                                                             "clearance_ask_changes",
                                                             "clearance_waive",
                                                             "clearance_revoke",
                                                             "submit",
                                                             "assign_editor",
                                                             "screen",
                                                             "invite",
                                                             "review_agree",
                                                             "review_decline",
                                                             "cancel_invitation",
                                                             "extend",
                                                             "review_send",
                                                             "recommend",
                                                             "decide",
                                                             "request_publication_clearance",
                                                             "schedule",
                                                             "publish",
                                                             "withdraw",
                                                             "ask_withdrawal",
                                                             "confirm_withdrawal",
                                                             "lapse",
                                                             "revive"};
};

/// Which of a verb's rows is meant. `first` and `again` follow from the state (was it ever submitted?), the others from the command.
enum class Choice : unsigned char { none, accept, give_back, revise, reject, first, again };
template <>
struct Names<Choice> {
  static constexpr std::string_view kWhat = "outcome";
  static constexpr std::array<std::string_view, 7> kList = {"none", "accept", "return", "revise", "reject", "first", "again"};
};

/// Author, corresponding author, reviewer and handling editor are roles on one submission; the others are standing roles.
/// As a standing role handling_editor means "may be assigned as editor". `clock` is the scheduler. An admin has no content rights.
enum class Role : unsigned char {
  author,
  corresponding_author,
  reviewer,
  handling_editor,
  managing_editor,
  clearance_officer,
  production_editor,
  admin,
  clock
};
template <>
struct Names<Role> {
  static constexpr std::string_view kWhat = "role";
  static constexpr std::array<std::string_view, 9> kList = {"author",
                                                            "corresponding_author",
                                                            "reviewer",
                                                            "handling_editor",
                                                            "managing_editor",
                                                            "clearance_officer",
                                                            "production_editor",
                                                            "admin",
                                                            "clock"};
};
using RoleSet = EnumSet<Role>;

/// What must hold beyond phase and role. Each guard is one function and one message (review/guards.cpp).
enum class Guard : unsigned char {
  actor_not_author,    // who acts for the house or a partner wrote nothing of it
  actor_not_reviewer,  // who decides does not review it, in any round
  people_named,        // a new submission: the corresponding author is an author, nobody twice, everybody known
  partners_named,      // a new submission: at least one partner, none twice
  content_complete,    // a version has a title and a manuscript
  content_differs,     // its hash is not the current version's
  not_agreed_yet,      // this author has not yet agreed to this version
  version_agreed,      // every author agreed to the current version
  version_newer,       // newer than the version that was submitted last
  partner_named,       // the partner stands on the submission
  officer_of_partner,  // the officer clears for that partner
  hash_current,        // the officer looked at the current version
  not_cleared_yet,     // the partner's clearance of this version at this gate is open
  cleared_before,      // there is a clearance to revoke
  all_cleared,         // every partner cleared (or was waived for) exactly the current version at this gate
  reason_given,
  editor_assigned,
  candidate_is_editor,  // the person may be an editor
  candidate_not_author,
  candidate_not_reviewer,
  reviewer_known,
  reviewer_not_author,
  reviewer_not_editor,  // neither the handling editor nor who invites
  reviewer_unique,      // invited once a round
  invitation_open,      // invited, not answered
  assignment_open,      // invited or agreed
  assignment_agreed,    // agreed, not sent
  due_later,            // an extension ends later than the deadline and than now
  interests_stated,     // the competing-interests question is answered ("none" is an answer)
  review_complete,      // words for the authors
  minimum_reviews,      // of this round, or an override by the managing editor
  outside_reviewer,     // one review of this round from outside the partners, or an override
  override_reasoned,    // an override has a reason and comes from the managing editor
  instant_given,        // a publication date
  instant_reached,
  never_reviewed,  // no round was ever opened
  once_reviewed,
  withdrawal_not_asked,
  withdrawal_asked,
  deadline_passed  // the phase's deadline and the grace
};
template <>
struct Names<Guard> {
  static constexpr std::string_view kWhat = "guard";
  static constexpr std::array<std::string_view, 40> kList = {
      "actor_not_author",  "actor_not_reviewer",   "people_named",         "partners_named",
      "content_complete",  "content_differs",      "not_agreed_yet",       "version_agreed",
      "version_newer",     "partner_named",        "officer_of_partner",   "hash_current",
      "not_cleared_yet",   "cleared_before",       "all_cleared",          "reason_given",
      "editor_assigned",   "candidate_is_editor",  "candidate_not_author", "candidate_not_reviewer",
      "reviewer_known",    "reviewer_not_author",  "reviewer_not_editor",  "reviewer_unique",
      "invitation_open",   "assignment_open",      "assignment_agreed",    "due_later",
      "interests_stated",  "review_complete",      "minimum_reviews",      "outside_reviewer",
      "override_reasoned", "instant_given",        "instant_reached",      "never_reviewed",
      "once_reviewed",     "withdrawal_not_asked", "withdrawal_asked",     "deadline_passed"};
};
using GuardSet = EnumSet<Guard>;

/// One row: in any phase of `from`, who has a role of `who` may do `verb` (with this choice) when the guards hold; the phase is then
/// `to`, or unchanged when that is absent. An empty `from` means: the submission does not exist yet.
/// `label` is for the house, `public_label` for authors and reviewers; an empty public label means they do not see that it happened.
struct Transition {
  Verb verb;
  Choice choice;
  PhaseSet from;
  std::optional<Phase> to;
  RoleSet who;
  GuardSet guards;
  std::string_view label;
  std::string_view public_label;
};

/// A phase in words: for the house and for authors ("Partners' clearance" and "With the partners").
struct PhaseLabel {
  Phase phase;
  std::string_view label;
  std::string_view public_label;
};
extern const std::array<PhaseLabel, 12> kPhaseLabels;

/// The table. Its soundness (deterministic, every phase reachable, finals without exit, every live phase can close) is asserted at
/// compile time in states.cpp.
std::span<const Transition> transitions();
/// The row, or null: then the verb is impossible in that phase. `from` absent: before the submission exists.
const Transition* find_transition(Verb verb, Choice choice, std::optional<Phase> from);
/// The verbs that have any row in that phase, in table order, each once.
std::span<const Verb> verbs_in(Phase phase);
std::string_view label(Phase phase);
std::string_view public_label(Phase phase);
/// The words for a button or a message: "ask for clearance". Every verb has them.
std::string_view label(Verb verb);

}  // namespace colophon::review

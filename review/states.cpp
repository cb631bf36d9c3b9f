// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/states.hpp"

#include <algorithm>
#include <vector>

namespace colophon::review {
namespace {

using enum Phase;
using enum Verb;
using G = Guard;
using C = Choice;

constexpr std::nullopt_t kStay = std::nullopt;
constexpr PhaseSet kUnborn{};
constexpr PhaseSet kClearing = {clearance_for_submission, clearance_for_publication};
/// Phases in which no round can be open; before the first one a withdrawal needs nobody.
constexpr PhaseSet kMayBeUnreviewed = {draft, clearance_for_submission, screening, revision};
constexpr PhaseSet kMayBeReviewed = kLive.without(draft);

constexpr RoleSet kEditors = {Role::handling_editor, Role::managing_editor};
constexpr RoleSet kManaging = Role::managing_editor;
constexpr RoleSet kOfficer = Role::clearance_officer;
constexpr RoleSet kCorresponding = Role::corresponding_author;
constexpr RoleSet kReviewer = Role::reviewer;

constexpr GuardSet kUnbiased = {G::actor_not_author, G::actor_not_reviewer};
constexpr GuardSet kOfficerOf = {G::actor_not_author, G::partner_named, G::officer_of_partner};
constexpr GuardSet kInviting =
    kUnbiased | GuardSet{G::reviewer_known, G::reviewer_not_author, G::reviewer_not_editor, G::reviewer_unique};
constexpr GuardSet kContent = {G::content_complete, G::content_differs};
constexpr GuardSet kCandidate = {G::candidate_is_editor, G::candidate_not_author, G::candidate_not_reviewer};
constexpr GuardSet kEnough = {G::minimum_reviews, G::override_reasoned};

// clang-format off
constexpr std::array kTransitions = {
  Transition{create, C::none, kUnborn, draft, {Role::author, Role::managing_editor}, {G::people_named, G::partners_named, G::content_complete}, "Submission begun", "Submission begun"},
  Transition{revise, C::none, {draft, revision}, kStay, Role::author, kContent, "New version", "New version"},
  Transition{revise, C::none, accepted, kStay, Role::production_editor, kContent | kUnbiased, "New proof", "New proof"},
  Transition{agree, C::none, {draft, revision, accepted}, kStay, Role::author, G::not_agreed_yet, "Author agreed", "Author agreed"},

  Transition{request_clearance, C::none, draft, clearance_for_submission, kCorresponding, G::version_agreed, "Clearance asked for", "With the partners for clearance"},
  Transition{request_clearance, C::none, revision, clearance_for_submission, kCorresponding, {G::version_agreed, G::version_newer}, "Clearance asked for again", "With the partners for clearance"},
  Transition{clearance_give, C::none, kClearing, kStay, kOfficer, kOfficerOf | GuardSet{G::hash_current, G::not_cleared_yet}, "Cleared", "Cleared by a partner"},
  Transition{clearance_ask_changes, C::first, clearance_for_submission, draft, kOfficer, kOfficerOf.with(G::reason_given), "Partner asks for changes", "A partner asks for changes"},
  Transition{clearance_ask_changes, C::again, clearance_for_submission, revision, kOfficer, kOfficerOf.with(G::reason_given), "Partner asks for changes", "A partner asks for changes"},
  Transition{clearance_ask_changes, C::none, clearance_for_publication, accepted, kOfficer, kOfficerOf.with(G::reason_given), "Partner asks for changes of the proof", "A partner asks for changes of the proof"},
  Transition{clearance_waive, C::none, kClearing, kStay, kManaging, {G::actor_not_author, G::partner_named, G::not_cleared_yet, G::reason_given}, "Clearance waived", "A partner's clearance was waived"},
  Transition{clearance_revoke, C::none, {clearance_for_publication, scheduled}, clearance_for_publication, kOfficer, kOfficerOf | GuardSet{G::cleared_before, G::reason_given}, "Clearance revoked", "A partner took its clearance back"},
  Transition{submit, C::none, clearance_for_submission, screening, kCorresponding, G::all_cleared, "Submitted", "Submitted"},

  Transition{assign_editor, C::none, {screening, review, revision, accepted}, kStay, kManaging, kUnbiased | kCandidate, "Editor assigned", ""},
  Transition{screen, C::accept, screening, review, kEditors, kUnbiased.with(G::editor_assigned), "Sent to review", "In review"},
  Transition{screen, C::give_back, screening, revision, kEditors, kUnbiased.with(G::reason_given), "Returned for correction", "Returned for correction"},
  Transition{screen, C::reject, screening, rejected, kEditors, kUnbiased.with(G::reason_given), "Rejected at screening", "Not accepted for review"},

  Transition{invite, C::none, review, kStay, kEditors, kInviting, "Reviewer invited", ""},
  Transition{review_agree, C::none, review, kStay, kReviewer, G::invitation_open, "Reviewer agreed", ""},
  Transition{review_decline, C::none, review, kStay, kReviewer, G::assignment_open, "Reviewer declined", ""},
  Transition{cancel_invitation, C::none, review, kStay, kEditors, kUnbiased | GuardSet{G::assignment_open, G::reason_given}, "Assignment cancelled", ""},
  Transition{extend, C::none, review, kStay, kEditors, kUnbiased | GuardSet{G::assignment_open, G::due_later}, "Deadline extended", ""},
  Transition{review_send, C::none, review, kStay, kReviewer, {G::assignment_agreed, G::interests_stated, G::review_complete}, "Review arrived", ""},
  Transition{recommend, C::none, review, kStay, Role::handling_editor, kUnbiased.with(G::reason_given), "Editor's advice", ""},
  Transition{decide, C::accept, review, accepted, kEditors, kUnbiased | kEnough.with(G::outside_reviewer), "Accepted", "Accepted"},
  Transition{decide, C::revise, review, revision, kEditors, kUnbiased | kEnough, "Revision asked for", "Revision asked for"},
  Transition{decide, C::reject, review, rejected, kEditors, kUnbiased.with(G::reason_given), "Rejected after review", "Not accepted"},

  Transition{request_publication_clearance, C::none, accepted, clearance_for_publication, {Role::production_editor, Role::managing_editor}, kUnbiased.with(G::version_agreed), "Publication clearance asked for", "With the partners for clearance"},
  Transition{schedule, C::none, clearance_for_publication, Phase::scheduled, kManaging, kUnbiased | GuardSet{G::all_cleared, G::instant_given}, "Scheduled", "Scheduled"},
  Transition{schedule, C::none, Phase::scheduled, kStay, kManaging, kUnbiased.with(G::instant_given), "Rescheduled", "Rescheduled"},
  Transition{publish, C::none, Phase::scheduled, published, {Role::managing_editor, Role::clock}, kUnbiased | GuardSet{G::all_cleared, G::instant_reached}, "Published", "Published"},

  Transition{withdraw, C::none, kMayBeUnreviewed, withdrawn, kCorresponding, {G::never_reviewed, G::reason_given}, "Withdrawn", "Withdrawn"},
  Transition{ask_withdrawal, C::none, kMayBeReviewed, kStay, kCorresponding, {G::once_reviewed, G::withdrawal_not_asked, G::reason_given}, "Withdrawal asked for", "Withdrawal asked for"},
  Transition{confirm_withdrawal, C::none, kMayBeReviewed, withdrawn, kEditors, kUnbiased.with(G::withdrawal_asked), "Withdrawn", "Withdrawn"},
  Transition{lapse, C::none, revision, lapsed, kEditors.with(Role::clock), kUnbiased.with(G::deadline_passed), "Lapsed", "Closed, since no new version came"},
  Transition{revive, C::none, lapsed, revision, kEditors, kUnbiased, "Revived", "Open again for a new version"},
};
// clang-format on

constexpr bool covers(const Transition& row, std::optional<Phase> from) { return from ? row.from.has(*from) : row.from.empty(); }
constexpr const Transition* find_row(Verb verb, Choice choice, std::optional<Phase> from) {
  for (const Transition& row : kTransitions) {
    if (row.verb == verb && row.choice == choice && covers(row, from)) return &row;
  }
  return nullptr;
}

// The soundness of the table, proved when it is compiled.

constexpr bool deterministic() {
  for (std::size_t i = 0; i < kTransitions.size(); ++i) {
    for (std::size_t j = i + 1; j < kTransitions.size(); ++j) {
      const Transition& a = kTransitions[i];
      const Transition& b = kTransitions[j];
      const bool meet = a.from.empty() ? b.from.empty() : !(a.from & b.from).empty();
      if (a.verb == b.verb && a.choice == b.choice && meet) return false;
    }
  }
  return true;
}
/// Phases from which one row leads into `reached`, or (forward) that one row reaches from it.
constexpr PhaseSet forward(PhaseSet reached) {
  for (const Transition& row : kTransitions) {
    if (row.to && (row.from.empty() || !(row.from & reached).empty())) reached = reached.with(*row.to);
  }
  return reached;
}
constexpr PhaseSet backward(PhaseSet reached) {
  for (const Transition& row : kTransitions) {
    if (row.to && reached.has(*row.to)) reached = reached | row.from;
  }
  return reached;
}
constexpr PhaseSet closure(PhaseSet start, PhaseSet (*step)(PhaseSet)) {
  for (std::size_t i = 0; i < all_of<Phase>().size(); ++i) start = step(start);
  return start;
}
constexpr bool finals_have_no_exit() {
  for (const Transition& row : kTransitions) {
    if (!(row.from & kFinal).empty()) return false;
  }
  return true;
}
constexpr bool every_verb_has_a_row() {
  for (const Verb verb : all_of<Verb>()) {
    if (std::none_of(kTransitions.begin(), kTransitions.end(), [&](const Transition& row) { return row.verb == verb; }))
      return false;
  }
  return true;
}
constexpr bool every_guard_is_used() {
  GuardSet used;
  for (const Transition& row : kTransitions) used = used | row.guards;
  return used == GuardSet::all();
}
constexpr bool everybody_has_a_part() {
  for (const Transition& row : kTransitions) {
    if (row.who.empty() || row.who.has(Role::admin) || row.label.empty()) return false;
  }
  return true;
}
static_assert(deterministic(), "one row for a verb, a choice and a phase");
static_assert(closure({}, forward) == PhaseSet::all(), "every phase can be reached");
static_assert(finals_have_no_exit());
static_assert(closure(kFinal, backward) == PhaseSet::all(), "every phase can come to a final one");
static_assert(!(closure(Phase::published, backward) & kLive).empty() && closure(Phase::published, backward).has(draft));
static_assert(every_verb_has_a_row());
static_assert(every_guard_is_used());
static_assert(everybody_has_a_part(), "an administrator has no content rights");

constexpr std::array kVerbLabels = {std::string_view("begin a submission"),
                                    std::string_view("add a version"),
                                    std::string_view("agree to the version"),
                                    std::string_view("ask the partners for clearance"),
                                    std::string_view("clear it"),
                                    std::string_view("ask for changes"),
                                    std::string_view("waive a clearance"),
                                    std::string_view("take the clearance back"),
                                    std::string_view("submit it"),
                                    std::string_view("assign an editor"),
                                    std::string_view("screen it"),
                                    std::string_view("invite a reviewer"),
                                    std::string_view("agree to review"),
                                    std::string_view("decline to review"),
                                    std::string_view("cancel an assignment"),
                                    std::string_view("extend a deadline"),
                                    std::string_view("send the review"),
                                    std::string_view("advise who decides"),
                                    std::string_view("decide"),
                                    std::string_view("ask the partners for publication clearance"),
                                    std::string_view("schedule it"),
                                    std::string_view("publish it"),
                                    std::string_view("withdraw it"),
                                    std::string_view("ask to withdraw it"),
                                    std::string_view("confirm the withdrawal"),
                                    std::string_view("let it lapse"),
                                    std::string_view("revive it")};
static_assert(kVerbLabels.size() == Names<Verb>::kList.size());

const PhaseLabel& row_of(Phase phase) { return kPhaseLabels[static_cast<std::size_t>(phase)]; }

}  // namespace

// clang-format off
constexpr std::array<PhaseLabel, 12> kPhaseLabels = {{
  {draft, "Draft", "Draft"},
  {clearance_for_submission, "Clearance before submission", "With the partners for clearance"},
  {screening, "Screening", "Submitted"},
  {review, "Review", "In review"},
  {revision, "Revision", "Waiting for a new version"},
  {accepted, "Accepted", "Accepted, in production"},
  {clearance_for_publication, "Clearance before publication", "Accepted, with the partners for clearance"},
  {Phase::scheduled, "Scheduled", "Scheduled"},
  {published, "Published", "Published"},
  {rejected, "Rejected", "Not accepted"},
  {withdrawn, "Withdrawn", "Withdrawn"},
  {lapsed, "Lapsed", "Closed, since no new version came"},
}};
// clang-format on

std::span<const Transition> transitions() { return kTransitions; }

const Transition* find_transition(Verb verb, Choice choice, std::optional<Phase> from) { return find_row(verb, choice, from); }

std::span<const Verb> verbs_in(Phase phase) {
  static const auto kVerbs = [] {
    std::array<std::vector<Verb>, Names<Phase>::kList.size()> verbs;
    for (const Transition& row : kTransitions) {
      for (const Phase from : all_of<Phase>()) {
        auto& list = verbs[static_cast<std::size_t>(from)];
        if (row.from.has(from) && std::find(list.begin(), list.end(), row.verb) == list.end()) list.push_back(row.verb);
      }
    }
    return verbs;
  }();
  return kVerbs[static_cast<std::size_t>(phase)];
}

std::string_view label(Phase phase) { return row_of(phase).label; }
std::string_view public_label(Phase phase) { return row_of(phase).public_label; }
std::string_view label(Verb verb) { return kVerbLabels[static_cast<std::size_t>(verb)]; }

}  // namespace colophon::review

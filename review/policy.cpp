// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/policy.hpp"

#include <algorithm>
#include <array>

#include "review/guards.hpp"

namespace colophon::review {
namespace {

/// What a viewer is to a submission. `invited` has not answered yet; `reviewer` has agreed, once.
enum class Relation : unsigned char { author, invited, reviewer, handling_editor, managing_editor, production_editor, officer };
template <class T>
bool contains(const std::vector<T>& list, const T& value) {
  return std::ranges::find(list, value) != list.end();
}

/// Who asks about which fact; what the conditions of the policy are asked.
struct Ask {
  const Viewer& viewer;
  const FactRef& fact;
  const Submission& s;
  const Workflow& workflow;
};

bool agreed(const Assignment& a) {
  const bool ended = a.status == AssignmentStatus::declined || a.status == AssignmentStatus::cancelled;
  return !ended && a.status != AssignmentStatus::invited && a.answered_at.has_value();
}
const Assignment* own_assignment(const Ask& ask, const Round& round) {
  return ask.viewer.person ? assignment_of(round, *ask.viewer.person) : nullptr;
}
bool agreed_in(const Ask& ask, const Round& round) {
  const Assignment* a = own_assignment(ask, round);
  return a && agreed(*a);
}
bool decided(const Submission& s, std::uint32_t round) {
  return std::ranges::any_of(s.decisions, [&](const Decision& d) { return d.round == round; });
}
bool anonymized(const Workflow& w) { return w.transparency >= Transparency::double_anonymized; }

// The conditions.

bool always(const Ask&) { return true; }
/// It has left the authors' hands once.
bool handed_in(const Ask& ask) { return ask.s.phase != Phase::draft || !ask.s.clearances.empty(); }
bool own(const Ask& ask) { return ask.viewer.person && (!ask.fact.about || ask.fact.about == ask.viewer.person); }
/// The decision of the round was taken: its reviews are released.
bool released(const Ask& ask) { return ask.fact.round != 0 && decided(ask.s, ask.fact.round); }
/// A round that the viewer agreed to review in; or the version of one.
bool own_round(const Ask& ask) {
  return std::ranges::any_of(ask.s.rounds, [&](const Round& r) { return r.number == ask.fact.round && agreed_in(ask, r); });
}
bool own_version(const Ask& ask) {
  return std::ranges::any_of(ask.s.rounds, [&](const Round& r) {
    return agreed_in(ask, r) && (ask.fact.version == 0 || ask.fact.version == r.version);
  });
}
bool shared(const Ask& ask) {
  if (!own_round(ask) || ask.workflow.shared_reviews == SharedReviews::never) return false;
  if (ask.workflow.shared_reviews == SharedReviews::after_decision) return released(ask);
  const Assignment* a = own_assignment(ask, ask.s.rounds[ask.fact.round - 1]);
  return a && a->status == AssignmentStatus::sent;
}
bool authors_open(const Ask& ask) { return !anonymized(ask.workflow); }
bool not_triple(const Ask& ask) { return ask.workflow.transparency != Transparency::triple_anonymized; }
bool open_and_released(const Ask& ask) { return ask.workflow.transparency == Transparency::all_visible && released(ask); }
bool open_and_shared(const Ask& ask) { return ask.workflow.transparency == Transparency::all_visible && shared(ask); }

using Relations = EnumSet<Relation>;
using enum Relation;
constexpr Relations kDeciders = {handling_editor, managing_editor};
constexpr Relations kHouse = kDeciders.with(production_editor);
constexpr Relations kReviewers = {invited, reviewer};

struct Rule {
  Fact fact;
  Relations who;
  bool (*when)(const Ask&);
};
// clang-format off
constexpr std::array kPolicy = {
  Rule{Fact::existence, kHouse | kReviewers | Relations{author}, always},
  Rule{Fact::existence, officer, handed_in},
  Rule{Fact::abstract, kHouse | kReviewers | Relations{author}, always},
  Rule{Fact::abstract, officer, handed_in},
  Rule{Fact::phase, kHouse.with(author), always},
  Rule{Fact::phase, officer, handed_in},
  Rule{Fact::content, kHouse.with(author), always},
  Rule{Fact::content, officer, handed_in},
  Rule{Fact::content, reviewer, own_version},
  Rule{Fact::author_identity, {author, managing_editor, production_editor}, always},
  Rule{Fact::author_identity, officer, handed_in},
  Rule{Fact::author_identity, handling_editor, not_triple},
  Rule{Fact::author_identity, kReviewers, authors_open},
  Rule{Fact::consent, {author, managing_editor, production_editor}, always},
  Rule{Fact::consent, officer, handed_in},
  Rule{Fact::consent, handling_editor, not_triple},
  Rule{Fact::editor_identity, kHouse | kReviewers, always},
  Rule{Fact::editor_identity, author, not_triple},
  Rule{Fact::editor_identity, officer, handed_in},
  Rule{Fact::assignment, kDeciders, always},
  Rule{Fact::assignment, kReviewers, own},
  Rule{Fact::reviewer_identity, kDeciders, always},
  Rule{Fact::reviewer_identity, kReviewers, own},
  Rule{Fact::reviewer_identity, author, open_and_released},
  Rule{Fact::reviewer_identity, reviewer, open_and_shared},
  Rule{Fact::review, kDeciders, always},
  Rule{Fact::review, reviewer, own},
  Rule{Fact::review, reviewer, shared},
  Rule{Fact::review, author, released},
  Rule{Fact::confidential_comment, kDeciders, always},
  Rule{Fact::confidential_comment, reviewer, own},
  Rule{Fact::advice, kDeciders, always},
  Rule{Fact::decision, kHouse.with(author), always},
  Rule{Fact::decision, reviewer, own_round},
  Rule{Fact::decision_reason, kDeciders, always},
  Rule{Fact::clearance, kHouse.with(author), always},
  Rule{Fact::clearance, officer, handed_in},
  Rule{Fact::schedule, kHouse.with(author), always},
  Rule{Fact::schedule, officer, handed_in},
  Rule{Fact::history_time, kHouse.with(officer), always},
};
// clang-format on

bool clears(const Viewer& viewer, const Submission& s) {
  return viewer.roles.has(Role::clearance_officer) &&
         std::ranges::any_of(viewer.clears_for, [&](const PartnerKey& p) { return contains(s.partners, p); });
}

Relations review_relations(const Viewer& viewer, const Submission& s) {
  Relations relations;
  for (const Round& round : s.rounds) {
    const Assignment* a = assignment_of(round, *viewer.person);
    if (a && a->status == AssignmentStatus::invited) relations = relations.with(invited);
    if (a && agreed(*a)) relations = relations.with(reviewer);
  }
  return relations;
}

/// Authors and reviewers are nothing else here: a conflict takes the standing roles away.
Relations relations_of(const Viewer& viewer, const Submission& s) {
  if (!viewer.person) return viewer.roles.has(Role::clock) ? Relations(managing_editor) : Relations{};
  if (is_author(s, *viewer.person)) return author;
  if (const Relations reviews = review_relations(viewer, s); !reviews.empty()) return reviews;
  Relations relations;
  if (s.editor == viewer.person) relations = relations.with(handling_editor);
  if (viewer.roles.has(Role::managing_editor)) relations = relations.with(managing_editor);
  if (viewer.roles.has(Role::production_editor)) relations = relations.with(production_editor);
  return clears(viewer, s) ? relations.with(officer) : relations;
}

}  // namespace

RoleSet roles_on(const Viewer& viewer, const Submission& s) {
  constexpr RoleSet kStanding = {Role::managing_editor, Role::production_editor, Role::clock};
  RoleSet roles = viewer.roles & kStanding;
  if (clears(viewer, s)) roles = roles.with(Role::clearance_officer);
  if (!viewer.person) return roles;
  if (is_author(s, *viewer.person)) roles = roles.with(Role::author);
  if (s.corresponding == *viewer.person) roles = roles.with(Role::corresponding_author);
  if (s.editor == viewer.person) roles = roles.with(Role::handling_editor);
  return is_reviewer(s, *viewer.person) ? roles.with(Role::reviewer) : roles;
}

bool may_see(const Viewer& viewer, const FactRef& fact, const Submission& s, const Workflow& workflow, Instant) {
  if (!exists(s)) return false;
  const Relations relations = relations_of(viewer, s);
  const Ask ask{viewer, fact, s, workflow};
  return std::ranges::any_of(
      kPolicy, [&](const Rule& rule) { return rule.fact == fact.fact && !(rule.who & relations).empty() && rule.when(ask); });
}

Door door_to(const Viewer& viewer, std::span<const Submission> submissions, const Workflow& workflow, Instant now) {
  constexpr RoleSet kStaff = {Role::managing_editor, Role::production_editor};
  if (!viewer.person || (viewer.roles & kStaff).empty()) return Door::closed;
  const auto staff_of = [&](const Submission& s) {
    if ((relations_of(viewer, s) & Relations{managing_editor, production_editor}).empty()) return false;
    return std::ranges::all_of(std::array{Fact::content, Fact::author_identity},
                               [&](Fact fact) { return may_see(viewer, {.fact = fact}, s, workflow, now); });
  };
  return std::ranges::all_of(submissions, staff_of) ? Door::open : Door::conflict;
}

std::vector<Verb> verbs_for(const Viewer& viewer, const Submission& s, const Workflow& workflow, Instant now) {
  std::vector<Verb> verbs;
  if (!may_see(viewer, {}, s, workflow, now)) return verbs;
  const RoleSet roles = roles_on(viewer, s);
  for (const Transition& row : transitions()) {
    if (!row.from.has(s.phase) || (row.who & roles).empty() || contains(verbs, row.verb)) continue;
    if (could_hold(row.guards, Question{s, viewer, workflow, now, row.verb})) verbs.push_back(row.verb);
  }
  return verbs;
}

}  // namespace colophon::review

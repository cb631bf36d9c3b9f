// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/guards.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"
#include "review/policy.hpp"

#include <fmt/format.h>

namespace colophon::review {
namespace {

using Q = const Question&;

template <class T>
const T* as(Q q) {
  return q.command ? std::get_if<T>(q.command) : nullptr;
}
/// Calls f with the command's struct; `fallback` when there is no command.
template <class F, class R>
R of_command(Q q, R fallback, F f) {
  return q.command ? std::visit(f, *q.command) : fallback;
}

bool has_text(const std::string& text) { return !trim(text).empty(); }
template <class T>
bool contains(const std::vector<T>& list, const T& value) {
  return std::ranges::find(list, value) != list.end();
}
template <class T>
bool all_different(const std::vector<T>& list) {
  return std::set<T>(list.begin(), list.end()).size() == list.size();
}

PartnerKey partner_of(Q q) {
  return of_command(q, PartnerKey(), [](const auto& c) {
    if constexpr (requires { c.partner; }) return c.partner;
    else return PartnerKey();
  });
}
/// The reviewer that the command is about: its argument, or who acts.
std::optional<PersonKey> reviewer_of(Q q) {
  return of_command(q, q.actor.person, [&](const auto& c) -> std::optional<PersonKey> {
    if constexpr (requires { c.reviewer; }) return c.reviewer;
    else return q.actor.person;
  });
}
std::string reason_of(Q q) {
  return of_command(q, std::string(), [](const auto& c) {
    if constexpr (requires { c.reason; }) return c.reason;
    else return std::string();
  });
}
const Assignment* assignment_in_question(Q q) {
  const Round* round = open_round(q.submission);
  const auto reviewer = reviewer_of(q);
  return round && reviewer ? assignment_of(*round, *reviewer) : nullptr;
}
bool status_is(Q q, std::initializer_list<AssignmentStatus> wanted) {
  const Assignment* a = assignment_in_question(q);
  return a && std::ranges::find(wanted, a->status) != wanted.end();
}
const PersonKey* candidate(Q q) {
  const auto* c = as<command::AssignEditor>(q);
  return c ? &c->editor : nullptr;
}
Gate gate(Q q) { return gate_of(q.submission.phase).value_or(Gate::submission); }

struct Content {
  std::vector<VersionFile> files;
  Json metadata;
};
std::optional<Content> content_of(Q q) {
  if (const auto* c = as<command::Create>(q)) return Content{c->files, c->metadata};
  if (const auto* c = as<command::Revise>(q)) return Content{c->files, c->metadata};
  return std::nullopt;
}

bool is_outside(Q q, const PersonKey& reviewer) {
  const Person* person = q.people ? q.people->find(reviewer) : nullptr;
  return person &&
         std::ranges::none_of(person->member_of, [&](const PartnerKey& p) { return contains(q.submission.partners, p); });
}
std::size_t review_count(Q q) { return open_round(q.submission) ? open_round(q.submission)->reviews.size() : 0; }
std::size_t outside_count(Q q) {
  const Round* round = open_round(q.submission);
  if (!round) return 0;
  return static_cast<std::size_t>(
      std::ranges::count_if(round->reviews, [&](const Review& r) { return is_outside(q, r.reviewer); }));
}
bool overrides(Q q) {
  const auto* c = as<command::Decide>(q);
  return c && c->override_minimum == command::Override::yes;
}

// One function a guard.

bool actor_not_author(Q q) { return !q.actor.person || !is_author(q.submission, *q.actor.person); }
bool actor_not_reviewer(Q q) { return !q.actor.person || !is_reviewer(q.submission, *q.actor.person); }
bool people_named(Q q) {
  const auto* c = as<command::Create>(q);
  if (!c || !all_different(c->authors) || !contains(c->authors, c->corresponding)) return false;
  return std::ranges::all_of(c->authors, [&](const PersonKey& author) { return q.people->find(author) != nullptr; });
}
bool partners_named(Q q) {
  const auto* c = as<command::Create>(q);
  return c && !c->partners.empty() && all_different(c->partners) && !contains(c->partners, PartnerKey());
}
bool content_complete(Q q) {
  const auto content = content_of(q);
  if (!content || !has_text(content->metadata["title"].as_string())) return false;
  return std::ranges::any_of(content->files, [](const VersionFile& file) { return file.role == "manuscript"; });
}
bool content_differs(Q q) {
  const auto content = content_of(q);
  return content && version_hash(content->files, content->metadata) != current_version(q.submission).hash;
}
bool not_agreed_yet(Q q) { return q.actor.person && !contains(current_version(q.submission).agreed_by, *q.actor.person); }
bool version_agreed(Q q) { return all_authors_agreed(q.submission); }
bool version_newer(Q q) { return current_version(q.submission).number > q.submission.submitted_version; }
bool partner_named(Q q) { return contains(q.submission.partners, partner_of(q)); }
bool officer_of_partner(Q q) { return contains(q.actor.clears_for, partner_of(q)); }
bool hash_current(Q q) {
  const auto* c = as<command::ClearanceGive>(q);
  return c && c->hash == current_version(q.submission).hash;
}
bool not_cleared_yet(Q q) { return !is_cleared(q.submission, gate(q), partner_of(q)); }
bool cleared_before(Q q) { return is_cleared(q.submission, gate(q), partner_of(q)); }
bool every_partner_cleared(Q q) { return all_cleared(q.submission, q.workflow, gate(q)); }
bool reason_given(Q q) { return has_text(reason_of(q)); }
bool editor_assigned(Q q) { return q.submission.editor.has_value(); }
bool candidate_is_editor(Q q) {
  const Person* person = candidate(q) ? q.people->find(*candidate(q)) : nullptr;
  return person && !(person->roles & RoleSet{Role::handling_editor, Role::managing_editor}).empty();
}
bool candidate_not_author(Q q) { return candidate(q) && !is_author(q.submission, *candidate(q)); }
bool candidate_not_reviewer(Q q) { return candidate(q) && !is_reviewer(q.submission, *candidate(q)); }
bool reviewer_known(Q q) { return reviewer_of(q) && q.people->find(*reviewer_of(q)); }
bool reviewer_not_author(Q q) { return !is_author(q.submission, *reviewer_of(q)); }
bool reviewer_not_editor(Q q) { return reviewer_of(q) != q.submission.editor && reviewer_of(q) != q.actor.person; }
bool reviewer_unique(Q q) {
  const Assignment* a = assignment_in_question(q);
  return !a || a->status == AssignmentStatus::declined || a->status == AssignmentStatus::cancelled;
}
bool invitation_open(Q q) { return status_is(q, {AssignmentStatus::invited}); }
bool assignment_open(Q q) { return status_is(q, {AssignmentStatus::invited, AssignmentStatus::agreed}); }
bool assignment_agreed(Q q) { return status_is(q, {AssignmentStatus::agreed}); }
bool due_later(Q q) {
  const auto* c = as<command::Extend>(q);
  const Assignment* a = assignment_in_question(q);
  return c && c->days > 0 && c->days <= 3660 && (!a || due_after(q.now, c->days, q.workflow.zone).at > a->due.at);
}
bool interests_stated(Q q) { return as<command::ReviewSend>(q) && has_text(as<command::ReviewSend>(q)->competing_interests); }
bool review_complete(Q q) { return as<command::ReviewSend>(q) && has_text(as<command::ReviewSend>(q)->to_authors); }
bool minimum_reviews(Q q) { return overrides(q) || review_count(q) >= q.workflow.least_reviews; }
bool outside_reviewer(Q q) { return overrides(q) || outside_count(q) >= q.workflow.least_outside; }
bool override_reasoned(Q q) {
  return !overrides(q) || (has_text(reason_of(q)) && roles_on(q.actor, q.submission).has(Role::managing_editor));
}
bool instant_given(Q q) { return as<command::Schedule>(q) && as<command::Schedule>(q)->at.has_value(); }
bool instant_reached(Q q) { return q.submission.scheduled_for && q.now >= *q.submission.scheduled_for; }
bool never_reviewed(Q q) { return q.submission.rounds.empty(); }
bool once_reviewed(Q q) { return !q.submission.rounds.empty(); }
bool withdrawal_not_asked(Q q) { return !q.submission.withdrawal_asked; }
bool withdrawal_asked(Q q) { return q.submission.withdrawal_asked; }
bool deadline_passed(Q q) {
  return q.submission.phase_due &&
         is_overdue(*q.submission.phase_due, {q.now.ms - std::int64_t{q.workflow.revision_grace_days} * 86'400'000});
}

// What to add to a message.

std::string missing_authors(Q q) {
  std::string list;
  for (const PersonKey& author : q.submission.authors) {
    if (!contains(current_version(q.submission).agreed_by, author)) list += (list.empty() ? "" : ", ") + author.value;
  }
  return list;
}
std::string missing_partners(Q q) {
  std::string list;
  for (const PartnerKey& partner : q.submission.partners) {
    if (!is_cleared(q.submission, gate(q), partner)) list += (list.empty() ? "" : ", ") + partner.value;
  }
  return list;
}
std::string given_partner(Q q) { return partner_of(q).value; }
std::string given_reviewer(Q q) { return reviewer_of(q) ? reviewer_of(q)->value : ""; }
std::string given_candidate(Q q) { return candidate(q) ? candidate(q)->value : ""; }
std::string count_reviews(Q q) { return fmt::format("{} of {}", review_count(q), q.workflow.least_reviews); }
std::string count_outside(Q q) { return fmt::format("{} of {}", outside_count(q), q.workflow.least_outside); }
std::string publish_at(Q q) { return q.submission.scheduled_for ? to_string(*q.submission.scheduled_for) : ""; }
std::string lapse_day(Q q) {
  return q.submission.phase_due ? to_string(q.submission.phase_due->at.plus_days(q.workflow.revision_grace_days)) : "";
}

enum class Needs { state, command };
struct Row {
  Guard guard;
  Needs needs;
  Errc code;
  bool (*holds)(Q);
  const char* message;
  const char* hint;
  std::string (*detail)(Q) = nullptr;
};

// clang-format off
constexpr std::array kRows = {
  Row{Guard::actor_not_author, Needs::state, Errc::forbidden, actor_not_author, "an author cannot do this for the house or a partner", "ask somebody who is no author of it"},
  Row{Guard::actor_not_reviewer, Needs::state, Errc::forbidden, actor_not_reviewer, "who reviews it cannot act as its editor", "ask another editor"},
  Row{Guard::people_named, Needs::command, Errc::invalid, people_named, "every author must be a known person, named once, and the corresponding author one of them", "add the missing people first, then try again"},
  Row{Guard::partners_named, Needs::command, Errc::invalid, partners_named, "at least one partner must be named, each once", "name the partners under whose name it goes out"},
  Row{Guard::content_complete, Needs::command, Errc::invalid, content_complete, "a version needs a title and a file with the role manuscript", "give both"},
  Row{Guard::content_differs, Needs::command, Errc::conflict, content_differs, "this is the current version, unchanged", "change a file or the metadata, or go on with the version as it is"},
  Row{Guard::not_agreed_yet, Needs::state, Errc::conflict, not_agreed_yet, "you have agreed to this version already", "nothing is left to do here"},
  Row{Guard::version_agreed, Needs::state, Errc::conflict, version_agreed, "not every author has agreed to the current version; missing", "let them agree first", missing_authors},
  Row{Guard::version_newer, Needs::state, Errc::conflict, version_newer, "the current version was submitted before", "add a new version first (revise)"},
  Row{Guard::partner_named, Needs::command, Errc::invalid, partner_named, "it does not go out under the name of this partner", "name one of its partners", given_partner},
  Row{Guard::officer_of_partner, Needs::command, Errc::forbidden, officer_of_partner, "you are no clearance officer of this partner", "ask that partner's officer", given_partner},
  Row{Guard::hash_current, Needs::command, Errc::conflict, hash_current, "this is not the current version", "look at the current version and clear that"},
  Row{Guard::not_cleared_yet, Needs::command, Errc::conflict, not_cleared_yet, "this partner has cleared the version already", "nothing is left to do for this partner", given_partner},
  Row{Guard::cleared_before, Needs::command, Errc::conflict, cleared_before, "there is no clearance of this partner to take back", "ask for changes instead", given_partner},
  Row{Guard::all_cleared, Needs::state, Errc::conflict, every_partner_cleared, "not every partner has cleared exactly this version; missing", "wait for their officers, or have the managing editor waive it with a reason", missing_partners},
  Row{Guard::reason_given, Needs::command, Errc::invalid, reason_given, "a reason is needed", "say why"},
  Row{Guard::editor_assigned, Needs::state, Errc::conflict, editor_assigned, "no editor handles it yet", "assign an editor first (assign_editor)"},
  Row{Guard::candidate_is_editor, Needs::command, Errc::invalid, candidate_is_editor, "this person is no editor", "name a person with the role handling_editor", given_candidate},
  Row{Guard::candidate_not_author, Needs::command, Errc::conflict, candidate_not_author, "an author cannot be its editor", "name another editor", given_candidate},
  Row{Guard::candidate_not_reviewer, Needs::command, Errc::conflict, candidate_not_reviewer, "a reviewer cannot be its editor", "name another editor", given_candidate},
  Row{Guard::reviewer_known, Needs::command, Errc::invalid, reviewer_known, "there is no such person", "add the person first", given_reviewer},
  Row{Guard::reviewer_not_author, Needs::command, Errc::conflict, reviewer_not_author, "an author cannot review it", "invite somebody else", given_reviewer},
  Row{Guard::reviewer_not_editor, Needs::command, Errc::conflict, reviewer_not_editor, "its editor cannot review it", "invite somebody else", given_reviewer},
  Row{Guard::reviewer_unique, Needs::command, Errc::conflict, reviewer_unique, "this person has an assignment in this round already", "invite somebody else, or extend the deadline", given_reviewer},
  Row{Guard::invitation_open, Needs::state, Errc::conflict, invitation_open, "there is no open invitation", "see what waits for you"},
  Row{Guard::assignment_open, Needs::state, Errc::conflict, assignment_open, "there is no open assignment", "see what is open in this round"},
  Row{Guard::assignment_agreed, Needs::state, Errc::conflict, assignment_agreed, "you have no review to send", "agree to review first, or see what waits for you"},
  Row{Guard::due_later, Needs::command, Errc::invalid, due_later, "an extension must end later than the deadline does", "give more days, counted from today"},
  Row{Guard::interests_stated, Needs::command, Errc::invalid, interests_stated, "the question of competing interests is not answered", "state them, or answer \"none\""},
  Row{Guard::review_complete, Needs::command, Errc::invalid, review_complete, "the review has no words for the authors", "write them"},
  Row{Guard::minimum_reviews, Needs::command, Errc::conflict, minimum_reviews, "this round has too few reviews", "wait for them, invite more reviewers, or have the managing editor override it with a reason", count_reviews},
  Row{Guard::outside_reviewer, Needs::command, Errc::conflict, outside_reviewer, "this round has too few reviews from outside the partners", "invite a reviewer of none of the partners, or have the managing editor override it with a reason", count_outside},
  Row{Guard::override_reasoned, Needs::command, Errc::forbidden, override_reasoned, "only the managing editor may override the least number of reviews, and only with a reason", "give a reason, or ask the managing editor"},
  Row{Guard::instant_given, Needs::command, Errc::invalid, instant_given, "a publication date is needed", "give the instant from which it is public"},
  Row{Guard::instant_reached, Needs::state, Errc::conflict, instant_reached, "its publication date has not come", "wait, or schedule it anew", publish_at},
  Row{Guard::never_reviewed, Needs::state, Errc::conflict, never_reviewed, "it has been in review", "ask for the withdrawal (ask_withdrawal); the editor confirms it"},
  Row{Guard::once_reviewed, Needs::state, Errc::conflict, once_reviewed, "it has never been in review", "withdraw it (withdraw); nobody has to confirm"},
  Row{Guard::withdrawal_not_asked, Needs::state, Errc::conflict, withdrawal_not_asked, "the withdrawal was asked for already", "wait for the editor to confirm it"},
  Row{Guard::withdrawal_asked, Needs::state, Errc::conflict, withdrawal_asked, "no author asked to withdraw it", "let the corresponding author ask first"},
  Row{Guard::deadline_passed, Needs::state, Errc::conflict, deadline_passed, "the deadline and its grace have not passed", "wait until then", lapse_day},
};
// clang-format on

constexpr bool rows_in_order() {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (kRows[i].guard != static_cast<Guard>(i)) return false;
  }
  return kRows.size() == Names<Guard>::kList.size();
}
static_assert(rows_in_order(), "one row a guard, in the order of Guard");

Status refuse(const Row& row, Q q) {
  const std::string detail = row.detail ? row.detail(q) : "";
  const std::string& number = q.submission.number;
  const std::string where = number.empty() ? "" : number + ": ";
  return fail(row.code, fmt::format("{}{}{}{}", where, row.message, detail.empty() ? "" : ": ", detail), row.hint, number);
}

}  // namespace

Status check_guards(GuardSet guards, const Question& question, GuardSet asked) {
  for (const Row& row : kRows) {
    if (guards.has(row.guard) && asked.has(row.guard) && !row.holds(question)) return refuse(row, question);
  }
  return {};
}

bool could_hold(GuardSet guards, const Question& question) {
  const bool about_others = question.verb == Verb::cancel_invitation || question.verb == Verb::extend;
  return std::ranges::all_of(kRows, [&](const Row& row) {
    if (!guards.has(row.guard) || row.needs == Needs::command) return true;
    if (!about_others || row.guard != Guard::assignment_open) return row.holds(question);
    const Round* round = open_round(question.submission);
    return round && std::ranges::any_of(round->assignments, is_open);
  });
}

}  // namespace colophon::review

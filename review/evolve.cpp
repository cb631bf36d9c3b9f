// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/evolve.hpp"

#include <utility>

namespace colophon::review {
namespace {

/// Applies one payload; one overload an event, no rules.
struct Apply {
  Submission& s;
  Instant at;
  const PersonKey& by;

  Round* round(std::uint32_t number) const {
    for (Round& r : s.rounds) {
      if (r.number == number) return &r;
    }
    return nullptr;
  }
  Assignment* assignment(std::uint32_t number, const PersonKey& person) const {
    Round* r = round(number);
    const Assignment* found = r ? assignment_of(*r, person) : nullptr;
    return found ? &r->assignments[static_cast<std::size_t>(found - r->assignments.data())] : nullptr;
  }
  void close_round() const {
    if (s.rounds.empty() || s.rounds.back().closed_at) return;
    s.rounds.back().closed_at = at;
    for (Assignment& a : s.rounds.back().assignments) {
      if (is_open(a)) a.status = AssignmentStatus::closed;
    }
  }
  void word(const event::ClearanceWord& e, ClearanceOutcome outcome) const {
    s.clearances.push_back({e.gate, e.partner, e.version, e.hash, by, outcome, e.reason, at});
  }
  void answer(std::uint32_t number, const PersonKey& person, AssignmentStatus status, const std::string& reason) const {
    Assignment* a = assignment(number, person);
    if (!a) return;
    a->status = status;
    a->reason = reason;
    if (status != AssignmentStatus::cancelled) a->answered_at = at;
  }

  void operator()(const event::Created& e) const {
    s.number = e.number;
    s.workflow = e.workflow;
    s.secret = e.secret;
    s.partners = e.partners;
    s.authors = e.authors;
    s.corresponding = e.corresponding;
    s.created_at = at;
  }
  void operator()(const event::VersionAdded& e) const {
    s.versions.push_back({e.number, e.hash, e.files, e.metadata, e.note, at, by, {}});
    s.title = e.metadata["title"].as_string();
  }
  void operator()(const event::Agreed& e) const {
    for (Version& version : s.versions) {
      if (version.number == e.version) version.agreed_by.push_back(by);
    }
  }
  void operator()(const event::ClearanceRequested&) const {}
  void operator()(const event::Cleared& e) const { word(e, ClearanceOutcome::cleared); }
  void operator()(const event::ChangesAsked& e) const { word(e, ClearanceOutcome::changes_asked); }
  void operator()(const event::ClearanceWaived& e) const { word(e, ClearanceOutcome::waived); }
  void operator()(const event::ClearanceRevoked& e) const {
    word(e, ClearanceOutcome::revoked);
    s.scheduled_for.reset();
  }
  void operator()(const event::Submitted& e) const { s.submitted_version = e.version; }
  void operator()(const event::EditorAssigned& e) const { s.editor = e.editor; }
  void operator()(const event::Screened& e) const {
    s.decisions.push_back({0, e.version, e.outcome, e.letter, e.reason, false, by, at});
    if (e.outcome != Choice::accept) return;
    const auto number = static_cast<std::uint32_t>(s.rounds.size() + 1);
    s.rounds.push_back({number, e.version, at, std::nullopt, {}, {}});
  }
  void operator()(const event::Invited& e) const {
    Round* r = round(e.round);
    if (r) r->assignments.push_back({e.reviewer, "", AssignmentStatus::invited, e.answer_due, at, by, std::nullopt, ""});
  }
  void operator()(const event::InvitationAgreed& e) const {
    answer(e.round, e.reviewer, AssignmentStatus::agreed, "");
    if (Assignment* a = assignment(e.round, e.reviewer)) a->due = e.review_due;
  }
  void operator()(const event::InvitationDeclined& e) const { answer(e.round, e.reviewer, AssignmentStatus::declined, e.reason); }
  void operator()(const event::InvitationCancelled& e) const {
    answer(e.round, e.reviewer, AssignmentStatus::cancelled, e.reason);
  }
  void operator()(const event::DueExtended& e) const {
    if (Assignment* a = assignment(e.round, e.reviewer)) a->due = e.due;
  }
  void operator()(const event::ReviewSent& e) const {
    Assignment* a = assignment(e.round, e.reviewer);
    if (!a) return;
    a->status = AssignmentStatus::sent;
    a->handle = e.handle;
    round(e.round)->reviews.push_back(
        {e.reviewer, e.handle, e.recommendation, e.to_authors, e.to_editors, e.competing_interests, e.form, e.files, at});
  }
  void operator()(const event::Recommended& e) const { s.advice.push_back({e.round, e.recommendation, e.text, by, at}); }
  void operator()(const event::Decided& e) const {
    s.decisions.push_back({e.round, e.version, e.outcome, e.letter, e.reason, e.overridden, by, at});
    close_round();
  }
  void operator()(const event::Scheduled& e) const { s.scheduled_for = e.publish_at; }
  void operator()(const event::Published&) const { s.published_at = at; }
  void operator()(const event::WithdrawalAsked&) const { s.withdrawal_asked = true; }
  void operator()(const event::Withdrawn&) const { close_round(); }
  void operator()(const event::Lapsed&) const {}
  void operator()(const event::Revived&) const {}
};

}  // namespace

Submission evolve(Submission submission, const Event& event, Instant at, const PersonKey& by) {
  const bool moves = event.phase != submission.phase || event.kind() == EventKind::created;
  std::visit(Apply{submission, at, by}, event.payload);
  if (moves) {
    submission.phase = event.phase;
    submission.phase_since = at;
    submission.phase_due = event.phase_due;
  } else if (event.phase_due) {
    submission.phase_due = event.phase_due;
  }
  ++submission.event_count;
  return submission;
}

Submission fold(std::span<const RecordedEvent> history) {
  Submission submission;
  for (const RecordedEvent& recorded : history)
    submission = evolve(std::move(submission), recorded.event, recorded.at, recorded.by);
  return submission;
}

}  // namespace colophon::review

// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/tasks.hpp"

#include <algorithm>
#include <tuple>

#include "review/policy.hpp"

namespace colophon::review {
namespace {

/// Collects the tasks of one submission; one function a phase.
struct Collector {
  const Submission& s;
  const Workflow& workflow;
  std::vector<Task> tasks = {};

  Due phase_due() const { return s.phase_due ? *s.phase_due : due_after(s.phase_since, workflow.decision_days, workflow.zone); }
  void person(TaskKind kind, const PersonKey& owner, const Due& due) { tasks.push_back({kind, owner, {}, {}, due}); }
  void role(TaskKind kind, Role owner, const Due& due) { tasks.push_back({kind, {}, owner, {}, due}); }
  /// The handling editor, or the managing editors while there is none.
  void editor(TaskKind kind, const Due& due) {
    if (s.editor) person(kind, *s.editor, due);
    else role(kind, Role::managing_editor, due);
  }

  /// True when nobody has to agree any more.
  bool agreed() {
    const auto& done = current_version(s).agreed_by;
    for (const PersonKey& author : s.authors) {
      if (std::ranges::find(done, author) == done.end()) person(TaskKind::agree, author, phase_due());
    }
    return all_authors_agreed(s);
  }
  void draft() {
    if (agreed()) person(TaskKind::request_clearance, s.corresponding, phase_due());
  }
  void revision() {
    if (current_version(s).number <= s.submitted_version) return person(TaskKind::revise, s.corresponding, phase_due());
    draft();
  }
  bool cleared(Gate gate) {
    if (all_cleared(s, workflow, gate)) return true;
    for (const PartnerKey& partner : s.partners) {
      if (!is_cleared(s, gate, partner)) tasks.push_back({TaskKind::clear, {}, Role::clearance_officer, partner, phase_due()});
    }
    return false;
  }
  void clearance_for_submission() {
    if (cleared(Gate::submission)) person(TaskKind::submit, s.corresponding, phase_due());
  }
  void screening() {
    if (!s.editor) role(TaskKind::assign_editor, Role::managing_editor, phase_due());
    editor(TaskKind::screen, phase_due());
  }
  void review() {
    const Round* round = open_round(s);
    if (!round) return editor(TaskKind::decide, phase_due());
    for (const Assignment& a : round->assignments) {
      if (a.status == AssignmentStatus::invited) person(TaskKind::answer_invitation, a.reviewer, a.due);
      if (a.status == AssignmentStatus::agreed) person(TaskKind::review, a.reviewer, a.due);
    }
    const auto open = static_cast<std::size_t>(std::ranges::count_if(round->assignments, is_open));
    if (round->reviews.size() + open < workflow.least_reviews) {
      editor(TaskKind::invite_reviewers, due_after(round->opened_at, workflow.answer_days, workflow.zone));
    }
    if (round->reviews.size() < workflow.least_reviews) return;
    const Instant enough = round->reviews.empty() ? round->opened_at : round->reviews.back().at;
    editor(TaskKind::decide, due_after(enough, workflow.decision_days, workflow.zone));
  }
  void accepted() {
    if (agreed()) role(TaskKind::request_publication_clearance, Role::production_editor, phase_due());
  }
  void clearance_for_publication() {
    if (cleared(Gate::publication)) role(TaskKind::schedule, Role::managing_editor, phase_due());
  }
  void scheduled() { role(TaskKind::publish, Role::managing_editor, phase_due()); }
};

struct PhaseTasks {
  Phase phase;
  void (Collector::*collect)();
};
constexpr std::array kPhaseTasks = {
    PhaseTasks{Phase::draft, &Collector::draft},
    PhaseTasks{Phase::clearance_for_submission, &Collector::clearance_for_submission},
    PhaseTasks{Phase::screening, &Collector::screening},
    PhaseTasks{Phase::review, &Collector::review},
    PhaseTasks{Phase::revision, &Collector::revision},
    PhaseTasks{Phase::accepted, &Collector::accepted},
    PhaseTasks{Phase::clearance_for_publication, &Collector::clearance_for_publication},
    PhaseTasks{Phase::scheduled, &Collector::scheduled},
};
constexpr bool every_live_phase_has_tasks() {
  PhaseSet phases;
  for (const PhaseTasks& row : kPhaseTasks) phases = phases.with(row.phase);
  return phases == kLive;
}
static_assert(every_live_phase_has_tasks());

bool owns(const Viewer& viewer, RoleSet roles, const Task& task) {
  if (task.person) return task.person == viewer.person;
  if (!task.role || !roles.has(*task.role)) return false;
  return !task.partner || std::ranges::find(viewer.clears_for, *task.partner) != viewer.clears_for.end();
}

}  // namespace

std::vector<Task> tasks_of(const Submission& submission, const Workflow& workflow) {
  if (!exists(submission)) return {};
  Collector collector{submission, workflow};
  for (const PhaseTasks& row : kPhaseTasks) {
    if (row.phase == submission.phase) (collector.*row.collect)();
  }
  if (submission.withdrawal_asked && kLive.has(submission.phase)) {
    collector.editor(TaskKind::confirm_withdrawal, collector.phase_due());
  }
  const auto order = [](const Task& t) { return std::tuple(t.due.at, t.kind, t.person, t.role, t.partner); };
  std::ranges::sort(collector.tasks, {}, order);
  return std::move(collector.tasks);
}

std::vector<Task> tasks_for(const Viewer& viewer, const Submission& submission, const Workflow& workflow, Instant now) {
  if (!may_see(viewer, {}, submission, workflow, now)) return {};
  RoleSet roles = roles_on(viewer, submission);
  const bool conflict = !(roles & RoleSet{Role::author, Role::reviewer}).empty();
  if (conflict) roles = roles & RoleSet{Role::author, Role::corresponding_author, Role::reviewer};
  std::vector<Task> mine;
  for (Task& task : tasks_of(submission, workflow)) {
    if (owns(viewer, roles, task)) mine.push_back(std::move(task));
  }
  return mine;
}

}  // namespace colophon::review

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <vector>

#include "review/state.hpp"

namespace colophon::review {

/// Who owes what until when: derived from the state, never stored as truth. Every live phase has at least one task with owner and due.

enum class TaskKind : unsigned char {
  agree,
  request_clearance,
  clear,
  submit,
  assign_editor,
  screen,
  invite_reviewers,
  answer_invitation,
  review,
  decide,
  revise,
  request_publication_clearance,
  schedule,
  publish,
  confirm_withdrawal
};
template <>
struct Names<TaskKind> {
  static constexpr std::string_view kWhat = "kind of task";
  static constexpr std::array<std::string_view, 15> kList = {"agree",
                                                             "request_clearance",
                                                             "clear",
                                                             "submit",
                                                             "assign_editor",
                                                             "screen",
                                                             "invite_reviewers",
                                                             "answer_invitation",
                                                             "review",
                                                             "decide",
                                                             "revise",
                                                             "request_publication_clearance",
                                                             "schedule",
                                                             "publish",
                                                             "confirm_withdrawal"};
};

/// The owner is a person, or whoever holds a standing role (for `partner`, when that is set).
struct Task {
  TaskKind kind = TaskKind::agree;
  std::optional<PersonKey> person;
  std::optional<Role> role;
  std::optional<PartnerKey> partner;
  Due due;
  friend bool operator==(const Task&, const Task&) = default;
};
inline bool is_overdue(const Task& task, Instant now) { return is_overdue(task.due, now); }

/// All tasks, for the house's queues; ordered by due, kind, owner.
std::vector<Task> tasks_of(const Submission& submission, const Workflow& workflow);
/// Those that the viewer owns and may know of.
std::vector<Task> tasks_for(const Viewer& viewer, const Submission& submission, const Workflow& workflow, Instant now);

}  // namespace colophon::review

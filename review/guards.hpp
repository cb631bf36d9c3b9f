// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "review/decide.hpp"

namespace colophon::review {

/// What a guard is asked (internal to this room). `command` is null when somebody only wants to know what they could do; then only
/// guards that need no argument are asked, and `people` may be null.
struct Question {
  const Submission& submission;
  const Actor& actor;
  const Workflow& workflow;
  Instant now;
  Verb verb;
  const Command* command = nullptr;
  const People* people = nullptr;
};

/// The guards of a row in the order of Guard, those of `asked` only; the first that fails is the error.
Status check_guards(GuardSet guards, const Question& question, GuardSet asked);
/// Only the guards that need no argument.
bool could_hold(GuardSet guards, const Question& question);

}  // namespace colophon::review

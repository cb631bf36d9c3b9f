// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/submissions.hpp"
#include "cli/command.hpp"

namespace colophon::cli {

/// What the commands about submissions share: NUMBER is their first argument, --as says who acts.

/// Makes a command of the review room from what was given. The view is what the actor sees of the submission.
using MakeCommand = Result<review::Command> (*)(Invocation& call, const review::SubmissionView& view);

/// Runs it on NUMBER, tells what happened, the phase, who was told and what the actor can do next. After publishing the work is made
/// searchable.
Result<int> run_step(Invocation& call, MakeCommand make);
/// The end of the above for other use cases.
Result<int> tell_step(Invocation& call, app::Library& library, const app::Step& step);

/// What waits for the actor, soonest first; with `only` those tasks alone. Exit status 1 when nothing waits.
Result<int> show_queue(Invocation& call, std::optional<review::TaskKind> only);

inline const ArgumentRow kNumber{"NUMBER", "the submission's number, as in ART-7KQ2"};

/// The command line for a verb: "colophon submission agree".
std::string_view command_line(review::Verb verb);

}  // namespace colophon::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cli/output.hpp"
#include "review/policy.hpp"

namespace colophon::cli {

/// A submission as its viewer may see it, for a person: what is absent from the view has no line.
void show_submission(Output& out, const review::SubmissionView& view);

}  // namespace colophon::cli

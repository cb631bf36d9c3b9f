// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <span>

#include "review/events.hpp"

namespace colophon::review {

/// The state after one more event; pure, total, knows no rules: what decide() let through is applied as it stands.
Submission evolve(Submission submission, const Event& event, Instant at, const PersonKey& by);
/// The state of a whole history; Submission{} (which does not exist) for none.
Submission fold(std::span<const RecordedEvent> history);

}  // namespace colophon::review

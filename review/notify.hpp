// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <span>
#include <string>
#include <vector>

#include "review/events.hpp"

namespace colophon::review {

/// Who is told what when something happened: rows for the outbox. Recipients and facts go through may_see as of the new state; no
/// notice to authors names a reviewer or tells how many there are.

/// `kind` is stable and names the mail's text ("decided", "clearance_wanted"). `facts` holds only what the recipient may see:
/// number, title, phase in words, and by kind partner, gate, outcome, letter, due, reviewer, handle, reason, publish_at.
struct Notice {
  PersonKey recipient;
  std::string kind;
  Json facts;
  friend bool operator==(const Notice&, const Notice&) = default;
};

/// The notices of one command: `events` led from `before` to `after`. Who did it is not told of it, but for receipts. Ordered by event, then rule;
/// nobody gets the same kind twice.
std::vector<Notice> notices(const Submission& before,
                            std::span<const Event> events,
                            const Submission& after,
                            const PersonKey& by,
                            const Workflow& workflow,
                            const People& people,
                            Instant now);

}  // namespace colophon::review

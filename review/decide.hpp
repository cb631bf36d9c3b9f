// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <vector>

#include "review/commands.hpp"
#include "review/events.hpp"
#include "review/evolve.hpp"

namespace colophon::review {

/// Everything outside the submission that a decision may depend on.
struct Context {
  Instant now;
  const Workflow& workflow;  ///< the revision that the submission is bound to
  const People& people;
  std::optional<std::uint64_t> if_version = {};  ///< the event_count that the asker has seen; absent: no matter
  GuardSet guards = GuardSet::all();             ///< tests switch one off to see that the walk notices; never elsewhere
};

/// What happens when `actor` asks for `command`: the events to append in one transaction, in order; pure.
/// For Create pass a Submission{}.
///
/// Errors: not_found when the actor may not know of the submission (the same words as for one that is not there);
/// conflict when the table has no row for its phase, naming the phase and what this actor can do now, when somebody else was
/// faster (if_version), or when a guard on the state fails; forbidden when the role is lacking or a guard on the actor fails;
/// invalid when an argument is missing or wrong. Each has a hint naming the next step. No message tells what the actor may not see.
Result<std::vector<Event>> decide(const Submission& submission,
                                  const Command& command,
                                  const Actor& actor,
                                  const Context& context);

/// decide() and evolve() in one: the events and the state after them.
struct Applied {
  std::vector<Event> events;
  Submission after;
};
Result<Applied> apply(const Submission& submission, const Command& command, const Actor& actor, const Context& context);

/// The letter of the nth review of a round (0-based): a permutation of A to Z keyed by secret and round; "K", then "K2" after 26.
std::string reviewer_handle(const std::string& secret, std::uint32_t round, std::size_t nth);

}  // namespace colophon::review

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "unit/review/world.hpp"

/// The exhaustive walk: every state that a menu of commands reaches within bounds, judged by rules written without the guards.
namespace colophon::review::world {

struct Bounds {
  std::size_t versions = 3;
  std::size_t rounds = 2;
  std::size_t states = 2'000'000;
  std::string no_reviewer = {};  ///< this person is never invited, for a smaller world
};
struct Attempt {
  std::string actor;
  Command command;
  std::int64_t days_later = 0;
};
struct Walked {
  std::size_t states = 0;
  std::size_t edges = 0;
  std::size_t dead_ends = 0;  ///< live states from which nothing in the menu is possible
  PhaseSet phases;
  std::string violation;  ///< of the first state that breaks a rule; the walk stops there
};

/// What is tried in every state, the permitted and the forbidden.
const std::vector<Attempt>& menu(const Submission& s);
/// Two states with one key behave alike.
std::string abstract_key(const Submission& s);
/// Empty, or the rule that the state breaks (research/review.md section 4.3).
std::string broken_rule(const Submission& s);
/// Empty, or the rule that the step breaks.
std::string broken_step(const Submission& before, const Submission& after, const Attempt& attempt, Instant now);
using Observer = std::function<void(const Submission&)>;
Walked walk(GuardSet guards, Bounds bounds, const Observer& observe = {});

}  // namespace colophon::review::world

// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/review/walk.hpp"

#include <algorithm>
#include <cstdio>

#include <gtest/gtest.h>

namespace colophon::review {
namespace {

using namespace world;

TEST(Walk, FindsNoViolationInOneRoundWithThreeReviewersOneOfThemAnEditor) {
  const Walked walked = walk(GuardSet::all(), {.versions = 2, .rounds = 1});
  EXPECT_EQ(walked.violation, "");
  EXPECT_EQ(walked.dead_ends, 0u);
  EXPECT_GT(walked.states, 3'000u);
}

TEST(Walk, FindsNoViolationAndNoDeadEndInAnyReachableState) {
  const Walked walked = walk(GuardSet::all(), {.versions = 3, .rounds = 2, .no_reviewer = "mo"});
  EXPECT_EQ(walked.violation, "");
  EXPECT_EQ(walked.dead_ends, 0u);
  EXPECT_EQ(walked.phases, PhaseSet::all());
  EXPECT_GT(walked.states, 3'332u) << "the model check of the machine on paper had 3,332";
  RecordProperty("states", static_cast<int>(walked.states));
  std::printf("  %zu states, %zu edges\n", walked.states, walked.edges);
  RecordProperty("edges", static_cast<int>(walked.edges));
}

TEST(Walk, NoticesEveryGuardThatIsSwitchedOff) {
  std::vector<std::string> survivors;
  for (const Guard guard : all_of<Guard>()) {
    const Walked walked = walk(GuardSet::all().without(guard), {.versions = 2, .rounds = 1, .states = 20'000});
    if (walked.violation.empty()) survivors.emplace_back(name(guard));
  }
  const auto killed = all_of<Guard>().size() - survivors.size();
  EXPECT_GE(killed * 100, all_of<Guard>().size() * 95) << "survivors: " << ::testing::PrintToString(survivors);
  EXPECT_EQ(survivors, std::vector<std::string>{});
}

/// A command for every verb (and choice), whoever asks and whatever the state.
std::vector<Command> samples(const Submission& s) {
  std::vector<Command> all;
  for (const Attempt& attempt : menu(Submission{})) all.push_back(attempt.command);
  for (const Attempt& attempt : menu(s)) all.push_back(attempt.command);
  return all;
}

TEST(Walk, RefusesEveryPairOfPhaseAndVerbThatIsNotInTheTable) {
  std::size_t refused = 0;
  for (const Phase phase : all_of<Phase>()) {
    const Story story = in_phase(phase);
    ASSERT_EQ(story.s.phase, phase);
    const auto possible = verbs_in(phase);
    for (const Command& command : samples(story.s)) {
      if (std::find(possible.begin(), possible.end(), verb_of(command)) != possible.end()) continue;
      for (const auto& [key, person] : people().all()) {
        const Error error = story.refuses(key.value, command);
        const bool knows = may_see(who(key.value), {}, story.s, workflow(), story.now);
        EXPECT_EQ(error.code, knows ? Errc::conflict : Errc::not_found)
            << name(phase) << " " << name(verb_of(command)) << " " << key.value;
        EXPECT_FALSE(error.hint.empty());
        ++refused;
      }
    }
  }
  EXPECT_GT(refused, 5'000u);
}

TEST(Walk, LetsOnlyRolesOfTheTableActInEveryPhase) {
  for (const Phase phase : all_of<Phase>()) {
    const Story story = in_phase(phase);
    for (const Command& command : samples(story.s)) {
      for (const auto& [key, person] : people().all()) {
        if (!apply(story.s, command, who(key.value), story.context())) continue;
        const RoleSet roles = roles_on(who(key.value), story.s);
        const bool permitted = std::ranges::any_of(transitions(), [&](const Transition& row) {
          return row.verb == verb_of(command) && row.from.has(phase) && !(row.who & roles).empty();
        });
        EXPECT_TRUE(permitted) << name(phase) << " " << name(verb_of(command)) << " " << key.value;
      }
    }
  }
}

}  // namespace
}  // namespace colophon::review

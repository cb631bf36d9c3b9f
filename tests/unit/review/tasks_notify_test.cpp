// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "unit/review/walk.hpp"

#include <gtest/gtest.h>

namespace colophon::review {
namespace {

using namespace world;

std::vector<std::string> kinds(const std::vector<Task>& tasks) {
  std::vector<std::string> names;
  for (const Task& task : tasks) names.emplace_back(name(task.kind));
  return names;
}

TEST(Tasks, EveryLivePhaseHasOneWithOwnerAndDueAndClosedPhasesHaveNone) {
  for (const Phase phase : all_of<Phase>()) {
    const Story story = in_phase(phase);
    const auto tasks = tasks_of(story.s, story.flow);
    EXPECT_EQ(tasks.empty(), kClosed.has(phase)) << name(phase);
    for (const Task& task : tasks) {
      EXPECT_NE(task.person.has_value(), task.role.has_value());
      EXPECT_GT(task.due.at.ms, 0);
    }
  }
}

TEST(Tasks, EveryOwnerCanDoTheirTaskInAnyReachableState) {
  const auto check = [](const Submission& s) {
    for (const Task& task : exists(s) ? tasks_of(s, workflow()) : std::vector<Task>{}) {
      if (!task.person) continue;
      const Viewer owner = who(task.person->value);
      ASSERT_TRUE(may_see(owner, {}, s, workflow(), kNow));
      ASSERT_FALSE(verbs_for(owner, s, workflow(), kNow).empty()) << name(s.phase) << " " << name(task.kind);
    }
  };
  walk(GuardSet::all(), {.versions = 2, .rounds = 1, .no_reviewer = "mo"}, check);
}

TEST(Tasks, FollowTheReview) {
  Story story = Story{}.to_review();
  EXPECT_EQ(kinds(tasks_for(who("eve"), story.s, story.flow, story.now)), std::vector<std::string>{"invite_reviewers"});
  story.does("eve", command::Invite{key("rita")});
  EXPECT_EQ(kinds(tasks_for(who("rita"), story.s, story.flow, story.now)), std::vector<std::string>{"answer_invitation"});
  story.does("rita", command::ReviewAgree{});
  const auto mine = tasks_for(who("rita"), story.s, story.flow, story.now);
  ASSERT_EQ(kinds(mine), std::vector<std::string>{"review"});
  EXPECT_EQ(date_in_zone(mine[0].due.at, "Europe/Berlin"), "2026-03-30");
  EXPECT_FALSE(is_overdue(mine[0], mine[0].due.at));
  EXPECT_TRUE(is_overdue(mine[0], Instant{mine[0].due.at.ms + 1}));
  story.does("rita", review("Good.")).reviewed_by("rob", "Fine.");
  EXPECT_EQ(kinds(tasks_for(who("eve"), story.s, story.flow, story.now)), std::vector<std::string>{"decide"});
}

TEST(Tasks, OfficersGetTheirPartnersOnly) {
  Story story = Story{}.to_clearance();
  EXPECT_EQ(tasks_for(who("oli"), story.s, story.flow, story.now).size(), 1u);
  EXPECT_TRUE(tasks_for(who("ben"), story.s, story.flow, story.now).empty()) << "an author does not clear";
  story.does("oli", command::ClearanceGive{kIclei, current_version(story.s).hash, ""});
  EXPECT_TRUE(tasks_for(who("oli"), story.s, story.flow, story.now).empty());
  EXPECT_EQ(tasks_for(who("uma"), story.s, story.flow, story.now).size(), 1u);
}

struct Told {
  std::vector<Notice> notices;
  std::vector<std::string> to;
};
Told told(const Story& story, const std::string& by, const Command& command) {
  const auto applied = apply(story.s, command, who(by), story.context());
  EXPECT_TRUE(applied.has_value());
  Told out{notices(story.s, applied->events, applied->after, key(by), story.flow, people(), story.now), {}};
  for (const Notice& notice : out.notices) out.to.push_back(notice.recipient.value + ":" + notice.kind);
  return out;
}

TEST(Notices, GoToWhoHasToActAndNotToWhoActed) {
  EXPECT_EQ(told(Story{}, "ann", create()).to, std::vector<std::string>{"ben:agreement_wanted"});
  const Story draft = Story{}.does("ann", create()).does("ben", command::Agree{});
  EXPECT_EQ(told(draft, "ann", command::RequestClearance{}).to,
            (std::vector<std::string>{"ben:clearance_wanted", "oli:clearance_wanted", "uma:clearance_wanted"}))
      << "ben, an officer too, learns it as an author";
}

TEST(Notices, NameNoReviewerToAuthors) {
  const Story story = Story{}.to_decision().does("eve", command::Invite{key("rex")});
  const Told decided = told(story, "eve", command::Decide{Choice::revise, "Please revise.", "weak data", {}});
  EXPECT_EQ(decided.to,
            (std::vector<std::string>{"ann:decided", "ben:decided", "rita:decided", "rob:decided", "rex:assignment_closed"}));
  for (const Notice& notice : decided.notices) {
    const std::string text = notice.facts.canonical();
    EXPECT_EQ(text.find("weak data"), std::string::npos);
    if (notice.kind != "decided") continue;
    for (const char* name : {"rita", "rob", "rex"}) EXPECT_EQ(text.find(name), std::string::npos);
    EXPECT_EQ(notice.facts["outcome"].as_string(), "revise");
  }
}

TEST(Notices, TellAuthorsNothingOfInvitationsAndReviews) {
  Story story = Story{}.to_review();
  EXPECT_EQ(told(story, "eve", command::Invite{key("rita")}).to, std::vector<std::string>{"rita:invited"});
  story.does("eve", command::Invite{key("rita")}).does("rita", command::ReviewAgree{});
  const Told sent = told(story, "rita", review("Good."));
  EXPECT_EQ(sent.to, (std::vector<std::string>{"rita:review_received", "eve:review_arrived"}));
  EXPECT_EQ(sent.notices[1].facts["reviewer"].as_string(), "rita");
  const Told cancelled = told(story, "eve", command::CancelInvitation{key("rita"), "too slow"});
  EXPECT_EQ(cancelled.to, std::vector<std::string>{"rita:assignment_closed"});
  EXPECT_FALSE(cancelled.notices[0].facts.contains("reason"));
}

TEST(Notices, ReachOnlyPeopleWhoMayKnowInAnyReachableStep) {
  std::size_t count = 0;
  const auto check = [&](const Submission& s) {
    for (const Attempt& attempt : menu(s)) {
      const auto applied = apply(s, attempt.command, who(attempt.actor), {kNow, workflow(), people()});
      if (!applied) continue;
      for (const Notice& n :
           notices(s, applied->events, applied->after, acting_key(who(attempt.actor)), workflow(), people(), kNow)) {
        const Viewer to = who(n.recipient.value);
        ASSERT_TRUE(may_see(to, {}, s, workflow(), kNow) || may_see(to, {}, applied->after, workflow(), kNow));
        const bool author = is_author(applied->after, n.recipient);
        if (author) {
          ASSERT_FALSE(n.facts.contains("reviewer"));
        }
        ++count;
      }
    }
  };
  walk(GuardSet::all(), {.versions = 1, .rounds = 1, .no_reviewer = "mo"}, check);
  EXPECT_GT(count, 100u);
}

}  // namespace
}  // namespace colophon::review

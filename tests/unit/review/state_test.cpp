// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/state.hpp"

#include "unit/review/walk.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace colophon::review {
namespace {

using namespace world;

/// A story of up to `steps` commands drawn from the menu; what is refused is skipped.
Story random_story(int steps) {
  Story story;
  for (int i = 0; i < steps; ++i) {
    const auto all = menu(story.s);
    const std::size_t drawn = exists(story.s) ? *rc::gen::inRange<std::size_t>(0, all.size()) : 0;
    const Attempt& attempt = all[drawn];
    story.now = story.now.plus_days(attempt.days_later);
    if (apply(story.s, attempt.command, who(attempt.actor), story.context())) story.does(attempt.actor, attempt.command);
  }
  return story;
}

RC_GTEST_PROP(State, EqualsTheFoldOfItsEvents, ()) {
  const Story story = random_story(60);
  RC_ASSERT((fold(story.history) == story.s));
}

RC_GTEST_PROP(State, EventsAndSnapshotsComeBackFromCanonicalJson, ()) {
  const Story story = random_story(60);
  Submission rebuilt;
  for (const RecordedEvent& recorded : story.history) {
    const auto event = event_from_json(*Json::parse(to_json(recorded.event).canonical()));
    RC_ASSERT(event.has_value());
    RC_ASSERT((*event == recorded.event));
    rebuilt = evolve(std::move(rebuilt), *event, recorded.at, recorded.by);
  }
  const std::string snapshot = to_json(story.s).canonical();
  RC_ASSERT(to_json(rebuilt).canonical() == snapshot);
  const auto again = submission_from_json(*Json::parse(snapshot));
  RC_ASSERT(again.has_value());
  RC_ASSERT((*again == story.s));
}

TEST(State, ReadsEveryKindOfEventBack) {
  EnumSet<EventKind> seen;
  std::vector<Story> stories;
  for (const Phase phase : all_of<Phase>()) stories.push_back(in_phase(phase));
  Story rest = Story{}.to_review().does("eve", command::Invite{key("rita")}).does("rita", command::ReviewDecline{"Été"});
  rest.does("eve", command::Invite{key("rex")}).does("eve", command::CancelInvitation{key("rex"), "slow"});
  rest.does("eve", command::Invite{key("rob")})
      .does("eve", command::Extend{key("rob"), 90})
      .does("ann", command::AskWithdrawal{"plans"});
  rest.does("eve", command::Recommend{Recommendation::reject, "weak"});
  stories.push_back(rest);
  stories.push_back(Story{}
                        .to_clearance()
                        .does("max", command::ClearanceWaive{kEhs, "on leave"})
                        .does("oli", command::ClearanceAskChanges{kIclei, "logo"}));
  stories.push_back(Story{}.to_scheduled().does("oli", command::ClearanceRevoke{kIclei, "error"}));
  stories.push_back(in_phase(Phase::lapsed).does("eve", command::Revive{}));
  for (const Story& story : stories) {
    for (const RecordedEvent& recorded : story.history) {
      seen = seen.with(recorded.event.kind());
      EXPECT_EQ(event_from_json(*Json::parse(to_json(recorded.event).canonical())), Result<Event>(recorded.event));
    }
  }
  EXPECT_EQ(seen, EnumSet<EventKind>::all());
}

TEST(State, NamesTheMemberThatIsWrong) {
  Json json = to_json(Story{}.to_review().s);
  Json rounds = Json::array().push(Json::object({{"number", -1}}));
  json.set("rounds", rounds);
  EXPECT_EQ(submission_from_json(json).error().message, "rounds[0].number is not a whole number from 0");
  json.set("rounds", Json::array()).set("phase", "limbo");
  EXPECT_EQ(submission_from_json(json).error().code, Errc::invalid);
  EXPECT_EQ(submission_from_json(json).error().where, "phase");
  json.set("colour", "red");
  EXPECT_EQ(submission_from_json(json).error().message, "colour is no known member");
  EXPECT_EQ(event_from_json(Json::object({{"kind", "cleared"}, {"phase", "draft"}, {"data", Json::object()}})).error().message,
            "data.gate is missing");
}

TEST(VersionHash, DependsOnFilesAndMetadataNotOnTheOrderOfMembers) {
  const Json a = Json::object({{"title", "T"}, {"abstract", "A"}});
  const Json b = Json::object({{"abstract", "A"}, {"title", "T"}});
  EXPECT_EQ(version_hash(files("x"), a), version_hash(files("x"), b));
  EXPECT_NE(version_hash(files("x"), a), version_hash(files("y"), a));
  EXPECT_NE(version_hash(files("x"), a), version_hash(files("x"), Json::object({{"title", "T"}})));
}

TEST(Workflow, ArticleIsValidAndComesBackFromJson) {
  const Workflow article = article_workflow();
  EXPECT_TRUE(validate(article));
  EXPECT_EQ(workflow_from_json(*Json::parse(to_json(article).canonical())), Result<Workflow>(article));
  Workflow bad = article;
  bad.zone = "Bonn";
  EXPECT_EQ(workflow_from_json(to_json(bad)).error().code, Errc::invalid);
  bad = article;
  bad.least_outside = 3;
  EXPECT_FALSE(validate(bad));
  bad = article;
  bad.review_days = 0;
  EXPECT_FALSE(validate(bad));
}

TEST(Due, IsOverdueOnlyAfterTheEndOfItsDay) {
  const Due due = due_after(*parse_instant("2026-03-02T22:59:00.000Z"), 1, "Europe/Berlin");
  EXPECT_EQ(to_string(due.at), "2026-03-03T22:59:59.999Z");
  EXPECT_EQ(due.rule, "1 day");
  EXPECT_FALSE(is_overdue(due, due.at));
  EXPECT_TRUE(is_overdue(due, Instant{due.at.ms + 1}));
  EXPECT_EQ(due_after(kNow, 1, "Nowhere/Land").zone, "UTC");
}

}  // namespace
}  // namespace colophon::review

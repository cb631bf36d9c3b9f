// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/policy.hpp"

#include <algorithm>

#include "unit/review/walk.hpp"

#include <gtest/gtest.h>

namespace colophon::review {
namespace {

using namespace world;

/// All that reaches a person: page, tasks, and the answers to commands.
std::string seen_by(const std::string& name, const Story& story) {
  const auto view = view_for(who(name), story.s, story.flow, story.now);
  std::string all = view ? to_json(*view).canonical() : "nothing";
  for (const Task& task : tasks_for(who(name), story.s, story.flow, story.now)) {
    all += std::string(colophon::review::name(task.kind)) + to_string(task.due.at);
  }
  for (const Command& command :
       {Command(command::Submit{}), Command(command::Withdraw{"x"}), Command(command::ReviewAgree{}), Command(review(" "))}) {
    const auto applied = apply(story.s, command, who(name), story.context());
    all += applied ? "done" : applied.error().message + applied.error().hint;
  }
  return all;
}
bool mentions(const std::string& text, const std::string& word) { return text.find(word) != std::string::npos; }

TEST(TwoWorlds, AuthorsCannotTellWhoReviewsOrWhatIsConfidential) {
  const Story a = Story{}.to_review().reviewed_by("rita", "Sound.", "weak").reviewed_by("rob", "Short.");
  const Story b = Story{}.to_review().reviewed_by("rex", "Sound.", "excellent").reviewed_by("uma", "Short.");
  for (const char* author : {"ann", "ben"}) EXPECT_EQ(seen_by(author, a), seen_by(author, b));
  Story c = a, d = b;
  for (Story* story : {&c, &d})
    story->does("eve", command::Decide{Choice::revise, "Revise it.", "internal " + std::to_string(story == &c), {}});
  for (const char* author : {"ann", "ben"}) {
    EXPECT_EQ(seen_by(author, c), seen_by(author, d));
    EXPECT_TRUE(mentions(seen_by(author, c), "Sound."));
  }
}

TEST(TwoWorlds, AuthorsCannotTellHowFarAReviewIsBeforeTheDecision) {
  const Story a = Story{}.to_review();
  Story b = Story{}.to_review().reviewed_by("rita", "Sound.").does("eve", command::Invite{key("rob")});
  b.does("rob", command::ReviewDecline{"busy"}).does("eve", command::Recommend{Recommendation::reject, "draft decision: reject"});
  for (const char* author : {"ann", "ben"}) EXPECT_EQ(seen_by(author, a), seen_by(author, b));
  EXPECT_EQ(seen_by("sam", a), seen_by("sam", b));
}

TEST(TwoWorlds, DeclinedInvitationsDoNotShowInTheHandlesAfterTheDecision) {
  Story a = Story{}.to_decision();
  Story b = Story{}.to_review().does("eve", command::Invite{key("rex")}).does("rex", command::ReviewDecline{"busy"});
  b.reviewed_by("rita", "Sound.").reviewed_by("rob", "Short.");
  for (Story* story : {&a, &b}) story->does("eve", command::Decide{Choice::revise, "Revise it.", "", {}});
  EXPECT_EQ(seen_by("ann", a), seen_by("ann", b));
}

TEST(TwoWorlds, ReviewersCannotTellWhoWroteItOrWhoElseReviews) {
  Story a = Story{}.to_review().does("eve", command::Invite{key("rita")});
  Story b;
  command::Create other = create();
  other.authors = {key("sam"), key("oli")};
  other.corresponding = key("sam");
  other.partners = {kEhs};
  other.metadata.set("authors", Json::array().push("Sam Poe"));
  other.files[0].name = "Poe.pdf";
  b.does("sam", other).does("oli", command::Agree{}).does("sam", command::RequestClearance{});
  b.does("uma", command::ClearanceGive{kEhs, current_version(b.s).hash, ""}).does("sam", command::Submit{});
  b.does("max", command::AssignEditor{key("eve")})
      .does("eve", command::Screen{Choice::accept, "", ""})
      .does("eve", command::Invite{key("rita")});
  EXPECT_EQ(seen_by("rita", a), seen_by("rita", b));
  a.does("rita", command::ReviewAgree{}).reviewed_by("rob", "Short.");
  b.does("rita", command::ReviewAgree{});
  EXPECT_EQ(seen_by("rita", a), seen_by("rita", b));
  a.does("rita", review("Mine."));
  b.does("rita", review("Mine."));
  EXPECT_FALSE(mentions(seen_by("rita", a), "Short."));
}

TEST(View, ShowsAnInvitedReviewerTitleAndAbstractOnly) {
  const Story story = Story{}.to_review().does("eve", command::Invite{key("rita")});
  const auto view = view_for(who("rita"), story.s, story.flow, story.now);
  ASSERT_TRUE(view);
  EXPECT_EQ(view->title, "Heat plans");
  EXPECT_EQ(view->abstract, "Heat kills.");
  EXPECT_TRUE(view->versions.empty());
  EXPECT_FALSE(view->authors);
  EXPECT_FALSE(view->phase);
  EXPECT_TRUE(view->partners.empty());
  EXPECT_EQ(view->verbs, (std::vector<std::string>{"review_agree", "review_decline"}));
}

TEST(View, GivesAReviewerTheVersionOfTheirRoundUnderNeutralNames) {
  Story story = Story{}.to_decision().does("eve", command::Decide{Choice::revise, "", "", {}}).does("ann", revise("two"));
  const auto view = view_for(who("rita"), story.s, story.flow, story.now);
  ASSERT_EQ(view->versions.size(), 1u);
  EXPECT_EQ(view->versions[0].number, 1u);
  EXPECT_EQ(view->versions[0].files[0].name, "manuscript-1.pdf");
  EXPECT_EQ(view->versions[0].hash, "");
  EXPECT_FALSE(view->versions[0].metadata.contains("authors"));
  EXPECT_EQ(view->rounds[0].reviews.size(), 2u) << "shared after the decision";
  EXPECT_FALSE(mentions(to_json(*view).canonical(), "rob"));
  EXPECT_FALSE(mentions(to_json(*view).canonical(), "Silva"));
}

TEST(View, HidesDraftsFromOfficersAndEverythingFromOthers) {
  const Story draft = in_phase(Phase::draft);
  for (const char* name : {"sam", "ada", "oli", "eve", "rita"})
    EXPECT_FALSE(view_for(who(name), draft.s, draft.flow, draft.now)) << name;
  EXPECT_FALSE(view_for(nobody(), draft.s, draft.flow, draft.now));
  EXPECT_FALSE(view_for(who("max"), Submission{}, draft.flow, draft.now));
  EXPECT_TRUE(view_for(who("oli"), Story{}.to_clearance().s, draft.flow, draft.now));
}

TEST(View, TakesStandingRolesFromAuthorsAndReviewers) {
  Story story = Story{}.to_review().reviewed_by("rita", "Sound.", "weak").does("eve", command::Invite{key("mo")});
  EXPECT_TRUE(mentions(seen_by("max", story), "rita"));
  EXPECT_FALSE(mentions(seen_by("mo", story), "rita"));
  EXPECT_FALSE(mentions(seen_by("ben", story), "rita"));
  EXPECT_FALSE(mentions(seen_by("pia", story), "rita"));
  EXPECT_FALSE(mentions(seen_by("oli", story), "rita"));
}

TEST(View, NeverShowsConfidentialCommentsOrReviewersToAuthorsInAnyReachableState) {
  std::size_t views = 0;
  const auto check = [&](const Submission& s) {
    if (!exists(s) || s.rounds.empty() || ++views % 7 != 0) return;
    const std::string text = to_json(*view_for(who("ann"), s, workflow(), kNow)).canonical();
    for (const char* secret : {"between us", "rita", "\"rob\"", "urgent"}) ASSERT_FALSE(mentions(text, secret)) << secret;
    const bool undecided = s.rounds.size() == 1 && s.decisions.back().round == 0;
    if (undecided) {
      ASSERT_FALSE(mentions(text, "Good.")) << "before the decision";
    }
  };
  walk(GuardSet::all(), {.versions = 2, .rounds = 1, .no_reviewer = "mo"}, check);
  EXPECT_GT(views, 500u);
}

TEST(View, ShowsNamesWhereAllIdentitiesAreVisible) {
  Story story = Story{}.to_decision().does("eve", command::Decide{Choice::revise, "", "", {}});
  story.flow.transparency = Transparency::all_visible;
  EXPECT_TRUE(mentions(seen_by("ann", story), "rita"));
  EXPECT_TRUE(mentions(seen_by("rita", story), "\"ann\""));
  story.flow.transparency = Transparency::single_anonymized;
  EXPECT_FALSE(mentions(seen_by("ann", story), "rita"));
  EXPECT_TRUE(mentions(seen_by("rita", story), "\"ann\""));
  story.flow.transparency = Transparency::triple_anonymized;
  EXPECT_FALSE(mentions(seen_by("eve", story), "\"ann\""));
  EXPECT_TRUE(mentions(seen_by("max", story), "\"ann\""));
}

TEST(Verbs, AreThoseThatTheTableGrants) {
  const Story story = Story{}.to_decision();
  const auto verbs = verbs_for(who("eve"), story.s, story.flow, story.now);
  EXPECT_EQ(verbs, (std::vector{Verb::invite, Verb::recommend, Verb::decide}));
  EXPECT_EQ(verbs_for(who("ann"), story.s, story.flow, story.now), std::vector{Verb::ask_withdrawal});
  EXPECT_TRUE(verbs_for(who("sam"), story.s, story.flow, story.now).empty());
}

}  // namespace
}  // namespace colophon::review

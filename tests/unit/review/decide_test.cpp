// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/decide.hpp"

#include <set>

#include "unit/review/world.hpp"

#include <gtest/gtest.h>

namespace colophon::review {
namespace {

using namespace world;

TEST(Table, FindsOneRowForAVerbAChoiceAndAPhase) {
  EXPECT_EQ(find_transition(Verb::decide, Choice::accept, Phase::review)->to, Phase::accepted);
  EXPECT_EQ(find_transition(Verb::decide, Choice::accept, Phase::screening), nullptr);
  EXPECT_EQ(find_transition(Verb::create, Choice::none, std::nullopt)->to, Phase::draft);
  EXPECT_EQ(find_transition(Verb::create, Choice::none, Phase::draft), nullptr);
  for (const Phase phase : all_of<Phase>()) EXPECT_EQ(verbs_in(phase).empty(), kFinal.has(phase)) << name(phase);
}

TEST(Names, AreDistinctAndParseBack) {
  std::set<std::string_view> verbs;
  for (const Verb verb : all_of<Verb>()) {
    verbs.insert(name(verb));
    EXPECT_EQ(parse_name<Verb>(name(verb)), verb);
  }
  EXPECT_EQ(verbs.size(), Names<Verb>::kList.size());
  const auto bad = parse_name<Phase>("in_review");
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().message, "\"in_review\" is no phase");
}

TEST(Decide, LeadsAnArticleFromDraftToPublished) {
  const Story story = Story{}.to_published();
  EXPECT_EQ(story.s.phase, Phase::published);
  EXPECT_EQ(story.s.versions.size(), 2u);
  EXPECT_EQ(story.s.event_count, story.history.size());
  for (const PartnerKey& partner : story.s.partners) EXPECT_TRUE(is_cleared(story.s, Gate::publication, partner));
}

TEST(Decide, TellsAStrangerWhatItTellsOfAMissingSubmission) {
  const Story story = Story{}.to_review();
  Submission missing;
  missing.number = "";
  const Error there = story.refuses("sam", command::Agree{});
  EXPECT_EQ(there.code, Errc::not_found);
  EXPECT_EQ(there.message, "there is no submission ART-7KQ2");
  EXPECT_EQ(story.refuses("ada", command::Agree{}), there) << "an administrator has no content rights";
}

TEST(Decide, NamesThePhaseAndWhatIsPossible) {
  const Error error = in_phase(Phase::draft).refuses("ann", command::Submit{});
  EXPECT_EQ(error.code, Errc::conflict);
  EXPECT_EQ(error.message, "ART-7KQ2: submit is not possible now: it is in the phase draft");
  EXPECT_EQ(error.hint, "you can now: revise, withdraw");
}

TEST(Decide, DoesNotTellAReviewerThePhase) {
  const Story story = in_phase(Phase::revision);
  const Error error = story.refuses("rita", review("Once more."));
  EXPECT_EQ(error.message, "ART-7KQ2: review_send is not possible now: it is not open for that");
  EXPECT_EQ(error.hint, "nothing is for you to do now");
}

TEST(Decide, NamesWhoIsMissing) {
  Story story;
  story.does("ann", create());
  EXPECT_EQ(story.refuses("ann", command::RequestClearance{}).message,
            "ART-7KQ2: not every author has agreed to the current version; missing: ben");
  story.does("ben", command::Agree{}).does("ann", command::RequestClearance{});
  story.does("oli", command::ClearanceGive{kIclei, current_version(story.s).hash, ""});
  const Error error = story.refuses("ann", command::Submit{});
  EXPECT_EQ(error.message, "ART-7KQ2: not every partner has cleared exactly this version; missing: unu-ehs");
  EXPECT_EQ(error.code, Errc::conflict);
}

TEST(Decide, RefusesAnOfficerWhoIsAnAuthorOrOfAnotherPartner) {
  const Story story = Story{}.to_clearance();
  const Sha256 hash = current_version(story.s).hash;
  EXPECT_EQ(story.refuses("ben", command::ClearanceGive{kEhs, hash, ""}).code, Errc::forbidden);
  EXPECT_EQ(story.refuses("oli", command::ClearanceGive{kEhs, hash, ""}).message,
            "ART-7KQ2: you are no clearance officer of this partner: unu-ehs");
  EXPECT_EQ(story.refuses("ann", command::ClearanceWaive{kEhs, "hurry"}).message,
            "ART-7KQ2: only the managing editor can waive a clearance");
}

TEST(Decide, VoidsConsentAndClearancesWithANewVersion) {
  Story story = Story{}.to_clearance();
  story.does("oli", command::ClearanceGive{kIclei, current_version(story.s).hash, ""});
  story.does("uma", command::ClearanceAskChanges{kEhs, "name the grant"});
  ASSERT_EQ(story.s.phase, Phase::draft);
  EXPECT_TRUE(is_cleared(story.s, Gate::submission, kIclei));
  story.does("ann", revise("two"));
  EXPECT_FALSE(is_cleared(story.s, Gate::submission, kIclei));
  EXPECT_EQ(current_version(story.s).agreed_by, std::vector{key("ann")});
  story.does("ann", revise("one"));
  EXPECT_FALSE(is_cleared(story.s, Gate::submission, kIclei)) << "the same bytes again are another version";
}

TEST(Decide, NewProofDropsPublicationClearanceAndRevokingPullsItBack) {
  Story story = Story{}.to_scheduled();
  story.does("oli", command::ClearanceRevoke{kIclei, "wrong logo"});
  EXPECT_EQ(story.s.phase, Phase::clearance_for_publication);
  EXPECT_FALSE(story.s.scheduled_for);
  EXPECT_EQ(story.refuses("max", command::Schedule{story.now}).code, Errc::conflict);
  story.does("uma", command::ClearanceAskChanges{kEhs, "typo"}).does("pia", revise("proof 2"));
  EXPECT_FALSE(all_cleared(story.s, workflow(), Gate::publication));
}

TEST(Decide, AsksForReviewsOfThisRoundAndOneFromOutside) {
  Story story = Story{}.to_review().reviewed_by("rob", "Short.");
  const command::Decide accept{Choice::accept, "", "", {}};
  EXPECT_EQ(story.refuses("eve", accept).message, "ART-7KQ2: this round has too few reviews: 1 of 2");
  story.does("eve", command::Invite{key("uma")}).does("uma", command::ReviewAgree{}).does("uma", review("Fine."));
  EXPECT_EQ(story.refuses("eve", accept).message, "ART-7KQ2: this round has too few reviews from outside the partners: 0 of 1");
  command::Decide forced{Choice::accept, "", "the only experts", command::Override::yes};
  EXPECT_EQ(story.refuses("eve", forced).code, Errc::forbidden);
  story.does("max", forced);
  EXPECT_TRUE(story.s.decisions.back().overridden);
}

TEST(Decide, NeedsAnOutcome) {
  const Error error = Story{}.to_review().refuses("eve", command::Decide{});
  EXPECT_EQ(error.code, Errc::invalid);
  EXPECT_EQ(error.hint, "use one of: accept, revise, reject");
}

TEST(Decide, RefusesAStaleVersion) {
  const Story story = Story{}.to_review();
  Context stale = story.context();
  stale.if_version = story.s.event_count - 1;
  EXPECT_EQ(decide(story.s, command::Invite{key("rita")}, who("eve"), stale).error().code, Errc::conflict);
  stale.if_version = story.s.event_count;
  EXPECT_TRUE(decide(story.s, command::Invite{key("rita")}, who("eve"), stale).has_value());
}

TEST(Decide, InvitesAgainAfterDecliningButNotTwice) {
  Story story = Story{}.to_review().does("eve", command::Invite{key("rita")});
  EXPECT_EQ(story.refuses("eve", command::Invite{key("rita")}).code, Errc::conflict);
  story.does("rita", command::ReviewDecline{"busy"});
  EXPECT_EQ(story.refuses("rita", command::ReviewAgree{}).code, Errc::not_found);
  story.does("eve", command::Invite{key("rita")}).does("rita", command::ReviewAgree{});
  EXPECT_EQ(assignment_of(*open_round(story.s), key("rita"))->due.rule, "28 days");
}

TEST(Decide, WithdrawsAtOnceBeforeReviewAndThroughTheEditorAfter) {
  Story story = Story{}.to_review();
  EXPECT_EQ(story.refuses("ann", command::Withdraw{"plans"}).hint, "you can now: ask_withdrawal");
  story.does("eve", command::Invite{key("rita")})
      .does("ann", command::AskWithdrawal{"plans"})
      .does("eve", command::ConfirmWithdrawal{});
  EXPECT_EQ(story.s.phase, Phase::withdrawn);
  EXPECT_EQ(story.s.rounds[0].assignments[0].status, AssignmentStatus::closed);
}

TEST(Decide, LapsesAfterTheGraceAndIsRevived) {
  Story story = in_phase(Phase::revision);
  story.now = Instant{story.s.phase_due->at.plus_days(14).ms};
  EXPECT_EQ(story.refuses("clock", command::Lapse{}).code, Errc::conflict);
  ++story.now.ms;
  story.does("clock", command::Lapse{}).does("eve", command::Revive{});
  EXPECT_EQ(story.s.phase, Phase::revision);
  EXPECT_GT(story.s.phase_due->at, story.now);
  EXPECT_EQ(story.history[story.history.size() - 2].by, kClockKey);
}

TEST(Decide, GoesThroughASecondRoundAfterNewClearance) {
  Story story = in_phase(Phase::revision);
  EXPECT_EQ(story.refuses("ann", command::RequestClearance{}).message, "ART-7KQ2: the current version was submitted before");
  story.does("ann", revise("two")).does("ben", command::Agree{}).does("ann", command::RequestClearance{});
  story.does("uma", command::ClearanceAskChanges{kEhs, "again"});
  EXPECT_EQ(story.s.phase, Phase::revision) << "not a draft: it was submitted once";
  story.does("ann", command::RequestClearance{}).cleared().does("ann", command::Submit{});
  story.does("eve", command::Screen{Choice::accept, "", ""}).reviewed_by("rita", "Better.").reviewed_by("rex", "Good.");
  story.does("eve", command::Decide{Choice::accept, "", "", {}});
  EXPECT_EQ(story.s.rounds.size(), 2u);
}

TEST(Handles, AreAPermutationKeyedByRoundAndSecret) {
  std::set<std::string> letters;
  std::string first, second, other;
  for (std::size_t n = 0; n < 26; ++n) {
    letters.insert(reviewer_handle("secret", 1, n));
    first += reviewer_handle("secret", 1, n);
    second += reviewer_handle("secret", 2, n);
    other += reviewer_handle("another", 1, n);
  }
  EXPECT_EQ(letters.size(), 26u);
  EXPECT_NE(first, second);
  EXPECT_NE(first, other);
  EXPECT_NE(first, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  EXPECT_EQ(reviewer_handle("secret", 1, 26), first.substr(0, 1) + "2");
}

}  // namespace
}  // namespace colophon::review

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/submissions.hpp"

#include <algorithm>
#include <fstream>
#include <set>

#include "app/publication.hpp"
#include "app/show.hpp"
#include "base/crockford.hpp"
#include "support.hpp"

#include <gtest/gtest.h>

namespace colophon::app {
namespace {

namespace command = review::command;

const Instant kStart = *parse_instant("2026-03-02T09:00:00.000Z");

// A library with people, and a manuscript whose words are BibTeX, so that no worker is needed.
class Submissions : public testing::Test {
 protected:
  void SetUp() override {
    library_.emplace(test::new_library(folder_.path() / "library", "signed-in", clock_));
    person("ann", "Ann Silva", "iclei", {"author"});
    person("ben", "Ben van der Okafor", "unu-ehs", {"author"});
    person("oli", "Olivia Brito", "iclei", {"clearance_officer"});
    person("uma", "Uma Rao", "unu-ehs", {"clearance_officer"});
    person("eve", "Eve Haddad", "", {"editor"});
    person("max", "Max Brand", "", {"managing_editor"});
    person("pia", "Pia Sohel", "", {"production_editor"});
    person("rita", "Rita Nova", "", {"reviewer"});
    person("rex", "Rex Lind", "", {});
  }

  void person(const char* handle, const char* name, const char* partner, std::vector<std::string> roles) {
    const Status added = add_person(*library_, as(""), {handle, name, "", "", partner, "", std::move(roles), {}});
    ASSERT_TRUE(added) << added.error().message;
  }
  static Acting as(const char* who) { return {who, "tester"}; }
  std::filesystem::path manuscript(const char* title) {
    const std::filesystem::path path = folder_.path() / "manuscript.bib";
    std::ofstream(path) << "@article{m, title={" << title
                        << "}, author={Silva, Ann and Other, Somebody}, abstract={Heat kills.}, keywords={heat, health}}\n";
    return path;
  }
  std::string begin(const char* title = "Counting Benches") {
    auto step = new_submission(*library_, as("ann"), {manuscript(title), "article", "", {"ann", "ben"}, {}});
    EXPECT_TRUE(step) << step.error().message;
    return step ? step->number : "";
  }
  Step must(const char* who, const std::string& number, const review::Command& c) {
    auto step = run_command(*library_, as(who), number, c);
    EXPECT_TRUE(step) << step.error().message << " " << step.error().hint;
    return step.value_or(Step{});
  }
  void clear(const std::string& number) {
    for (const auto& [who, partner] : {std::pair("oli", "iclei"), std::pair("uma", "unu-ehs")}) {
      auto view = show_submission(*library_, as(who), number);
      ASSERT_TRUE(view) << view.error().message;
      must(who, number, command::ClearanceGive{review::PartnerKey(partner), *Sha256::parse(view->versions.back().hash), ""});
    }
  }
  void to_scheduled(const std::string& number, Instant at) {
    must("ben", number, command::Agree{});
    must("ann", number, command::RequestClearance{});
    clear(number);
    must("ann", number, command::Submit{});
    must("max", number, command::AssignEditor{review::PersonKey("eve")});
    must("eve", number, command::Screen{});
    for (const char* reviewer : {"rita", "rex"}) {
      must("eve", number, command::Invite{review::PersonKey(reviewer)});
      must(reviewer, number, command::ReviewAgree{});
      must(reviewer, number, command::ReviewSend{review::Recommendation::accept, "Good.", "", "none", Json(), {}});
    }
    must("eve", number, command::Decide{review::Choice::accept, "Accepted.", "", command::Override::no});
    must("pia", number, command::RequestPublicationClearance{});
    clear(number);
    must("max", number, command::Schedule{at});
  }
  void expect_state_is_its_events(const std::string& number) {
    const auto replayed = replay(*library_, number);
    ASSERT_TRUE(replayed) << replayed.error().message;
    EXPECT_EQ(to_json(*replayed).canonical(), library_->store().submissions().get(number)->state.canonical());
  }

  TemporaryFolder folder_;
  std::shared_ptr<ManualClock> clock_ = std::make_shared<ManualClock>(kStart);
  std::optional<Library> library_;
};

TEST_F(Submissions, ANumberIsDrawnAndChecksItself) {
  std::set<std::string> numbers;
  for (int i = 0; i < 5; ++i) numbers.insert(begin());
  EXPECT_EQ(numbers.size(), 5u);
  for (const std::string& number : numbers) {
    ASSERT_TRUE(number.starts_with("ART-")) << number;
    EXPECT_TRUE(parse_crockford_id(number.substr(4))) << number;
  }
}

TEST_F(Submissions, MetadataAreReadAndTheTitleMayBeGiven) {
  auto view = show_submission(*library_, as("ben"), begin());
  ASSERT_TRUE(view);
  const Json& metadata = view->versions.front().metadata;
  EXPECT_EQ(metadata["title"].as_string(), "Counting Benches");
  EXPECT_EQ(metadata["abstract"].as_string(), "Heat kills.");
  EXPECT_EQ(metadata["keywords"].size(), 2u);
  EXPECT_EQ(metadata["authors"].items().front().as_string(), "Silva, Ann");
  auto step = new_submission(*library_, as("ann"), {manuscript("Other"), "article", "  My   title ", {}, {}});
  ASSERT_TRUE(step);
  EXPECT_EQ(show_submission(*library_, as("ann"), step->number)->title, "My title");
}

TEST_F(Submissions, TheAuthorWhoBeginsHasAgreed) {
  auto view = show_submission(*library_, as("ann"), begin());
  ASSERT_TRUE(view);
  EXPECT_EQ(view->versions.front().agreed_by, std::vector<std::string>{"ann"});
  EXPECT_EQ(view->corresponding, "ann");
}

TEST_F(Submissions, ForbiddenAndUnknownLookAlike) {
  const std::string number = begin();
  const auto forbidden = show_submission(*library_, as("rita"), number);
  const auto unknown = show_submission(*library_, as("rita"), "ART-0000");
  ASSERT_FALSE(forbidden);
  ASSERT_FALSE(unknown);
  const auto neutral = [](std::string text, const std::string& given) {
    if (const auto at = text.find(given); at != std::string::npos) text.replace(at, given.size(), "N");
    return text;
  };
  EXPECT_EQ(forbidden.error().code, unknown.error().code);
  EXPECT_EQ(neutral(forbidden.error().message, number), neutral(unknown.error().message, "ART-0000"));
  EXPECT_EQ(forbidden.error().hint, unknown.error().hint);
  const auto command_forbidden = run_command(*library_, as("rita"), number, command::Publish{});
  const auto command_unknown = run_command(*library_, as("rita"), "ART-0000", command::Publish{});
  EXPECT_EQ(neutral(command_forbidden.error().message, number), neutral(command_unknown.error().message, "ART-0000"));
  EXPECT_EQ(revise_submission(*library_, as("rita"), number, "/nowhere", "").error().message, forbidden.error().message);
}

TEST_F(Submissions, NumbersAreReadInAnyCase) {
  std::string number = begin();
  std::ranges::transform(number, number.begin(), [](char c) { return static_cast<char>(std::tolower(c)); });
  EXPECT_TRUE(show_submission(*library_, as("ann"), number));
}

TEST_F(Submissions, APersonMustBeNamedAndKnown) {
  EXPECT_EQ(list_submissions(*library_, as("")).error().code, Errc::usage);
  const auto unknown = list_submissions(*library_, as("anne"));
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, Errc::not_found);
  EXPECT_NE(unknown.error().hint.find("“ann”"), std::string::npos);
}

TEST_F(Submissions, ARefusedCommandLeavesNothing) {
  const std::string number = begin();
  const auto version = library_->store().ledger().version_of(number);
  const auto unsent = library_->store().outbox().unsent();
  EXPECT_EQ(run_command(*library_, as("ann"), number, command::RequestClearance{}).error().code, Errc::conflict);
  EXPECT_EQ(library_->store().ledger().version_of(number), version);
  EXPECT_EQ(library_->store().outbox().unsent(), unsent);
}

TEST_F(Submissions, WhoIsToldIsToldOnlyAsFarAsTheActorMayKnow) {
  const std::string number = begin();
  const Step agreed = must("ben", number, command::Agree{});
  EXPECT_EQ(agreed.phase, "draft");
  const Step asked = must("ann", number, command::RequestClearance{});
  EXPECT_EQ(asked.notices, (std::vector<std::string>{"oli", "uma"}));
}

TEST_F(Submissions, PublishingMakesAWorkWithExactlyTheClearedBytes) {
  const std::string number = begin();
  to_scheduled(number, clock_->now());
  EXPECT_EQ(library_->store().works().count_live(), 0);
  const Step step = must("max", number, command::Publish{});
  EXPECT_EQ(step.phase, "published");
  ASSERT_FALSE(step.work_id.empty());
  auto view = show_work(*library_, step.work_id, Audience::visitor);
  ASSERT_TRUE(view) << view.error().message;
  const bib::Work& work = view->record;
  EXPECT_EQ(work.full_title(), "Counting Benches");
  EXPECT_EQ(work.type, bib::WorkType::article);
  EXPECT_EQ(bib::long_form(*work.names(bib::FieldId::author)), "Silva, Ann; van der Okafor, Ben");
  EXPECT_EQ(work.text(bib::FieldId::peer_reviewed), "yes");
  EXPECT_EQ(work.year(), 2026);
  ASSERT_EQ(view->files.size(), 1u);
  EXPECT_EQ(view->files.front().access, "public");
  EXPECT_EQ(view->files.front().stage, "VoR");
  const auto state = replay(*library_, number);
  ASSERT_TRUE(state);
  const auto file = library_->store().works().files_of(find_work(*library_, step.work_id)->work).front();
  EXPECT_EQ(file.blob, review::current_version(*state).files.front().sha256);
  expect_state_is_its_events(number);
}

TEST_F(Submissions, TheClockPublishesWhatIsDueAndOnlyThat) {
  const std::string number = begin();
  to_scheduled(number, clock_->now().plus_days(3));
  EXPECT_TRUE(run_clock(*library_)->empty());
  clock_->set(clock_->now().plus_days(4));
  const auto steps = run_clock(*library_);
  ASSERT_TRUE(steps) << steps.error().message;
  ASSERT_EQ(steps->size(), 1u);
  EXPECT_EQ(steps->front().number, number);
  EXPECT_FALSE(steps->front().work_id.empty());
  EXPECT_EQ(library_->store().ledger().stream(number).back().actor, "clock");
  expect_state_is_its_events(number);
}

TEST_F(Submissions, TheQueueHoldsWhatIsOwed) {
  const std::string number = begin();
  const auto tasks = queue(*library_, as("ben"));
  ASSERT_TRUE(tasks);
  ASSERT_EQ(tasks->size(), 1u);
  EXPECT_EQ(tasks->front().task.kind, review::TaskKind::agree);
  EXPECT_FALSE(tasks->front().overdue);
  clock_->set(clock_->now().plus_days(100));
  EXPECT_TRUE(queue(*library_, as("ben"))->front().overdue);
  EXPECT_TRUE(queue(*library_, as("rita"))->empty());
}

TEST_F(Submissions, WhatCannotBeSubmitted) {
  const auto code = [&](const NewSubmission& wish) {
    auto step = new_submission(*library_, as("ann"), wish);
    return step ? "none" : std::string(name(step.error().code));
  };
  const std::filesystem::path text = folder_.path() / "text.txt";
  std::ofstream(text) << "words";
  const std::filesystem::path empty = folder_.path() / "empty.pdf";
  std::ofstream(empty).flush();
  EXPECT_EQ(code({folder_.path() / "missing.pdf"}), "not_found");
  EXPECT_EQ(code({folder_.path()}), "invalid");
  EXPECT_EQ(code({empty}), "invalid");
  EXPECT_EQ(code({text}), "invalid");  // no title
  EXPECT_EQ(code({text, "article", "A title"}), "none");
  EXPECT_EQ(code({text, "letter", "A title"}), "invalid");
  EXPECT_EQ(code({text, "article", "A title", {"ann", "nobody"}}), "invalid");
  EXPECT_EQ(code({text, "article", "A title", {"ann"}, {"iclai"}}), "invalid");
  EXPECT_EQ(code({text, "article", "A title", {"ben"}, {}}), "forbidden");  // somebody else's
}

TEST_F(Submissions, PeopleAreCheckedOnceAndForAll) {
  const auto code = [&](const NewPerson& p) {
    const Status status = add_person(*library_, as(""), p);
    return status ? "none" : std::string(name(status.error().code));
  };
  EXPECT_EQ(code({"ann", "Ann", "", "", "", "", {}, {}}), "conflict");
  EXPECT_EQ(code({"Ann B", "Ann", "", "", "", "", {}, {}}), "invalid");
  EXPECT_EQ(code({"clock", "Clock", "", "", "", "", {}, {}}), "invalid");
  EXPECT_EQ(code({"x1", "", "", "", "", "", {}, {}}), "invalid");
  EXPECT_EQ(code({"x1", "X", "not an address", "", "", "", {}, {}}), "invalid");
  EXPECT_EQ(code({"x1", "X", "", "1234", "", "", {}, {}}), "invalid");
  EXPECT_EQ(code({"x1", "X", "", "", "acme", "", {}, {}}), "invalid");
  EXPECT_EQ(code({"x1", "X", "", "", "", "", {"king"}, {}}), "invalid");
  EXPECT_EQ(code({"x1", "X", "", "", "", "", {"clearance_officer"}, {}}), "invalid");
  EXPECT_EQ(code({"x1", "X", "x@example.org", "0000-0002-1825-0097", "", "", {}, {"iclei"}}), "none");
  const review::People people = people_of(library_->store());
  EXPECT_TRUE(people.find(review::PersonKey("x1"))->roles.has(review::Role::clearance_officer));
}

TEST(NameOfPerson, IsTakenApart) {
  EXPECT_EQ(bib::sorted_form(name_of_person("Adaeze N. Okafor-Lindqvist")), "Okafor-Lindqvist, Adaeze N.");
  EXPECT_EQ(bib::sorted_form(name_of_person("Joost van der Meerwijk")), "van der Meerwijk, Joost");
  EXPECT_EQ(bib::sorted_form(name_of_person("Thaddeus P. Brandwell, Jr.")), "Brandwell, Thaddeus P., Jr.");
  EXPECT_EQ(bib::sorted_form(name_of_person("Suryanita")), "Suryanita");
}

}  // namespace
}  // namespace colophon::app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/submission_search.hpp"

#include <fstream>

#include "app/index_consumer.hpp"
#include "app/submissions.hpp"
#include "support.hpp"

#include <gtest/gtest.h>

namespace colophon::app {
namespace {

const Instant kStart = *parse_instant("2026-03-02T09:00:00.000Z");

// Manuscripts are plain text, so that no worker is needed.
class SubmissionSearch : public testing::Test {
 protected:
  void SetUp() override {
    library_.emplace(fresh("library"));
    write("bench.txt", "Benches in the shade are counted twice.\n\nThe zyzzyva sits on painted benches.");
  }

  Library fresh(const std::string& name) {
    Library made = test::new_library(folder_.path() / name, "signed-in", clock_);
    const auto person = [&](const char* handle, const char* display, std::vector<std::string> roles) {
      ASSERT_TRUE(add_person(made, {"", "tester"}, {handle, display, "", "", "", "", std::move(roles), {}}));
    };
    person("ann", "Ann Silva", {"author"});
    person("max", "Max Brand", {"managing_editor"});
    person("mia", "Mia Quist", {"managing_editor", "author"});
    person("pia", "Pia Sohel", {"production_editor"});
    person("eve", "Eve Haddad", {"editor"});
    person("rita", "Rita Nova", {"reviewer"});
    person("adi", "Adi Root", {"admin"});
    person("sam", "Sam Moor", {});
    return made;
  }
  static Acting as(const char* who) { return {who, "tester"}; }
  std::filesystem::path path(const char* name) const { return folder_.path() / name; }
  void write(const char* name, std::string_view text) { std::ofstream(path(name)) << text; }

  std::string submit(Library& library, const char* who, const char* file, const char* title) {
    const auto step = new_submission(library, as(who), {path(file), "article", title, {who}, {}});
    EXPECT_TRUE(step) << step.error().message;
    updated(library);
    return step ? step->number : "";
  }
  static void updated(Library& library) {
    const auto done = update_index(library);
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(*index_lag(library), 0u);
    const auto differences = index_differences(library);
    ASSERT_TRUE(differences) << differences.error().message;
    EXPECT_TRUE(differences->empty()) << differences->front();
  }
  static indexer::ResultPage found(Library& library, const char* who, const std::string& text) {
    auto page = search_submissions(library, as(who),
                                   {.text = text, .facets = {"type", "year"}, .explain = true, .advise = true, .nearest = true});
    EXPECT_TRUE(page) << page.error().message;
    return page.value_or(indexer::ResultPage{});
  }
  static std::vector<Suggestion> suggested(Library& library, const char* who, const char* typed) {
    auto list = suggest_submissions(library, as(who), typed);
    EXPECT_TRUE(list);
    return list.value_or(std::vector<Suggestion>{});
  }
  // All that a person may see of searching, as bytes.
  static std::string seen(Library& library, const char* who) {
    std::string out;
    for (const char* text : {"zyzzyva", "benches", "\"painted benches\"", "zyz*", "zyzzvya", "year:2026", "", "author:silva"})
      out += indexer::to_json(found(library, who, text)).dump() + "\n";
    for (const char* typed : {"zyz", "bench", "ann", "count"})
      out += suggestions_json(suggested(library, who, typed)).dump() + "\n";
    return out;
  }
  static bool has_note(const indexer::ResultPage& page, std::string_view code) {
    return std::ranges::any_of(page.notes, [&](const auto& note) { return note.code == code; });
  }

  TemporaryFolder folder_;
  std::shared_ptr<ManualClock> clock_ = std::make_shared<ManualClock>(kStart);
  std::optional<Library> library_;
};

TEST_F(SubmissionSearch, StaffFindsTheSentenceOfADraft) {
  const std::string number = submit(*library_, "ann", "bench.txt", "Counting Benches");
  for (const char* staff : {"max", "pia", "mia"}) {
    const indexer::ResultPage page = found(*library_, staff, "\"painted benches\"");
    ASSERT_EQ(page.hits.size(), 1u) << staff;
    EXPECT_EQ(page.hits.front().id, number + "/1");
    EXPECT_EQ(page.hits.front().title, "Counting Benches");
    EXPECT_TRUE(page.notes.empty());
    std::string snippet;
    for (const indexer::SnippetPart& part : page.hits.front().snippet) snippet += part.text;
    EXPECT_NE(snippet.find("zyzzyva sits on painted benches"), std::string::npos) << snippet;
    EXPECT_EQ(page.facets.at("type"), (std::vector<indexer::FacetValue>{{"article", 1}}));
    EXPECT_EQ(page.facets.at("year"), (std::vector<indexer::FacetValue>{{"2026", 1}}));
    EXPECT_EQ(found(*library_, staff, "id:" + number + "/1").total, 1u);
    EXPECT_EQ(suggested(*library_, staff, "zyz").size(), 1u);
    const std::vector<Suggestion> title = suggested(*library_, staff, "counting");
    ASSERT_FALSE(title.empty());
    EXPECT_EQ(title.front().id, number + "/1");
    EXPECT_EQ(found(*library_, staff, title.front().query).total, 1u) << title.front().query;
    ASSERT_FALSE(found(*library_, staff, "zyzzvya").advice.advice.empty());
  }
}

TEST_F(SubmissionSearch, NobodyElseFindsOrCountsAnything) {
  Library empty = fresh("empty");
  submit(*library_, "ann", "bench.txt", "Counting Benches");
  for (const char* who : {"ann", "eve", "rita", "adi", "sam"}) {
    EXPECT_EQ(seen(*library_, who), seen(empty, who)) << who;
    EXPECT_TRUE(has_note(found(*library_, who, "zyzzyva"), "submissions-staff")) << who;
  }
  EXPECT_NE(seen(*library_, "max"), seen(empty, "max"));
  EXPECT_EQ(search_submissions(*library_, as(""), {.text = "benches"}).error().code, Errc::usage);
}

TEST_F(SubmissionSearch, AConflictWithOneClosesTheWorkflow) {
  Library other = fresh("other");
  for (Library* world : {&*library_, &other}) submit(*world, "mia", "bench.txt", "My Own Benches");
  const std::string hidden = submit(*library_, "ann", "bench.txt", "Counting Benches");
  EXPECT_EQ(seen(*library_, "mia"), seen(other, "mia"));
  const indexer::ResultPage page = found(*library_, "mia", "zyzzyva");
  EXPECT_EQ(page.total, 0u);
  ASSERT_TRUE(has_note(page, "submissions-conflict"));
  EXPECT_EQ(page.notes.front().text.find("ART-"), std::string::npos);
  EXPECT_EQ(found(*library_, "max", "zyzzyva").total, 2u);
}

TEST_F(SubmissionSearch, TheSearchOfWorksKnowsNoSubmission) {
  const std::string before =
      indexer::to_json(*search(*library_, Audience::signed_in, {.text = "benches", .facets = {"type"}})).dump();
  submit(*library_, "ann", "bench.txt", "Counting Benches");
  EXPECT_EQ(indexer::to_json(*search(*library_, Audience::signed_in, {.text = "benches", .facets = {"type"}})).dump(), before);
  EXPECT_TRUE(suggest(*library_, Audience::signed_in, "zyz")->empty());
}

TEST_F(SubmissionSearch, EachVersionIsADocumentAndItsNoteIsNot) {
  const std::string number = submit(*library_, "ann", "bench.txt", "Counting Benches");
  write("again.txt", "Benches in the sun. The quagga sits on them.");
  const auto revised = revise_submission(*library_, as("ann"), number, path("again.txt"), "Reviewer K doubted the xylophone.");
  ASSERT_TRUE(revised) << revised.error().message;
  EXPECT_EQ(*index_lag(*library_), 1u);
  updated(*library_);
  EXPECT_EQ(found(*library_, "max", "zyzzyva").hits.front().id, number + "/1");
  EXPECT_EQ(found(*library_, "max", "quagga").hits.front().id, number + "/2");
  EXPECT_EQ(found(*library_, "max", "xylophone").total, 0u);
  const std::string kept = seen(*library_, "max");
  ASSERT_TRUE(rebuild_index(*library_));
  updated(*library_);
  EXPECT_EQ(seen(*library_, "max"), kept);
}

TEST_F(SubmissionSearch, StepsThatAddNoVersionChangeNoDocument) {
  const std::string number = submit(*library_, "ann", "bench.txt", "Counting Benches");
  ASSERT_TRUE(run_command(*library_, as("ann"), number, review::command::RequestClearance{}));
  EXPECT_EQ(*index_lag(*library_), 0u);
}

TEST_F(SubmissionSearch, AMissingManuscriptIsAVersionWithoutText) {
  const std::string number = submit(*library_, "ann", "bench.txt", "Counting Benches");
  const auto state = replay(*library_, number);
  ASSERT_TRUE(state);
  std::filesystem::remove_all(folder_.path() / "library/index");
  ASSERT_TRUE(
      library_->store().write([&]() -> Status { return library_->store().db().run("DELETE FROM version_text"), Status{}; }));
  std::filesystem::remove(library_->store().blobs().path(state->versions.front().files.front().sha256));
  updated(*library_);
  EXPECT_EQ(found(*library_, "max", "zyzzyva").total, 0u);
  EXPECT_EQ(found(*library_, "max", "counting").total, 1u);
}

}  // namespace
}  // namespace colophon::app

// SPDX-License-Identifier: GPL-3.0-or-later
// A person's edits: they outrank files, are taken back one by one, and hold through merges.
#include "app/edit.hpp"

#include <filesystem>
#include <optional>

#include "app/add_files.hpp"
#include "base/io.hpp"
#include "support.hpp"

#include <gtest/gtest.h>

namespace colophon::app {
namespace {

using bib::FieldId;

class Edits : public testing::Test {
 protected:
  void SetUp() override {
    const auto clock = std::make_shared<ManualClock>(*parse_instant("2026-03-02T09:00:00Z"));
    library.emplace(test::new_library(folder.path() / "library", "public", clock));
  }
  // Adds entries; the ids of their works in order.
  std::vector<std::string> add(const std::string& name, const std::string& text) {
    EXPECT_TRUE(replace_file(folder.path() / name, text));
    std::vector<std::string> ids;
    ingest::AddObserver observer;
    observer.item = [&](const ingest::Item& item) { ids.push_back(item.work_id); };
    AddRequest request;
    request.paths = {folder.path() / name};
    EXPECT_TRUE(add_files(*library, request, observer));
    return ids;
  }
  EditOutcome set(const std::string& id, const FieldEdits& edits) {
    Result<EditOutcome> out = edit_work(*library, {"ann", "tester"}, id, edits);
    EXPECT_TRUE(out) << out.error().message;
    return out.value_or(EditOutcome{});
  }
  bool undo(const std::string& id) { return undo_edit(*library, {"ann", "tester"}, id).has_value(); }
  std::string text(const std::string& id, FieldId field) {
    return show_work(*library, id, Audience::signed_in)->record.text(field);
  }
  // Two works that a third entry makes one.
  std::pair<std::string, std::string> two() {
    const auto ids = add("two.bib",
                         "@report{a, title={Heat}, author={Doe, J.}, year=2019}\n"
                         "@report{b, title={Heat in towns}, doi={10.1234/1}, year=2019}\n");
    EXPECT_NE(ids[0], ids[1]);
    return {ids[0], ids[1]};
  }
  void bridge() { add("bridge.bib", "@report{c, title={Heat}, author={Doe, J.}, year=2019, doi={10.1234/1}}\n"); }

  TemporaryFolder folder;
  std::optional<Library> library;
};

TEST_F(Edits, ReplaceAndReturnOneByOne) {
  const std::string id = two().first;
  EXPECT_EQ(set(id, {{"title", "First"}}).fields, std::vector<std::string>{"title"});
  set(id, {{"title", "Second"}, {"note", "seen"}});
  EXPECT_EQ(text(id, FieldId::title), "Second");
  EXPECT_TRUE(undo(id));
  EXPECT_EQ(text(id, FieldId::title), "First");
  EXPECT_EQ(text(id, FieldId::note), "");
  EXPECT_TRUE(undo(id));
  EXPECT_EQ(text(id, FieldId::title), "Heat");
  EXPECT_FALSE(undo(id));
}

TEST_F(Edits, AnEmptyTextMeansThatThereIsNone) {
  const std::string id = two().second;
  set(id, {{"doi", ""}});
  EXPECT_EQ(text(id, FieldId::doi), "");
  EXPECT_TRUE(undo(id));
  EXPECT_EQ(text(id, FieldId::doi), "10.1234/1");
}

TEST_F(Edits, BadOnesChangeNothing) {
  const std::string id = two().first;
  const auto code = [&](const FieldEdits& edits) { return edit_work(*library, {"ann", "tester"}, id, edits).error(); };
  EXPECT_EQ(code({{"titel", "x"}}).code, Errc::usage);
  EXPECT_NE(code({{"titel", "x"}}).hint.find("title"), std::string::npos);
  EXPECT_EQ(code({{"title", "x"}, {"doi", "none"}}).code, Errc::invalid);
  EXPECT_EQ(code({{"type", "hymn"}}).code, Errc::invalid);
  EXPECT_EQ(code({}).code, Errc::usage);
  EXPECT_EQ(text(id, FieldId::title), "Heat");
  EXPECT_EQ(edit_work(*library, {"ann", "tester"}, "zzzzz", {{"title", "x"}}).error().code, Errc::not_found);
}

TEST_F(Edits, SurviveAMerge) {
  const auto [first, second] = two();
  set(second, {{"title", "Right"}});
  bridge();
  EXPECT_EQ(text(first, FieldId::title), "Right");
  EXPECT_TRUE(find_work(*library, second)->moved);
}

// The newer word counts, though an edit of what was another work says more.
TEST_F(Edits, TheLastWordCountsAfterAMerge) {
  const auto [first, second] = two();
  set(second, {{"title", "A long title that says a lot"}});
  bridge();
  set(first, {{"title", "Short"}});
  EXPECT_EQ(text(first, FieldId::title), "Short");
  EXPECT_TRUE(undo(first));
  EXPECT_EQ(text(first, FieldId::title), "A long title that says a lot");
  EXPECT_TRUE(undo(first));
  EXPECT_EQ(text(first, FieldId::title), "Heat in towns");
}

TEST_F(Edits, UndoTakesBackOnlyWhatIsInForceAfterAMerge) {
  const auto [first, second] = two();
  set(first, {{"note", "of the first"}});
  set(second, {{"publisher", "UNU"}});
  EXPECT_TRUE(undo(first));
  bridge();
  EXPECT_TRUE(undo(first));
  EXPECT_EQ(text(first, FieldId::publisher), "") << "the edit of the second was in force still";
  EXPECT_FALSE(undo(first));
}

TEST_F(Edits, WithdrawnWorksStayWithTheirReason) {
  const std::string id = two().first;
  EXPECT_FALSE(withdraw_work(*library, {"ann", "tester"}, id, " "));
  ASSERT_TRUE(withdraw_work(*library, {"ann", "tester"}, id, "A mistake."));
  const Result<WorkView> view = show_work(*library, id, Audience::visitor);
  ASSERT_TRUE(view);
  EXPECT_EQ(view->state, store::WorkState::withdrawn);
  EXPECT_EQ(view->reason, "A mistake.");
  EXPECT_EQ(withdraw_work(*library, {"ann", "tester"}, id, "Again.").error().code, Errc::conflict);
  add("two.bib", "@report{a, title={Heat waves}, author={Doe, J.}, year=2019}\n");
  EXPECT_EQ(show_work(*library, id, Audience::visitor)->state, store::WorkState::withdrawn)
      << "a newer text does not bring it back";
}

}  // namespace
}  // namespace colophon::app

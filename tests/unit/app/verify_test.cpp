// SPDX-License-Identifier: GPL-3.0-or-later
// verify finds what is wrong: one flipped byte in any file of the library, a derived row that is not what it is derived from.
#include "app/verify.hpp"

#include <filesystem>
#include <optional>

#include "app/add_files.hpp"
#include "app/index_consumer.hpp"
#include "app/submissions.hpp"
#include "base/io.hpp"
#include "support.hpp"

#include <gtest/gtest.h>

namespace colophon::app {
namespace {

namespace fs = std::filesystem;

class Verify : public testing::Test {
 protected:
  void SetUp() override {
    Library made = test::new_library(folder.path() / "library", "public", std::make_shared<SystemClock>());
    ASSERT_TRUE(replace_file(
        folder.path() / "a.bib",
        "@report{a, title={Heat}, author={Doe, J.}, year=2019}\n@report{b, title={Flood}, author={Doe, J.}, year=2019}\n"));
    AddRequest request;
    request.paths = {folder.path() / "a.bib"};
    ASSERT_TRUE(add_files(made, request, {}));
    for (const char* handle : {"ann", "ben"})
      ASSERT_TRUE(add_person(made, {"", "tester"}, {handle, handle, "", "", "iclei", "", {"author"}, {}}));
    ASSERT_TRUE(replace_file(folder.path() / "m.txt", "A manuscript."));
    const auto step =
        new_submission(made, {"ann", "tester"}, {folder.path() / "m.txt", "article", "Benches", {"ann", "ben"}, {}});
    ASSERT_TRUE(step) << step.error().message;
    ASSERT_TRUE(update_index(made));
    ASSERT_TRUE(made.store().db().checkpoint());
  }
  static Result<VerifyReport> check(const fs::path& library, Rebuild rebuild = Rebuild::no) {
    return verify_library(library, rebuild, {});
  }
  static std::string told(const Result<VerifyReport>& report) {
    if (!report) return report.error().message;
    std::string out;
    for (const Problem& p : report->problems) out += p.check + ": " + p.what + "\n";
    return out;
  }
  fs::path copy() {
    const fs::path to = folder.path() / "copy";
    fs::remove_all(to);
    fs::copy(folder.path() / "library", to, fs::copy_options::recursive);
    fs::permissions(to, fs::perms::owner_all);
    return to;
  }
  // Changes what is derived, past the code that derives it.
  static void change(const fs::path& library, std::string_view sql) {
    Result<store::Store> store = store::Store::open(library);
    ASSERT_TRUE(store);
    store->db().script(sql);
    ASSERT_TRUE(store->db().take_status());
  }

  TemporaryFolder folder;
};

TEST_F(Verify, AWholeLibraryIsWhole) {
  const auto report = check(copy());
  ASSERT_TRUE(report);
  EXPECT_EQ(told(report), "");
  EXPECT_GE(report->checks.size(), 7u);
}

TEST_F(Verify, OneFlippedByteInAnyFileIsFound) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder.path() / "library")) {
    if (entry.is_regular_file()) files.push_back(fs::relative(entry.path(), folder.path() / "library"));
  }
  ASSERT_GT(files.size(), 8u);
  std::size_t flips = 0;
  for (const fs::path& file : files) {
    const std::string name = file.filename().string();
    if (name.ends_with("-wal") || name.ends_with("-shm")) continue;
    const std::string good = read_file(folder.path() / "library" / file).value();
    for (const std::size_t at : {std::size_t{0}, good.size() / 3, good.size() - 1}) {
      if (good.empty()) break;
      const fs::path library = copy();
      std::string bad = good;
      bad[at] = static_cast<char>(bad[at] ^ 0x10);
      fs::permissions(library / file, fs::perms::owner_all);
      ASSERT_TRUE(replace_file(library / file, bad));
      const auto report = check(library);
      EXPECT_TRUE(!report || !report->problems.empty()) << file << " byte " << at;
      ++flips;
    }
  }
  EXPECT_GT(flips, 20u);
}

TEST_F(Verify, AMissingFileIsFound) {
  for (const auto& entry : fs::recursive_directory_iterator(folder.path() / "library" / "blobs")) {
    if (!entry.is_regular_file()) continue;
    const fs::path library = copy();
    fs::remove(library / fs::relative(entry.path(), folder.path() / "library"));
    EXPECT_NE(told(check(library)).find("blobs: "), std::string::npos);
  }
}

TEST_F(Verify, DerivedRowsAreFoundAndMadeAnew) {
  struct Case {
    std::string_view sql;
    std::string_view check;
  };
  for (const Case& one :
       {Case{R"(UPDATE work SET record = '{"type":"report","fields":[]}' WHERE id = 1)", "fold: "},
        Case{"UPDATE member SET work = 1", "fold: "}, Case{"DELETE FROM match_key", "fold: "},
        Case{"DELETE FROM member WHERE source = 2", "fold: "}, Case{"UPDATE submission SET state = '{}'", "submissions: "}}) {
    SCOPED_TRACE(one.sql);
    const fs::path library = copy();
    change(library, one.sql);
    EXPECT_NE(told(check(library)).find(one.check), std::string::npos) << told(check(library));
    EXPECT_NE(told(check(library)).find(one.check), std::string::npos) << "looking changes nothing";
    const auto repaired = check(library, Rebuild::yes);
    ASSERT_TRUE(repaired);
    EXPECT_FALSE(repaired->repaired.empty());
    EXPECT_EQ(told(check(library)), "");
  }
}

TEST_F(Verify, ADroppedIndexIsFoundAndMadeAnew) {
  const fs::path library = copy();
  fs::remove_all(library / "index");
  EXPECT_NE(told(check(library)).find("index: "), std::string::npos);
  ASSERT_TRUE(check(library, Rebuild::yes));
  EXPECT_EQ(told(check(library)), "");
}

}  // namespace
}  // namespace colophon::app

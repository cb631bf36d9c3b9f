// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.hpp"

#include <cerrno>
#include <fstream>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace colophon {
namespace {

namespace fs = std::filesystem;

void put(const fs::path& path, std::string_view text) { std::ofstream(path, std::ios::binary) << text; }

unsigned mode_of(const fs::path& path) {
  struct stat status{};
  EXPECT_EQ(stat(path.c_str(), &status), 0);
  return status.st_mode & 0777u;
}

TEST(Fd, ClosesOnceAndMoves) {
  int pipe_ends[2] = {};
  ASSERT_EQ(pipe(pipe_ends), 0);
  Fd read_end(pipe_ends[0]);
  Fd other = std::move(read_end);
  EXPECT_FALSE(read_end);  // NOLINT(bugprone-use-after-move): that is the test
  EXPECT_EQ(other.get(), pipe_ends[0]);
  other = Fd(pipe_ends[1]);
  EXPECT_EQ(fcntl(pipe_ends[0], F_GETFD), -1);
  other.reset();
  EXPECT_EQ(fcntl(pipe_ends[1], F_GETFD), -1);
}

TEST(ReadFile, ReadsAllOfIt) {
  const TemporaryFolder folder;
  const std::string text(100'000, 'x');
  put(folder.path() / "a", text);
  put(folder.path() / "empty", "");
  EXPECT_EQ(read_file(folder.path() / "a"), text);
  EXPECT_EQ(read_file(folder.path() / "empty"), "");
  EXPECT_FALSE(read_file("/proc/self/status")->empty());  // says size 0
}

TEST(ReadFile, ObeysTheLimit) {
  const TemporaryFolder folder;
  put(folder.path() / "a", "12345");
  EXPECT_EQ(read_file(folder.path() / "a", 5), "12345");
  const auto result = read_file(folder.path() / "a", 4);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::invalid);
  // a sparse file of a terabyte costs nothing
  put(folder.path() / "big", "");
  fs::resize_file(folder.path() / "big", std::uintmax_t{1} << 40);
  EXPECT_EQ(read_file(folder.path() / "big", 1000).error().code, Errc::invalid);
}

TEST(ReadFile, SaysWhatIsWrong) {
  const TemporaryFolder folder;
  const auto missing = read_file(folder.path() / "missing");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Errc::not_found);
  EXPECT_EQ(missing.error().where, (folder.path() / "missing").string());
  EXPECT_FALSE(missing.error().hint.empty());
  EXPECT_EQ(read_file(folder.path()).error().code, Errc::invalid);
}

TEST(IoError, FullDiskHasAHint) {
  const Error error = io_error(ENOSPC, "cannot write", "a");
  EXPECT_EQ(error.code, Errc::io);
  EXPECT_NE(error.message.find("No space left"), std::string::npos);
  EXPECT_NE(error.hint.find("free some space"), std::string::npos);
  EXPECT_EQ(io_error(EPIPE, "cannot write", "a").code, Errc::io);
}

TEST(ReplaceFile, WritesNewAndOldWithMode) {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "colophon.toml";
  ASSERT_TRUE(replace_file(path, "one", 0640));
  EXPECT_EQ(read_file(path), "one");
  EXPECT_EQ(mode_of(path), 0640u);
  ASSERT_TRUE(replace_file(path, "two"));
  EXPECT_EQ(read_file(path), "two");
  EXPECT_EQ(mode_of(path), 0600u);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
}

TEST(ReplaceFile, ReadersSeeOldOrNew) {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "a";
  const std::string old_text(50'000, 'o'), new_text(70'000, 'n');
  ASSERT_TRUE(replace_file(path, old_text));
  std::jthread writer([&] {
    for (int i = 0; i < 50; ++i) ASSERT_TRUE(replace_file(path, i % 2 ? old_text : new_text));
  });
  for (int i = 0; i < 200; ++i) {
    const auto seen = read_file(path);
    ASSERT_TRUE(seen);
    ASSERT_TRUE(*seen == old_text || *seen == new_text) << seen->size();
  }
}

TEST(ReplaceFile, WithoutItsFolderFails) {
  const TemporaryFolder folder;
  const Status status = replace_file(folder.path() / "no" / "a", "text");
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, Errc::not_found);
}

TEST(ReplaceFile, LeavesNothingBehindWhenItFails) {
  const TemporaryFolder folder;
  fs::create_directories(folder.path() / "a" / "inside");
  EXPECT_FALSE(replace_file(folder.path() / "a", "text"));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
}

TEST(FileReplacement, TakesItsPlaceWithTheLastPartOnly) {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "a";
  ASSERT_TRUE(replace_file(path, "old"));
  auto file = FileReplacement::begin(path);
  ASSERT_TRUE(file);
  ASSERT_TRUE(file->write("new "));
  EXPECT_EQ(*read_file(path), "old");
  ASSERT_TRUE(file->write("parts"));
  ASSERT_TRUE(file->commit());
  EXPECT_EQ(*read_file(path), "new parts");
}

TEST(FileReplacement, DroppedLeavesAllAsItWas) {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "a";
  ASSERT_TRUE(replace_file(path, "old"));
  {
    auto file = FileReplacement::begin(path);
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->write("new"));
  }
  EXPECT_EQ(*read_file(path), "old");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
}

TEST(MakeDirectory, IsPrivateAndMayExist) {
  const TemporaryFolder folder;
  ASSERT_TRUE(make_directory(folder.path() / "d"));
  EXPECT_EQ(mode_of(folder.path() / "d"), 0700u);
  EXPECT_TRUE(make_directory(folder.path() / "d"));
  EXPECT_FALSE(make_directory(folder.path() / "x" / "y"));
  put(folder.path() / "file", "");
  EXPECT_FALSE(make_directory(folder.path() / "file"));
}

TEST(FileLock, SharedTogetherExclusiveAlone) {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "lock";
  {
    const auto one = FileLock::take(path, LockKind::shared);
    ASSERT_TRUE(one);
    EXPECT_TRUE(FileLock::take(path, LockKind::shared));
    const auto alone = FileLock::take(path, LockKind::exclusive);
    ASSERT_FALSE(alone);
    EXPECT_EQ(alone.error().code, Errc::busy);
    EXPECT_FALSE(alone.error().hint.empty());
  }
  const auto alone = FileLock::take(path, LockKind::exclusive);
  ASSERT_TRUE(alone);
  EXPECT_FALSE(FileLock::take(path, LockKind::shared));
}

TEST(FileLock, EndsWithTheProcess) {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "lock";
  const pid_t child = fork();
  if (child == 0) {
    const auto lock = FileLock::take(path, LockKind::exclusive);
    _exit(lock ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_TRUE(FileLock::take(path, LockKind::exclusive));
}

TEST(TemporaryFolder, IsPrivateAndGoesAway) {
  fs::path path;
  {
    TemporaryFolder folder;
    path = folder.path();
    EXPECT_EQ(mode_of(path), 0700u);
    put(path / "a", "x");
    const TemporaryFolder moved = std::move(folder);
    EXPECT_EQ(moved.path(), path);
  }
  EXPECT_FALSE(fs::exists(path));
}

}  // namespace
}  // namespace colophon

// SPDX-License-Identifier: GPL-3.0-or-later
// Indexing that is killed at any instant: the index is never damaged, and what comes out in the end is what building at once gives.
// COLOPHON_KILLS says how often (./dev release-check: 100).
#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <random>
#include <thread>

#include "base/io.hpp"
#include "indexer/bulk.hpp"
#include "indexer/inspect.hpp"
#include "indexer/shards.hpp"
#include "support.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace colophon::indexer {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kWorks = 60;
constexpr std::uint64_t kChanges = 1500;

std::string words(std::uint64_t seed, std::size_t count) {
  std::mt19937_64 random(seed);
  std::string out;
  while (count--) out += fmt::format("w{} ", random() % 2000);
  return out;
}

// What a change does: the work's new content, or that it goes.
bool removes(std::uint64_t change) { return change % 11 == 0; }
std::string id_of(std::uint64_t change) { return fmt::format("w{:02}", change * 7 % kWorks); }
EntryData entry_of(std::uint64_t change) {
  EntryData out = test::work(id_of(change), words(change, 6), static_cast<int>(2000 + change % 20));
  out.change = change;
  out.passages = {test::page(1, words(change + 100'000, 200))};
  return out;
}

// The child's life: from the watermark on, a commit every few changes, now and then a compaction or a build anew.
[[noreturn]] void index_all(const fs::path& dir, const Identity& identity) {
  const auto rebuild = [&](std::uint64_t upto) {
    std::map<std::string, std::uint64_t> last;
    for (std::uint64_t change = 1; change <= upto; ++change) last[id_of(change)] = change;
    std::vector<std::uint64_t> live;
    for (const auto& [id, change] : last) {
      if (!removes(change)) live.push_back(change);
    }
    return build(dir, {.jobs = 1, .watermark = upto, .identity = identity}, [&](std::size_t, std::size_t) -> Result<Stream> {
      return Stream([&live, at = std::size_t{0}](EntryData& out) mutable -> Result<bool> {
        if (at >= live.size()) return false;
        out = entry_of(live[at++]);
        return true;
      });
    });
  };
  while (true) {
    std::uint64_t at = 0;
    {
      Result<Writer> writer = Writer::open(dir, identity);
      if (!writer) {
        std::fprintf(stderr, "%s\n", writer.error().message.c_str());
        ::_exit(2);
      }
      at = writer->watermark();
      for (std::uint64_t end = std::min(at + 150, kChanges); at < end;) {
        for (const std::uint64_t batch = std::min(at + 10, end); at < batch;) {
          ++at;
          if (!(removes(at) ? writer->remove(id_of(at)) : writer->replace(entry_of(at).entry()))) ::_exit(3);
        }
        if (!writer->commit(at)) ::_exit(4);
      }
      if (!writer->close()) ::_exit(5);
    }
    if (at == kChanges) ::_exit(0);
    if (!(at % 300 ? compact(dir) : rebuild(at))) ::_exit(6);
  }
}

void expect_whole(const fs::path& dir) {
  const auto report = verify_files(dir);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_TRUE(report->good());
  const Status probed = probe(dir);
  EXPECT_TRUE(probed) << probed.error().message;
}

int killed_after(pid_t child, std::chrono::microseconds delay) {
  std::this_thread::sleep_for(delay);
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

struct Kind {
  Content content{};
  std::size_t shards = 1;
};
class Killed : public testing::TestWithParam<Kind> {};

TEST_P(Killed, AtAnyInstantLeavesAnIndexThatGoesOn) {
  const char* const given = std::getenv("COLOPHON_KILLS");
  const int kills = given ? std::atoi(given) : 4;
  const TemporaryFolder folder;
  const fs::path dir = folder.path() / "index";
  const Identity identity{"library", "public", GetParam().content, {}, GetParam().shards};
  std::mt19937 random(7);
  bool done = false;
  int killed = 0;
  for (int round = 0; killed < kills || !done; ++round) {
    ASSERT_LT(round, 20 * kills + 100);
    const pid_t child = ::fork();
    if (child == 0) index_all(dir, identity);
    if (killed >= kills) {
      int status = 0;
      ::waitpid(child, &status, 0);
      ASSERT_EQ(status, 0);
      done = true;
      continue;
    }
    const int status = killed_after(child, std::chrono::microseconds(500 + random() % 60'000));
    if (WIFEXITED(status)) {  // it was ready before: begin anew
      ASSERT_EQ(WEXITSTATUS(status), 0);
      fs::remove_all(dir);
      continue;
    }
    ++killed;
    if (is_index(dir)) expect_whole(dir);
  }
  EXPECT_EQ(indexer::status(dir)->watermark, kChanges);
  const fs::path anew = folder.path() / "anew";
  {
    Writer writer = std::move(*Writer::open(anew, identity));
    // one after the other are all of the works: only the last change of each counts
    for (std::uint64_t change = kChanges - kWorks + 1; change <= kChanges; ++change)
      ASSERT_TRUE(removes(change) ? writer.remove(id_of(change)) : writer.replace(entry_of(change).entry()));
    ASSERT_TRUE(writer.commit(kChanges));
  }
  EXPECT_EQ(*dump(dir), *dump(anew));
}
constexpr std::array kKinds = {Kind{Content::works, 1}, Kind{Content::fingerprints, 1}, Kind{Content::works, 3}};
INSTANTIATE_TEST_SUITE_P(Index, Killed, testing::ValuesIn(kKinds), [](const auto& one) {
  return std::string(name(one.param.content)) + (one.param.shards > 1 ? "_in_shards" : "");
});

}  // namespace
}  // namespace colophon::indexer

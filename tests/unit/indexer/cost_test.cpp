// SPDX-License-Identifier: GPL-3.0-or-later
// Two worlds that differ only in what a viewer may not see cost the viewer's questions the same: as many reads of the indexes and as many
// bytes, counted by the system, for searches, counts, facets, help, suggestions, works like one, works for a text and overlap.
#include <cinttypes>
#include <cstdio>

#include "base/io.hpp"
#include "indexer/overlap/overlap.hpp"
#include "indexer/similar.hpp"
#include "support.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace colophon::indexer {
namespace {

namespace fs = std::filesystem;

// What this process has read since it began.
struct Cost {
  std::uint64_t bytes = 0, reads = 0;
  friend bool operator==(const Cost&, const Cost&) = default;
};
void PrintTo(const Cost& cost, std::ostream* out) { *out << cost.bytes << " bytes in " << cost.reads << " reads"; }

std::optional<Cost> so_far() {
  std::FILE* file = std::fopen("/proc/self/io", "r");
  if (!file) return std::nullopt;
  Cost out;
  const int got = std::fscanf(file, "rchar: %" SCNu64 " wchar: %*u syscr: %" SCNu64, &out.bytes, &out.reads);
  std::fclose(file);
  return got == 2 ? std::optional(out) : std::nullopt;
}

class World {
 public:
  // `secret` is in the text that only who signed in may read.
  explicit World(const std::string& secret) {
    fill(folder_.path() / "public", {"library", "public"}, "");
    fill(folder_.path() / "signed-in", {"library", "signed-in"}, secret);
    fill(folder_.path() / "public-overlap", {"library", "public", Content::fingerprints}, "");
    fill(folder_.path() / "signed-in-overlap", {"library", "signed-in", Content::fingerprints}, secret);
  }

  // Everything a visitor may ask, and what it cost.
  Cost ask(std::string& answers) const {
    const std::vector<fs::path> open = {folder_.path() / "public"}, prints = {folder_.path() / "public-overlap"};
    const Cost before = so_far().value_or(Cost{});
    Searcher searcher = std::move(*Searcher::open(open));
    for (const char* text :
         {"heat", "heat plans", "\"heat plans\"", "hea*", "secret7 zebra", "zebrq", "heat OR secret3 -plans", "*ret", ""}) {
      for (const bool broaden : {false, true})
        answers += to_json(*searcher.search({.text = text,
                                             .facets = {"year", "type"},
                                             .explain = true,
                                             .advise = true,
                                             .nearest = true,
                                             .broaden = broaden}))
                       .dump();
    }
    answers += to_json(*searcher.search({.like = "w003"})).dump();
    const auto words = searcher.words("", "se");
    for (const DictionaryWord& word : *words) answers += word.word;
    const auto similar = SimilarWorks::open(open)->like("Plans for heat and secret5", "en", 10);
    for (const SimilarWork& one : *similar) answers += one.id;
    const std::vector<bib::Passage> text = {test::page(1, passage(3, "secret3 secret4"))};
    const auto none = [](std::string_view) { return std::vector<bib::Passage>{}; };
    answers += fmt::format("{}", OverlapFinder::open(prints)->find(text, none)->works.size());
    const Cost after = so_far().value_or(Cost{});
    return {after.bytes - before.bytes, after.reads - before.reads};
  }

 private:
  static std::string passage(int i, const std::string& more) {
    std::string out;
    for (int n = 0; n < 60; ++n) out += fmt::format("plan{} heat{} {} ", (i * 7 + n) % 50, n % 9, more);
    return out;
  }
  static void fill(const fs::path& dir, const Identity& identity, const std::string& secret) {
    Writer writer = std::move(*Writer::open(dir, identity));
    for (int i = 0; i < 60; ++i) {
      EntryData one = test::work(fmt::format("w{:03}", i), fmt::format("Heat plans number{}", i), 2000 + i % 9);
      const std::string more = secret.empty() ? "" : fmt::format("{}{} zebra", secret, i % 11);
      one.passages = {test::page(1, passage(i, more)), test::page(2, passage(i + 1, more))};
      ASSERT_TRUE(writer.replace(one.entry()));
    }
    ASSERT_TRUE(writer.commit(1));
  }

  TemporaryFolder folder_;
};

TEST(Cost, WhatIsHiddenCostsNothing) {
  if (!so_far()) GTEST_SKIP() << "the system does not count reads here";
  const World one("secret"), other("othersecretwithlongerwords");
  std::string warm, first, second;
  one.ask(warm), other.ask(warm);  // caches of the process fill
  const Cost cost = one.ask(first), same = other.ask(second);
  EXPECT_GT(cost.reads, 20u);  // something is counted
  EXPECT_EQ(cost, same);
  EXPECT_EQ(first, second);
  EXPECT_EQ(first.find("othersecret"), std::string::npos);
}

}  // namespace
}  // namespace colophon::indexer

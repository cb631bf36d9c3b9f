// SPDX-License-Identifier: GPL-3.0-or-later
// Texts that share passages: fingerprints, alignment, what is found and what is not.
#include "indexer/overlap/overlap.hpp"

#include <random>

#include "base/io.hpp"
#include "indexer/bulk.hpp"
#include "indexer/inspect.hpp"
#include "indexer/overlap/align.hpp"
#include "indexer/overlap/prose.hpp"
#include "support.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace colophon::indexer {
namespace {

namespace fs = std::filesystem;
using test::page;
using test::section;

// Words that are all different from run to run of the seed: "w123x4567".
std::vector<std::string> random_words(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(fmt::format("w{}x{}", seed, random() % 5000));
  return out;
}
std::string text_of(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, " ")); }
std::vector<std::string> slice(const std::vector<std::string>& words, std::size_t begin, std::size_t count) {
  return {words.begin() + static_cast<std::ptrdiff_t>(begin), words.begin() + static_cast<std::ptrdiff_t>(begin + count)};
}
std::vector<std::string> joined(std::vector<std::string> a,
                                const std::vector<std::string>& b,
                                const std::vector<std::string>& c) {
  a.insert(a.end(), b.begin(), b.end());
  a.insert(a.end(), c.begin(), c.end());
  return a;
}
std::vector<HashedWord> hashed(const std::string& text) {
  static const Analyser kAnalyser;
  const std::vector<bib::Passage> one = {page(1, text)};
  return hashed_words(one, kAnalyser);
}
std::string all_text(const std::vector<SnippetPart>& parts) {
  std::string out;
  for (const SnippetPart& part : parts) out += part.text;
  return out;
}

TEST(Fingerprints, TextsWithThirteenWordsInARowInCommonShareOne) {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    const auto shared = random_words(kShingle + kWindow - 1, 9);
    const auto left = fingerprints(hashed(text_of(joined(random_words(seed % 40, seed), shared, random_words(30, seed + 1000)))));
    const auto right =
        fingerprints(hashed(text_of(joined(random_words(55, seed + 2000), shared, random_words(seed % 7, seed + 3000)))));
    std::vector<std::string> both;
    std::ranges::set_intersection(left, right, std::back_inserter(both));
    EXPECT_FALSE(both.empty()) << seed;
  }
}

TEST(Fingerprints, AreAboutTwoInNineWords) {
  const auto words = hashed(text_of(random_words(9000, 3)));
  EXPECT_NEAR(static_cast<double>(fingerprints(words).size()), 2000, 150);
  EXPECT_TRUE(fingerprints(hashed("five words are too few")).empty());
  EXPECT_EQ(fingerprints(hashed("seven words are enough for a fingerprint")).size(), 1u);
}

TEST(Fingerprints, DoNotDependOnCaseMarksOrLineEnds) {
  const auto one = fingerprints(hashed("Die Städte planen für heiße Tage im Sommer")),
             other = fingerprints(hashed("DIE Stadte planen\nfur heisse, Tage im Sommer."));
  EXPECT_FALSE(one.empty());
  EXPECT_EQ(one, other);
}

TEST(Align, FindsACopyWithEditsAndSaysWhichWordsDiffer) {
  const auto shared = random_words(60, 5);
  auto edited = shared;
  edited[20] = "other", edited[41] = "changed";
  edited.insert(edited.begin() + 30, "inserted");
  const auto left = hashed(text_of(joined(random_words(100, 1), edited, random_words(50, 2))));
  const auto right = hashed(text_of(joined(random_words(37, 3), shared, random_words(11, 4))));
  const auto found = align(left, right);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].left_begin, 100u);
  EXPECT_EQ(found[0].left_end, 161u);
  EXPECT_EQ(found[0].right_begin, 37u);
  EXPECT_EQ(found[0].right_end, 97u);
  EXPECT_EQ(found[0].same.size(), 58u);
  for (const Alignment::Pair& pair : found[0].same) EXPECT_EQ(left[pair.left].digest, right[pair.right].digest);
}

TEST(Align, KeepsTwoCopiesApartAndDropsWhatIsShort) {
  const auto a = random_words(40, 5), b = random_words(40, 6), small = random_words(9, 7);
  const auto left = hashed(text_of(joined(joined(a, random_words(80, 1), b), random_words(60, 8), small)));
  const auto right = hashed(text_of(joined(joined(b, random_words(70, 2), a), random_words(60, 9), small)));
  const auto found = align(left, right);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].left_begin, 0u);
  EXPECT_EQ(found[0].right_begin, 110u);
  EXPECT_EQ(found[1].left_begin, 120u);
  EXPECT_EQ(found[1].right_begin, 0u);
}

TEST(Align, PairsAscendWhateverTheTexts) {
  std::mt19937 random(11);
  for (int round = 0; round < 200; ++round) {
    const auto some = [&] {
      std::string out;
      for (int i = 0; i < 120; ++i) out += fmt::format("w{} ", random() % (round % 2 ? 2 : 4));
      return hashed(out);
    };
    const auto left = some(), right = some();
    for (const Alignment& one : align(left, right)) {
      ASSERT_LE(one.left_end, left.size());
      ASSERT_LE(one.right_end, right.size());
      for (std::size_t i = 0; i < one.same.size(); ++i) {
        ASSERT_EQ(left[one.same[i].left].digest, right[one.same[i].right].digest);
        if (i) {
          ASSERT_LT(one.same[i - 1].left, one.same[i].left);
          ASSERT_LT(one.same[i - 1].right, one.same[i].right);
        }
      }
    }
  }
}

TEST(Prose, LeavesOutTheListOfReferencesButNotTheAppendix) {
  bib::Work record;
  const std::vector<bib::Passage> pages = {
      page(1, "Contents\nReferences\nOn heat in towns."), page(2, std::string(300, 'x') + " text"),
      page(3, "The end.\n7. References\nSilva A. Heat. 2021."), page(4, "Okafor B. Flood. 2019."),
      page(5, "Rao C.\nAppendix A: the questions\nHow hot?")};
  std::string all;
  for (const bib::Passage& passage : prose_of(record, pages)) all += passage.text + "|";
  EXPECT_EQ(all, "Contents\nReferences\nOn heat in towns.|" + std::string(300, 'x') +
                     " text|The end.\n|Appendix A: the questions\nHow hot?|");
}

TEST(Prose, KnowsTheHeadingInFiveLanguages) {
  for (const char* heading : {"References", "REFERENCES", "5 Literatur", "Literaturverzeichnis", "Referencias bibliográficas",
                              "Referências", "Bibliographie", "Références bibliographiques:", "Bibliography"})
    EXPECT_EQ(reference_list_at(fmt::format("Text.\n  {}\nSilva", heading)), 6u) << heading;
  EXPECT_EQ(reference_list_at("We checked the references\nof each."), std::string::npos);
}

class Overlap : public testing::Test {
 protected:
  void add(std::string id, std::vector<bib::Passage> passages) {
    EntryData one = test::work(std::move(id), "On heat", 2020);
    one.passages = std::move(passages);
    works_.push_back(std::move(one));
  }
  void write() {
    Writer writer = std::move(*Writer::open(dir_, {"library", "public", Content::fingerprints}));
    for (const EntryData& one : works_) ASSERT_TRUE(writer.replace(one.entry()));
    ASSERT_TRUE(writer.commit(1));
  }
  OverlapReport find(const std::string& text, const OverlapOptions& options = {}) {
    const std::vector<bib::Passage> ours = {page(1, text)};
    auto finder = OverlapFinder::open(std::array{dir_});
    EXPECT_TRUE(finder);
    const PassageSource source = [&](std::string_view id) {
      const auto found = std::ranges::find(works_, id, &EntryData::id);
      return prose_of(found->record, found->passages);
    };
    return *finder->find(ours, source, options);
  }

  TemporaryFolder folder_;
  fs::path dir_ = folder_.path() / "overlap";
  std::vector<EntryData> works_;
};

TEST_F(Overlap, FindsTheCopyAndShowsBothWordingsAtTheirPlaces) {
  const auto shared = random_words(60, 5);
  add("copied",
      {page(1, text_of(random_words(80, 1))), page(2, text_of(joined(random_words(20, 2), shared, random_words(5, 3))))});
  add("other", {page(1, text_of(random_words(300, 4)))});
  write();
  auto edited = shared;
  edited[30] = "other";
  const OverlapReport report = find(text_of(joined(random_words(50, 6), edited, random_words(50, 7))));
  EXPECT_EQ(report.words, 160u);
  EXPECT_EQ(report.documents, 2u);
  ASSERT_EQ(report.works.size(), 1u);
  EXPECT_EQ(report.works[0].id, "copied");
  EXPECT_EQ(report.works[0].same, 59u);
  EXPECT_NEAR(report.works[0].share, 59.0 / 160, 1e-9);
  ASSERT_EQ(report.works[0].passages.size(), 1u);
  const SharedPassage& passage = report.works[0].passages[0];
  EXPECT_EQ(passage.theirs.page, 2u);
  EXPECT_EQ(all_text(passage.our_text), text_of(edited));
  EXPECT_EQ(all_text(passage.their_text), text_of(shared));
  ASSERT_EQ(passage.our_text.size(), 3u);
  EXPECT_FALSE(passage.our_text[1].marked);
  EXPECT_NE(passage.our_text[1].text.find("other"), std::string::npos);
}

TEST_F(Overlap, APassageAcrossTwoPagesIsOne) {
  const auto shared = random_words(60, 5);
  add("copied", {page(3, text_of(joined(random_words(80, 1), slice(shared, 0, 30), {}))),
                 page(4, text_of(joined(slice(shared, 30, 30), random_words(20, 2), {})))});
  write();
  const OverlapReport report = find(text_of(shared));
  ASSERT_EQ(report.works.size(), 1u);
  ASSERT_EQ(report.works[0].passages.size(), 1u);
  EXPECT_EQ(report.works[0].passages[0].same, 60u);
  EXPECT_EQ(report.works[0].passages[0].theirs.page, 3u);
}

TEST_F(Overlap, WhatManyWorksSayIsNoFinding) {
  const auto phrase = random_words(20, 5);
  for (int i = 0; i < 40; ++i)
    add(fmt::format("w{:02}", i),
        {page(1, text_of(joined(random_words(100, 100 + static_cast<unsigned>(i)), phrase, random_words(30, 200))))});
  write();
  EXPECT_TRUE(find(text_of(joined(random_words(50, 6), phrase, random_words(50, 7)))).works.empty());
}

TEST_F(Overlap, ReferencesAreNotCompared) {
  const std::string list = "\nReferences\n" + text_of(random_words(80, 5));
  add("one", {page(1, text_of(random_words(200, 1))), page(2, text_of(random_words(100, 2)) + list)});
  add("two", {page(1, text_of(random_words(100, 3))), {0, "", "reference", "", text_of(random_words(80, 5))}});
  write();
  EXPECT_TRUE(find(text_of(random_words(80, 5))).works.empty());
}

TEST_F(Overlap, LeavesOutTheWorkItself) {
  add("one", {page(1, text_of(random_words(200, 1)))});
  write();
  EXPECT_EQ(find(text_of(random_words(200, 1))).works.size(), 1u);
  EXPECT_TRUE(find(text_of(random_words(200, 1)), {.less = {"one"}}).works.empty());
}

TEST_F(Overlap, AnIndexOfWorksIsNoIndexOfFingerprints) {
  Writer writer = std::move(*Writer::open(dir_, {"library", "public"}));
  ASSERT_TRUE(writer.commit(1));
  const auto finder = OverlapFinder::open(std::array{dir_});
  ASSERT_FALSE(finder);
  EXPECT_EQ(finder.error().code, Errc::conflict);
}

TEST_F(Overlap, KeptIncrementallyIsAsBuiltAtOnce) {
  for (unsigned i = 0; i < 30; ++i) add(fmt::format("w{:02}", i), {page(1, text_of(random_words(50 + i, i)))});
  write();
  for (unsigned i = 0; i < 30; i += 3) works_[i].passages = {page(1, text_of(random_words(80, 500 + i)))};
  write();
  const fs::path anew = folder_.path() / "anew";
  const auto built = build(anew, {.jobs = 2, .watermark = 1, .identity = {"library", "public", Content::fingerprints}},
                           [&](std::size_t share, std::size_t shares) -> Result<Stream> {
                             return Stream([&, shares, at = share](EntryData& out) mutable -> Result<bool> {
                               if (at >= works_.size()) return false;
                               out = works_[at];
                               at += shares;
                               return true;
                             });
                           });
  ASSERT_TRUE(built) << built.error().message;
  EXPECT_EQ(*dump(dir_), *dump(anew));
}

}  // namespace
}  // namespace colophon::indexer

// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/query/together.hpp"

#include <map>

#include "base/io.hpp"
#include "base/text.hpp"
#include "indexer/frequent.hpp"
#include "indexer/neighbours.hpp"
#include "indexer/reader.hpp"
#include "indexer/slot_values.hpp"
#include "indexer/weighting.hpp"
#include "support.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <xapian.h>

namespace colophon::indexer {
namespace {

using Ids = std::vector<std::string>;
using Texts = std::vector<std::vector<std::string>>;  // the words of each work's page

Ids found(const std::filesystem::path& dir, const std::string& text) {
  auto searcher = Searcher::open(std::array{dir});
  auto page = searcher->search({.text = text, .limit = 100});
  Ids out = test::ids(*page);
  std::ranges::sort(out);
  return out;
}

template <class Holds>
Ids those(const Texts& texts, Holds holds) {
  Ids out;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (holds(texts[i])) out.push_back(fmt::format("w{}", i));
  }
  std::ranges::sort(out);
  return out;
}

bool in_order(const std::vector<std::string>& text, const std::vector<std::string>& words) {
  return !std::ranges::search(text, words).empty();
}

bool near(const std::vector<std::string>& text, std::size_t distance, const std::string& one, const std::string& other) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (std::size_t j = 0; j < text.size(); ++j) {
      const std::size_t apart = i > j ? i - j : j - i;
      if (i != j && apart <= distance && text[i] == one && text[j] == other) return true;
    }
  }
  return false;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

using Weights = std::map<Xapian::docid, double>;

Weights weights(const Xapian::Database& index, const Xapian::Query& query) {
  Xapian::Enquire enquire(index);
  weigh(enquire);
  enquire.set_query(query);
  const Xapian::MSet found = enquire.get_mset(0, index.get_doccount());
  Weights out;
  for (auto it = found.begin(); it != found.end(); ++it) out[*it] = it.get_weight();
  return out;
}

TEST(Neighbours, AreThePairsThatStandNearEachOther) {
  EXPECT_TRUE(rc::check(
      "one look at the words of several indexes, with lists of frequent terms or without, finds what a query for each pair "
      "finds, at the same weight",
      [] {
        static const std::vector<std::string> kWords = {"alpha", "beta", "gamma", "delta", "nowhere"};
        const auto word = [] { return kWords[static_cast<std::size_t>(*rc::gen::inRange(0, 5))]; };
        const auto some = [](int most) { return *rc::gen::inRange(1, most); };
        const TemporaryFolder folder;
        std::vector<std::filesystem::path> dirs;
        for (const char* name : {"one", "two"}) {
          const std::filesystem::path& dir = dirs.emplace_back(folder.path() / name);
          auto writer = Writer::open(dir);
          const auto write = [&](int i) {
            EntryData data = test::work(fmt::format("{}{}", name, i), i % 2 ? "alpha beta" : "title");
            std::string text = "other";
            for (int n = 0, words = some(30); n < words; ++n) text += " " + (*rc::gen::inRange(0, 3) ? "other" : word());
            data.passages = {test::page(1, text), test::page(2, word())};
            RC_ASSERT(writer->replace(data.entry()).has_value());
          };
          const int works = some(8);
          for (int i = 0; i < works; ++i) write(i);
          RC_ASSERT(writer->commit(1).has_value());
          if (*rc::gen::arbitrary<bool>())
            RC_ASSERT(Frequent::make(dir, Xapian::Database(dir.string()), {.fewest_documents = 1}).has_value());
          if (*rc::gen::arbitrary<bool>()) write(some(works + 2) - 1);
          RC_ASSERT(writer->commit(2).has_value());
        }
        const Reader reader = std::move(*Reader::open(dirs, Content::works));
        const Xapian::Database& index = reader.database();
        std::vector<WordPair> pairs;
        for (int i = 0, count = some(4); i < count; ++i) {
          WordPair pair{word(), word()};
          if (pair.first != pair.second) pairs.push_back(std::move(pair));
        }
        const std::uint32_t window = static_cast<std::uint32_t>(some(8)) + 1;
        std::vector<Xapian::docid> documents;
        Weights expected;
        for (Xapian::docid document = 1; document <= index.get_lastdocid(); ++document) {
          if (*rc::gen::inRange(0, 4)) documents.push_back(document);
        }
        for (const auto& [one, other] : pairs) {
          for (const auto& [document, weight] : weights(index, query::near_each_other({{one}, {other}}, window, nullptr))) {
            if (std::ranges::find(documents, document) != documents.end()) expected[document] += weight;
          }
        }
        KeptSlot word_places(Slot::places, index);
        Neighbours neighbours(pairs, window, reader, word_places);
        for (const Xapian::docid document : documents) {
          const double together = neighbours.together(document), near = neighbours.near();
          const auto known = expected.find(document);
          RC_ASSERT(near == (known == expected.end() ? 0 : known->second));
          RC_ASSERT(near <= together);
          RC_ASSERT(together <= neighbours.most());
        }
        const std::vector<std::string> places = slot_values(Slot::places, documents, index);
        for (std::size_t i = documents.size(); i-- > 0;)
          RC_ASSERT(word_places.of(documents[i]) == places[i]);  // kept, and the way back
      }));
}

TEST(Together, FindsExactlyTheWorksWhereTheWordsStandSo) {
  EXPECT_TRUE(rc::check("phrases and nearness as a plain look at the words has them", [] {
    static const std::vector<std::string> kWords = {"alpha", "beta", "gamma", "delta", "Ärger", "zeta", "気", "候"};
    const auto word = [](int i) { return kWords[static_cast<std::size_t>(i)]; };
    const auto numbers = rc::gen::container<std::vector<int>>(rc::gen::inRange(0, static_cast<int>(kWords.size())));
    Texts texts;
    for (const auto& one : *rc::gen::container<std::vector<std::vector<int>>>(6, numbers)) {
      texts.emplace_back();
      for (const int i : one) texts.back().push_back(word(i));
    }
    const TemporaryFolder folder;
    const auto dir = folder.path() / "index";
    {
      auto writer = Writer::open(dir);
      for (std::size_t i = 0; i < texts.size(); ++i) {
        EntryData data = test::work(fmt::format("w{}", i), "title");
        data.passages = {test::page(1, joined(texts[i]))};
        RC_ASSERT(writer->replace(data.entry()).has_value());
      }
      RC_ASSERT(writer->commit(1).has_value());
    }
    const std::string one = word(*rc::gen::inRange(0, 8)), other = word(*rc::gen::inRange(0, 8)),
                      third = word(*rc::gen::inRange(0, 8));
    RC_ASSERT(found(dir, "\"" + one + " " + other + "\"") ==
              those(texts, [&](const auto& t) { return in_order(t, {one, other}); }));
    RC_ASSERT(found(dir, fmt::format("\"{} {} {}\"", one, other, third)) ==
              those(texts, [&](const auto& t) { return in_order(t, {one, other, third}); }));
    RC_ASSERT(found(dir, fmt::format("\"{}\" near/3 \"{}\"", one, other)) ==
              those(texts, [&](const auto& t) { return near(t, 3, one, other); }));
    for (const auto& text : texts) {
      for (const std::string& any : text) RC_ASSERT(!found(dir, any).empty());
    }
  }));
}

class Cjk : public ::testing::Test {
 protected:
  void SetUp() override {
    auto writer = Writer::open(dir_);
    for (const auto& [id, title, text] :
         std::initializer_list<std::array<std::string, 3>>{{"ja", "都市の気候変動への適応", "洪水と水害に備える。"},
                                                           {"zh", "城市氣候適應", "中国的城市正在应对\n气候变化带来的热浪。"},
                                                           {"ko", "도시의 기후변화 적응", "폭염과 홍수에 대비한다."}}) {
      EntryData data = test::work(id, title);
      data.passages = {test::page(1, text, id)};
      works_.push_back(std::move(data));
    }
    for (const EntryData& data : works_) ASSERT_TRUE(writer->replace(data.entry()));
    ASSERT_TRUE(writer->commit(1));
  }

  TemporaryFolder folder_;
  std::filesystem::path dir_ = folder_.path() / "index";
  std::vector<EntryData> works_;
};

TEST_F(Cjk, WordsAreFoundWhereverTheyStand) {
  EXPECT_EQ(found(dir_, "気候変動"), Ids{"ja"});
  EXPECT_EQ(found(dir_, "変動"), Ids{"ja"});
  EXPECT_EQ(found(dir_, "动气"), Ids{});
  EXPECT_EQ(found(dir_, "气候变化"), Ids{"zh"});
  EXPECT_EQ(found(dir_, "应对气候"), Ids{"zh"}) << "a line may end anywhere";
  EXPECT_EQ(found(dir_, "기후"), Ids{"ko"});
  EXPECT_EQ(found(dir_, "홍수"), Ids{"ko"}) << "without the particle behind it";
  EXPECT_EQ(found(dir_, "水"), Ids{"ja"});
  EXPECT_EQ(found(dir_, "title:適応"), Ids{"ja"});
  EXPECT_EQ(found(dir_, "\"都市の気候\""), Ids{"ja"});
  EXPECT_EQ(found(dir_, "氣候 -水"), Ids{"zh"});
}

TEST_F(Cjk, TheWordIsMarkedInTheSnippet) {
  auto searcher = Searcher::open(std::array{dir_});
  const auto page = searcher->search({.text = "水害"}, test::source_of(works_));
  ASSERT_EQ(page->hits.size(), 1u);
  EXPECT_EQ(page->hits[0].page, 1u);
  EXPECT_EQ(test::marked(page->hits[0].snippet), "洪水と[水害]に備える。");
}

}  // namespace
}  // namespace colophon::indexer

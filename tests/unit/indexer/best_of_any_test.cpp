// SPDX-License-Identifier: GPL-3.0-or-later
// The best of any words are what Xapian's matcher finds, document for document and to the last bit, whatever has changed since the lists
// were made; with damaged lists a search may be slow, but not wrong in its form.
#include "indexer/best_of_any.hpp"

#include <array>
#include <cmath>
#include <random>

#include "base/io.hpp"
#include "indexer/best_scores.hpp"
#include "indexer/changed.hpp"
#include "indexer/frequent.hpp"
#include "indexer/inspect.hpp"
#include "indexer/matches.hpp"
#include "indexer/metadata.hpp"
#include "indexer/reader.hpp"
#include "indexer/schema.hpp"
#include "indexer/weighting.hpp"
#include "shard_support.hpp"
#include "support.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <xapian.h>

namespace colophon::indexer {
namespace {

namespace fs = std::filesystem;
using Xapian::Query;
constexpr Frequent::Limits kAll = {.fewest_documents = 1, .rarest = 100};

std::string word(unsigned n) { return fmt::format("word{}", n); }

// Word n is in about every (n + 1)-th document, some documents and ids are long; "first" is many times in each of the first hundred.
Xapian::Document document(std::uint32_t number, std::mt19937& random) {
  Xapian::Document out;
  out.add_value(static_cast<Xapian::valueno>(Slot::id),
                fmt::format("{}{:05}", number % 3 ? "w" : "with a long id ", number * 7919 % 100'000));
  out.add_term(fmt::format("{}w{:05}", kIdPrefix, number), 0);
  const unsigned often = random() % 20 == 0 ? 9 : 1;
  for (unsigned n = 0; n < 150; n += 1 + n / 4) {
    if (random() % (n + 1) == 0) out.add_term(word(n), (1 + static_cast<unsigned>(random()) % 4) * often);
  }
  if (number <= 100) out.add_term("first", 20);
  if (number % 1000 == 1) out.add_term(word(3), 300);
  if (number % 2000 == 7) out.add_term("filling", 70'000);
  return out;
}

void make_index(const fs::path& dir, std::uint32_t first, std::uint32_t count, const std::string& index_class) {
  std::mt19937 random(first);
  Xapian::WritableDatabase index(dir.string(), Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_BACKEND_GLASS);
  introduce(index, {"library", index_class}, 0, 0);
  for (std::uint32_t i = 0; i < count; ++i) index.add_document(document(first + i, random));
  commit_numbered(index);
}

Status make_lists(const fs::path& dir) { return Frequent::make(dir, Xapian::Database(dir.string()), kAll); }

Reader reader_of(const std::vector<fs::path>& dirs) { return std::move(*Reader::open(dirs, Content::works)); }

// Document and weight, a line each.
std::string lines_of(const std::vector<Score>& scores) {
  std::string out;
  for (const Score& one : scores) out += fmt::format("{} {:a}\n", one.document, one.weight);
  return out;
}

std::string in_order(const Query& query, const Reader& reader, std::size_t wanted) {
  Xapian::Enquire enquire(reader.database());
  weigh(enquire);
  enquire.set_sort_by_relevance_then_value(static_cast<Xapian::valueno>(Slot::id), false);
  enquire.set_query(query);
  return lines_of(scored(enquire.get_mset(0, static_cast<Xapian::doccount>(wanted))).best);
}

std::size_t matches(const Query& query, const Reader& reader) {
  Xapian::Enquire enquire(reader.database());
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.set_query(query);
  return enquire.get_mset(0, 0, reader.database().get_doccount()).get_matches_estimated();
}

// Of each shard, with the lists or from the index alone.
enum class Lists { used, unused };
std::vector<std::vector<std::uint32_t>> documents_of(const Query& query, const Reader& reader, Lists lists) {
  const auto files = lists_of(reader);
  std::vector<std::vector<std::uint32_t>> out;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const Frequent* const known = lists == Lists::used && files[i] ? &*files[i] : nullptr;
    Matches::of(query, reader.shards()[i], known).each([&, &here = out.emplace_back()](std::uint32_t document) {
      here.push_back(document);
    });
  }
  return out;
}

// --- queries -------------------------------------------------------------------------------------------------------------

std::string any_term(unsigned kind) {
  if (kind % 17 == 0) return "first";
  if (kind % 19 == 0) return "nowhere";
  return word(kind % 150);
}

Query any_part(std::mt19937& random) {
  const auto term = [&] { return Query(any_term(static_cast<unsigned>(random()))); };
  switch (random() % 4) {
    case 0: return Query(Query::OP_SCALE_WEIGHT, term(), 0.5);
    case 1: {
      std::vector<Query> terms = {term(), term()};
      if (random() % 2) terms.push_back(term());
      return Query(Query::OP_SYNONYM, terms.begin(), terms.end());
    }
    case 2: return Query(Query::OP_OR, term(), Query(Query::OP_SCALE_WEIGHT, term(), 0.25));
    default: return term();
  }
}

Query any_parts(std::mt19937& random) {
  std::vector<Query> parts;
  for (std::size_t i = 0; i <= random() % 5; ++i) parts.push_back(any_part(random));
  return Query(Query::OP_OR, parts.begin(), parts.end());
}

Query any_query(std::mt19937& random) {
  Query out = any_parts(random);
  if (random() % 3 == 0) out = Query(Query::OP_AND_MAYBE, out, Query(Query::OP_SCALE_WEIGHT, any_parts(random), 0.125));
  if (random() % 3 == 0) out = Query(Query::OP_AND_NOT, out, Query(any_term(static_cast<unsigned>(random()))));
  return out;
}

class BestOfAny : public testing::Test {
 protected:
  BestOfAny() : public_(folder_.path() / "public"), signed_in_(folder_.path() / "signed-in") {
    make_index(public_, 1, 20'000, "public");
    EXPECT_TRUE(make_lists(public_));
  }

  // As many queries as there are seeds, each for several numbers of works.
  void expect_same(const std::vector<fs::path>& dirs, unsigned seeds) const {
    const Reader reader = reader_of(dirs);
    std::size_t used = 0;
    for (unsigned seed = 0; seed < seeds; ++seed) {
      std::mt19937 random(seed);
      const Query query = any_query(random);
      ASSERT_EQ(documents_of(query, reader, Lists::used), documents_of(query, reader, Lists::unused)) << query.get_description();
      for (const std::size_t wanted : {1U, 10U, 200U, 3000U}) {
        const auto found = best_of_any(query, reader, wanted, 0);
        if (!found) continue;
        ++used;
        const std::string told = query.get_description() + fmt::format(" {}", wanted);
        ASSERT_EQ(lines_of(found->best), in_order(query, reader, wanted)) << told;
        if (found->exact) {
          ASSERT_EQ(found->total, matches(query, reader)) << told;
        }
      }
    }
    EXPECT_GT(used, seeds * 3);  // what is nowhere at all weighs nothing
  }

  TemporaryFolder folder_;
  fs::path public_, signed_in_;
};

TEST_F(BestOfAny, IsWhatTheMatcherFinds) { expect_same({public_}, 300); }

TEST_F(BestOfAny, IsOverSeveralDatabasesWhatTheMatcherFinds) {
  make_index(signed_in_, 30'001, 9'000, "signed-in");
  expect_same({public_, signed_in_}, 60);  // its lists are read from the index
  ASSERT_TRUE(make_lists(signed_in_));
  expect_same({public_, signed_in_}, 60);
}

TEST_F(BestOfAny, KnowsWhatChangedSinceTheListsWereMade) {
  {
    Writer writer = std::move(*Writer::open(public_, {"library", "public"}));
    for (std::uint32_t i = 0; i < 120; ++i) {
      const std::string text = word(i % 7) + " " + word(i % 3) + " first first";
      ASSERT_TRUE(writer.replace(test::work(fmt::format("w{:05}", i * 37), text).entry()));  // i = 0: a new one
      ASSERT_TRUE(writer.remove(fmt::format("w{:05}", i * 41 + 2)));
      const bool commits = i % 50 == 0;
      ASSERT_TRUE(!commits || writer.commit(i));
    }
    ASSERT_TRUE(writer.commit(1000));
    ASSERT_TRUE(writer.close());
  }
  EXPECT_GT(Frequent::of(public_, Xapian::Database(public_.string()))->changed().size(), 200U);
  expect_same({public_}, 60);
}

TEST_F(BestOfAny, LeavesItToTheMatcherWhenTooMuchChanged) {
  Writer writer = std::move(*Writer::open(public_, {"library", "public"}));
  for (std::uint32_t i = 0; i <= Changed::kMostChanged; ++i) ASSERT_TRUE(writer.remove(fmt::format("w{:05}", i + 1)));
  ASSERT_TRUE(writer.commit(1));
  EXPECT_FALSE(best_of_any(Query(word(1)), reader_of({public_}), 10, 0));
  EXPECT_TRUE(Frequent::wanted(public_, Xapian::Database(public_.string())) == false) << "below 20,000 documents";
}

TEST_F(BestOfAny, HasItsListsMadeByAWriterThatIsClosed) {
  fs::remove(public_ / metadata::kFrequentFile);
  Writer writer = std::move(*Writer::open(public_, {"library", "public"}));
  ASSERT_TRUE(writer.replace(test::work("new", word(1)).entry()));
  ASSERT_TRUE(writer.commit(1));
  EXPECT_FALSE(best_of_any(Query(word(1)), reader_of({public_}), 10, 0));
  ASSERT_TRUE(writer.close());
  const auto made = Frequent::of(public_, Xapian::Database(public_.string()));
  ASSERT_TRUE(made);
  EXPECT_TRUE(made->changed().empty());
  EXPECT_TRUE(verify_files(public_)->good());
  expect_same({public_}, 20);
}

// The library commits what a writer left behind.
TEST_F(BestOfAny, LeavesItToTheMatcherWhenAWriterWentInTheMiddle) {
  {
    Writer writer = std::move(*Writer::open(public_, {"library", "public"}));
    ASSERT_TRUE(writer.remove("w00001"));
    ASSERT_TRUE(writer.commit(1));
    ASSERT_TRUE(writer.remove("w00002"));
  }
  EXPECT_EQ(Xapian::Database(public_.string()).get_doccount(), 19'998U);
  EXPECT_FALSE(best_of_any(Query(word(1)), reader_of({public_}), 10, 0));
}

TEST_F(BestOfAny, IsNotForOtherQueries) {
  const Reader reader = reader_of({public_});
  const Query one(word(1)), two(word(2));
  for (const Query& query :
       {Query(Query::OP_AND, one, two), Query(Query::OP_FILTER, one, two), Query(Query::OP_PHRASE, one, two), Query::MatchAll,
        Query(), Query(Query::OP_OR, one, Query(Query::OP_AND, one, two)), Query(Query::OP_SCALE_WEIGHT, one, 0.0),
        Query(Query::OP_AND_NOT, one, Query(Query::OP_AND, one, two))})
    EXPECT_FALSE(best_of_any(query, reader, 10, 0)) << query.get_description();
  EXPECT_TRUE(best_of_any(one, reader, 10, 0));
}

TEST(SearchWithLists, AnswersAsWithout) {
  const TemporaryFolder folder;
  const fs::path dir = folder.path() / "index";
  const std::vector<EntryData> works = test::themed_works(400);
  ASSERT_TRUE(build(dir, {.identity = {"library", "public"}}, test::stream_of(works)));
  std::vector<SearchRequest> requests = test::requests();
  for (const char* text :
       {"heat OR flood", "heat OR shade OR nowhere", "heat OR flood -plans", "trees OR trees", "\"heat plans\" OR flood"})
    requests.push_back({.text = text});
  requests.push_back({.text = "heat OR flood", .offset = 30, .limit = 300, .collapse = true, .count_limit = 0});
  std::vector<std::string> without;
  Searcher searcher = std::move(*Searcher::open(std::array{dir}));
  for (const SearchRequest& request : requests) without.push_back(test::answer(searcher, request, works));
  ASSERT_TRUE(make_lists(dir));
  for (std::size_t i = 0; i < requests.size(); ++i)
    EXPECT_EQ(test::answer(searcher, requests[i], works), without[i]) << requests[i].text;
}

// --- the file ------------------------------------------------------------------------------------------------------------

TEST_F(BestOfAny, NeedsAWholeFileOfThisIndex) {
  const fs::path file = public_ / metadata::kFrequentFile;
  const std::string whole = *read_file(file, 1u << 30);
  const auto used = [&] { return best_of_any(Query(word(1)), reader_of({public_}), 10, 0).has_value(); };
  EXPECT_TRUE(used());
  for (const std::size_t size : {std::size_t{0}, std::size_t{8}, whole.size() / 2, whole.size() - 8, whole.size() - 1}) {
    ASSERT_TRUE(replace_file(file, whole.substr(0, size)));
    EXPECT_FALSE(used()) << size;
  }
  make_index(signed_in_, 1, 300, "signed-in");
  ASSERT_TRUE(make_lists(signed_in_));
  ASSERT_TRUE(replace_file(file, *read_file(signed_in_ / metadata::kFrequentFile, 1u << 30)));
  EXPECT_FALSE(used());
  ASSERT_TRUE(replace_file(file, whole));
  EXPECT_TRUE(used());
}

// Each byte of the end and the tables, and many of the lists.
TEST_F(BestOfAny, SurvivesAnyByteOfTheFile) {
  const fs::path file = public_ / metadata::kFrequentFile;
  const std::string whole = *read_file(file, 1u << 30);
  const Reader reader = reader_of({public_});
  const Query query(Query::OP_OR, Query(Query::OP_SYNONYM, Query(word(1)), Query(word(2))), Query(word(9)));
  std::mt19937 random(5);
  for (std::size_t i = 0; i < 900; ++i) {
    const std::size_t place = i < 600 ? whole.size() - 1 - i : random() % whole.size();
    std::string bad = whole;
    bad[place] = static_cast<char>(bad[place] ^ (i % 2 ? 0xFF : 1 << i % 8));
    ASSERT_TRUE(replace_file(file, bad));
    (void)best_of_any(query, reader, 10, 0);
  }
}

// --- its parts -----------------------------------------------------------------------------------------------------------

RC_GTEST_PROP(WdfnCode, IsUpwardsAndNear, ()) {
  const double wdfn = *rc::gen::map(rc::gen::inRange(1, 200'000), [](int n) { return n / 1000.0; });
  const double most = WdfnCode::most(WdfnCode::of(wdfn));
  RC_ASSERT(most >= wdfn);
  RC_ASSERT(most + 1 <= (wdfn + 1) * 1.023);
}

TEST(WdfnCode, OfWhatIsTooMuchKnowsNoMost) { EXPECT_TRUE(std::isinf(WdfnCode::most(WdfnCode::of(1e6)))); }

TEST(BestScores, ForgetsWhatABadGuessLeft) {
  BestScores best(2);
  best.add({1, 5.0});
  const std::size_t before = best.added();
  best.guess(4.0);
  best.add({2, 3.0});  // turned away
  best.add({3, 4.0});
  EXPECT_TRUE(best.guessed_well(before));
  best.guess(9.0);
  best.add({4, 8.0});  // turned away, though it is the best
  EXPECT_FALSE(best.guessed_well(before));
  for (const Score& one : {Score{2, 3.0}, Score{3, 4.0}, Score{4, 8.0}, Score{5, 5.0}}) best.add(one);
  std::vector<std::uint32_t> found;
  for (const Score& one : best.take()) found.push_back(one.document);
  EXPECT_EQ(found, (std::vector<std::uint32_t>{1, 4, 5}));
}

// Ours is Xapian's, but for the rounding.
TEST_F(BestOfAny, IsWeighedByIneB2) {
  const Reader reader = reader_of({public_});
  const Query query(Query::OP_OR, Query(word(5)), Query("first"));
  Xapian::Enquire ours(reader.database()), theirs(reader.database());
  weigh(ours), weigh_for_hosts(theirs);
  for (Xapian::Enquire* one : {&ours, &theirs}) one->set_query(query);
  const Xapian::MSet found = ours.get_mset(0, 100), expected = theirs.get_mset(0, 100);
  for (Xapian::doccount i = 0; i < 100; ++i) {
    EXPECT_NEAR(found[i].get_weight(), expected[i].get_weight(), 1e-10);
    EXPECT_EQ(std::ldexp(found[i].get_weight(), 36), std::floor(std::ldexp(found[i].get_weight(), 36)));
  }
}

}  // namespace
}  // namespace colophon::indexer

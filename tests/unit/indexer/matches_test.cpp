// SPDX-License-Identifier: GPL-3.0-or-later
// The bits of a query are the documents that Xapian's matcher finds, whatever the query is made of.
#include "indexer/matches.hpp"

#include <set>

#include "base/io.hpp"
#include "indexer/query/at_least.hpp"
#include "support.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <xapian.h>

namespace colophon::indexer {
namespace {

using Xapian::Query;
constexpr std::uint32_t kWorks = 600;

// Word n is in every n-th document: some are in all, some in one.
std::string word(unsigned n) { return fmt::format("word{}", n); }

class Fixture {
 public:
  Fixture() : dir_(folder_.path() / "index") {
    Writer writer = std::move(*Writer::open(dir_, {"library", "public"}));
    for (std::uint32_t i = 1; i <= kWorks; ++i) {
      std::string text;
      for (const unsigned n : {1U, 2U, 3U, 7U, 50U, 599U}) text += i % n == 0 ? word(n) + " " : "";
      (void)writer.replace(test::work(fmt::format("w{}", i), text, 1990 + static_cast<int>(i % 30)).entry());
    }
    for (std::uint32_t i = 5; i <= kWorks; i += 11) (void)writer.remove(fmt::format("w{}", i));
    (void)writer.commit(1);
  }
  Xapian::Database open() const { return Xapian::Database(dir_.string()); }

 private:
  TemporaryFolder folder_;
  std::filesystem::path dir_;
};

Query leaf(unsigned kind, const Xapian::Database& index) {
  constexpr unsigned kWords[] = {1, 2, 3, 7, 50, 599, 4};
  switch (kind % 10) {
    case 7: return Query::MatchAll;
    case 8:
      return Query(Query::OP_VALUE_GE, static_cast<Xapian::valueno>(Slot::year), Xapian::sortable_serialise(1990.0 + kind % 30));
    case 9: return query::among({3, 4, 50, 598, 600}, index);
    default: return Query(word(kWords[kind % 10]));
  }
}

rc::Gen<Query> trees(int depth, const Xapian::Database& index) {
  const auto leaves = rc::gen::map(rc::gen::inRange(0U, 1000U), [index](unsigned kind) { return leaf(kind, index); });
  if (depth == 0) return leaves;
  const auto joined = rc::gen::map(rc::gen::pair(rc::gen::element(Query::OP_AND, Query::OP_OR, Query::OP_AND_NOT,
                                                                  Query::OP_FILTER, Query::OP_AND_MAYBE, Query::OP_XOR),
                                                 rc::gen::pair(trees(depth - 1, index), trees(depth - 1, index))),
                                   [](const auto& made) { return Query(made.first, made.second.first, made.second.second); });
  const auto scaled =
      rc::gen::map(trees(depth - 1, index), [](const Query& one) { return Query(Query::OP_SCALE_WEIGHT, one, 0.5); });
  return rc::gen::oneOf(leaves, joined, joined, scaled);
}

std::set<std::uint32_t> by_matcher(const Query& query, const Xapian::Database& index) {
  Xapian::Enquire enquire(index);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.set_query(query);
  const Xapian::MSet found = enquire.get_mset(0, index.get_doccount());
  return {found.begin(), found.end()};
}

std::set<std::uint32_t> by_bits(const Query& query, const Xapian::Database& index) {
  std::set<std::uint32_t> out;
  Matches::of(query, index).each([&](std::uint32_t document) { out.insert(document); });
  return out;
}

RC_GTEST_PROP(Matches, AreThoseOfTheMatcher, ()) {
  static const Fixture kFixture;
  const Xapian::Database index = kFixture.open();
  const Query query = *trees(3, index);
  const auto expected = by_matcher(query, index);
  RC_CLASSIFY(expected.empty(), "none");
  RC_LOG() << query.get_description();
  RC_ASSERT((by_bits(query, index) == expected));
}

TEST(Matches, OfNothingAreNone) {
  const Fixture fixture;
  EXPECT_EQ(Matches::of(Query(), fixture.open()).size(), 0u);
  EXPECT_EQ(Matches::of(Query("nosuchword"), fixture.open()).size(), 0u);
}

TEST(Matches, AreCounted) {
  const Fixture fixture;
  const Matches matches = Matches::of(Query(word(50)), fixture.open());
  EXPECT_EQ(matches.size(), by_matcher(Query(word(50)), fixture.open()).size());
  EXPECT_GT(matches.size(), 0u);
}

}  // namespace
}  // namespace colophon::indexer

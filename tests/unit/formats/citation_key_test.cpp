// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/citation_key.hpp"

#include <algorithm>
#include <fstream>
#include <random>
#include <set>
#include <sstream>

#include "base/text.hpp"
#include "formats/bibtex/reader.hpp"

#include <gtest/gtest.h>

namespace colophon::formats {
namespace {

// The type of an entry "@type{…".
std::string type_of(const std::string& entry) { return entry.substr(1, entry.find('{') - 1); }

TEST(KeyPattern, MakesTheKeysOfTheTable) {
  std::ifstream table(std::string(COLOPHON_SOURCE_DIR) + "/tests/unit/formats/citation_keys.tsv");
  std::size_t rows = 0;
  for (std::string line; std::getline(table, line);) {
    if (line.starts_with('#')) continue;
    const std::vector<std::string_view> cells = split(line, '\t');
    ASSERT_EQ(cells.size(), 3u) << line;
    const Result<KeyPattern> pattern = KeyPattern::parse(cells[0]);
    ASSERT_TRUE(pattern) << line << ": " << pattern.error().message << " " << pattern.error().where;
    const Extraction read = read_bibtex(cells[1]);
    ASSERT_EQ(read.drafts.size(), 1u) << line;
    EXPECT_EQ(pattern->key({&read.drafts[0].work, type_of(std::string(cells[1]))}), cells[2]) << line;
    ++rows;
  }
  EXPECT_GT(rows, 150u);
}

TEST(KeyPattern, SaysWhereAPatternIsWrong) {
  struct Row {
    std::string_view pattern, where, says;
  };
  for (const Row& row :
       {Row{"[auth", "column 1", "not closed"}, Row{"a[]", "column 2", "without a name"}, Row{"a]", "column 2", "without its"},
        Row{"[auth:lowr]", "column 7", "no modifier “lowr”"}, Row{"[auth:(x]", "column 9", "without its"},
        Row{"[auth:(x", "column 7", "not closed"}, Row{"[auth:regex(\"a\")]", "column 16", "second text"},
        Row{"[auth:regex(\"[\",\"\")]", "column 12", "cannot be read"}, Row{"[auth:truncate]", "column 7", "no modifier"},
        Row{"[auth:lower", "column 12", "should follow"}, Row{"", "", "is empty"}, Row{"x\\", "column 2", "nothing follows"},
        Row{"[a b]", "column 3", "in the name"}, Row{"[a:([b:([c:([d:([e:(x)])])])])]", "column 20", "one in the other"}}) {
    const Result<KeyPattern> pattern = KeyPattern::parse(row.pattern);
    ASSERT_FALSE(pattern) << row.pattern;
    EXPECT_EQ(pattern.error().code, Errc::invalid);
    EXPECT_EQ(pattern.error().where, row.where) << row.pattern;
    EXPECT_NE(pattern.error().message.find(row.says), std::string::npos) << row.pattern << ": " << pattern.error().message;
    EXPECT_FALSE(pattern.error().hint.empty());
  }
  EXPECT_EQ(KeyPattern::parse("[auth:uper]").error().hint, "did you mean “upper”?");
}

TEST(KeyPattern, RemarksOnWhatHasNoEffect) {
  EXPECT_TRUE(KeyPattern::parse("[auth]_[year]\\-x")->notes().empty());
  EXPECT_EQ(KeyPattern::parse("[auth]-[year]")->notes(),
            std::vector<std::string>{"“-” in column 7 is left out, as in JabRef; write \\- to keep it"});
  EXPECT_EQ(KeyPattern::parse("[autor]")->notes().size(), 1u);
}

TEST(KeyPattern, TheDefaultMakesSmallReadableKeys) {
  bib::Work work;
  EXPECT_EQ(citation_key(work), "anonnd");
  work = read_bibtex("@misc{k, author = {M{\\\"u}ller, Anna}, date = {2019}, title = {The climate of cities}}").drafts[0].work;
  EXPECT_EQ(citation_key(work), "mueller2019climate");
}

using Strings = std::vector<std::string>;

TEST(AssignKeys, EqualKeysGetLettersInTheOrderOfTheWorks) {
  const std::vector<KeyWish> wishes = {
      {"", "yared1998", "w3"}, {"", "yared1998", "w1"}, {"", "yared1998", "w2"}, {"", "folke2019", "w4"}};
  EXPECT_EQ(assign_keys(wishes, Keys::pattern), (Strings{"yared1998b", "yared1998", "yared1998a", "folke2019"}));
}

TEST(AssignKeys, AKeyOfThePatternIsKept) {
  const std::vector<KeyWish> wishes = {
      {"yared1998b", "yared1998", "w1"}, {"old", "yared1998", "w2"}, {"yared1998", "yared1998", "w3"}};
  EXPECT_EQ(assign_keys(wishes, Keys::pattern), (Strings{"yared1998b", "yared1998a", "yared1998"}));
  EXPECT_EQ(assign_keys(wishes, Keys::keep), (Strings{"yared1998b", "old", "yared1998"}));
}

TEST(AssignKeys, KeysThatAreGivenTwiceAreToldApart) {
  const std::vector<KeyWish> wishes = {{"A1", "x", "w2"}, {"a1", "x", "w1"}, {"a1a", "x", "w3"}, {"", "", "w4"}, {"", "", "w5"}};
  EXPECT_EQ(assign_keys(wishes, Keys::keep), (Strings{"A1", "a1b", "a1a", "anon", "anona"}));
}

TEST(AssignKeys, NeitherOrderNorRepetitionMatters) {
  std::vector<KeyWish> wishes;
  for (int i = 0; i < 100; ++i)
    wishes.push_back({i % 3 == 0 ? "smith2010" + std::string(1, static_cast<char>('a' + i % 7)) : "",
                      i % 2 ? "smith2010" : "smith2010a", "w" + std::to_string(i)});
  for (const Keys which : {Keys::keep, Keys::pattern}) {
    const Strings keys = assign_keys(wishes, which);
    EXPECT_EQ(std::set<std::string>(keys.begin(), keys.end()).size(), keys.size());
    std::vector<std::size_t> order(wishes.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::shuffle(order, std::mt19937(7));  // NOLINT(bugprone-random-generator-seed): the same each time
    std::vector<KeyWish> shuffled;
    for (const std::size_t i : order) shuffled.push_back(wishes[i]);
    const Strings again = assign_keys(shuffled, which);
    for (std::size_t i = 0; i < order.size(); ++i) EXPECT_EQ(again[i], keys[order[i]]);
    std::vector<KeyWish> second = wishes;
    for (std::size_t i = 0; i < second.size(); ++i) second[i].given = keys[i];
    EXPECT_EQ(assign_keys(second, which), keys);
  }
}

TEST(AssignKeys, ManyWorksOfOneKeyTakeNoLongerThanOthers) {
  const std::vector<KeyWish> wishes(20'000, KeyWish{"", "smith2010", "w"});
  const Strings keys = assign_keys(wishes, Keys::pattern);
  EXPECT_EQ(std::set<std::string>(keys.begin(), keys.end()).size(), keys.size());
  EXPECT_TRUE(std::ranges::find(keys, "smith2010aa") != keys.end());
}

}  // namespace
}  // namespace colophon::formats

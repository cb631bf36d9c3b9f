// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/places.hpp"

#include <map>

#include "base/text.hpp"
#include "indexer/ordinals.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace colophon::indexer {
namespace {

Places::Positions find(const std::string& bytes, std::string_view word, FieldMask fields = text_fields()) {
  Places::Positions out;
  Places(bytes).find(PlacedWord(word), fields, out);
  return out;
}

RC_GTEST_PROP(Ordinals, AreByFirstOccurrence, (std::vector<std::uint32_t> numbers, std::uint8_t expected)) {
  Ordinals ordinals(expected);
  std::map<std::uint32_t, std::uint32_t> known;
  for (const std::uint32_t number : numbers) {
    const bool fresh = known.emplace(number, static_cast<std::uint32_t>(known.size())).second;
    if (number % 2 == 0) RC_ASSERT(ordinals.insert(number) == fresh);
    RC_ASSERT(ordinals.of(number) == known[number]);
    RC_ASSERT(ordinals.size() == known.size());
  }
}

RC_GTEST_PROP(NumberTable, KnowsTheNumberOfEachKey, (std::vector<std::pair<std::uint64_t, std::uint16_t>> added)) {
  NumberTable<std::uint64_t> table(1);
  std::map<std::uint64_t, std::uint32_t> expected, given;
  for (const auto& [key, number] : added) {
    std::uint32_t& known = table[key];
    RC_ASSERT(known == expected[key]);
    known = expected[key] += number + 1u;
  }
  table.each([&](std::uint64_t key, std::uint32_t number) { given.emplace(key, number); });
  RC_ASSERT(given == expected);
  RC_ASSERT(table.size() == expected.size());
}

TEST(Places, AreFoundInTheirField) {
  Lexicon lexicon;
  PlacesWriter writer;
  const auto title = static_cast<unsigned>(row_named("title") - rows().data());
  const auto partner = static_cast<unsigned>(row_named("partner") - rows().data());
  writer.begin(1, title);
  writer.add(lexicon.number("heat"));
  writer.begin(102, partner);
  writer.add(lexicon.number("heat"));
  writer.begin(203, kBodyField);
  writer.add(Lexicon::kNone);
  writer.add(lexicon.number("heat"));
  const std::string bytes = writer.bytes(lexicon);
  EXPECT_EQ(find(bytes, "heat"), (Places::Positions{1, 204}));  // a partner is not among the words of the text
  EXPECT_EQ(find(bytes, "heat", field_of(*row_named("title"))), (Places::Positions{1}));
  EXPECT_EQ(find(bytes, "heat", field_of(*row_named("partner"))), (Places::Positions{102}));
  EXPECT_EQ(PlacesWriter().bytes(lexicon), "");
}

TEST(Places, EveryWordOfADocumentIsFoundExactlyWhereItStands) {
  // 30 to 60,000 different words: codes that meet are certain, codes of 32 bits occur
  for (const std::size_t words : {30u, 3'000u, 60'000u}) {
    Lexicon lexicon;
    PlacesWriter writer;
    std::map<std::string, Places::Positions> expected;
    writer.begin(7, kBodyField);
    for (std::uint32_t i = 0; i < words * 3; ++i) {
      const std::string word = fmt::format("w{}", std::uint64_t{i} * 7919 % words);
      expected[word].push_back(7 + i);
      writer.add(lexicon.number(word));
    }
    const std::string bytes = writer.bytes(lexicon);
    const Places places(bytes);
    std::size_t looked_at = 0;
    for (const auto& [word, positions] : expected) {
      if (++looked_at > 3'000) break;
      Places::Positions found;
      places.find(PlacedWord(word), text_fields(), found);
      ASSERT_EQ(found, positions) << word << " of " << words;
    }
  }
}

TEST(Places, TheSameWordsGiveTheSameBytes) {
  Lexicon fresh, used;
  for (int i = 0; i < 100; ++i) used.number(fmt::format("other{}", i));
  const auto bytes = [](Lexicon& lexicon) {
    PlacesWriter writer;
    writer.begin(1, kBodyField);
    for (const char* word : {"heat", "in", "the", "city", "heat"}) writer.add(lexicon.number(word));
    return writer.bytes(lexicon);
  };
  EXPECT_EQ(bytes(fresh), bytes(used));
}

TEST(Places, DamagedBytesAreNoWords) {
  EXPECT_TRUE(rc::check("any bytes are read without harm", [](const std::string& bytes) {
    for (const std::uint32_t at : find("\x02" + bytes, "heat")) RC_ASSERT(at <= UINT32_MAX);
  }));
  EXPECT_TRUE(find("\x02", "heat").empty());
  EXPECT_TRUE(find("\x07\x00\x00\x00", "heat").empty());
}

}  // namespace
}  // namespace colophon::indexer

// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/crockford.hpp"

#include "base/digest.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace colophon {
namespace {

constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";

std::string id_of(std::string_view text, std::size_t length) { return crockford_id(sha256(text).view(), length); }

TEST(Crockford, TakesLeadingBits) {
  EXPECT_EQ(crockford_id(std::string(4, '\0'), 5), "00000");
  EXPECT_EQ(crockford_id(std::string(4, '\xff'), 5).substr(0, 4), "zzzz");
  EXPECT_EQ(crockford_id("\x08\x42\x10", 4).substr(0, 3), "111");
  const std::string longer = id_of("a", 26);
  EXPECT_EQ(longer.size(), 26u);
  EXPECT_EQ(longer.substr(0, 4), id_of("a", 5).substr(0, 4));
}

TEST(Crockford, ReadsWhatPeopleType) {
  const std::string id = crockford_id("\x08\x42\x10\x84", 6);  // 11111 and its check symbol
  EXPECT_EQ(id.substr(0, 5), "11111");
  EXPECT_EQ(parse_crockford_id("IlI-L1" + id.substr(5)), id);
  EXPECT_EQ(parse_crockford_id("oO0-00"), "00000");
}

TEST(Crockford, RefusesWithAHint) {
  for (const char* text : {"", "0", "00", "0000u", "00001", "äöü", "00 00", "-----"}) {
    const auto id = parse_crockford_id(text);
    ASSERT_FALSE(id) << text;
    EXPECT_EQ(id.error().code, Errc::invalid);
    EXPECT_FALSE(id.error().hint.empty());
  }
}

RC_GTEST_PROP(Crockford, RoundTripInAnyCase, (const std::string& seed)) {
  const auto length = *rc::gen::inRange<std::size_t>(3, 27);
  std::string id = id_of(seed, length);
  RC_ASSERT(parse_crockford_id(id).value_or("") == id);
  std::string upper = id;
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  RC_ASSERT(parse_crockford_id(upper).value_or("") == id);
}

// Not sampled: every wrong symbol at every place.
TEST(Crockford, EverySingleWrongSymbolIsFound) {
  for (const std::size_t length : {3u, 5u, 8u, 26u}) {
    const std::string id = id_of("publication", length);
    for (std::size_t at = 0; at < id.size(); ++at) {
      for (const char symbol : kAlphabet) {
        std::string wrong = id;
        wrong[at] = symbol;
        EXPECT_EQ(parse_crockford_id(wrong).has_value(), symbol == id[at]) << wrong;
      }
    }
  }
}

TEST(Crockford, MostSwapsOfNeighboursAreFound) {
  std::size_t found = 0, all = 0;
  for (int n = 0; n < 500; ++n) {
    const std::string id = id_of(std::to_string(n), 6);
    for (std::size_t at = 0; at + 1 < id.size(); ++at) {
      if (id[at] == id[at + 1]) continue;
      std::string swapped = id;
      std::swap(swapped[at], swapped[at + 1]);
      ++all;
      found += parse_crockford_id(swapped) ? 0u : 1u;
    }
  }
  EXPECT_GT(found * 100, all * 95);
}

}  // namespace
}  // namespace colophon

// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_xml/arena.hpp"

#include <random>

#include <gtest/gtest.h>

namespace colophon::formats_xml {
namespace {

// What append() promises, a byte at a time.
std::string squeezed(std::string before, std::string_view text) {
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) before += c;
    else if (!before.empty() && before.back() != ' ') before += ' ';
  }
  return before;
}

// Pieces of all lengths around those that are copied in different ways, where more may be looked at and where not.
TEST(Arena, SqueezesWhatComesInPieces) {
  const std::string_view letters = "abc \n\t\u00e9\u2013";
  std::minstd_rand random(3);
  for (int round = 0; round < 3000; ++round) {
    TextArena arena;
    std::string expected;
    for (std::size_t piece = 0; piece < 4; ++piece) {
      std::string text;
      const std::size_t size = random() % (piece == 0 ? 150 : 70);
      while (text.size() < size) text += random() % 3 == 0 ? letters[random() % letters.size()] : 'x';
      const std::size_t behind = random() % 2 == 0 ? 0 : 33 + random() % 8;
      const std::string all = text + std::string(behind, random() % 2 == 0 ? ' ' : '\xFF');
      arena.append(std::string_view(all).substr(0, text.size()), all.size());
      expected = squeezed(std::move(expected), text);
    }
    EXPECT_EQ(arena.raw(0), expected);
  }
}

TEST(Arena, GivesItsTextInNfc) {
  TextArena arena;
  arena.append("Cafe");
  arena.append(std::string_view("\u0301 <").substr(0, 2), 4);  // a combining accent, of a text that goes on
  EXPECT_EQ(arena.plain(0), "Caf\u00e9");
}

TEST(Arena, MarksAreOfWhatFollows) {
  constexpr auto kItalic = static_cast<std::uint16_t>(bib::Mark::italic);
  TextArena arena;
  arena.append("see ");
  arena.set_marks(kItalic);
  arena.append("in vivo");
  arena.set_marks(0);
  arena.append(" only ");
  bib::RichText expected("see ");
  expected.append("in vivo", kItalic);
  expected.append(" only");
  EXPECT_EQ(arena.rich(0), expected);
  EXPECT_EQ(arena.rich(4).runs().front().text, "in vivo");
}

}  // namespace
}  // namespace colophon::formats_xml

// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/edits.hpp"

#include "base/regex.hpp"
#include "base/transliterate.hpp"

#include <gtest/gtest.h>

namespace colophon {
namespace {

TEST(Edits, AreMadeInTheOrderOfTheTextAndNeverTwiceOverAByte) {
  const std::vector<Edit> edits = in_order({{8, 9, "!"}, {0, 1, "H"}, {0, 3, "lost"}, {4, 4, ","}, {4, 4, " "}});
  EXPECT_EQ(edits.size(), 4u);
  EXPECT_EQ(apply_edits("hell world", edits), "Hell,  wor!d");
}

TEST(Edits, ADiffIsWhatPatchReads) {
  const std::string text = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\neleven\ntwelve";
  const std::size_t two = text.find("two"), twelve = text.find("twelve");
  const std::vector<Edit> edits = in_order({{two, two + 4, ""}, {twelve, twelve, "the "}});
  EXPECT_EQ(unified_diff(text, edits, "a.txt"),
            "--- a.txt\n+++ a.txt\n"
            "@@ -1,5 +1,4 @@\n one\n-two\n three\n four\n five\n"
            "@@ -9,4 +8,4 @@\n nine\n ten\n eleven\n-twelve\n\\ No newline at end of file\n+the twelve\n\\ No newline at end of "
            "file\n");
  EXPECT_EQ(unified_diff(text, {}, "a.txt"), "");
}

TEST(Edits, ALineThatIsAddedOrJoined) {
  EXPECT_EQ(unified_diff("a\nb\n", {{2, 2, "new\n"}}, "f"), "--- f\n+++ f\n@@ -1,2 +1,3 @@\n a\n+new\n b\n");
  EXPECT_EQ(unified_diff("a\nb\nc\n", {{1, 2, " "}}, "f"), "--- f\n+++ f\n@@ -1,3 +1,2 @@\n-a\n-b\n+a b\n c\n");
  EXPECT_EQ(unified_diff("", {{0, 0, "x\n"}}, "f"), "--- f\n+++ f\n@@ -0,0 +1,1 @@\n+x\n");
}

TEST(Regex, ReplacesAsJavaDoes) {
  const Result<Regex> small = Regex::parse("[a-z]+");
  ASSERT_TRUE(small);
  EXPECT_EQ(small->replace("Wickedness Managing", ""), "W M");
  EXPECT_EQ(Regex::parse("(.)\\.(.)")->replace("a.b", "$2$1"), "ba");
  EXPECT_EQ(Regex::parse("a")->replace("banana", "$7"), "banana");
}

TEST(Regex, SaysWhatCannotBeRead) {
  const Result<Regex> broken = Regex::parse("[a-z");
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, Errc::invalid);
  EXPECT_FALSE(Regex::parse(std::string(2000, 'a')));
}

TEST(Regex, ABacktrackingExpressionEnds) {
  const std::string text(60, 'a');
  EXPECT_EQ(Regex::parse("(a+)+$")->replace(text + "!", "b"), text + "!");
}

TEST(Transliterate, LettersOfManyScriptsBecomeAscii) {
  EXPECT_EQ(to_ascii("plain"), "plain");
  EXPECT_EQ(to_ascii("Köning, Straße, Ärger, ÄRGER"), "Koening, Strasse, Aerger, AERGER");
  EXPECT_EQ(to_ascii("Popovičová Łódź Øre Þór Ångström"), "Popovicova Lodz Ore THor Angstroem");
  EXPECT_EQ(to_ascii("Mode\u0300le, Go\u0308del"), "Modele, Goedel");
  EXPECT_EQ(to_ascii("Толстой"), "Tolstoj");
  EXPECT_EQ(to_ascii("Ελλάδα"), "Ellada");
  EXPECT_EQ(to_ascii("A\u02b9rnold \U0001F600"), "Arnold ");
}

}  // namespace
}  // namespace colophon

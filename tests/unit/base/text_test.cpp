// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace colophon {
namespace {

std::vector<std::string> word_list(std::string_view text) {
  std::vector<std::string> out;
  for (const Word& word : words(text)) out.emplace_back(text.substr(word.begin, word.end - word.begin));
  return out;
}

using Words = std::vector<std::string>;

// Text of letters from several scripts, marks, ligatures, signs, blanks.
rc::Gen<std::string> text_generator() {
  static const std::vector<std::string> kPieces = {
      "a",  "Z",      "é", "e\u0301", "ß", "ﬁ", "Å", "ø", "Œ", "한", "漢", "Ж", "\"",         "'", "’", "-", " ",
      "\n", "\u00ad", "İ", "ı",       "Ω", "ς", "…", "1", "½", "²",  "א",  "ऩ", "\U0001F600", "Ĳ", "ǆ", "ﷺ", "\u0345"};
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kPieces)), [](const auto& pieces) {
    std::string out;
    for (const std::string& piece : pieces) out += piece;
    return out;
  });
}

TEST(Utf8, AcceptsWellFormedAndRefusesTheRest) {
  for (const char* good : {"", "a", "é", "€", "\U0001F600", "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF"})
    EXPECT_TRUE(is_utf8(good)) << good;
  for (const char* bad : {"\x80", "\xC3", "\xC0\xAF", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
                          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "a\xE2\x82", "\xE2\x28\xA1"})
    EXPECT_FALSE(is_utf8(bad));
}

// Long texts are looked at many bytes at a time.
TEST(Utf8, FindsOneWrongByteAnywhere) {
  for (std::size_t size = 0; size < 150; ++size) {
    const std::string text(size, 'a');
    EXPECT_TRUE(is_utf8(text));
    EXPECT_EQ(end_of_ascii(text), size);
    for (std::size_t at = 0; at < size; ++at) {
      std::string wrong = text;
      wrong[at] = '\x80';
      EXPECT_FALSE(is_utf8(wrong));
      EXPECT_EQ(end_of_ascii(wrong), at);
      EXPECT_EQ(end_of_ascii(wrong, at + 1), size);
    }
  }
}

TEST(Utf8, RepairsByteByByte) {
  EXPECT_EQ(to_valid_utf8("a\xFF"
                          "b"),
            "a\uFFFDb");
  EXPECT_EQ(to_valid_utf8("\xE2\x82"), "\uFFFD\uFFFD");
  EXPECT_EQ(to_valid_utf8("grüß €"), "grüß €");
}

RC_GTEST_PROP(Utf8, RepairIsValidAndIdempotent, (const std::string& bytes)) {
  const std::string repaired = to_valid_utf8(bytes);
  RC_ASSERT(is_utf8(repaired));
  RC_ASSERT(to_valid_utf8(repaired) == repaired);
  if (is_utf8(bytes)) RC_ASSERT(repaired == bytes);
}

RC_GTEST_PROP(Utf8, DecodingAndEncodingAreInverse, (const std::vector<std::uint32_t>& numbers)) {
  std::vector<char32_t> points;
  std::string text;
  for (const std::uint32_t number : numbers) {
    const char32_t point = number % 0x110000;
    points.push_back(point >= 0xD800 && point < 0xE000 ? U'\uFFFD' : point);
    append_utf8(text, point);
  }
  RC_ASSERT(is_utf8(text));
  RC_ASSERT(count_code_points(text) == points.size());
  std::vector<char32_t> back;
  for (std::size_t at = 0; at < text.size();) back.push_back(next_code_point(text, at));
  RC_ASSERT(back == points);
}

TEST(Utf8, MalformedInputIsOneReplacementAndOneByte) {
  std::size_t at = 0;
  EXPECT_EQ(next_code_point("\xE2\x82", at), U'\uFFFD');
  EXPECT_EQ(at, 1u);
  std::string out;
  append_utf8(out, 0x110000);
  EXPECT_EQ(out, "\uFFFD");
}

TEST(Windows1252, ReadsQuotesEuroAndLatin1) {
  EXPECT_EQ(from_windows_1252("\x93Gr\xFC\xDF\x65\x94 \x80 5 \x96 \xE9"), "“Grüße” € 5 – é");
  EXPECT_EQ(from_windows_1252("plain"), "plain");
}

TEST(Nfc, ComposesAndLeavesAsciiAlone) {
  EXPECT_EQ(nfc("e\u0301"), "é");
  EXPECT_EQ(nfc("A\u030Angstro\u0308m"), "Ångström");
  EXPECT_EQ(nfc("plain ASCII"), "plain ASCII");
  EXPECT_EQ(nfc("ﬁ"), "ﬁ");
}

TEST(Fold, DropsCaseMarksAndLigatures) {
  EXPECT_EQ(fold("Ångström ﬁle"), "angstrom file");
  EXPECT_EQ(fold("Straße"), "strasse");
  EXPECT_EQ(fold("Łódź, Århus, Đà Nẵng, Œuvre, Ærø"), "lodz, arhus, da nang, oeuvre, aero");
  EXPECT_EQ(fold("São Paulo – AÇÃO"), "sao paulo – acao");
  EXPECT_EQ(fold("co\u00ADoperation"), "cooperation");
  EXPECT_EQ(fold("ΜΆΪΟΣ"), fold("μάϊος"));
  EXPECT_EQ(fold_case("ÅNGSTRÖM"), "ångström");
  EXPECT_EQ(fold("H₂O x²"), "h2o x2");
}

TEST(Fold, KeepsScriptsWithoutCase) {
  EXPECT_EQ(nfc(fold("한국")), "한국");
  EXPECT_EQ(fold("漢字"), "漢字");
}

RC_GTEST_PROP(Fold, IsIdempotentAndIndependentOfNormalForm, ()) {
  const std::string text = *text_generator();
  const std::string once = fold(text);
  RC_ASSERT(is_utf8(once));
  RC_ASSERT(fold(once) == once);
  RC_ASSERT(fold(nfc(text)) == once);
  RC_ASSERT(fold(fold_case(text)) == once);
}

TEST(FoldKey, KeepsLettersAndDigitsOnly) {
  EXPECT_EQ(fold_key("  The “Sponge City”: a Review, 2nd ed. "), "the sponge city a review 2nd ed");
  EXPECT_EQ(fold_key("L'adaptation à l’échelle"), "ladaptation a lechelle");
  EXPECT_EQ(fold_key("---"), "");
  EXPECT_EQ(fold_key("Climate–resilient"), "climate resilient");
}

RC_GTEST_PROP(FoldKey, IsIdempotent, ()) {
  const std::string key = fold_key(*text_generator());
  RC_ASSERT(fold_key(key) == key);
  RC_ASSERT(squeeze(key) == key);
}

TEST(Blanks, AreSqueezedWhereverTheyStandInALongText) {
  const std::string narrow = [] {
    std::string out;
    while (out.size() < 200) out += "ab c ";
    return out + "d";
  }();
  EXPECT_EQ(squeeze(narrow), narrow);
  for (std::size_t at = 1; at + 1 < narrow.size(); ++at) {
    if (narrow[at] != ' ') continue;
    for (const std::string_view gap : {"\n", "  ", " \t", "\t ", "\r\n"}) {
      std::string wide = narrow;
      EXPECT_EQ(squeeze(wide.replace(at, 1, gap)), narrow) << at;
    }
  }
  EXPECT_EQ(squeeze("\x01" + narrow), "\x01" + narrow) << "a control character is no blank";
}

TEST(Blanks, SqueezeAndTrim) {
  EXPECT_EQ(squeeze(" \t a \r\n b\f\vc "), "a b c");
  EXPECT_EQ(squeeze(" \n "), "");
  EXPECT_EQ(trim(" \n a b \t"), "a b");
  EXPECT_EQ(trim("\n"), "");
}

TEST(Split, KeepsEmptyParts) {
  EXPECT_EQ(split("a,,b,", ','), (std::vector<std::string_view>{"a", "", "b", ""}));
  EXPECT_EQ(split("", ','), (std::vector<std::string_view>{""}));
}

TEST(Ascii, LowerAndEqualTouchAsciiOnly) {
  EXPECT_EQ(ascii_lower("DOI É"), "doi É");
  EXPECT_TRUE(iequals("DoI", "dOi"));
  EXPECT_FALSE(iequals("doi", "do"));
  EXPECT_FALSE(iequals("é", "É"));
}

TEST(Ellipsis, CutsAtWordsAndCountsCodePoints) {
  EXPECT_EQ(ellipsis("short", 5), "short");
  EXPECT_EQ(ellipsis("ééééé", 5), "ééééé");
  EXPECT_EQ(ellipsis("urban heat action plans", 12), "urban heat…");
  EXPECT_EQ(ellipsis("Donaudampfschifffahrt", 6), "Donau…");
  EXPECT_EQ(ellipsis("éééééé", 4), "ééé…");
}

RC_GTEST_PROP(Ellipsis, IsNeverLongerThanTheLimit, ()) {
  const std::string text = *text_generator();
  const auto limit = *rc::gen::inRange<std::size_t>(1, 30);
  const std::string cut = ellipsis(text, limit);
  RC_ASSERT(is_utf8(cut));
  RC_ASSERT(count_code_points(cut) <= limit);
}

TEST(Words, OfAsciiText) {
  EXPECT_EQ(word_list("The IPCC's AR6, e.g. 3.14 or 1,000 (CO2)!"),
            (Words{"The", "IPCC's", "AR6", "e.g", "3.14", "or", "1,000", "CO2"}));
  EXPECT_EQ(word_list("a.1 x- -y 'q'"), (Words{"a", "1", "x", "y", "q"}));
  EXPECT_EQ(word_list(" .,'"), Words{});
  EXPECT_EQ(word_list("snake_case"), Words{"snake_case"});
}

TEST(Words, OfOtherText) {
  EXPECT_EQ(word_list("Grüße – l’eau, São Paulo"), (Words{"Grüße", "l’eau", "São", "Paulo"}));
  EXPECT_EQ(word_list("…—“”"), Words{});
}

// A word must be the same word whether or not something beyond ASCII stands elsewhere in the text: queries are short, texts are long.
RC_GTEST_PROP(Words, DoNotDependOnTheRestOfTheText, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("abZ09  .,'-():;_/@&#")));
  Words expected = word_list(text);
  Words got = word_list(text + " é");
  RC_ASSERT(!got.empty());
  got.pop_back();
  RC_ASSERT(got == expected);
}

RC_GTEST_PROP(Words, AreInOrderAndWithinTheText, ()) {
  const std::string text = *text_generator();
  std::size_t last = 0;
  for (const Word& word : words(text)) {
    RC_ASSERT(word.begin >= last);
    RC_ASSERT(word.begin < word.end);
    RC_ASSERT(word.end <= text.size());
    RC_ASSERT(is_utf8(std::string_view(text).substr(word.begin, word.end - word.begin)));
    last = word.end;
  }
}

TEST(Printable, ShowsWhatATerminalWouldObey) {
  EXPECT_EQ(printable("a\x1b[31mb"), "a\\x1b[31mb");
  EXPECT_EQ(printable("a\u202eb\u2066c"), "a\\u202eb\\u2066c");
  EXPECT_EQ(printable("\u009b"
                      "31m"),
            "\\x9b31m");
  EXPECT_EQ(printable("a\xff"), "a\\xff");
  EXPECT_EQ(printable("a\nb\tc\r"), "a b c ");
  EXPECT_EQ(printable("a\nb", LineEnds::keep), "a\nb");
  EXPECT_EQ(printable("Grüße 漢"), "Grüße 漢");
  EXPECT_EQ(printable("\x7f"), "\\x7f");
}

RC_GTEST_PROP(Printable, HoldsNoControlCharacter, (const std::string& bytes)) {
  const std::string shown = printable(bytes);
  RC_ASSERT(is_utf8(shown));
  for (std::size_t at = 0; at < shown.size();) {
    const char32_t c = next_code_point(shown, at);
    RC_ASSERT(c >= 0x20 && (c < 0x7F || c >= 0xA0));
  }
}

TEST(EditDistance, CountsInsertDeleteChangeAndSwap) {
  EXPECT_EQ(edit_distance("", ""), 0u);
  EXPECT_EQ(edit_distance("", "abc"), 3u);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
  EXPECT_EQ(edit_distance("serach", "search"), 1u);
  EXPECT_EQ(edit_distance("ca", "abc"), 3u);  // no edits inside a swapped pair
}

RC_GTEST_PROP(EditDistance, IsSymmetricAndBounded, (const std::string& a, const std::string& b)) {
  const std::size_t distance = edit_distance(a, b);
  RC_ASSERT(distance == edit_distance(b, a));
  RC_ASSERT(distance <= std::max(a.size(), b.size()));
  RC_ASSERT((distance == 0) == (a == b));
}

TEST(Nearest, IsWithinAThirdOrNothing) {
  const std::vector<std::string> commands = {"search", "serve", "show"};
  EXPECT_EQ(nearest("serach", commands), "search");
  EXPECT_EQ(nearest("shwo", commands), "show");
  EXPECT_EQ(nearest("publish", commands), "");
}

}  // namespace
}  // namespace colophon

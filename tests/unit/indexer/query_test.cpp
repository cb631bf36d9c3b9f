// SPDX-License-Identifier: GPL-3.0-or-later
#include <chrono>
#include <cstdlib>

#include "base/io.hpp"
#include "base/text.hpp"
#include "indexer/query/compile.hpp"
#include "indexer/query/lexer.hpp"
#include "indexer/query/parser.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <xapian.h>

namespace colophon::indexer::query {
namespace {

namespace fs = std::filesystem;

Xapian::WritableDatabase small_database() {
  Xapian::WritableDatabase out({}, Xapian::DB_BACKEND_INMEMORY);
  Xapian::Document document;
  for (const char* term : {"adapt", "adaptation", "adapting", "solution", "Sadaptation"}) document.add_posting(term, 1);
  out.add_document(document);
  return out;
}

std::string answer(const std::string& text, Analyser& analyser) {
  const ParsedQuery parsed = parse(text);
  CompileOptions options;
  options.languages = {"de", "en"};
  const Compiled compiled = compile(parsed.root, options, small_database(), analyser);
  std::string out =
      "?" + (text.empty() ? "" : " " + text) + "\n  " + to_text(parsed.root) + "\n  " + printable(describe(compiled)) + "\n";
  for (const Note& note : parsed.notes) out += "  note " + note.code + ": " + note.text + "\n";
  for (const Note& note : compiled.notes) out += "  note " + note.code + ": " + note.text + "\n";
  return out;
}

// Each case is a line "? query"; the indented lines behind it are the query as understood, as compiled, and its notes.
TEST(QueryGolden, EachQueryIsUnderstoodAsWritten) {
  Analyser analyser;
  for (const auto& file : fs::directory_iterator(fs::path(COLOPHON_SOURCE_DIR) / "tests/golden/query")) {
    const std::string expected = *read_file(file.path());
    std::string actual;
    for (const std::string_view line : split(expected, '\n')) {
      if (line.starts_with("?")) actual += answer(std::string(trim(line.substr(1))), analyser);
    }
    if (std::getenv("UPDATE_GOLDEN")) ASSERT_TRUE(replace_file(file.path(), actual, 0644));
    else EXPECT_EQ(actual, expected) << file.path();
  }
}

rc::Gen<std::string> queries() {
  static const std::vector<std::string> kParts = {"heat",
                                                  " ",
                                                  " ",
                                                  "\"",
                                                  "(",
                                                  ")",
                                                  "-",
                                                  "OR",
                                                  "|",
                                                  "author:",
                                                  "year:2015..",
                                                  "*",
                                                  ":",
                                                  "“",
                                                  "near/3 ",
                                                  "~",
                                                  "date:\"last month\"",
                                                  "concept:",
                                                  "wom*n",
                                                  "is:",
                                                  "year:201*",
                                                  "NEAR",
                                                  "気候",
                                                  "AND",
                                                  "type:report",
                                                  "\xff",
                                                  "x",
                                                  "NOT ",
                                                  "10.1000/1",
                                                  "«"};
  return rc::gen::map(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, static_cast<int>(kParts.size()))),
                      [](const std::vector<int>& picks) {
                        std::string out;
                        for (const int i : picks) out += kParts[static_cast<std::size_t>(i)];
                        return out;
                      });
}

TEST(QueryParser, EveryTextIsAQueryThatSurvivesSavingAndCompiling) {
  Analyser analyser;
  const Xapian::WritableDatabase database = small_database();
  EXPECT_TRUE(rc::check("from_json(to_json(q)) = q", [&] {
    const ParsedQuery parsed = parse(*queries());
    const auto again = node_from_json(*Json::parse(to_json(parsed.root).dump()));
    RC_ASSERT(again.has_value());
    RC_ASSERT(*again == parsed.root);
    (void)describe(compile(parsed.root, {}, database, analyser));
  }));
}

TEST(QueryParser, TakesLinearTimeAndBoundedDepth) {
  for (const std::string part : {"(", "-", "\"", "a\"", "author:", "author: ", "|", "a OR ", "“", "*", "a:b:"}) {
    std::string text;
    while (text.size() < 200'000) text += part;
    const auto begin = std::chrono::steady_clock::now();
    const ParsedQuery parsed = parse(text);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2)) << part;
    EXPECT_LT(to_text(parsed.root).size(), 1'000'000u);
  }
}

TEST(QueryParser, SaysThatALongQueryWasCut) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += "word" + std::to_string(i) + " ";
  const ParsedQuery parsed = parse(text);
  EXPECT_EQ(parsed.root.children.size(), kMaxTokens - 1);
  ASSERT_EQ(parsed.notes.size(), 1u);
  EXPECT_EQ(parsed.notes[0].code, "too_long");
}

TEST(QueryAst, RefusesWhatItDidNotWrite) {
  for (const char* text : {R"({})", R"({"grammar":3,"query":{"op":"everything"}})", R"({"grammar":1,"query":{"op":"beside"}})",
                           R"({"grammar":2,"query":{"op":"near","distance":8,"of":[{"op":"word","text":"a"}]}})",
                           R"({"grammar":2,"query":{"op":"near","of":[{"op":"word","text":"a"},{"op":"word","text":"b"}]}})",
                           R"({"grammar":1,"query":{"op":"and","of":[]}})",
                           R"({"grammar":1,"query":{"op":"not","of":[{"op":"word"},{"op":"word"}]}})",
                           R"({"grammar":1,"query":{"op":"word","of":[{"op":"word"}]}})"}) {
    const auto read = node_from_json(*Json::parse(text));
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, Errc::invalid);
  }
}

TEST(QueryAst, AnOlderGrammarIsUpgraded) {
  const auto old = Json::parse(R"({"grammar":1,"query":{"op":"and","of":[{"op":"prefix","field":"title","text":"adapt"},
    {"op":"range","field":"year","text":"2015","to":"2020"},{"op":"not","of":[{"op":"prefix","text":"draf"}]}]}})");
  const auto read = node_from_json(*old);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(to_query(*read), "title:adapt* year:2015..2020 -draf*");
  EXPECT_EQ(*read, parse("title:adapt* year:2015..2020 -draf*").root);
  EXPECT_EQ(to_json(*read)["grammar"].as_int(), 2);
}

// Words that look like signs are written in other letters, and twice negated is what it was.
std::string meaning(const Node& node) { return fold(to_text(node)); }

TEST(QueryWrite, WhatItWritesMeansTheSame) {
  for (const char* text : {"heat island", "heat OR cold wind", "(a b) OR c", "-(a OR b) c", "author:(folke OR meerow)",
                           "heat near/3 \"urban island\"", "~heat title:~\"heat wave\" concept:x",
                           "date:\"last month\" year:2015.. date:2020-03..2021 year:2019", "wom*n *tion title:adapt*",
                           "type:policy-brief doi:10.1000/182 isbn:3-16-148410-X", "note:that:this", "-(-a)", ":10.1000/182",
                           "<10.1000/182>", "12\" (year:or", "project:\"a b\""}) {
    const Node node = parse(text).root;
    EXPECT_EQ(meaning(parse(to_query(node)).root), meaning(node)) << text << " gives " << to_query(node);
  }
}

TEST(QueryWrite, EveryQueryCanBeWritten) {
  EXPECT_TRUE(rc::check("parse(to_query(q)) = q", [&] {
    const Node node = parse(*queries()).root;
    const std::string text = to_query(node);
    RC_LOG() << text;
    RC_ASSERT(meaning(parse(text).root) == meaning(node));
  }));
}

TEST(QueryCompile, AWordBesideNearStandsForItsForms) {
  Xapian::WritableDatabase database({}, Xapian::DB_BACKEND_INMEMORY);
  Xapian::Document document;
  for (const char* term : {"city", "cities", "citizen", "heat"}) document.add_posting(term, 1);
  database.add_document(document);
  Analyser analyser;
  EXPECT_EQ(describe(compile(parse("heat near/8 city").root, {}, database, analyser)),
            "Query((heat AND (city OR cities) AND PostingSource(Near/9(heat, city|cities))))");
}

TEST(QueryCompile, OtherNamesStandBehindTheOwn) {
  Analyser analyser;
  CompileOptions options;
  options.other_names = [](std::string_view field, std::string_view text) -> std::vector<Label> {
    if (field == "concept" && text == "heat wave") return {{"Hitzewelle", "de"}, {"ola de calor", "es"}};
    if (field == "partner" && text == "unu-ehs") return {{"Institute for Human Security", ""}};
    return {};
  };
  const auto compiled = [&](std::string_view text) { return compile(parse(text).root, options, small_database(), analyser); };
  EXPECT_EQ(
      describe(compiled("~\"heat wave\"")),
      "Query(((heat AND wave AND PostingSource(InOrder(heat, wave))) OR 0.69999999999999995559 * ((Zhitzewell AND_MAYBE 0.5 * "
      "hitzewelle) OR (ola AND de AND calor AND PostingSource(InOrder(ola, de, calor))))))");
  EXPECT_EQ(compiled("~\"heat wave\"").notes[0].text, "“heat wave” also stands for: Hitzewelle, ola de calor.");
  EXPECT_EQ(
      describe(compiled("concept:\"heat wave\"")),
      "Query(((Zhitzewell AND_MAYBE 0.5 * hitzewelle) OR (ola AND de AND calor AND PostingSource(InOrder(ola, de, calor))) OR "
      "(heat AND wave AND PostingSource(InOrder(heat, wave)))))");
  EXPECT_EQ(describe(compiled("partner:unu-ehs")),
            "Query(((XPAinstitute AND XPAfor AND XPAhuman AND XPAsecurity AND PostingSource(InOrder(institute, for, human, "
            "security))) OR (XPAunu AND XPAehs AND PostingSource(InOrder(unu, ehs)))))");
  EXPECT_EQ(describe(compiled("\"heat wave\"")), "Query((heat AND wave AND PostingSource(InOrder(heat, wave))))")
      << "never silently";
}

TEST(QueryCompile, CapsAWildcardAndSaysSo) {
  Xapian::WritableDatabase database({}, Xapian::DB_BACKEND_INMEMORY);
  Xapian::Document document;
  for (int i = 0; i < 150; ++i) document.add_term("adapt" + std::to_string(i));
  database.add_document(document);
  Analyser analyser;
  const Compiled compiled = compile(parse("adapt*").root, {}, database, analyser);
  ASSERT_EQ(compiled.notes.size(), 1u);
  EXPECT_EQ(compiled.notes[0].text, "“adapt*” stands for the 100 most frequent of 150 words.");
  EXPECT_EQ(compiled.query->get_length(), 100u);
}

TEST(QueryCompile, SeeksNothingThatIsNegated) {
  Analyser analyser;
  const Compiled compiled = compile(parse("heat -draft -(a -b)").root, {}, small_database(), analyser);
  std::vector<std::string> sought;
  for (const Sought& one : compiled.sought) sought.insert(sought.end(), one.words[0].raw.begin(), one.words[0].raw.end());
  EXPECT_EQ(sought, (std::vector<std::string>{"heat", "b"}));
}

}  // namespace
}  // namespace colophon::indexer::query

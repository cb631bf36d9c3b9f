// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.hpp"

#include <limits>
#include <string>

#include "base/diagnostic.hpp"
#include "base/json_cursor.hpp"
#include "base/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace colophon {
namespace {

std::string where(std::string_view text) {
  const Result<Json> json = Json::parse(text);
  return json ? "valid" : json.error().where;
}

rc::Gen<Json> json_generator(int depth) {
  const auto text =
      rc::gen::map(rc::gen::arbitrary<std::string>(), [](const std::string& bytes) { return to_valid_utf8(bytes); });
  const auto leaf =
      rc::gen::oneOf(rc::gen::just(Json()), rc::gen::map(rc::gen::arbitrary<bool>(), [](bool b) { return Json(b); }),
                     rc::gen::map(rc::gen::arbitrary<std::int64_t>(), [](std::int64_t n) { return Json(n); }),
                     rc::gen::map(text, [](const std::string& s) { return Json(s); }));
  if (depth == 0) return leaf;
  const auto inner = rc::gen::resize(
      4, rc::gen::container<std::vector<std::pair<std::string, Json>>>(rc::gen::pair(text, json_generator(depth - 1))));
  return rc::gen::oneOf(leaf,
                        rc::gen::map(inner,
                                     [](const auto& members) {
                                       Json out = Json::object();
                                       for (const auto& [key, value] : members) out.set(key, value);
                                       return out;
                                     }),
                        rc::gen::map(inner, [](const auto& members) {
                          Json out = Json::array();
                          for (const auto& member : members) out.push(member.second);
                          return out;
                        }));
}

TEST(Json, ReadsAndWritesEveryKind) {
  const std::string text = R"({"a":[1,-2,true,false,null],"b":"x\"\\\n\u0001é","c":1.5,"d":{},"e":[]})";
  const Result<Json> json = Json::parse(text);
  ASSERT_TRUE(json);
  EXPECT_EQ(json->dump(), text);
  EXPECT_EQ((*json)["a"].items()[1].as_int(), -2);
  EXPECT_EQ((*json)["c"].as_double(), 1.5);
  EXPECT_TRUE((*json)["nothing"].is_null());
  EXPECT_FALSE(json->contains("nothing"));
  EXPECT_EQ((*json)["b"]["deeper"].as_string(), "");
}

TEST(Json, IndentsForReaders) {
  EXPECT_EQ(Json::parse(R"({"a":[1,2],"b":{},"c":[]})")->dump(2),
            "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {},\n  \"c\": []\n}");
}

TEST(Json, KeepsTheOrderOfMembersAndTheLastOfTwo) {
  EXPECT_EQ(Json::parse(R"({"z":1,"a":2,"z":3})")->dump(), R"({"z":3,"a":2})");
}

TEST(Json, TellsLineAndColumnOfTheMistake) {
  EXPECT_EQ(where("{\"a\": 1,}"), "1:9");
  EXPECT_EQ(where("{\n  \"a\": tru\n}"), "2:11");
  EXPECT_EQ(where("[1\n,2\n,,3]"), "3:2");
  EXPECT_EQ(where("x"), "1:1");
  EXPECT_EQ(where("[1] x"), "1:5");
  EXPECT_EQ(where("[1] "), "valid");
  const Result<Json> json = Json::parse("{");
  ASSERT_FALSE(json);
  EXPECT_EQ(json.error().code, Errc::invalid);
  EXPECT_EQ(json.error().where, "1:2");
  EXPECT_EQ(where(""), "1:1");
}

TEST(Json, RefusesWhatIsNotJson) {
  for (const char* text : {"", "{a:1}", "[1,]", "01", "+1", "'a'", "\"\n\"", "nul", "[1 2]", "{\"a\"}", "\"\xff\"", "\"\\ud800\"",
                           "NaN", "1e999", "// x\n1"})
    EXPECT_FALSE(Json::parse(text)) << text;
}

TEST(Json, LimitsDepth) {
  const auto nested = [](std::size_t n) { return std::string(n, '[') + std::string(n, ']'); };
  EXPECT_TRUE(Json::parse(nested(256)));
  const Result<Json> deep = Json::parse(nested(257));
  ASSERT_FALSE(deep);
  EXPECT_NE(deep.error().message.find("256"), std::string::npos);
  EXPECT_FALSE(Json::parse(std::string(1'000'000, '[')));
}

TEST(Json, NumbersBeyondIntegersAreDoubles) {
  EXPECT_TRUE(Json::parse("9223372036854775807")->is_int());
  EXPECT_FALSE(Json::parse("9223372036854775808")->is_int());
  EXPECT_TRUE(Json::parse("9223372036854775808")->is_number());
  EXPECT_EQ(Json::parse("-9223372036854775808")->dump(), "-9223372036854775808");
  EXPECT_EQ(Json(std::numeric_limits<double>::infinity()).dump(), "null");
  EXPECT_EQ(Json(0.1).dump(), "0.1");
}

TEST(Json, SetIfLeavesOutWhatIsEmpty) {
  Json json;
  json.set_if("a", "").set_if("b", Json::array()).set_if("c", false).set_if("d", Json()).set_if("e", 0).set_if("f", "x");
  EXPECT_EQ(json.dump(), R"({"e":0,"f":"x"})");
}

TEST(Json, SetReplaces) {
  Json json;
  json.set("a", 1).set("b", 2).set("a", 3);
  EXPECT_EQ(json.dump(), R"({"a":3,"b":2})");
  EXPECT_EQ(json.size(), 2u);
}

TEST(Json, RepairsInvalidTextOnTheWayOut) { EXPECT_EQ(Json("a\xff").dump(), "\"a\uFFFD\""); }

TEST(Json, CanonicalSortsByBytesAndComposes) {
  EXPECT_EQ(Json::parse(R"({"b":1,"a":{"d":"e\u0301","c":[ 2 , 1 ]}})")->canonical(), R"({"a":{"c":[2,1],"d":"é"},"b":1})");
  // sorted as written: e + acute composes to é, which stands behind f
  EXPECT_EQ(Json::object({{"e\u0301", 1}, {"f", 2}}).canonical(), Json::object({{"f", 2}, {"é", 1}}).canonical());
}

RC_GTEST_PROP(Json, WhatIsWrittenReadsBack, ()) {
  const Json json = *json_generator(3);
  const Result<Json> compact = Json::parse(json.dump());
  const Result<Json> indented = Json::parse(json.dump(2));
  RC_ASSERT(compact.has_value() && *compact == json);
  RC_ASSERT(indented.has_value() && *indented == json);
}

RC_GTEST_PROP(Json, CanonicalIsStable, ()) {
  const Json json = *json_generator(3);
  const std::string once = json.canonical();
  const Result<Json> back = Json::parse(once);
  RC_ASSERT(back.has_value());
  RC_ASSERT(back->canonical() == once);
}

RC_GTEST_PROP(Json, ArbitraryBytesNeverCrash, (const std::string& bytes)) {
  const Result<Json> json = Json::parse(bytes);
  if (!json) RC_ASSERT(!json.error().message.empty());
}

RC_GTEST_PROP(JsonCursor, FindsWhatStandsBehindAnyValue, (std::string bytes, std::int64_t number)) {
  const Json skipped = *json_generator(3);
  const std::string text = to_valid_utf8(bytes);
  const Json json = Json::array().push(Json::object({{"skipped", skipped}, {"text", text}, {"number", number}})).push(skipped);
  for (const std::string& written : {json.dump(), json.dump(2)}) {
    JsonCursor at(written);
    at.enter_array();
    RC_ASSERT(at.more());
    at.enter_object();
    RC_ASSERT(at.more() && at.key() == "skipped");
    at.skip();
    RC_ASSERT(at.more() && at.key() == "text" && at.text() == text);
    RC_ASSERT(at.more() && at.key() == "number" && at.integer() == number);
    RC_ASSERT(!at.more() && at.more());
    at.skip();
    RC_ASSERT(!at.more() && at.at_end());
  }
}

TEST(JsonCursor, KnowsEveryEscape) {
  const std::string json = R"(["\"\\\/\b\f\n\r\t\u00e9\uD83C\uDF0D", "\\", ""])";
  JsonCursor at(json);
  at.enter_array();
  for (const char* text : {"\"\\/\b\f\n\r\t\u00E9\U0001F30D", "\\", ""}) {
    ASSERT_TRUE(at.more());
    EXPECT_EQ(at.text(), text);
  }
  EXPECT_FALSE(at.more());
  EXPECT_TRUE(at.at_end());
}

TEST(JsonCursor, AFaultEndsIt) {
  for (const char* text : {"", "[", "[1", "[1 2]", "[\"a]", "[\"\\x\"]", "[\"\\u12\"]", "[\"\\ud800\"]", "[\"\\ud800\\u0041\"]",
                           "[{]", "[]]", "[,"}) {
    JsonCursor at(text);
    std::size_t turns = 0;
    for (at.enter_array(); at.more(); ++turns) EXPECT_EQ(at.text(), "") << text;
    EXPECT_LE(turns, 1u) << text;
    EXPECT_FALSE(at.at_end()) << text;
  }
}

RC_GTEST_PROP(JsonCursor, ArbitraryBytesComeToAnEnd, (const std::string& bytes)) {
  std::size_t turns = 0;
  const std::string text = "[" + bytes;
  JsonCursor at(text);
  for (at.enter_array(); at.more(); ++turns) at.skip();
  RC_ASSERT(turns <= bytes.size());
}

TEST(Diagnostic, SaysWhere) {
  EXPECT_EQ(to_string(Location{"a.bib", 12, 3}), "a.bib:12:3");
  EXPECT_EQ(to_string(Location{"a.xml", 7}), "a.xml:7");
  EXPECT_EQ(to_string(Location{"a.pdf", 0, 0, 4}), "a.pdf, page 4");
  EXPECT_EQ(to_string(Location{"a.bib"}), "a.bib");
}

TEST(Diagnostic, GoesThroughJson) {
  for (const Severity severity : {Severity::note, Severity::warning, Severity::error}) {
    const Diagnostic diagnostic{severity, "bibtex.missing-comma", "a comma is missing", "add it", {"a.bib", 12, 3, 0}};
    EXPECT_EQ(*diagnostic_from_json(to_json(diagnostic)), diagnostic);
  }
  EXPECT_EQ(to_json(Diagnostic{Severity::note, "a", "b", "", {}}).dump(), R"({"severity":"note","code":"a","message":"b"})");
  EXPECT_FALSE(diagnostic_from_json(Json("text")));
}

}  // namespace
}  // namespace colophon

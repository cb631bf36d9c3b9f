// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/toml.hpp"

#include <gtest/gtest.h>

namespace colophon::config {
namespace {

TEST(Toml, BecomesJson) {
  const Result<Json> json = parse_toml(
      "title = \"A\\u00e9\"\nn = 3\nx = 1.5\nyes = true\nday = 2026-11-21\nlist = [1, \"b\"]\n[[person]]\nname = "
      "\"Ö\"\n[[person]]\nstep = [{as = \"x\", verb = \"agree\"}]\n",
      "a.toml");
  ASSERT_TRUE(json);
  EXPECT_EQ(
      json->dump(),
      R"({"day":"2026-11-21","list":[1,"b"],"n":3,"person":[{"name":"Ö"},{"step":[{"as":"x","verb":"agree"}]}],"title":"Aé","x":1.5,"yes":true})");
}

TEST(Toml, KeepsTimesAsText) {
  const Result<Json> json = parse_toml("t = 2026-11-21T09:30:00Z\nl = 07:32:00\n", "a.toml");
  ASSERT_TRUE(json);
  EXPECT_EQ((*json)["t"].as_string(), "2026-11-21T09:30:00Z");
  EXPECT_EQ((*json)["l"].as_string(), "07:32:00");
}

TEST(Toml, SaysWhereItIsWrong) {
  const Result<Json> json = parse_toml("a = 1\nb = \n", "dir/a.toml");
  ASSERT_FALSE(json);
  EXPECT_EQ(json.error().code, Errc::invalid);
  EXPECT_TRUE(json.error().where.starts_with("dir/a.toml:2:")) << json.error().where;
  EXPECT_FALSE(json.error().hint.empty());
}

TEST(Toml, RefusesWhatJsonLacks) {
  const Result<Json> json = parse_toml("a = [1.0, inf]\n", "a.toml");
  ASSERT_FALSE(json);
  EXPECT_EQ(json.error().where, "a.toml:1:11");
}

TEST(Toml, OpensTablesInTheOrderOfTheFile) {
  const Result<std::vector<TomlEntry>> entries =
      toml_entries("[web]\nlisten = \"x\"\n[library]\nname = \"y\"\nlist = [1]\n", "a.toml");
  ASSERT_TRUE(entries);
  ASSERT_EQ(entries->size(), 3U);
  EXPECT_EQ((*entries)[0].key, "web.listen");
  EXPECT_EQ((*entries)[0].line, 2U);
  EXPECT_EQ((*entries)[0].column, 10U);
  EXPECT_EQ((*entries)[2].key, "library.list");
}

TEST(Toml, QuotesRoundTrip) {
  for (const std::string text : {"plain", "with \"quotes\" and \\", "line\nend\ttab", "Größe “x”", "\x01"}) {
    const Result<Json> json = parse_toml("a = " + toml_quoted(text), "a.toml");
    ASSERT_TRUE(json) << text << json.error().message;
    EXPECT_EQ((*json)["a"].as_string(), text);
  }
}

}  // namespace
}  // namespace colophon::config

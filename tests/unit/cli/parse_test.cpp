// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/parse.hpp"

#include "cli/output.hpp"

#include <gtest/gtest.h>

namespace colophon::cli {
namespace {

using Words = std::vector<std::string>;

std::string refusal(const Words& words) {
  const Result<Parsed> parsed = parse(words);
  return parsed ? "understood" : std::string(name(parsed.error().code)) + ": " + sentence(parsed.error());
}

TEST(Parse, FindsTheCommandAndItsValues) {
  const Result<Parsed> parsed = parse({"search", "heat", "plan", "-l", "5", "--facet", "type", "--facet=year"});
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_EQ(parsed->command->name, "search");
  EXPECT_EQ(parsed->values.texts("QUERY"), (Words{"heat", "plan"}));
  EXPECT_EQ(parsed->values.number("limit", 10), 5);
  EXPECT_EQ(parsed->values.texts("facet"), (Words{"type", "year"}));
}

TEST(Parse, GlobalOptionsStandAnywhere) {
  for (const Words& words : {Words{"-C", "/x", "--as", "ann", "submission", "show", "ART-1"},
                             Words{"submission", "--as=ann", "show", "-C", "/x", "ART-1"},
                             Words{"submission", "show", "ART-1", "--library", "/x", "--as", "ann"}}) {
    const Result<Parsed> parsed = parse(words);
    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_EQ(parsed->command->name, "submission show");
    EXPECT_EQ(parsed->globals.library, "/x");
    EXPECT_EQ(parsed->globals.person, "ann");
    EXPECT_EQ(parsed->values.text("NUMBER"), "ART-1");
  }
}

TEST(Parse, NamesOfCommandsAreWordsBehindACommand) {
  const Result<Parsed> parsed = parse({"search", "show", "review", "add", "search"});
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_EQ(parsed->values.texts("QUERY"), (Words{"show", "review", "add", "search"}));
}

TEST(Parse, WhatBeginsWithAHyphenGoesBehindTwo) {
  const Result<Parsed> parsed = parse({"search", "heat", "--", "-draft"});
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_EQ(parsed->values.texts("QUERY"), (Words{"heat", "-draft"}));
}

TEST(Parse, EachArgumentHasItsWord) {
  const Result<Parsed> parsed = parse({"submission", "revise", "ART-1", "--note", "x", "new.pdf"});
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_EQ(parsed->values.text("NUMBER"), "ART-1");
  EXPECT_EQ(parsed->values.text("FILE"), "new.pdf");
}

TEST(Parse, MsIsSubmission) {
  const Result<Parsed> parsed = parse({"--as", "ms", "ms", "list"});
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_EQ(parsed->command->name, "submission list");
  EXPECT_EQ(parsed->globals.person, "ms");
}

TEST(Parse, EditsOwnSetIsNotTheSettings) {
  const Result<Parsed> parsed = parse({"--set", "web.listen=:9000", "edit", "4f7k2", "--set", "title=Heat"});
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_EQ(parsed->values.texts("set"), Words{"title=Heat"});
  EXPECT_EQ(parsed->globals.settings, (config::SettingTexts{{"web.listen", ":9000"}}));
}

TEST(Parse, TheLastOfTwoCounts) {
  const Result<Parsed> parsed = parse({"search", "-l", "5", "--limit", "7"});
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_EQ(parsed->values.number("limit", 10), 7);
}

TEST(Parse, NothingAndNounsAndHelp) {
  EXPECT_EQ(parse({})->command, nullptr);
  EXPECT_EQ(parse({"submission"})->noun, "submission");
  EXPECT_TRUE(parse({"submission", "--help"})->help);
  EXPECT_TRUE(parse({"show", "-h"})->help);  // what is required is not asked for then
  EXPECT_TRUE(parse({"--version"})->version);
}

TEST(Parse, SaysWhatIsWrongAndWhatWasMeant) {
  EXPECT_EQ(refusal({"serch"}), "usage: unknown command “serch”. Did you mean “search”?");
  EXPECT_EQ(refusal({"xyzzy"}), "usage: unknown command “xyzzy”. “colophon help” lists the commands.");
  EXPECT_EQ(refusal({"ms", "lst"}), "usage: unknown command “ms lst”. Did you mean “ms list”?");
  EXPECT_EQ(refusal({"user", "remove"}), "usage: unknown command “user remove”. “user” goes with: add, list.");
  EXPECT_EQ(refusal({"search", "--limti=5"}), "usage: unknown option “--limti”. Did you mean “--limit”?");
  EXPECT_EQ(refusal({"search", "--limit"}), "usage: the option --limit needs a value. “colophon help search” describes it.");
  EXPECT_EQ(refusal({"search", "-l", "x"}), "usage: --limit needs a number, not “x”. Write it as in --limit 20.");
  EXPECT_EQ(refusal({"search", "--sort", "best"}),
            "usage: --sort cannot be “best”. Use one of: relevance, newest, oldest, title.");
  EXPECT_EQ(refusal({"--color", "red", "version"}), "usage: --color cannot be “red”. Use one of: auto, always, never.");
  EXPECT_EQ(refusal({"show"}), "usage: “colophon show” needs ID. The work's id, as search shows it; see “colophon help show”.");
  EXPECT_EQ(refusal({"show", "a", "b"}),
            "usage: “b” is one argument too many. The whole command is “colophon show [OPTIONS] ID”.");
}

TEST(Parse, MannerIsKnownEvenWhenTheLineIsNot) {
  EXPECT_EQ(manner_of({"serch", "--json"}).format, Format::json);
  EXPECT_EQ(manner_of({"serch", "--color", "always", "-q"}).colour, Colour::always);
  EXPECT_EQ(manner_of({"search", "--", "--json"}).format, Format::text);
}

}  // namespace
}  // namespace colophon::cli

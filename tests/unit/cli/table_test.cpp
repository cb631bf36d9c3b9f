// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "cli/help.hpp"
#include "cli/steps.hpp"

#include <gtest/gtest.h>

namespace colophon::cli {
namespace {

std::set<std::string> names_of(std::span<const OptionRow> rows) {
  std::set<std::string> out;
  for (const OptionRow& row : rows) {
    for (const std::string_view name : split(row.names, ',')) EXPECT_TRUE(out.emplace(name).second) << name;
  }
  return out;
}

TEST(Table, EveryCommandIsWhole) {
  std::set<std::string_view> names;
  for (const Command& command : commands()) {
    SCOPED_TRACE(command.name);
    EXPECT_TRUE(names.insert(command.name).second);
    EXPECT_NE(command.run, nullptr);
    EXPECT_FALSE(command.summary.empty());
    EXPECT_FALSE(command.summary.ends_with('.'));
    EXPECT_FALSE(command.group.empty());
    EXPECT_TRUE(command.name == "version" || !command.examples.empty());
    for (const std::string_view example : command.examples)
      EXPECT_NE(example.find("colophon "), std::string_view::npos) << example;
  }
}

TEST(Table, ANounIsNoCommandOfItsOwn) {
  for (const Command& command : commands()) {
    EXPECT_TRUE(command.verb().empty() || !command_named(command.noun())) << command.name;
  }
}

TEST(Table, OptionsHaveTextAndTakeNothingFromTheGlobalOnesButSet) {
  std::set<std::string> globals = names_of(global_options());
  globals.erase("--set");  // edit has its own; the settings are given before the command then
  for (const Command& command : commands()) {
    SCOPED_TRACE(command.name);
    for (const std::string& name : names_of(command.options)) EXPECT_FALSE(globals.contains(name)) << name;
    for (const OptionRow& row : command.options) {
      EXPECT_FALSE(row.help.empty()) << row.names;
      EXPECT_EQ(row.takes == Takes::nothing, row.value.empty()) << row.names;
    }
    // -n is a dry run and nothing else
    for (const OptionRow& row : command.options) EXPECT_TRUE(!row.names.starts_with("-n,") || row.long_name() == "dry-run");
  }
}

TEST(Table, OnlyTheLastArgumentIsAList) {
  for (const Command& command : commands()) {
    for (std::size_t i = 0; i + 1 < command.arguments.size(); ++i)
      EXPECT_EQ(command.arguments[i].arity, Arity::one) << command.name;
  }
}

TEST(Table, EveryVerbOfTheMachineHasACommand) {
  for (const review::Verb verb : review::all_of<review::Verb>())
    EXPECT_NE(command_named(command_line(verb)), nullptr) << review::name(verb);
}

TEST(Help, NamesEveryCommand) {
  const std::string all = overview();
  for (const Command& command : commands()) {
    EXPECT_NE(all.find(command.noun()), std::string::npos) << command.name;
    const std::string own = help_of(command);
    EXPECT_TRUE(own.starts_with("usage: colophon " + std::string(command.name))) << own;
    for (const OptionRow& row : command.options) EXPECT_NE(own.find(row.long_name()), std::string::npos) << row.names;
  }
}

TEST(Help, LinesFitATerminal) {
  for (const Command& command : commands()) {
    const std::string help = help_of(command);
    for (const std::string_view line : split(help, '\n')) EXPECT_LE(count_code_points(line), 160u) << line;
  }
}

TEST(Help, Search) {
  const std::string help = help_of(*command_named("search"));
  EXPECT_TRUE(help.starts_with("usage: colophon search [OPTIONS] [QUERY...]\n\nFind works, to the page.\n")) << help;
  EXPECT_NE(help.find("  -l, --limit N "), std::string::npos) << help;
}

}  // namespace
}  // namespace colophon::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "cli/help.hpp"
#include "cli/rows.hpp"
#include "indexer/schema.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

namespace colophon::cli {
namespace {

Result<int> version(Invocation& call) {
  if (call.out.json()) {
    call.out.value(Json::object({{"v", 1},
                                 {"version", COLOPHON_VERSION},
                                 {"store_schema", store::newest_schema()},
                                 {"index_schema", indexer::kSchemaVersion}}));
    return kDone;
  }
  call.out.line("colophon " COLOPHON_VERSION);
  if (call.out.verbose())
    call.out.line(fmt::format("store schema {}, index schema {}", store::newest_schema(), indexer::kSchemaVersion));
  return kDone;
}

Result<int> help(Invocation& call) {
  const std::vector<std::string> words = call.values.texts("COMMAND");
  if (words.empty()) return call.out.raw(overview()), kDone;
  const std::string noun(noun_of(words[0]));
  const std::string name = words.size() > 1 ? noun + " " + words[1] : noun;
  if (const Command* command = command_named(name)) return call.out.raw(help_of(*command)), kDone;
  const bool is_noun = std::ranges::any_of(commands(), [&](const Command& c) { return c.noun() == noun; });
  if (is_noun && words.size() == 1) return call.out.raw(help_of_noun(noun)), kDone;
  return fail(Errc::usage, fmt::format("unknown command “{}”", fmt::join(words, " ")), "“colophon help” lists the commands");
}

}  // namespace

Rows version_rows() {
  return {
      {.name = "version",
       .group = "This program",
       .summary = "Tell the program's version and the schemas that it writes",
       .needs = Needs::nothing,
       .run = version},
      {.name = "help",
       .group = "This program",
       .summary = "Describe the commands",
       .needs = Needs::nothing,
       .arguments = {{"COMMAND", "the command, as in “submission new”", Arity::any}},
       .examples = {"colophon help search"},
       .run = help},
  };
}

}  // namespace colophon::cli

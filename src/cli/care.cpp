// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/care.hpp"

#include <algorithm>
#include <array>

#include "cli/rows.hpp"

#include <fmt/format.h>

namespace colophon::cli {
namespace {

using Level = app::Finding::Level;

struct LevelRow {
  Level level;
  std::string_view word;
  std::string_view json;
  Style style;
};
constexpr std::array kLevels = {
    LevelRow{Level::ok, " ok  ", "ok", Style::good},
    LevelRow{Level::warn, " warn", "warn", Style::warn},
    LevelRow{Level::fail, " FAIL", "fail", Style::bad},
};
const LevelRow& row_of(Level level) { return kLevels[static_cast<std::size_t>(level)]; }

Json json_of(const std::vector<app::Finding>& findings) {
  Json out = Json::array();
  for (const app::Finding& f : findings)
    out.push(Json::object({{"level", row_of(f.level).json}, {"name", f.name}, {"text", f.text}, {"fix", f.fix}}));
  return Json::object({{"v", 1}, {"findings", std::move(out)}});
}

Result<int> doctor(Invocation& call) {
  TRY_ASSIGN(const std::filesystem::path folder, call.folder());
  const std::vector<app::Finding> findings = app::doctor(folder, call.values.has("fix") ? app::Fix::yes : app::Fix::no);
  const bool sick = std::ranges::any_of(findings, [](const app::Finding& f) { return f.level == Level::fail; });
  if (call.out.json()) return call.out.value(json_of(findings)), sick ? kNothing : kDone;
  std::vector<Pieces> rows;
  for (const app::Finding& f : findings) {
    rows.push_back({{std::string(row_of(f.level).word), row_of(f.level).style}, {f.name, Style::bold}, f.text});
    if (!f.fix.empty()) rows.push_back({"", "", fmt::format("fix: {}", f.fix)});
  }
  call.out.table(rows);
  return sick ? kNothing : kDone;
}

Result<int> upgrade(Invocation& call) {
  TRY_ASSIGN(const std::filesystem::path folder, call.folder());
  const bool dry = call.values.has("dry-run");
  TRY_ASSIGN(const app::UpgradeReport report, app::upgrade_library(folder, dry));
  if (call.out.json()) {
    call.out.value(Json::object(
        {{"v", 1}, {"from", report.from}, {"to", report.to}, {"copy", report.copy}, {"done", !dry && report.from != report.to}}));
  } else if (report.from == report.to) {
    call.out.line(fmt::format("The library has schema {} already. Nothing was to do.", report.to));
  } else if (dry) {
    call.out.line(fmt::format("This would bring the library from schema {} to {}. Nothing was changed.", report.from, report.to));
  } else {
    call.out.line(fmt::format("The library was brought from schema {} to {}. A copy of before is {}.", report.from, report.to,
                              report.copy));
  }
  return kDone;
}

}  // namespace

Rows care_rows() {
  return {
      {.name = "doctor",
       .group = "The library",
       .summary = "Look at what this machine and this library need, and say how to mend what is wrong",
       .needs = Needs::folder,
       .options = {{"--fix", Takes::nothing, "", "do what is safe: update the index, mend permissions, sweep leftovers"}},
       .details = [] { return std::string("Exit status 1 when something is broken.\n"); },
       .examples = {"colophon doctor", "colophon doctor --fix"},
       .run = doctor},
      {.name = "upgrade",
       .group = "The library",
       .summary = "Bring a library of an older program to this one's schema; a copy is kept",
       .needs = Needs::folder,
       .options = {{"-n,--dry-run", Takes::nothing, "", "tell what would happen, change nothing"}},
       .examples = {"colophon upgrade -n"},
       .run = upgrade},
  };
}

}  // namespace colophon::cli

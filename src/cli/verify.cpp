// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/verify.hpp"

#include "cli/rows.hpp"

#include <fmt/format.h>

namespace colophon::cli {
namespace {

void show(Output& out, const app::VerifyReport& report) {
  for (const std::string& repaired : report.repaired) out.line({{"rebuilt", Style::good}, "  ", repaired});
  for (const app::Problem& problem : report.problems) {
    out.line({{"FAIL", Style::bad}, "  ", {problem.check, Style::bold}, "  ", problem.what});
    if (!problem.hint.empty()) out.line({"      fix: ", problem.hint});
  }
  const std::string checks = fmt::format("{}", fmt::join(report.checks, ", "));
  if (report.problems.empty()) out.line({{"ok", Style::good}, "  checked ", checks, ": all holds"});
  else out.line({counted(report.problems.size(), "problem", "problems"), "; checked ", checks});
}

Result<int> verify(Invocation& call) {
  TRY_ASSIGN(const std::filesystem::path folder, call.folder());
  const app::Rebuild rebuild = call.values.has("rebuild") ? app::Rebuild::yes : app::Rebuild::no;
  const auto say = [&](const std::string& sentence) {
    if (call.out.verbose()) call.out.note(sentence);
  };
  TRY_ASSIGN(const app::VerifyReport report, app::verify_library(folder, rebuild, say));
  if (call.out.json()) call.out.value(to_json(report));
  else show(call.out, report);
  return report.problems.empty() ? kDone : kNothing;
}

}  // namespace

Rows verify_rows() {
  return {{.name = "verify",
           .group = "The library",
           .summary = "Check the whole library: every byte, every event, every record, the index",
           .needs = Needs::folder,
           .options = {{"--rebuild", Takes::nothing, "",
                        "make what is derived anew from the truth: records, works, submissions' states, indexes"}},
           .details = [] { return std::string("Exit status 1 when something does not hold; each problem says what to do.\n"); },
           .examples = {"colophon verify", "colophon verify --rebuild"},
           .run = verify}};
}

}  // namespace colophon::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/verify.hpp"
#include "cli/rows.hpp"

#include <fmt/format.h>

namespace colophon::cli {
namespace {

Result<int> show(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  const config::Settings& settings = library->settings();
  if (call.out.json()) return call.out.value(Json::object({{"v", 1}, {"settings", settings.to_json()}})), kDone;
  std::vector<Pieces> rows;
  for (const config::Settings::Setting& s : settings.all()) {
    Pieces row{{std::string(s.row->key), Style::bold}, s.set ? config::to_text(*s.row, s.value) : ""};
    if (call.values.has("origin")) row.emplace_back(s.origin, Style::dim);
    rows.push_back(std::move(row));
  }
  call.out.table(rows);
  return kDone;
}

Result<int> accept(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  TRY(app::accept_settings(*library, call.acting()));
  if (call.out.json()) call.out.value(Json::object({{"v", 1}, {"accepted", true}}));
  else call.out.line("colophon.toml is accepted as it stands.");
  return kDone;
}

}  // namespace

Rows config_rows() {
  return {
      {.name = "config show",
       .group = "The library",
       .summary = "Show the settings in force",
       .options = {{"--origin", Takes::nothing, "", "and who gave each value: flag, environment, file and line, default"}},
       .examples = {"colophon config show --origin", "COLOPHON_WEB_LISTEN=:9000 colophon config show --json"},
       .run = show},
      {.name = "config accept",
       .group = "The library",
       .summary = "Accept colophon.toml as somebody has edited it, so that verify no longer remarks on it",
       .examples = {"colophon config accept"},
       .run = accept},
  };
}

}  // namespace colophon::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "app/index_consumer.hpp"
#include "cli/rows.hpp"

#include <fmt/format.h>

namespace colophon::cli {
namespace {

struct Alias {
  std::string_view word, noun;
};
constexpr std::array kAliases = {Alias{"ms", "submission"}};

std::vector<Command> all_rows() {
  std::vector<Command> out;
  for (Rows (*const rows)() :
       {search_rows,    saved_rows,     suggest_rows, thesaurus_rows, who_rows,    overlap_rows,    show_rows,
        export_rows,    convert_rows,   add_rows,     import_rows,    edit_rows,   submission_rows, review_rows,
        editorial_rows, clearance_rows, user_rows,    authority_rows, lint_rows,   rekey_rows,      init_rows,
        serve_rows,     verify_rows,    care_rows,    index_rows,     config_rows, version_rows}) {
    for (Command& command : rows()) out.push_back(std::move(command));
  }
  return out;
}

}  // namespace

std::span<const Command> commands() {
  static const std::vector<Command> kCommands = all_rows();
  return kCommands;
}

const Command* command_named(std::string_view name) {
  const auto found = std::ranges::find(commands(), name, &Command::name);
  return found == commands().end() ? nullptr : &*found;
}

std::string_view noun_of(std::string_view word) {
  const auto found = std::ranges::find(kAliases, word, &Alias::word);
  return found == kAliases.end() ? word : found->noun;
}

std::vector<std::string> known_words() {
  std::vector<std::string> out;
  for (const Command& command : commands()) {
    if (out.empty() || out.back() != command.noun()) out.emplace_back(command.noun());
  }
  for (const Alias& alias : kAliases) out.emplace_back(alias.word);
  return out;
}

Status make_searchable(app::Library& library, Output& out) {
  const Result<app::IndexFigures> figures = app::update_index(library);
  if (figures) return {};
  if (figures.error().code != Errc::busy) return std::unexpected(figures.error());
  out.note("another process is indexing; it will make this searchable");
  return {};
}

Result<Instant> parse_day(std::string_view text, std::string_view zone) {
  if (text.find('T') != std::string_view::npos) {
    if (Result<Instant> instant = parse_instant(text)) return instant;
  }
  const Result<Instant> noon = parse_instant(fmt::format("{}T12:00:00.000Z", text));
  for (const std::int64_t days : {-1, 0, -2}) {
    if (!noon) break;
    TRY_ASSIGN(Instant first, end_of_day(*noon, days, zone));
    ++first.ms;
    if (date_in_zone(first, zone) == text) return first;
  }
  return fail(Errc::usage, fmt::format("“{}” is no date", text), "write it as in 2026-12-01, or as 2026-12-01T09:00:00Z");
}

}  // namespace colophon::cli

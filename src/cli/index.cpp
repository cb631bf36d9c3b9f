// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "app/index_consumer.hpp"
#include "cli/rows.hpp"
#include "indexer/inspect.hpp"
#include "indexer/shards.hpp"

#include <fmt/format.h>

namespace colophon::cli {
namespace {

Json folder_json(const app::IndexFolder& folder, const Result<indexer::IndexStatus>& status) {
  Json out = Json::object({{"class", folder.index_class},
                           {"content", indexer::name(folder.content)},
                           {"path", folder.path.string()},
                           {"there", status.has_value()}});
  if (!status) return out.set("problem", status.error().message), out;
  out.set("documents", static_cast<std::int64_t>(status->documents))
      .set("shards", static_cast<std::int64_t>(status->shards))
      .set("watermark", static_cast<std::int64_t>(status->watermark));
  return out.set("bytes", static_cast<std::int64_t>(status->bytes)).set("schema", status->schema_version), out;
}

struct StateRow {
  indexer::HostState state;
  std::string_view name, text;
};
constexpr std::array kStates = {
    StateRow{indexer::HostState::answers, "answers", "answers"},
    StateRow{indexer::HostState::other_copy, "other-copy",
             "has another copy; this machine ranks its works until it has this one"},
    StateRow{indexer::HostState::silent, "silent", "does not answer; its works are missing from searches"},
};

// A shard that a host ranks, and how that host is.
struct Hosted {
  std::size_t shard;
  indexer::Host host;
  const StateRow* state;
  std::string why;
};
std::vector<Hosted> hosted_shards(const app::Library& library) {
  std::vector<Hosted> out;
  for (const auto& [folder, hosts] : app::hosts_of(library)) {
    for (std::size_t shard = 0; shard < hosts.size(); ++shard) {
      if (!hosts[shard]) continue;
      const auto report = indexer::inspect_host(*hosts[shard], indexer::shard_folder(folder, shard, hosts.size()));
      if (!report) continue;  // the index itself is told to be missing
      out.push_back({shard, *hosts[shard], std::ranges::find(kStates, report->state, &StateRow::state), report->why});
    }
  }
  return out;
}
Json hosts_json(const std::vector<Hosted>& hosted) {
  Json out = Json::array();
  for (const Hosted& one : hosted) {
    Json host = Json::object(
        {{"shard", static_cast<std::int64_t>(one.shard)}, {"host", to_string(one.host)}, {"state", one.state->name}});
    out.push(std::move(host.set_if("why", one.why)));
  }
  return out;
}

std::string figures_of(const indexer::IndexStatus& status) {
  const std::string shards = status.shards > 1 ? fmt::format(" in {} shards", status.shards) : std::string();
  return fmt::format("{} documents{}, {:.1f} MiB", status.documents, shards, static_cast<double>(status.bytes) / (1 << 20));
}

Result<int> status(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  TRY_ASSIGN(const std::uint64_t lag, app::index_lag(*library));
  Json list = Json::array();
  std::vector<Pieces> rows;
  for (const app::IndexFolder& folder : app::index_folders(*library)) {
    const Result<indexer::IndexStatus> one = indexer::status(folder.path);
    list.push(folder_json(folder, one));
    rows.push_back({{folder.name(), Style::bold}, one ? figures_of(*one) : sentence(one.error())});
  }
  const std::vector<Hosted> hosted = hosted_shards(*library);
  for (const Hosted& one : hosted) {
    const std::string why = one.why.empty() ? std::string() : fmt::format(" ({})", one.why);
    rows.push_back({{fmt::format("public, shard {}", one.shard), Style::bold},
                    fmt::format("{} {}{}", to_string(one.host), one.state->text, why)});
  }
  if (call.out.json()) {
    Json out = Json::object({{"v", 1}, {"lag", static_cast<std::int64_t>(lag)}, {"indexes", std::move(list)}});
    return call.out.value(out.set_if("hosts", hosts_json(hosted))), kDone;
  }
  call.out.table(rows);
  const bool silent =
      std::ranges::any_of(hosted, [](const Hosted& one) { return one.state->state == indexer::HostState::silent; });
  call.out.line(lag == 0 ? std::string(silent ? "Everything is indexed, but not all is found until every host answers."
                                              : "Everything is searchable.")
                         : fmt::format("{} not yet searchable; run “colophon index update”.",
                                       counted(static_cast<std::size_t>(lag), "change is", "changes are")));
  return kDone;
}

Result<int> told(Invocation& call, const app::IndexFigures& figures) {
  if (call.out.json()) {
    call.out.value(Json::object({{"v", 1},
                                 {"works", static_cast<std::int64_t>(figures.works)},
                                 {"seconds", figures.seconds},
                                 {"rebuilt", figures.rebuilt}}));
  } else {
    call.out.line(fmt::format("{} in {:.1f} s{}; everything is searchable",
                              counted(static_cast<std::size_t>(figures.works), "work", "works"), figures.seconds,
                              figures.rebuilt ? ", built anew" : ""));
  }
  return kDone;
}

Result<int> update(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  TRY_ASSIGN(const app::IndexFigures figures, app::update_index(*library));
  return told(call, figures);
}
Result<int> rebuild(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  TRY_ASSIGN(const app::IndexFigures figures, app::rebuild_index(*library));
  return told(call, figures);
}

double mebibytes(std::uint64_t bytes) { return static_cast<double>(bytes) / (1 << 20); }

Result<int> compact(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  TRY_ASSIGN(const std::vector<app::CompactFigures> figures, app::compact_indexes(*library));
  Json list = Json::array();
  std::vector<Pieces> rows;
  for (const app::CompactFigures& one : figures) {
    list.push(Json::object({{"index", one.name},
                            {"before", static_cast<std::int64_t>(one.before)},
                            {"after", static_cast<std::int64_t>(one.after)}}));
    rows.push_back({{one.name, Style::bold}, fmt::format("{:.1f} MiB, was {:.1f}", mebibytes(one.after), mebibytes(one.before))});
  }
  if (call.out.json()) call.out.value(Json::object({{"v", 1}, {"indexes", std::move(list)}}));
  else call.out.table(rows);
  return kDone;
}

Result<int> check(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  TRY_ASSIGN(const std::vector<app::IndexProblem> problems, app::check_indexes(*library));
  Json list = Json::array();
  for (const app::IndexProblem& one : problems) {
    list.push(Json::object({{"index", one.name}, {"what", one.what}}));
    if (!call.out.json()) call.out.line({{one.name, Style::bold}, ": ", {one.what, Style::bad}});
  }
  if (call.out.json()) call.out.value(Json::object({{"v", 1}, {"good", problems.empty()}, {"problems", std::move(list)}}));
  else
    call.out.line(problems.empty() ? "Every file is what was written, and every probe finds its work."
                                   : "Run “colophon index rebuild”: nothing is lost, indexes are made from the library.");
  return problems.empty() ? kDone : kNothing;
}

}  // namespace

Rows index_rows() {
  constexpr std::string_view kGroup = "The library";
  return {
      {.name = "index status",
       .group = kGroup,
       .summary = "Tell what is indexed and what is not yet",
       .examples = {"colophon index status"},
       .run = status},
      {.name = "index update",
       .group = kGroup,
       .summary = "Make every change searchable",
       .examples = {"colophon index update"},
       .run = update},
      {.name = "index rebuild",
       .group = kGroup,
       .summary = "Build the indexes anew from the store, and swap them in",
       .examples = {"colophon index rebuild"},
       .run = rebuild},
      {.name = "index compact",
       .group = kGroup,
       .summary = "Write the indexes without the gaps that changes leave; done by itself when they have grown by 60 %",
       .examples = {"colophon index compact"},
       .run = compact},
      {.name = "index check",
       .group = kGroup,
       .summary = "Check the indexes: each file against what was written, the structure, and a sample of searches",
       .examples = {"colophon index check"},
       .run = check},
  };
}

}  // namespace colophon::cli

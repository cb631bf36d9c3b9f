// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/add_files.hpp"
#include "app/index_consumer.hpp"
#include "base/text.hpp"
#include "cli/progress.hpp"
#include "cli/rows.hpp"
#include "cli/run.hpp"

#include <fmt/format.h>

namespace colophon::cli {
namespace {

constexpr std::size_t kShownDiagnostics = 20;
constexpr std::size_t kShownUpdates = 20;
constexpr int kPartly = 7;
constexpr int kAllFailed = 6;
constexpr int kInterrupted = 130;

Json array_of(const std::vector<std::string>& texts) {
  Json out = Json::array();
  for (const std::string& text : texts) out.push(text);
  return out;
}

Json item_json(const ingest::Item& item) {
  return Json::object({{"path", item.path},
                       {"id", item.work_id},
                       {"key", item.local_id},
                       {"status", item.status},
                       {"title", item.title},
                       {"changes", array_of(item.changes)},
                       {"reason", item.reason},
                       {"hint", item.hint}});
}

std::string named(const ingest::Item& item) { return item.local_id.empty() ? item.path : item.path + " " + item.local_id; }

// Hears what happens while files are read, and tells what a person wants to know of it at once or at the end.
class Listener {
 public:
  explicit Listener(Output& out) : out_(out), progress_(out) {}

  ingest::AddObserver observer() {
    return {.item = [this](const ingest::Item& item) { take(item); },
            .diagnostic = [this](const Diagnostic& d) { take(d); },
            .vanished = [this](const std::string& path, const std::vector<std::string>& ids) { vanished(path, ids); },
            .progress = [this](const ingest::AddProgress& p) { progress_.update(p); }};
  }
  void end() { progress_.clear(); }

  std::size_t hidden_diagnostics() const {
    return diagnostics_ > kShownDiagnostics && !out_.verbose() ? diagnostics_ - kShownDiagnostics : 0;
  }
  std::size_t hidden_updates() const { return updates_ > kShownUpdates && !out_.verbose() ? updates_ - kShownUpdates : 0; }
  Json items = Json::array();

 private:
  void say(const Pieces& pieces) {
    progress_.clear();
    out_.note(pieces);
  }
  void take(const ingest::Item& item) {
    if (out_.json()) {
      items.push(item_json(item));
      return;
    }
    if (item.status == "failed") return failed(item);
    if (!item.changes.empty()) return updated(item);
    if (out_.verbose()) say({fmt::format("{:<9} ", item.status), {item.work_id, Style::bold}, "  ", item.title});
  }
  void failed(const ingest::Item& item) {
    say({{"failed", Style::bad},
         "    ",
         named(item),
         ": ",
         sentence({.code = Errc::invalid, .message = item.reason, .hint = item.hint, .where = {}})});
  }
  void updated(const ingest::Item& item) {
    if (++updates_ > kShownUpdates && !out_.verbose()) return;
    say({{"updated", Style::good},
         "   ",
         {item.work_id, Style::bold},
         "  ",
         ellipsis(item.title, 60),
         "; supersedes: ",
         fmt::format("{}", fmt::join(item.changes, ", "))});
  }
  void take(const Diagnostic& d) {
    if (d.severity == Severity::note && !out_.verbose()) return;
    if (++diagnostics_ > kShownDiagnostics && !out_.verbose()) return;
    say(remark(d));
  }
  void vanished(const std::string& path, const std::vector<std::string>& ids) {
    say({{"gone", Style::warn},
         "      ",
         path,
         " no longer holds ",
         fmt::format("{}", fmt::join(ids, ", ")),
         "; what they said stays in the library"});
  }

  Output& out_;
  Progress progress_;
  std::size_t diagnostics_ = 0;
  std::size_t updates_ = 0;
};

int status_of(const ingest::AddCounts& counts) {
  if (counts.interrupted) return kInterrupted;
  if (counts.failed == 0) return kDone;
  return counts.added + counts.updated + counts.unchanged > 0 ? kPartly : kAllFailed;
}

void summarise(Output& out, const ingest::AddCounts& counts, const Listener& heard, app::DryRun dry) {
  if (const std::size_t hidden = heard.hidden_updates()) out.note(fmt::format("… and {} more updated (-v)", hidden));
  if (const std::size_t hidden = heard.hidden_diagnostics()) out.note(fmt::format("… and {} more remarks (-v)", hidden));
  struct Row {
    const char* name;
    std::size_t count;
    const char* says;
  };
  const Row rows[] = {{"added", counts.added, "new works"},
                      {"updated", counts.updated, "works that now say more, or something else"},
                      {"unchanged", counts.unchanged, "known already"},
                      {"failed", counts.failed, "see above"},
                      {"skipped", counts.skipped, "files of other kinds"}};
  std::vector<Pieces> table;
  for (const Row& row : rows) {
    if (row.count > 0)
      table.push_back({fmt::format(" {}", row.name), {fmt::format("{:>6}", row.count), Style::bold}, {row.says, Style::dim}});
  }
  if (table.empty()) table.push_back({" nothing to add: no file there of a format that is read"});
  out.table(table);
  if (dry == app::DryRun::yes) out.line("This is what would happen. Nothing was changed.");
  if (counts.interrupted)
    out.line(
        "Stopped. What is counted is stored; the same command goes on from there, or “colophon index update” makes it "
        "searchable.");
}

Result<int> add(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  app::AddRequest request;
  for (const std::string& path : call.values.texts("PATH")) request.paths.emplace_back(path);
  if (call.values.has("access")) request.access = call.values.text("access");
  request.dry_run = call.values.has("dry-run") ? app::DryRun::yes : app::DryRun::no;
  request.acting = call.acting();
  request.stop = &interrupts();
  Listener listener(call.out);
  const Result<ingest::AddCounts> counts = app::add_files(*library, request, listener.observer());
  listener.end();
  if (!counts) return std::unexpected(counts.error());
  if (call.out.json()) {
    call.out.value(Json::object({{"v", 1},
                                 {"added", counts->added},
                                 {"unchanged", counts->unchanged},
                                 {"updated", counts->updated},
                                 {"failed", counts->failed},
                                 {"items", std::move(listener.items)}}));
  } else {
    summarise(call.out, *counts, listener, request.dry_run);
  }
  // Also when nothing was new: the run before may have stored works and then failed to index them.
  const auto behind = [&] { return counts->added + counts->updated > 0 || app::index_lag(*library).value_or(1) > 0; };
  if (request.dry_run == app::DryRun::yes || counts->interrupted || !behind()) return status_of(*counts);
  TRY(make_searchable(*library, call.out));
  call.out.note("all searchable");
  return status_of(*counts);
}

}  // namespace

Rows add_rows() {
  return {
      {.name = "add",
       .group = "Works",
       .summary = "Add files of references (BibTeX, RIS, EndNote, PubMed, CSL-JSON), JATS and PDF files, or folders of them",
       .arguments = {{"PATH", "a file or a folder; files are recognised by their content", Arity::some}},
       .options = {{"--access", Takes::text, "RULE",
                    "who may open the files: public, signed-in, closed, groups:a,b (else library.default_access)"},
                   {"-n,--dry-run", Takes::nothing, "", "tell what would happen, change nothing"}},
       .details =
           [] {
             return std::string(
                 "Adding the same file again changes nothing; an edited one supersedes what it said before. One bad file never\n"
                 "stops the rest. Exit status: 7 when some failed, 6 when all failed, 130 after Ctrl-C (run it again to go "
                 "on).\n");
           },
       .examples = {"colophon add ~/Papers", "colophon add references.bib --access public", "colophon add -n new/"},
       .run = add}};
}

}  // namespace colophon::cli

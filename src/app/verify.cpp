// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/verify.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "app/index_consumer.hpp"
#include "app/submissions.hpp"
#include "dedup/match_keys.hpp"
#include "indexer/inspect.hpp"
#include "ingest/recluster.hpp"
#include "store/checksum_vfs.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

namespace colophon::app {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kRestore = "restore it from a backup";
constexpr std::string_view kRebuild = "run “colophon verify --rebuild”";

// The checks of one run, writing into one report.
class Verifier {
 public:
  Verifier(fs::path folder, Rebuild rebuild, const std::function<void(const std::string&)>& say)
      : folder_(std::move(folder)), rebuild_(rebuild), say_(say) {}

  Result<VerifyReport> run() {
    std::error_code error;
    const bool there = fs::exists(folder_ / "store.sqlite", error);
    if (error) return std::unexpected(io_error(error.value(), "cannot look into the library", folder_));
    if (!there) return fail(Errc::not_found, "there is no library here", "name one with -C DIR", folder_.string());
    begin("permissions");
    check_permissions();
    Library::Options options;
    options.folder = folder_;
    Result<Library> opened = Library::open(options);
    if (opened) {
      library_ = &*opened;
      if (Status status = library_->store().db().checkpoint(); !status) problem("store", status.error());
    }
    begin("store");
    check_pages();
    if (!opened) {
      problem("store", opened.error());
      return report_;
    }
    check_database();
    begin("chain");
    for (std::string& what : library_->store().ledger().verify()) problem("chain", std::move(what), kRestore);
    sticky("chain");
    begin("settings");
    check_settings();
    begin("blobs");
    check_blobs();
    begin("fold");
    check_works();
    begin("submissions");
    check_submissions();
    begin("index");
    check_index();
    return std::move(report_);
  }

 private:
  void begin(const std::string& name) {
    report_.checks.push_back(name);
    if (say_) say_(name);
  }
  void problem(std::string check, std::string what, std::string_view hint) {
    report_.problems.push_back({std::move(check), std::move(what), std::string(hint)});
  }
  void problem(std::string check, const Error& error) {
    problem(std::move(check), error.where.empty() ? error.message : error.message + " (" + error.where + ")",
            error.hint.empty() ? kRestore : std::string_view(error.hint));
  }
  // A database error during a check is a finding of that check.
  void sticky(const std::string& check) {
    if (Status status = library_->store().db().take_status(); !status) problem(check, status.error());
  }
  bool repairing() const { return rebuild_ == Rebuild::yes; }

  void check_permissions() {
    struct stat status{};
    if (stat(folder_.c_str(), &status) != 0) return;
    if (status.st_mode & 077)
      problem("permissions", fmt::format("{} may be read by others (mode {:o})", folder_.string(), status.st_mode & 0777),
              "chmod 700, or “colophon doctor --fix”");
  }

  void check_pages() {
    Result<std::vector<std::uint64_t>> pages = store::damaged_pages(folder_ / "store.sqlite");
    if (!pages) return problem("store", pages.error());
    for (const std::uint64_t page : *pages)
      problem("store", fmt::format("page {} of store.sqlite does not have the bytes that were written", page), kRestore);
  }

  void check_database() {
    store::Database& db = library_->store().db();
    store::Query integrity = db.query("PRAGMA integrity_check(20)");
    while (integrity.next()) {
      if (integrity.text(0) != "ok") problem("store", fmt::format("store.sqlite: {}", integrity.text(0)), kRestore);
    }
    store::Query keys = db.query("PRAGMA foreign_key_check");
    while (keys.next())
      problem("store", fmt::format("a row of {} refers to a row of {} that is not there", keys.text(0), keys.text(2)), kRestore);
    sticky("store");
  }

  void check_settings() {
    const Result<std::string> text = read_file(folder_ / "colophon.toml");
    if (!text) return problem("settings", text.error());
    if (sha256(*text).hex() != library_->store().settings().text("settings.digest"))
      problem("settings", "colophon.toml is not what was last accepted",
              "if you changed it: “colophon config accept”; otherwise restore it");
    const Result<std::string> lock = read_file(folder_ / "lock");
    if (!lock || !lock->empty()) problem("settings", "the file “lock” should be empty", "truncate it");
  }

  void check_blobs() {
    store::Store& store = library_->store();
    for (const store::Blobs::Row& row : store::Blobs::recorded_all(store.db())) {
      if (Status status = store.blobs().check(row.digest, row.size); !status) problem("blobs", status.error());
    }
    sticky("blobs");
  }

  // Every record is the fold of its sources, and the works are those that clustering makes of them: done anew in a transaction
  // that is undone, or kept when rebuilding.
  void check_works() {
    store::Store& store = library_->store();
    std::set<std::string> wrong;
    const Status done = store.write([&]() -> Status {
      compare_records(wrong);
      compare_partition(wrong);
      compare_match_keys(wrong);
      if (repairing() && !wrong.empty()) return {};
      return fail(Errc::conflict, "nothing to keep");
    });
    if (!done && done.error().code != Errc::conflict) problem("fold", done.error());
    for (const std::string& what : wrong) {
      if (repairing() && done) report_.repaired.push_back(what);
      else problem("fold", what, kRebuild);
    }
  }

  void compare_records(std::set<std::string>& wrong) {
    store::Store& store = library_->store();
    for (const store::WorkRow& row : store.works().changed_after(0, SIZE_MAX >> 1)) {
      if (row.state == store::WorkState::merged) continue;
      std::string folded = to_json(bib::fold(ingest::assertions_of(store, row.id)).record).dump();
      if (folded == row.record) continue;
      wrong.insert(fmt::format("the record of {} is not what its sources say", row.short_id));
      store::WorkRow right = row;
      right.record = std::move(folded);
      right.change = store.works().last_change() + 1;
      store.works().put(right);
    }
  }

  void compare_partition(std::set<std::string>& wrong) {
    store::Store& store = library_->store();
    std::map<store::SourceId, store::WorkId> before;
    const std::vector<store::SourceId> all = store.sources().all();
    for (const store::SourceId id : all) {
      if (const auto work = store.works().of_source(id)) before[id] = *work;
      else wrong.insert(fmt::format("source {} belongs to no work", store.sources().short_id(id)));
    }
    // Components are small; each is parted again when its first source comes by and nothing of it was seen yet.
    std::set<store::SourceId> seen;
    for (const store::SourceId id : all) {
      if (seen.contains(id)) continue;
      for (const ingest::WorkChange& change : ingest::recluster(store, {id}, library_->clock().now())) {
        for (const store::SourceId member : store.works().members(change.work)) seen.insert(member);
      }
    }
    for (const auto& [id, work] : before) {
      const auto after = store.works().of_source(id);
      if (after != work)
        wrong.insert(fmt::format("source {} belongs to another work than its content says", store.sources().short_id(id)));
    }
  }

  void compare_match_keys(std::set<std::string>& wrong) {
    store::Store& store = library_->store();
    for (const store::SourceId id : store.sources().all()) {
      const std::optional<store::Source> source = store.sources().get(id);
      if (!source || source->kind == bib::SourceKind::person) continue;
      std::vector<std::uint64_t> hashes;
      for (const dedup::MatchKey& key : dedup::match_keys(source->work)) hashes.push_back(key.hash());
      for (const std::uint64_t hash : hashes) {
        const std::vector<store::SourceId> found = store.sources().with_match_key(hash);
        if (std::ranges::find(found, id) == found.end()) {
          wrong.insert(fmt::format("source {} is not found by its own identifiers", source->short_id));
          store.sources().set_match_keys(id, {}, hashes);
        }
      }
    }
  }

  void check_submissions() {
    store::Store& store = library_->store();
    for (const store::SubmissionRow& row : store.submissions().all()) {
      const Result<review::Submission> replayed = replay(*library_, row.number);
      if (!replayed) {
        problem("submissions", replayed.error());
        continue;
      }
      if (to_json(*replayed).canonical() != row.state.canonical()) repair_submission(row, *replayed);
      check_clearance(*replayed);
    }
    sticky("submissions");
  }

  void repair_submission(const store::SubmissionRow& row, const review::Submission& replayed) {
    const std::string what = fmt::format("the state of {} is not what its events say", row.number);
    if (!repairing()) return problem("submissions", what, kRebuild);
    const Status done = library_->store().write([&]() -> Status {
      library_->store().submissions().put(
          {row.number, row.version, std::string(review::name(replayed.phase)), to_json(replayed)});
      return {};
    });
    if (done) report_.repaired.push_back(what);
    else problem("submissions", done.error());
  }

  void check_clearance(const review::Submission& submission) {
    if (submission.phase != review::Phase::published) return;
    for (const review::PartnerKey& partner : submission.partners) {
      if (!review::is_cleared(submission, review::Gate::publication, partner))
        problem(
            "clearance",
            fmt::format("{} was published without the clearance of {} for exactly its version", submission.number, partner.value),
            "ask the partner, and withdraw the work if need be");
    }
  }

  void check_index() {
    const std::size_t before = report_.problems.size();
    const Result<std::vector<IndexProblem>> found = check_indexes(*library_);
    if (!found) problem("index", found.error());
    for (const IndexProblem& one : found ? *found : std::vector<IndexProblem>{})
      problem("index", fmt::format("{}: {}", one.name, one.what), "run “colophon index rebuild”");
    if (report_.problems.size() == before) compare_documents();
    if (!repairing() || report_.problems.size() == before) return;
    if (const Result<IndexFigures> rebuilt = rebuild_index(*library_); rebuilt) {
      report_.problems.resize(before);
      report_.repaired.push_back("the indexes were built anew");
    } else {
      problem("index", rebuilt.error());
    }
  }

  void compare_documents() {
    // Changes that are not indexed yet (a command was interrupted) are no damage: they are indexed first.
    if (Result<IndexFigures> caught = update_index(*library_); !caught) return problem("index", caught.error());
    Result<std::vector<std::string>> differences = index_differences(*library_);
    if (!differences) return problem("index", differences.error());
    for (std::string& what : *differences) problem("index", std::move(what), "run “colophon index rebuild”");
  }

  fs::path folder_;
  Rebuild rebuild_;
  const std::function<void(const std::string&)>& say_;
  Library* library_ = nullptr;
  VerifyReport report_;
};

}  // namespace

Result<VerifyReport> verify_library(const fs::path& folder, Rebuild rebuild, const std::function<void(const std::string&)>& say) {
  return Verifier(folder, rebuild, say).run();
}

Json to_json(const VerifyReport& report) {
  Json checks = Json::array(), problems = Json::array(), repaired = Json::array();
  for (const std::string& check : report.checks) checks.push(check);
  for (const Problem& p : report.problems) problems.push(Json::object({{"check", p.check}, {"what", p.what}, {"hint", p.hint}}));
  for (const std::string& what : report.repaired) repaired.push(what);
  return Json::object({{"v", 1},
                       {"good", report.problems.empty()},
                       {"checks", std::move(checks)},
                       {"problems", std::move(problems)},
                       {"repaired", std::move(repaired)}});
}

Status accept_settings(Library& library, const Acting& acting) {
  TRY_ASSIGN(const std::string text, read_file(library.folder() / "colophon.toml"));
  return library.store().write([&]() -> Status {
    library.store().settings().set("settings.digest", sha256(text).hex());
    TRY(library.store().ledger().append(
        {"library", "settings-accepted", acting.person, acting.operator_name, Json::object({{"digest", sha256(text).hex()}})},
        library.clock().now()));
    return {};
  });
}

}  // namespace colophon::app

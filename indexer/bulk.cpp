// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/bulk.hpp"

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <future>
#include <memory>
#include <new>
#include <optional>
#include <vector>

#include "base/io.hpp"
#include "base/json.hpp"
#include "indexer/columns.hpp"
#include "indexer/document.hpp"
#include "indexer/families.hpp"
#include "indexer/frequent.hpp"
#include "indexer/inspect.hpp"
#include "indexer/metadata.hpp"
#include "indexer/shards.hpp"
#include "indexer/terms.hpp"
#include "indexer/topics.hpp"
#include "indexer/xapian_error.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xapian.h>

namespace colophon::indexer {
namespace {

namespace fs = std::filesystem;
using Seconds = std::chrono::duration<double>;
constexpr std::size_t kSharesOfAJob = 64;
constexpr std::size_t kFlushBytes = 4u << 20;  // small: the inverter's maps stay in the cache, compaction evens the files out

fs::path beside(const fs::path& dir, std::string_view ending) {
  return dir.parent_path() / (dir.filename().string() + std::string(ending));
}
fs::path part_of(const fs::path& parts, std::size_t job) { return parts / std::to_string(job); }

// What a job writes: a sub-index for each shard. Nobody reads them before they are whole, so they are written without syncing.
class Part {
 public:
  Part(const fs::path& dir, const BulkOptions& options) : content_(options.identity.content) {
    for (std::size_t shard = 0; shard < options.identity.shards; ++shard) {
      shards_.emplace_back(shard_folder(dir, shard, options.identity.shards).string(),
                           Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS);
      introduce(shards_.back(), options.identity, shard, options.watermark);
    }
  }

  void add(const Entry& entry) {
    std::size_t bytes = 0;
    shards_[shard_of(entry.id, shards_.size())].add_document(make_document(document_terms(content_, entry, analyser_), bytes));
    if ((pending_ += bytes) >= kFlushBytes) commit();
  }

  void commit() {
    for (Xapian::WritableDatabase& shard : shards_) shard.commit();
    pending_ = 0;
  }

 private:
  Content content_;
  std::vector<Xapian::WritableDatabase> shards_;
  Analyser analyser_;
  std::size_t pending_ = 0;
};

// The shares of a build, each of which falls to the job that is free first: neither cores nor works are all alike. Forked processes share it.
class Shares {
 public:
  static Result<Shares> of(std::size_t jobs) {
    void* const at = ::mmap(nullptr, sizeof(Counter), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED) return std::unexpected(io_error(errno, "share memory between the jobs of a build", {}));
    return Shares(new (at) Counter(0), jobs == 1 ? 1 : jobs * kSharesOfAJob);
  }
  std::size_t count() const { return count_; }
  std::optional<std::size_t> next() {
    const std::size_t share = taken_->fetch_add(1);
    return share < count_ ? std::optional(share) : std::nullopt;
  }
  void stop() { *taken_ = count_; }

 private:
  using Counter = std::atomic<std::size_t>;
  static_assert(Counter::is_always_lock_free);
  struct Unmap {
    void operator()(Counter* at) const { ::munmap(at, sizeof(Counter)); }
  };
  Shares(Counter* taken, std::size_t count) : taken_(taken), count_(count) {}

  std::unique_ptr<Counter, Unmap> taken_;
  std::size_t count_;
};

// Everything that a stream gives.
Status add_all(Part& part, const Stream& next) {
  EntryData data;
  for (;;) {
    data = {};
    TRY_ASSIGN(const bool more, next(data));
    if (!more) return {};
    part.add(data.entry());
  }
}

// One job: share after share.
Status fill(const fs::path& dir, Shares& shares, const BulkOptions& options, const StreamFactory& streams) {
  TRY(make_directory(dir));
  Status out = guarded("write a part of the index", dir, [&]() -> Status {
    Part part(dir, options);
    while (const std::optional<std::size_t> share = shares.next()) {
      TRY_ASSIGN(const Stream stream, streams(*share, shares.count()));
      TRY(add_all(part, stream));
    }
    part.commit();
    return {};
  });
  if (!out) shares.stop();
  return out;
}

// A job's error crosses the process border as JSON in a file of its part.
constexpr std::string_view kErrorFile = "error.json";

void leave_error(const fs::path& dir, const Error& error) {
  const Json json = Json::object(
      {{"code", static_cast<int>(error.code)}, {"message", error.message}, {"hint", error.hint}, {"where", error.where}});
  (void)make_directory(dir);
  (void)replace_file(dir / kErrorFile, json.dump());
}

Error found_error(const fs::path& dir, int wait_status) {
  const auto text = read_file(dir / kErrorFile, 1u << 16);
  const auto json = text ? Json::parse(*text) : Result<Json>(Json());
  if (json && json->contains("message")) {
    return {static_cast<Errc>((*json)["code"].as_int()), (*json)["message"].as_string(), (*json)["hint"].as_string(),
            (*json)["where"].as_string()};
  }
  // On a full disk not even the reason could be written.
  if (WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == exit_status(Errc::io))
    return {Errc::io, "a part of the index could not be written",
            "check the disk and its free space, then run “colophon index update”: nothing is lost", dir.string()};
  return {Errc::internal, fmt::format("a process that was building the index ended early (status {})", wait_status),
          "look for its last lines in the log and build again", dir.string()};
}

Result<pid_t> start(const fs::path& dir, Shares& shares, const BulkOptions& options, const StreamFactory& streams) {
  std::fflush(nullptr);
  const pid_t builder = ::getpid(), child = ::fork();
  if (child < 0) return std::unexpected(io_error(errno, "start a process for", dir));
  if (child > 0) return child;
  int code = 1;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // it holds the builder's lock, too, and nobody else waits for it
  if (::getppid() != builder) ::_exit(code);
  try {
    const Status done = fill(dir, shares, options, streams);
    if (!done) leave_error(dir, done.error());
    code = done ? 0 : exit_status(done.error().code);
  } catch (...) {
    const Error error = current_error("write a part of the index", dir);
    leave_error(dir, error);
    code = exit_status(error.code);
  }
  ::_exit(code);
}

Status wait_for(pid_t child, const fs::path& dir) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return std::unexpected(io_error(errno, "wait for a process of", dir));
  }
  return status == 0 ? Status{} : Status(std::unexpected(found_error(dir, status)));
}

Status fill_all(const fs::path& parts, const BulkOptions& options, const StreamFactory& streams) {
  TRY_ASSIGN(Shares shares, Shares::of(options.jobs));
  if (options.jobs == 1) return fill(part_of(parts, 0), shares, options, streams);
  std::vector<pid_t> children;
  Status out;
  for (std::size_t job = 0; job < options.jobs && out; ++job) {
    const auto child = start(part_of(parts, job), shares, options, streams);
    if (child) children.push_back(*child);
    else out = std::unexpected(child.error()), shares.stop();
  }
  for (std::size_t job = 0; job < children.size(); ++job) {
    const Status one = wait_for(children[job], part_of(parts, job));
    if (!one) shares.stop();  // it may have been killed
    if (out && !one) out = one;
  }
  return out;
}

// The indexes as one, without gaps; the revision of the last of them.
Result<std::uint64_t> merge(const std::vector<fs::path>& from, const fs::path& fresh) {
  return guarded("merge the parts of the index", fresh, [&] {
    Xapian::Database all;
    std::uint64_t revision = 0;
    for (const fs::path& part : from) {
      const Xapian::Database one(part.string());
      revision = one.get_revision();
      all.add_database(one);
    }
    all.compact(fresh.string(), Xapian::Compactor::FULL);  // FULLER has faults in 1.4.22
    return revision;
  });
}

// Each shard merged from its sub-indexes in several folders; the sum of the revisions that each was last read at.
Result<std::uint64_t> merge_shards(const std::vector<fs::path>& from, const fs::path& fresh, std::size_t shards) {
  TRY(make_directory(fresh));
  std::uint64_t revisions = 0;
  for (std::size_t shard = 0; shard < shards; ++shard) {
    std::vector<fs::path> parts;
    for (const fs::path& one : from) parts.push_back(shard_folder(one, shard, shards));
    TRY_ASSIGN(const std::uint64_t revision, merge(parts, shard_folder(fresh, shard, shards)));
    revisions += revision;
  }
  return revisions;
}

std::uint64_t bytes_in(const fs::path& dir) {
  std::uint64_t out = 0;
  std::error_code error;
  for (fs::directory_iterator it(dir, error), end; !error && it != end; it.increment(error)) out += it->file_size(error);
  return out;
}

enum class Learns { topics, nothing };

// What a merged index needs before anybody reads it, the families and the facets' columns; what is to be learnt from it besides.
Result<Learns> furnish(const fs::path& fresh) {
  return guarded("write the new index", fresh, [&]() -> Result<Learns> {
    const std::vector<fs::path> folders = shards_in(fresh);
    std::vector<Xapian::WritableDatabase> shards;
    for (const fs::path& folder : folders) {
      shards.emplace_back(folder.string(), Xapian::DB_OPEN);
      shards.back().set_metadata(std::string(metadata::kCompacted), std::to_string(bytes_in(folder)));
    }
    const bool works = shards.front().get_metadata(std::string(metadata::kContent)) == name(Content::works);
    if (works) Families::note(shards);
    for (std::size_t i = 0; i < shards.size(); ++i) {
      commit_numbered(shards[i]);
      if (works) TRY(Columns::of(folders[i], shards[i]).save(folders[i], shards[i]));
      if (works) TRY(Frequent::make(folders[i], shards[i]));
    }
    return works ? Learns::topics : Learns::nothing;
  });
}

Status check(const fs::path& fresh) {
  for (const fs::path& shard : shards_in(fresh)) {
    TRY_ASSIGN(const auto errors,
               guarded("check the new index", fresh, [&] { return Xapian::Database::check(shard.string(), 0, nullptr); }));
    if (errors)
      return fail(Errc::io, fmt::format("the new index has {} errors", errors), "check the disk and build again", shard.string());
  }
  return {};
}

// Holds the write locks of the old index, so that no writer commits to what is about to be removed. A damaged shard cannot be locked.
using Held = std::vector<Xapian::WritableDatabase>;
Result<Held> hold(const fs::path& dir) {
  Held out;
  if (!is_index(dir)) return out;
  for (const fs::path& shard : shards_in(dir)) {
    auto held = guarded("lock the index", dir, [&] { return Xapian::WritableDatabase(shard.string(), Xapian::DB_OPEN); });
    if (!held && held.error().code == Errc::busy) return std::unexpected(held.error());
    if (held) out.push_back(*held);
  }
  return out;
}

Status rename_over(const fs::path& fresh, const fs::path& dir) {
  const bool replace = fs::exists(dir);
  if (::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, dir.c_str(), replace ? RENAME_EXCHANGE : RENAME_NOREPLACE) != 0)
    return std::unexpected(io_error(errno, "swap in the new index", dir));
  return sync_directory(dir.parent_path());
}

void discard(const fs::path& path) {
  std::error_code ignored;
  fs::remove_all(path, ignored);
}

using Learning = std::future<Result<Topics::Training>>;
Learning learn(std::vector<fs::path> databases) {
  return std::async(std::launch::async, [from = std::move(databases)] { return Topics::learn(from); });
}

// Furnished, checked and probed: ready to be swapped in. It is checked beside the rest, and so are its topics learnt, unless somebody has
// begun already.
Status finish(const fs::path& fresh, Learning learning) {
  TRY_ASSIGN(const Learns learns, furnish(fresh));
  if (learns == Learns::topics && !learning.valid()) learning = learn(shards_in(fresh));
  std::future<Status> checked = std::async(std::launch::async, [&] { return check(fresh); });
  TRY(probe(fresh));
  if (learning.valid()) {
    TRY_ASSIGN(const Topics::Training training, learning.get());
    TRY(training.write(fresh));
  }
  TRY(write_checksums(fresh));
  return checked.get();
}

std::vector<fs::path> parts_in(const fs::path& parts, std::size_t jobs) {
  std::vector<fs::path> out;
  for (std::size_t job = 0; job < jobs; ++job) out.push_back(part_of(parts, job));
  return out;
}

std::vector<fs::path> shards_of(const std::vector<fs::path>& folders, std::size_t shards) {
  std::vector<fs::path> out;
  for (const fs::path& folder : folders) {
    for (std::size_t shard = 0; shard < shards; ++shard) out.push_back(shard_folder(folder, shard, shards));
  }
  return out;
}

}  // namespace

Result<BulkFigures> build(const fs::path& dir, const BulkOptions& options, const StreamFactory& streams) {
  if (options.identity.shards == 0)
    return fail(Errc::usage, "an index has at least one shard", "give a number of shards from 1 on");
  if (options.jobs == 0) return fail(Errc::usage, "an index is built by at least one job", "give a number of jobs from 1 on");
  const auto begin = std::chrono::steady_clock::now();
  const fs::path parts = beside(dir, ".parts"), fresh = beside(dir, ".new");
  TRY_ASSIGN(const FileLock alone, FileLock::take(beside(dir, ".build-lock"), LockKind::exclusive));
  discard(parts);
  discard(fresh);
  TRY(make_directory(parts));
  const auto run = [&]() -> Result<BulkFigures> {
    TRY(fill_all(parts, options, streams));
    const auto filled = std::chrono::steady_clock::now();
    const std::vector<fs::path> made_of = parts_in(parts, options.jobs);
    Learning learning;
    if (options.identity.content == Content::works) learning = learn(shards_of(made_of, options.identity.shards));
    TRY(merge_shards(made_of, fresh, options.identity.shards));
    TRY(finish(fresh, std::move(learning)));
    TRY_ASSIGN(const IndexStatus made, indexer::status(fresh));
    TRY_ASSIGN(const auto held, hold(dir));
    TRY(rename_over(fresh, dir));
    const auto end = std::chrono::steady_clock::now();
    return BulkFigures{made.documents, Seconds(end - begin).count(), Seconds(end - filled).count()};
  };
  auto out = run();
  discard(parts);
  discard(fresh);
  return out;
}

Result<BulkFigures> compact(const fs::path& dir) {
  const auto begin = std::chrono::steady_clock::now();
  const fs::path fresh = beside(dir, ".new");
  TRY_ASSIGN(const IndexStatus before, indexer::status(dir));
  TRY_ASSIGN(const FileLock alone, FileLock::take(beside(dir, ".build-lock"), LockKind::exclusive));
  enum class Writers { welcome, held };
  const auto run = [&](Writers writers) -> Result<bool> {  // false: overtaken by a writer
    discard(fresh);
    Held held;
    if (writers == Writers::held) {
      TRY_ASSIGN(held, hold(dir));
    }
    const Result<std::uint64_t> copied = merge_shards({dir}, fresh, before.shards);
    if (!copied && copied.error().code == Errc::busy && writers == Writers::welcome) return false;
    if (!copied) return std::unexpected(copied.error());
    TRY(finish(fresh, {}));
    if (writers == Writers::welcome) {
      TRY_ASSIGN(held, hold(dir));
    }
    TRY_ASSIGN(const IndexStatus now, indexer::status(dir));
    if (now.revision != *copied) return false;
    TRY(rename_over(fresh, dir));
    return true;
  };
  Result<bool> done = run(Writers::welcome);
  if (done && !*done) done = run(Writers::held);
  discard(fresh);
  if (!done) return std::unexpected(done.error());
  if (!*done) return fail(Errc::busy, "the index is being written to", "try again in a moment", dir.string());
  const double seconds = Seconds(std::chrono::steady_clock::now() - begin).count();
  return BulkFigures{before.documents, seconds, seconds};
}

bool wants_compaction(const IndexStatus& status) {
  return status.bytes > kSmallIndex && static_cast<double>(status.bytes) > kGrown * static_cast<double>(status.compacted_bytes);
}

}  // namespace colophon::indexer

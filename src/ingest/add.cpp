// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/add.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/text.hpp"
#include "formats/draft_reader.hpp"
#include "ingest/mapped.hpp"
#include "ingest/read_ahead.hpp"
#include "lang/language.hpp"

#include <fmt/format.h>

namespace colophon::ingest {
namespace {

using formats::Draft;
using formats::Format;
using Seconds = std::chrono::duration<double>;

constexpr double kBatchSeconds = 0.2;          // other writers wait no longer than this
constexpr std::size_t kBatchBytes = 8u << 20;  // of passages, so that memory stays bounded
constexpr std::size_t kFirstBatch = 256;
constexpr std::size_t kLargestBatch = 4096;

double now_seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

// A text entry may stand in several files: its values' places count from the entry's first byte, so that a draft says the same wherever
// the entry was seen first. What stands outside the entry (a macro, a parent) has no place in it.
void count_from_entry(Draft& draft) {
  draft.work.change_origins([&](bib::Origin& origin) {
    const bool inside = origin.begin >= draft.begin && origin.end <= draft.end;
    if (inside && origin.end) origin.begin -= draft.begin, origin.end -= draft.begin;
    else origin = {};
  });
}

// The key of a source that its file determines: the blob and the position in it.
Sha256 file_key(const Sha256& blob, std::uint32_t child) {
  return child == 0 ? blob : Hasher().update(blob.view()).update(fmt::format("#{}", child)).finish();
}

// What the entries of one file are called: "key", "key~2" … Kept as 64-bit digests, for a file may hold hundreds of thousands: were two
// ever equal, one would get a number that it does not need.
class EntryNames {
 public:
  std::string take(const std::string& local_id) {
    const std::size_t n = ++repeated_[fnv1a(local_id)];
    std::string out = n > 1 ? local_id + fmt::format("~{}", n) : local_id;
    if (n > 1) repeated_.try_emplace(fnv1a(out), 0);
    return out;
  }
  bool has(std::string_view name) const { return repeated_.contains(fnv1a(name)); }

 private:
  std::unordered_map<std::uint64_t, std::uint32_t> repeated_;
};

struct Waiting {
  NewSource source;
  Item item;
};

// Collects entries and stores them batch by batch.
class Batches {
 public:
  Batches(store::Store& store, const Clock& clock, const AddOptions& options, const AddObserver& observer, AddCounts& counts)
      : store_(store), clock_(clock), options_(options), observer_(observer), counts_(counts) {}

  Status add(Waiting waiting) {
    for (const bib::Passage& p : waiting.source.passages) bytes_ += p.text.size();
    waiting_.push_back(std::move(waiting));
    return waiting_.size() >= limit_ || bytes_ >= kBatchBytes ? flush() : Status{};
  }

  // The file's bytes become part of the library with the next batch.
  void keep(store::Incoming incoming) { kept_.push_back(std::move(incoming)); }
  // With the next batch all entries of the file are stored. `children`: it gives so many, numbered from 0.
  void complete(const Sha256& blob, int reader_version, std::optional<std::uint32_t> children = {}) {
    complete_.push_back({blob, reader_version, children});
  }
  void known_again(std::string path, Sha256 blob) { again_.emplace_back(std::move(path), blob); }

  Status flush() {
    if (waiting_.empty() && complete_.empty() && again_.empty()) return {};
    const double start = now_seconds();
    for (store::Incoming& incoming : kept_) {
      if (!incoming.temporary.empty() || !synced_.contains(incoming.digest.hex())) TRY(store_.blobs().keep(incoming));
      synced_.insert(incoming.digest.hex());
    }
    std::vector<Outcome> outcomes;
    TRY(store_.write([&]() -> Status { return store_all(outcomes); }));
    const double seconds = now_seconds() - start;
    counts_.store_seconds += seconds;
    limit_ = std::clamp(static_cast<std::size_t>(static_cast<double>(std::max<std::size_t>(waiting_.size(), 1)) * kBatchSeconds /
                                                 std::max(seconds, 1e-4)),
                        kFirstBatch / 4, kLargestBatch);
    report(outcomes);
    waiting_.clear();
    kept_.clear();
    complete_.clear();
    again_.clear();
    bytes_ = 0;
    return {};
  }

 private:
  Status store_all(std::vector<Outcome>& outcomes) {
    const Instant now = clock_.now();
    for (const store::Incoming& incoming : kept_) store::Blobs::record(store_.db(), incoming.digest, incoming.size, now);
    Assimilation assimilation(store_, now);
    for (Waiting& w : waiting_) assimilation.take(std::move(w.source));
    for (const Complete& file : complete_) {
      if (file.children) assimilation.keep_children(file.blob, *file.children);
    }
    outcomes = assimilation.finish();
    for (const auto& [path, blob] : again_) outcomes_again(path, blob);
    for (const Complete& file : complete_) store::Blobs::set_read(store_.db(), file.blob, file.reader_version);
    const auto count = [&](Taken taken) {
      return static_cast<std::int64_t>(std::ranges::count(outcomes, taken, &Outcome::taken));
    };
    const std::int64_t added = count(Taken::added), updated = count(Taken::updated);
    if (added + updated == 0) return {};
    Json payload = Json::object({{"added", added}, {"updated", updated}});
    Json works = Json::array();
    for (const Outcome& o : outcomes) {
      if (o.taken != Taken::unchanged) works.push(o.work_id);
    }
    payload.set("works", std::move(works));
    TRY_ASSIGN(const store::LedgerEvent event,
               store_.ledger().append({"corpus", "added", options_.actor, options_.operator_name, std::move(payload)}, now));
    return {};
  }

  // The same bytes at another path: one more occurrence of each of their sources.
  void outcomes_again(const std::string& path, const Sha256& blob) {
    for (const store::SourceId id : store_.sources().of_blob(blob)) {
      const std::optional<store::Source> source = store_.sources().get(id);
      if (source && source->status == store::SourceStatus::current && !store_.sources().at_origin(path, source->local_id))
        store_.sources().set_origin(path, source->local_id, id);
    }
  }

  void report(const std::vector<Outcome>& outcomes) {
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      Item& item = waiting_[i].item;
      item.status = name(outcomes[i].taken);
      item.work_id = outcomes[i].work_id;
      item.changes = outcomes[i].changes;
      std::size_t* const totals[] = {&counts_.added, &counts_.updated, &counts_.unchanged};
      ++*totals[static_cast<std::size_t>(outcomes[i].taken)];
      if (observer_.item) observer_.item(item);
    }
  }

  store::Store& store_;
  const Clock& clock_;
  const AddOptions& options_;
  const AddObserver& observer_;
  AddCounts& counts_;
  std::vector<Waiting> waiting_;
  std::vector<store::Incoming> kept_;
  struct Complete {
    Sha256 blob;
    int reader_version = 0;
    std::optional<std::uint32_t> children;
  };
  std::vector<Complete> complete_;
  std::vector<std::pair<std::string, Sha256>> again_;
  std::unordered_set<std::string> synced_;
  std::size_t bytes_ = 0;
  std::size_t limit_ = kFirstBatch;
};

class Adder {
 public:
  Adder(store::Store& store, const Clock& clock, const AddOptions& options, const AddObserver& observer)
      : store_(store), options_(options), observer_(observer), batches_(store, clock, options, observer, counts_) {}

  Result<AddCounts> run(const std::vector<std::filesystem::path>& paths) {
    std::vector<FoundFile> files = find_files(paths);
    progress_.files_total = files.size();
    for (const FoundFile& file : files) progress_.bytes_total += file.size;
    ReadAhead ahead(store_.blobs(), std::move(files), known_files(), options_);
    while (std::optional<ReadFile> file = ahead.next()) {
      TRY(take(*file));
      ++progress_.files_done;
      progress_.bytes_done += file->file.size;
      tell_progress();
      if (stopped()) break;
    }
    TRY(batches_.flush());
    tell_progress();
    counts_.interrupted = stopped();
    return counts_;
  }

 private:
  bool stopped() const { return options_.stop && options_.stop->load(); }
  void tell_progress() {
    progress_.entries = counts_.added + counts_.updated + counts_.unchanged;
    if (observer_.progress) observer_.progress(progress_);
  }

  std::set<std::pair<Sha256, int>> known_files() {
    std::set<std::pair<Sha256, int>> out;
    for (const store::Blobs::Row& row : store::Blobs::recorded_all(store_.db())) {
      if (row.read_by) out.emplace(row.digest, row.read_by);
    }
    return out;
  }

  void failed(const ReadFile& file, std::string reason, std::string hint, std::string local_id = {}) {
    ++counts_.failed;
    Item item;
    item.path = file.file.path.string();
    item.local_id = std::move(local_id);
    item.status = "failed";
    item.reason = std::move(reason);
    item.hint = std::move(hint);
    if (observer_.item) observer_.item(item);
  }

  void tell(Diagnostic diagnostic, const ReadFile& file) {
    diagnostic.at.path = file.file.path.string();
    if (observer_.diagnostic) observer_.diagnostic(diagnostic);
  }

  Status take(ReadFile& file) {
    counts_.parse_seconds += file.seconds;
    if (file.error) {
      if (file.fatal) return std::unexpected(*file.error);
      store_.blobs().discard(file.incoming);
      if (file.format == Format::unknown && !file.file.claimed) ++counts_.skipped;
      else failed(file, file.error->message, file.error->hint);
      return {};
    }
    ++counts_.files;
    counts_.bytes += file.incoming.size;
    if (file.known) return take_known(file);
    return read_here(file) ? take_entries(file) : take_extraction(file);
  }

  // Every entry is stored: nothing to read, one more occurrence at most.
  Status take_known(ReadFile& file) {
    TRY(batches_.flush());
    const std::string path = file.file.path.string();
    EntryNames local_ids;
    bool moves = false;
    for (const store::SourceId id : store_.sources().of_blob(file.incoming.digest)) {
      const std::optional<store::Source> source = store_.sources().get(id);
      if (!source) continue;
      local_ids.take(source->local_id);
      const auto here = store_.sources().at_origin(path, source->local_id);
      moves = moves || (here && *here != id) || source->status != store::SourceStatus::current;
    }
    moves = moves || (read_here(file) && !gives_all_of(path, file.incoming.digest));
    TRY(store_.db().take_status());
    if (moves) {  // an older state of the file is back: read it again, origins move
      file.known = false;
      return take_again(file);
    }
    batches_.known_again(path, file.incoming.digest);
    TRY(batches_.flush());
    report_unchanged(file);
    tell_vanished(path, local_ids);
    return {};
  }

  // An entry that stood in another file first is that file's source: then the sources of this file's bytes are not all that it gives.
  bool gives_all_of(const std::string& path, const Sha256& blob) {
    const std::vector<store::SourceId> sources = store_.sources().of_blob(blob);
    const std::set<store::SourceId> expected(sources.begin(), sources.end());
    std::size_t count = 0, known = 0;
    store_.sources().for_each_origin_at(path, [&](std::string_view, store::SourceId source) {
      ++count;
      known += expected.contains(source) ? 1u : 0u;
    });
    return count > 0 && count == sources.size() && known == count;
  }

  Status take_again(ReadFile& file) {
    if (read_here(file)) return take_entries(file);
    TRY_ASSIGN(Worker worker, Worker::start(options_.limits, options_.extract_program));
    TRY_ASSIGN(file.extraction, worker.extract(file.format, file.incoming.fd.get(), file.incoming.size));
    return take_extraction(file);
  }

  void report_unchanged(const ReadFile& file) {
    for (const store::SourceId id : store_.sources().of_blob(file.incoming.digest)) {
      const std::optional<store::Source> source = store_.sources().get(id);
      if (!source) continue;
      ++counts_.unchanged;
      Item item;
      item.path = file.file.path.string();
      item.local_id = source->local_id;
      item.status = "unchanged";
      item.title = source->work.full_title();
      if (const auto work = store_.works().of_source(id)) item.work_id = store_.sources().short_id(store::SourceId(work->value));
      if (observer_.item) observer_.item(item);
    }
  }

  // But for what other reading of the same bytes gave: nobody took that out.
  void tell_vanished(const std::string& path, const EntryNames& seen, const std::optional<Sha256>& read = {}) {
    std::vector<std::string> gone;
    const auto is_of_same_bytes = [&](store::SourceId id) {
      const std::optional<store::Source> source = read ? store_.sources().get(id) : std::nullopt;
      return source && source->blob == read;
    };
    store_.sources().for_each_origin_at(path, [&](std::string_view local_id, store::SourceId source) {
      if (!seen.has(local_id) && !is_of_same_bytes(source)) gone.emplace_back(local_id);
    });
    if (!gone.empty() && observer_.vanished) observer_.vanished(path, gone);
  }

  static bool read_here(const ReadFile& file) { return formats::row(file.format).read_in == formats::ReadIn::process; }

  Status take_entries(ReadFile& file) {
    const Mapped mapped(file.incoming.fd.get(), file.incoming.size);
    if (!mapped.ok())
      return failed(file, "the file cannot be mapped into memory", "close other programs and try again"), Status{};
    const std::string path = file.file.path.string();
    const store::Incoming original{file.incoming.digest, file.incoming.size, Fd(), {}};
    EntryNames names;
    const std::unique_ptr<formats::DraftReader> reader = formats::open_reader(file.format, mapped.bytes());
    batches_.keep(std::move(file.incoming));
    Draft draft;
    while (reader->next(draft)) {
      TRY(batches_.add(waiting(draft, file, original, names.take(draft.local_id))));
      for (Diagnostic& d : reader->take_diagnostics()) tell(std::move(d), file);
      tell_progress();
      if (stopped()) return {};
    }
    for (Diagnostic& d : reader->take_diagnostics()) tell(std::move(d), file);
    batches_.complete(original.digest, formats::row(file.format).reader_version);
    TRY(batches_.flush());
    tell_vanished(path, names);
    return {};
  }

  Status take_extraction(ReadFile& file) {
    const formats::Outcome outcome = file.extraction.outcome;
    const bool good = outcome == formats::Outcome::ok || outcome == formats::Outcome::partial;
    if (!good || file.extraction.drafts.empty()) {
      const Diagnostic* why = nullptr;
      for (const Diagnostic& d : file.extraction.diagnostics) why = !why || d.severity > why->severity ? &d : why;
      store_.blobs().discard(file.incoming);
      Location at = why ? why->at : Location{};
      const std::string place = at.page   ? fmt::format(" (page {})", at.page)
                                : at.line ? fmt::format(" (line {})", at.line)
                                          : std::string();
      failed(file, (why ? why->message : std::string(formats::name(outcome))) + place, why ? why->hint : "");
      return {};
    }
    for (Diagnostic& d : file.extraction.diagnostics) tell(std::move(d), file);
    const store::Incoming original{file.incoming.digest, file.incoming.size, Fd(), {}};
    EntryNames names;
    batches_.keep(std::move(file.incoming));
    const std::size_t count = file.extraction.drafts.size();
    const bool numbered = outcome == formats::Outcome::ok &&
                          std::ranges::none_of(file.extraction.drafts, [](const Draft& d) { return d.key.has_value(); });
    const std::optional<std::uint32_t> children = numbered ? std::optional(static_cast<std::uint32_t>(count)) : std::nullopt;
    for (std::size_t i = 0; i < count; ++i) {
      Draft& draft = file.extraction.drafts[i];
      const bool named = !draft.local_id.empty() || !draft.child;
      const std::string local_id = names.take(named ? draft.local_id : fmt::format("#{}", draft.child));
      if (i + 1 == count) batches_.complete(original.digest, formats::row(file.format).reader_version, children);
      TRY(batches_.add(waiting(draft, file, original, local_id)));
    }
    tell_vanished(file.file.path.string(), names, original.digest);
    return {};
  }

  Waiting waiting(Draft& draft, const ReadFile& file, const store::Incoming& original, const std::string& local_id) const {
    const formats::FormatRow& format = formats::row(file.format);
    Waiting out;
    store::Source& source = out.source.source;
    source.key = draft.key ? *draft.key : file_key(original.digest, draft.child);
    source.kind = format.kind;
    source.format = format.name;
    source.blob = original.digest;
    source.child = draft.child;
    source.begin = draft.begin;
    source.end = draft.end;
    source.line = draft.line;
    source.local_id = local_id;
    source.reader_version = format.reader_version;
    if (draft.body) out.source.passages = passages(*draft.body);
    if (draft.body && is_structured(*draft.body)) out.source.body = std::move(*draft.body);
    out.source.reviews = std::move(draft.reviews);
    if (draft.key) count_from_entry(draft);
    source.work = std::move(draft.work);
    out.source.path = file.file.path.string();
    out.source.local_id = local_id;
    if (format.kind != bib::SourceKind::bibliographic)  // what stands beside the article is read with the right of its file
      out.source.files.push_back(attached(file, original, source.work));
    out.item.path = out.source.path;
    out.item.local_id = local_id;
    out.item.title = source.work.full_title();
    return out;
  }

  store::FileRow attached(const ReadFile& file, const store::Incoming& original, const bib::Work& work) const {
    store::FileRow out;
    out.blob = original.digest;
    out.name = to_valid_utf8(file.file.path.filename().string());
    out.media = formats::row(file.format).media_type;
    out.role = bib::FileRole::full_text;
    out.licence = work.text(bib::FieldId::license);
    out.access = options_.access;
    return out;
  }

  store::Store& store_;
  const AddOptions& options_;
  const AddObserver& observer_;
  AddCounts counts_;
  AddProgress progress_;
  Batches batches_;
};

}  // namespace

Result<AddCounts> add_paths(store::Store& store,
                            const Clock& clock,
                            const std::vector<std::filesystem::path>& paths,
                            const AddOptions& options,
                            const AddObserver& observer) {
  return Adder(store, clock, options, observer).run(paths);
}

}  // namespace colophon::ingest

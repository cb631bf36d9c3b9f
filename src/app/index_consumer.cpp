// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/index_consumer.hpp"

#include <algorithm>
#include <chrono>
#include <deque>
#include <map>
#include <optional>

#include "indexer/bulk.hpp"
#include "indexer/schema.hpp"
#include "indexer/writer.hpp"
#include "ingest/recluster.hpp"
#include "review/open_review.hpp"

#include <fmt/format.h>

namespace colophon::app {
namespace {

using store::WorkId;
using store::WorkRow;
using store::WorkState;

constexpr std::size_t kBatch = 500;            // works a commit
constexpr int kRounds = 5;                     // of an update; what comes in faster waits for the next one
constexpr std::uint64_t kBulkBacklog = 5'000;  // from here on, building anew is faster than replacing

constexpr std::string_view kPublic = "public";
constexpr std::string_view kSignedIn = "signed-in";

double now_seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

bool may_read(Audience audience, const bib::Access& access, Instant now) {
  const bib::AudienceClass needed = bib::audience(access, now);
  return needed == bib::AudienceClass::public_ || (needed == bib::AudienceClass::signed_in && audience == Audience::signed_in);
}

// The files of a work by the source that they came with.
std::map<store::SourceId, std::vector<bib::Access>> access_by_source(store::Store& store, WorkId work) {
  std::map<store::SourceId, std::vector<bib::Access>> out;
  for (const store::FileRow& file : store.works().files_of(work)) out[file.source].push_back(file.access);
  return out;
}

// The texts that may stand for the work, the best first: JATS before PDF before others, the older first; open to the audience.
std::vector<store::TextRow> open_texts(store::Store& store, WorkId work, Audience audience, Instant now) {
  std::vector<store::TextRow> out = store.works().texts_of(work);
  const auto access = access_by_source(store, work);
  std::erase_if(out, [&](const store::TextRow& text) {
    const auto rules = access.find(text.source);
    return rules == access.end() ||
           std::ranges::none_of(rules->second, [&](const bib::Access& a) { return may_read(audience, a, now); });
  });
  std::ranges::stable_sort(out, {}, &store::TextRow::kind);
  return out;
}

// The one source whose text stands for the work.
std::optional<store::SourceId> text_source(store::Store& store, WorkId work, Audience audience, Instant now) {
  const std::vector<store::TextRow> texts = open_texts(store, work, audience, now);
  return texts.empty() ? std::nullopt : std::optional(texts.front().source);
}

// A work as one class of index shows it; nothing when it does not stand there.
std::optional<indexer::EntryData> entry_of(store::Store& store, const WorkRow& row, std::string_view index_class, Instant now) {
  if (row.state != WorkState::live || (index_class == kSignedIn && !row.has_files)) return std::nullopt;
  const Result<Json> json = Json::parse(row.record);
  if (!json) return std::nullopt;
  Result<bib::Work> record = bib::work_from_json(*json);
  if (!record) return std::nullopt;
  std::optional<store::SourceId> open, closed;
  if (row.has_files) {
    open = text_source(store, row.id, Audience::visitor, now);
    closed = text_source(store, row.id, Audience::signed_in, now);
  }
  const bool twin = open != closed;  // signed-in readers have another, fuller text
  if (index_class == kSignedIn && !twin) return std::nullopt;
  const auto text = index_class == kSignedIn ? closed : open;
  indexer::EntryData out{row.short_id, row.change, std::move(*record), {}, {}, {}};
  if (twin && index_class == kPublic) out.twin = kSignedIn;
  if (text) out.extra_terms.push_back({"access", text == open ? "open" : "signed-in"});
  if (text) {
    if (Result<std::vector<bib::Passage>> passages = store.works().passages(*text)) out.passages = std::move(*passages);
  }
  return out;
}

// Reads the works of one class in order of change, all of them or those of one job.
class EntryReader {
 public:
  EntryReader(
      store::Store& store, std::string index_class, std::uint64_t after, Instant now, std::size_t job = 0, std::size_t jobs = 1)
      : store_(store), class_(std::move(index_class)), after_(after), now_(now), job_(job), jobs_(jobs) {}

  Result<bool> next(indexer::EntryData& out) {
    while (true) {
      if (rows_.empty() && !fill())
        return store_.db().take_status()
                   ? Result<bool>(false)
                   : std::unexpected(Error{Errc::io, "the store cannot be read", "run “colophon verify”", {}});
      const WorkRow row = std::move(rows_.front());
      rows_.pop_front();
      if (std::optional<indexer::EntryData> entry = entry_of(store_, row, class_, now_)) {
        out = std::move(*entry);
        return true;
      }
    }
  }

 private:
  bool fill() {
    for (WorkRow& row : store_.works().changed_after(after_, kBatch, job_, jobs_)) rows_.push_back(std::move(row));
    if (!rows_.empty()) after_ = rows_.back().change;
    return !rows_.empty();
  }

  store::Store& store_;
  std::string class_;
  std::uint64_t after_;
  Instant now_;
  std::size_t job_, jobs_;
  std::deque<WorkRow> rows_;
};

indexer::Identity identity_of(const Library& library, const IndexFolder& folder) {
  return {library.id(), folder.index_class, folder.content};
}

Result<IndexFigures> build_one(Library& library, const IndexFolder& folder, std::uint64_t watermark) {
  const std::filesystem::path library_folder = library.folder();
  TRY(make_directory(folder.path.parent_path()));  // somebody may have removed all of index/
  const Instant now = library.clock().now();
  const indexer::StreamFactory streams = [&](std::size_t job, std::size_t jobs) -> Result<indexer::Stream> {
    // Each job is a process of its own and must not use the connection of its parent.
    TRY_ASSIGN(store::Store opened, store::Store::open(library_folder));
    auto store = std::make_shared<store::Store>(std::move(opened));
    auto reader = std::make_shared<EntryReader>(*store, folder.index_class, 0, now, job, jobs);
    return indexer::Stream([store, reader](indexer::EntryData& entry) { return reader->next(entry); });
  };
  indexer::BulkOptions options;
  options.jobs = library.may_fork() ? jobs_of(library.settings(), "index.jobs") : 1;
  options.watermark = watermark;
  options.identity = identity_of(library, folder);
  TRY_ASSIGN(const indexer::BulkFigures figures, indexer::build(folder.path, options, streams));
  return IndexFigures{figures.documents, figures.seconds, true};
}

// Replaces documents above the watermark, batch by batch.
Result<IndexFigures> catch_up(Library& library, const IndexFolder& folder, std::uint64_t last) {
  IndexFigures out;
  const double start = now_seconds();
  TRY_ASSIGN(indexer::Writer writer, indexer::Writer::open(folder.path, identity_of(library, folder)));
  std::uint64_t at = writer.watermark();
  const Instant now = library.clock().now();
  while (at < last) {
    for (const WorkRow& row : library.store().works().changed_after(at, kBatch)) {
      const std::optional<indexer::EntryData> entry = entry_of(library.store(), row, folder.index_class, now);
      TRY(entry ? writer.replace(entry->entry()) : writer.remove(row.short_id));
      at = row.change;
      ++out.works;
    }
    TRY(library.store().db().take_status());
    TRY(writer.commit(at));
  }
  TRY(writer.close());
  out.seconds = now_seconds() - start;
  return out;
}

// One pass; `works` is 0 when there was nothing to do.
Result<IndexFigures> pass(Library& library, const IndexFolder& folder) {
  const std::uint64_t last = library.store().works().last_change();
  TRY(library.store().db().take_status());
  const Result<indexer::IndexStatus> status = indexer::status(folder.path);
  const bool usable =
      status && status->schema_version == indexer::kSchemaVersion && status->library == library.id() && status->watermark <= last;
  if (!usable && status && status->documents == 0 && last == 0) return IndexFigures{};
  const std::uint64_t lag = usable ? last - status->watermark : last;
  const bool mostly_new = usable && lag > kBatch && lag > status->documents;
  if (!usable || lag > kBulkBacklog || mostly_new) return build_one(library, folder, last);
  if (lag == 0) return IndexFigures{};
  Result<IndexFigures> caught = catch_up(library, folder, last);
  if (caught || caught.error().code == Errc::busy) return caught;
  return build_one(library, folder, last);  // whatever is wrong with an index, it can be made anew
}

// Gaps cost space, not answers: what hinders a compaction is no failure of an update.
void compact_when_grown(const IndexFolder& folder) {
  const Result<indexer::IndexStatus> status = indexer::status(folder.path);
  if (status && indexer::wants_compaction(*status)) (void)indexer::compact(folder.path);
}

IndexFigures sum(IndexFigures a, const IndexFigures& b) {
  return {std::max(a.works, b.works), a.seconds + b.seconds, a.rebuilt || b.rebuilt};
}

// Until nothing is left: works go on changing while an index is built.
Result<IndexFigures> update_one(Library& library, const IndexFolder& folder) {
  IndexFigures out;
  for (int round = 0; round < kRounds; ++round) {
    TRY_ASSIGN(const IndexFigures one, pass(library, folder));
    if (one.seconds == 0) break;
    out = {out.works + one.works, out.seconds + one.seconds, out.rebuilt || one.rebuilt};
  }
  if (out.seconds > 0 && !out.rebuilt) compact_when_grown(folder);
  return out;
}

}  // namespace

std::vector<IndexFolder> index_folders(const Library& library) {
  using enum indexer::Content;
  std::vector<IndexFolder> out;
  for (const indexer::Content content : {works, fingerprints}) {
    const auto add = [&](std::string_view index_class, Audience audience) {
      const std::string folder = std::string(index_class) + (content == fingerprints ? "-overlap" : "");
      out.push_back({std::string(index_class), library.folder() / "index" / folder, audience, content});
    };
    add(kPublic, Audience::visitor);
    add(kSignedIn, Audience::signed_in);
  }
  return out;
}

std::vector<std::filesystem::path> open_folders(const Library& library, Audience audience, indexer::Content content) {
  std::vector<std::filesystem::path> out;
  for (const IndexFolder& folder : index_folders(library)) {
    const bool open = folder.audience == Audience::visitor || audience == Audience::signed_in;
    if (open && folder.content == content) out.push_back(folder.path);
  }
  return out;
}

Result<IndexFigures> update_index(Library& library) {
  const Instant now = library.clock().now();
  if (!library.store().works().due(now).empty()) {
    TRY(library.store().write([&]() -> Status { return ingest::reclass_due(library.store(), now), Status{}; }));
  }
  IndexFigures out;
  for (const IndexFolder& folder : index_folders(library)) {
    TRY_ASSIGN(const IndexFigures one, update_one(library, folder));
    out = sum(out, one);
  }
  return out;
}

Result<IndexFigures> rebuild_index(Library& library) {
  IndexFigures out;
  for (const IndexFolder& folder : index_folders(library)) {
    const std::uint64_t last = library.store().works().last_change();
    TRY(library.store().db().take_status());
    TRY_ASSIGN(IndexFigures one, build_one(library, folder, last));
    TRY_ASSIGN(const IndexFigures replayed, update_one(library, folder));
    one.seconds += replayed.seconds;
    out = sum(out, one);
  }
  return out;
}

Result<std::vector<CompactFigures>> compact_indexes(Library& library) {
  std::vector<CompactFigures> out;
  for (const IndexFolder& folder : index_folders(library)) {
    TRY_ASSIGN(const indexer::IndexStatus before, indexer::status(folder.path));
    TRY(indexer::compact(folder.path));
    TRY_ASSIGN(const indexer::IndexStatus after, indexer::status(folder.path));
    out.push_back({folder.name(), before.bytes, after.bytes});
  }
  return out;
}

Result<std::vector<IndexProblem>> check_indexes(Library& library) {
  std::vector<IndexProblem> out;
  for (const IndexFolder& folder : index_folders(library)) {
    const auto problem = [&](std::string what) { out.push_back({folder.name(), std::move(what)}); };
    const Result<indexer::FileReport> files = indexer::verify_files(folder.path);
    if (!files && files.error().code == Errc::busy) return std::unexpected(files.error());
    if (!files) {
      problem(files.error().message);
      continue;
    }
    for (const indexer::FileCheck& file : files->files) {
      if (file.state == indexer::FileState::missing) problem(file.name + " is missing");
      if (file.state == indexer::FileState::changed) problem(file.name + " is not what was written");
    }
    if (files->structure_errors) problem("its structure is damaged");
    if (!files->good()) continue;  // searching on damaged blocks is undefined
    if (const Status probed = indexer::probe(folder.path); !probed) problem(probed.error().message);
  }
  return out;
}

Result<std::uint64_t> index_lag(Library& library) {
  const std::uint64_t last = library.store().works().last_change();
  TRY(library.store().db().take_status());
  std::uint64_t lag = 0;
  for (const IndexFolder& folder : index_folders(library)) {
    const Result<indexer::IndexStatus> status = indexer::status(folder.path);
    lag = std::max(lag, status && status->watermark <= last ? last - status->watermark : last);
  }
  return lag + library.store().works().due(library.clock().now()).size();
}

Result<std::vector<std::string>> index_differences(Library& library) {
  std::vector<std::string> out;
  const TemporaryFolder scratch;
  for (const IndexFolder& folder : index_folders(library)) {
    TRY_ASSIGN(auto stands, indexer::dump(folder.path));
    const std::filesystem::path anew = scratch.path() / folder.name();
    {
      TRY_ASSIGN(indexer::Writer writer, indexer::Writer::open(anew, identity_of(library, folder)));
      EntryReader reader(library.store(), folder.index_class, 0, library.clock().now());
      indexer::EntryData entry;
      while (true) {
        TRY_ASSIGN(const bool more, reader.next(entry));
        if (!more) break;
        TRY(writer.replace(entry.entry()));
      }
      TRY(writer.commit(1));
      TRY(writer.close());
    }
    TRY_ASSIGN(auto should, indexer::dump(anew));
    for (const auto& [id, text] : should) {
      const auto found = stands.find(id);
      if (found == stands.end()) out.push_back(fmt::format("{}: {} is missing", folder.name(), id));
      else if (found->second != text) out.push_back(fmt::format("{}: {} differs", folder.name(), id));
    }
    for (const auto& [id, text] : stands) {
      if (!should.contains(id)) out.push_back(fmt::format("{}: {} should not be there", folder.name(), id));
    }
  }
  return out;
}

std::vector<bib::Passage> passages_for(store::Store& store, WorkId work, Audience audience, Instant now) {
  const std::optional<store::SourceId> source = text_source(store, work, audience, now);
  if (!source) return {};
  Result<std::vector<bib::Passage>> out = store.works().passages(*source);
  return out ? std::move(*out) : std::vector<bib::Passage>{};
}

std::optional<PrintedText> printed_text(store::Store& store, WorkId work, Audience audience, Instant now) {
  const std::vector<store::TextRow> texts = open_texts(store, work, audience, now);
  const auto pdf = std::ranges::find(texts, bib::SourceKind::pdf, &store::TextRow::kind);
  if (pdf == texts.end()) return std::nullopt;
  for (const store::FileRow& file : store.works().files_of(work)) {
    if (file.source != pdf->source || file.media != "application/pdf" || !may_read(audience, file.access, now)) continue;
    Result<std::vector<bib::Passage>> pages = store.works().passages(pdf->source);
    return pages ? std::optional(PrintedText{file.id, std::move(*pages)}) : std::nullopt;
  }
  return std::nullopt;
}

bib::Document body_for(store::Store& store, WorkId work, Audience audience, Instant now) {
  const std::optional<store::SourceId> source = text_source(store, work, audience, now);
  if (!source) return {};
  Result<bib::Document> out = store.works().body(*source);
  return out ? std::move(*out) : bib::Document{};
}

std::vector<bib::PeerReview> reviews_for(store::Store& store, WorkId work, Audience audience, Instant now) {
  const std::optional<store::SourceId> id = text_source(store, work, audience, now);
  const std::optional<store::Source> source = id ? store.sources().get(*id) : std::nullopt;
  if (!source) return {};
  Result<std::vector<bib::PeerReview>> kept = store.works().reviews(*id);
  return kept ? review::open_reviews(source->work, std::move(*kept)) : std::vector<bib::PeerReview>{};
}

}  // namespace colophon::app

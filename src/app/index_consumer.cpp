// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/index_consumer.hpp"

#include <algorithm>
#include <chrono>
#include <deque>

#include "app/index_feed.hpp"
#include "app/submissions.hpp"
#include "app/thesaurus.hpp"
#include "config/shard.hpp"
#include "indexer/bulk.hpp"
#include "indexer/schema.hpp"
#include "indexer/writer.hpp"
#include "ingest/recluster.hpp"

#include <fmt/format.h>

namespace colophon::app {
namespace {

constexpr std::size_t kBatch = 500;            // changes a commit
constexpr int kRounds = 5;                     // of an update; what comes in faster waits for the next one
constexpr std::uint64_t kBulkBacklog = 5'000;  // from here on, building anew is faster than replacing

double now_seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

// Reads what stands in one index in order of change, all of it or one share.
class EntryReader {
 public:
  EntryReader(store::Store& store,
              IndexFolder folder,
              const Concepts& concepts,
              Instant now,
              std::size_t share = 0,
              std::size_t shares = 1)
      : store_(store), folder_(std::move(folder)), concepts_(concepts), now_(now), range_{0, kBatch, share, shares} {}

  Result<bool> next(indexer::EntryData& out) {
    while (true) {
      if (waiting_.empty() && !fill())
        return store_.db().take_status()
                   ? Result<bool>(false)
                   : std::unexpected(Error{Errc::io, "the store cannot be read", "run “colophon verify”", {}});
      const Changed one = std::move(waiting_.front());
      waiting_.pop_front();
      if (std::optional<indexer::EntryData> entry = one.entry()) {
        out = std::move(*entry);
        out.concepts = concepts_.finder.get();
        return true;
      }
    }
  }

 private:
  bool fill() {
    for (Changed& one : feed_of(folder_).read(store_, folder_, now_, range_)) waiting_.push_back(std::move(one));
    if (!waiting_.empty()) range_.after = waiting_.back().change;
    return !waiting_.empty();
  }

  store::Store& store_;
  IndexFolder folder_;
  Concepts concepts_;
  Instant now_;
  FeedRange range_;
  std::deque<Changed> waiting_;
};

// Fingerprints name no concepts.
indexer::Identity identity_of(Library& library, const IndexFolder& folder) {
  const bool names_concepts = folder.content == indexer::Content::works;
  return {library.id(), folder.index_class, folder.content, names_concepts ? concepts(library).digest : std::string(),
          folder.shards};
}

// Whether its documents can be brought in line one by one.
bool usable(const Result<indexer::IndexStatus>& status, Library& library, const IndexFolder& folder, std::uint64_t last) {
  return status && status->schema_version == indexer::kSchemaVersion && status->library == library.id() &&
         status->shards == folder.shards && status->thesaurus == identity_of(library, folder).thesaurus &&
         status->watermark <= last;
}

Result<IndexFigures> build_one(Library& library, const IndexFolder& folder, std::uint64_t watermark) {
  const std::filesystem::path library_folder = library.folder();
  TRY(make_directory(folder.path.parent_path()));  // somebody may have removed all of index/
  TRY(feed_of(folder).prepare(library, 0));
  const Instant now = library.clock().now();
  const Concepts known = concepts(library);
  const indexer::StreamFactory streams = [&](std::size_t share, std::size_t shares) -> Result<indexer::Stream> {
    // Each job is a process of its own and must not use the connection of its parent.
    TRY_ASSIGN(store::Store opened, store::Store::open(library_folder));
    auto store = std::make_shared<store::Store>(std::move(opened));
    auto reader = std::make_shared<EntryReader>(*store, folder, known, now, share, shares);
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
  TRY(feed_of(folder).prepare(library, at));
  const Instant now = library.clock().now();
  const Concepts known = concepts(library);
  while (at < last) {
    for (const Changed& one : feed_of(folder).read(library.store(), folder, now, {.after = at, .limit = kBatch})) {
      std::optional<indexer::EntryData> entry = one.entry();
      if (entry) entry->concepts = known.finder.get();
      TRY(entry ? writer.replace(entry->entry()) : writer.remove(one.id));
      at = one.change;
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
  const Feed& feed = feed_of(folder);
  const std::uint64_t last = feed.last(library.store());
  TRY(library.store().db().take_status());
  const Result<indexer::IndexStatus> status = indexer::status(folder.path);
  const bool good = usable(status, library, folder, last);
  if (!good && status && status->documents == 0 && last == 0) return IndexFigures{};
  const std::uint64_t lag = feed.waiting(library.store(), good ? status->watermark : 0);
  const bool mostly_new = good && lag > kBatch && lag > status->documents;
  if (!good || lag > kBulkBacklog || mostly_new) return build_one(library, folder, last);
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
  const std::size_t shards = std::max<std::size_t>(1, library.settings().list("index.shards").size());
  std::vector<IndexFolder> out;
  for (const indexer::Content content : {works, fingerprints}) {
    const auto add = [&](std::string_view index_class, Audience audience) {
      const std::string folder = std::string(index_class) + (content == fingerprints ? "-overlap" : "");
      out.push_back({std::string(index_class), library.folder() / "index" / folder, audience, content, {}, shards});
    };
    add(kPublicClass, Audience::visitor);
    add(kSignedInClass, Audience::signed_in);
  }
  for (const review::Workflow& workflow : workflows()) {
    const std::string index_class = "submissions-" + workflow.key;
    out.push_back({index_class, library.folder() / "index" / index_class, {}, works, workflow.key});
  }
  return out;
}

std::vector<std::filesystem::path> open_folders(const Library& library, Audience audience, indexer::Content content) {
  std::vector<std::filesystem::path> out;
  for (const IndexFolder& folder : index_folders(library)) {
    const bool open = folder.audience == Audience::visitor || audience == Audience::signed_in;
    if (open && folder.content == content && folder.workflow.empty()) out.push_back(folder.path);
  }
  return out;
}

indexer::HostsOfShards hosts_of(const Library& library) {
  std::vector<std::optional<indexer::Host>> hosts;
  for (const std::string& text : library.settings().list("index.shards")) {
    const Result<config::ShardPlace> place = config::parse_shard_place(text);
    const bool away = place && !place->host.empty();
    hosts.push_back(away ? std::optional(indexer::Host{place->host, place->port}) : std::nullopt);
  }
  if (std::ranges::none_of(hosts, [](const auto& host) { return host.has_value(); })) return {};
  return {{open_folders(library, Audience::visitor, indexer::Content::works).front(), std::move(hosts)}};
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
    const std::uint64_t last = feed_of(folder).last(library.store());
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
  std::uint64_t lag = 0;
  for (const IndexFolder& folder : index_folders(library)) {
    const Feed& feed = feed_of(folder);
    const Result<indexer::IndexStatus> status = indexer::status(folder.path);
    const bool good = usable(status, library, folder, feed.last(library.store()));
    lag = std::max(lag, feed.waiting(library.store(), good ? status->watermark : 0));
  }
  TRY(library.store().db().take_status());
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
      EntryReader reader(library.store(), folder, concepts(library), library.clock().now());
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

}  // namespace colophon::app

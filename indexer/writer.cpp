// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/writer.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "base/io.hpp"
#include "indexer/changed.hpp"
#include "indexer/columns.hpp"
#include "indexer/document.hpp"
#include "indexer/families.hpp"
#include "indexer/frequent.hpp"
#include "indexer/inspect.hpp"
#include "indexer/metadata.hpp"
#include "indexer/schema.hpp"
#include "indexer/shards.hpp"
#include "indexer/xapian_error.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

constexpr std::size_t kFlushBytes = 8u << 20;
constexpr std::uint64_t kHashedAtCommit = 8u << 20;

std::uint64_t to_number(const std::string& text) {
  std::uint64_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

// A new index is made beside its place and moved there when it is whole: who is killed meanwhile leaves no half of one.
Status create(const std::filesystem::path& dir, const Identity& identity) {
  const auto beside = [&](std::string_view ending) {
    return dir.parent_path() / (dir.filename().string() + std::string(ending));
  };
  if (dir.has_parent_path()) TRY(make_directory(dir.parent_path()));
  TRY_ASSIGN(const FileLock alone, FileLock::take(beside(".build-lock"), LockKind::exclusive));
  if (is_index(dir)) return {};
  const std::filesystem::path fresh = beside(".new");
  std::error_code error;
  std::filesystem::remove_all(fresh, error);
  TRY(make_directory(fresh));
  TRY(guarded("create the index", fresh, [&] {
    for (std::size_t shard = 0; shard < identity.shards; ++shard) {
      Xapian::WritableDatabase made(shard_folder(fresh, shard, identity.shards).string(),
                                    Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS);
      introduce(made, identity, shard, 0);
      commit_numbered(made);
    }
  }));
  std::filesystem::remove_all(dir, error);
  std::filesystem::rename(fresh, dir, error);
  if (error) return std::unexpected(io_error(error.value(), "create the index", dir));
  return sync_directory(dir.parent_path());
}

}  // namespace

struct Writer::Impl {
  struct Shard {
    std::filesystem::path dir;
    Xapian::WritableDatabase database;
    std::optional<Columns> columns = {};  // as of the last commit, with what was replaced since
    std::optional<Changed> changed = {};  // since the lists of frequent terms were made
  };
  std::filesystem::path dir;
  std::vector<Shard> shards;
  Content content{};
  Analyser analyser;
  std::uint64_t watermark = 0;
  std::size_t pending = 0;
  bool touched = false;

  void open(const std::filesystem::path& at) {
    shards.push_back({at, Xapian::WritableDatabase(at.string(), Xapian::DB_OPEN)});
    const std::uint64_t known = to_number(shards.back().database.get_metadata(std::string(metadata::kWatermark)));
    watermark = shards.size() == 1 ? known : std::min(watermark, known);
  }

  Shard& shard_for(std::string_view id) { return shards[shard_of(id, shards.size())]; }

  // From the first change on the files may differ from their checksums, until the next commit.
  void touch() {
    if (touched) return;
    std::error_code ignored;
    for (Shard& shard : shards) {
      std::filesystem::remove(shard.dir / metadata::kChecksumFile, ignored);
      if (content == Content::works && !shard.columns) shard.columns.emplace(Columns::of(shard.dir, shard.database));
      if (content == Content::works && !shard.changed) shard.changed = Frequent::changes(shard.dir, shard.database);
      Changed::note_unknown(shard.database);
    }
    touched = true;
  }

  static void commit_shard(Shard& shard) {
    if (shard.changed) shard.changed->note(shard.database);
    commit_numbered(shard.database);
  }

  void replace(const Entry& entry, const Xapian::Document& document) {
    Shard& shard = shard_for(entry.id);
    const Xapian::docid number = shard.database.replace_document(std::string(kIdPrefix) + entry.id, document);
    if (shard.columns) shard.columns->set(number, document);
    if (shard.changed) shard.changed->add(number);
  }

  void remove(std::string_view id) {
    Shard& shard = shard_for(id);
    const std::string term = std::string(kIdPrefix) + std::string(id);
    for (auto it = shard.database.postlist_begin(term); shard.changed && it != shard.database.postlist_end(term); ++it)
      shard.changed->add(*it);
    shard.database.delete_document(term);
  }

  void commit(std::uint64_t change) {
    if (content == Content::works) {
      std::vector<Xapian::WritableDatabase> all;
      for (const Shard& shard : shards) all.push_back(shard.database);
      Families::note(all);
    }
    for (Shard& shard : shards) {
      shard.database.set_metadata(std::string(metadata::kWatermark), std::to_string(change));
      commit_shard(shard);
    }
    watermark = change;
    pending = 0;
    touched = false;
  }

  Status save_columns(Shard& shard) const {
    if (!shard.columns) return {};
    return guarded("commit to the index", shard.dir, [&] { return shard.columns->save(shard.dir, shard.database); });
  }

  void flush_when_full(std::size_t bytes) {
    pending += bytes;
    if (pending < kFlushBytes) return;
    for (Shard& shard : shards) {
      commit_shard(shard);
      Changed::note_unknown(shard.database);
    }
    pending = 0;
  }
};

Writer::Writer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Writer::Writer(Writer&&) noexcept = default;
Writer& Writer::operator=(Writer&&) noexcept = default;
Writer::~Writer() = default;

Result<Writer> Writer::open(const std::filesystem::path& dir, const Identity& identity) {
  if (!is_index(dir)) TRY(create(dir, identity));
  auto impl = std::make_unique<Impl>();
  impl->dir = dir;
  impl->content = identity.content;
  const std::vector<std::filesystem::path> folders = shards_in(dir);
  TRY(guarded("open the index for writing", dir, [&] {
    for (const std::filesystem::path& folder : folders) impl->open(folder);
  }));
  std::string why = folders.size() == identity.shards ? "" : "the index is in another number of shards";
  for (std::size_t i = 0; i < folders.size() && why.empty(); ++i) why = mismatch(impl->shards[i].database, identity, i);
  if (!why.empty()) return fail(Errc::conflict, why, "rebuild the index", dir.string());
  return Writer(std::move(impl));
}

Result<void> Writer::replace(const Entry& entry) {
  return guarded("write to the index", impl_->dir, [&] {
    impl_->touch();
    std::size_t bytes = 0;
    const Xapian::Document document = make_document(document_terms(impl_->content, entry, impl_->analyser), bytes);
    impl_->replace(entry, document);
    impl_->flush_when_full(bytes);
  });
}

Result<void> Writer::remove(std::string_view id) {
  return guarded("write to the index", impl_->dir, [&] {
    impl_->touch();
    impl_->remove(id);
  });
}

Result<void> Writer::commit(std::uint64_t watermark) {
  TRY(guarded("commit to the index", impl_->dir, [&] {
    impl_->touch();
    impl_->commit(watermark);
  }));
  for (Impl::Shard& shard : impl_->shards) TRY(impl_->save_columns(shard));
  return write_checksums(impl_->dir, kHashedAtCommit);
}

std::uint64_t Writer::watermark() const { return impl_->watermark; }
std::uint64_t Writer::documents() const {
  std::uint64_t out = 0;
  for (const Impl::Shard& shard : impl_->shards) out += shard.database.get_doccount();
  return out;
}

Result<void> Writer::close() {
  TRY(guarded("close the index", impl_->dir, [&]() -> Status {
    for (Impl::Shard& shard : impl_->shards) {
      if (impl_->content == Content::works && !impl_->touched && Frequent::wanted(shard.dir, shard.database))
        TRY(Frequent::make(shard.dir, shard.database));
      shard.database.close();
    }
    return {};
  }));
  return write_checksums(impl_->dir);
}

}  // namespace colophon::indexer

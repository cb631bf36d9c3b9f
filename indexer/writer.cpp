// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/writer.hpp"

#include <charconv>
#include <optional>

#include "base/io.hpp"
#include "indexer/columns.hpp"
#include "indexer/document.hpp"
#include "indexer/families.hpp"
#include "indexer/inspect.hpp"
#include "indexer/metadata.hpp"
#include "indexer/schema.hpp"
#include "indexer/xapian_error.hpp"

#include <fmt/format.h>
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

void introduce(Xapian::WritableDatabase& database, const Identity& identity) {
  database.set_metadata(std::string(metadata::kSchema), std::to_string(kSchemaVersion));
  database.set_metadata(std::string(metadata::kLibrary), identity.library);
  database.set_metadata(std::string(metadata::kClass), identity.index_class);
  database.set_metadata(std::string(metadata::kContent), std::string(name(identity.content)));
  database.set_metadata(std::string(metadata::kThesaurus), identity.thesaurus);
  database.set_metadata(std::string(metadata::kWatermark), "0");
  database.commit();
}

// A mismatch in words, or empty.
std::string mismatch(const Xapian::Database& database, const Identity& identity) {
  const auto has = [&](std::string_view key) { return database.get_metadata(std::string(key)); };
  if (has(metadata::kSchema) != std::to_string(kSchemaVersion))
    return fmt::format("the index has schema version {}, this program writes {}", has(metadata::kSchema), kSchemaVersion);
  if (!identity.library.empty() && has(metadata::kLibrary) != identity.library) return "the index belongs to another library";
  if (has(metadata::kClass) != identity.index_class)
    return fmt::format("the index holds the class {}, not {}", has(metadata::kClass), identity.index_class);
  if (has(metadata::kContent) != name(identity.content))
    return fmt::format("the index holds {}, not {}", has(metadata::kContent), name(identity.content));
  if (has(metadata::kThesaurus) != identity.thesaurus) return "the index was made with another thesaurus";
  return {};
}

// A new index is made beside its place and moved there when it is whole: who is killed meanwhile leaves no half of one.
Status create(const std::filesystem::path& dir, const Identity& identity) {
  const auto beside = [&](std::string_view ending) {
    return dir.parent_path() / (dir.filename().string() + std::string(ending));
  };
  if (dir.has_parent_path()) TRY(make_directory(dir.parent_path()));
  TRY_ASSIGN(const FileLock alone, FileLock::take(beside(".build-lock"), LockKind::exclusive));
  if (std::filesystem::exists(dir / "iamglass")) return {};
  const std::filesystem::path fresh = beside(".new");
  std::error_code error;
  std::filesystem::remove_all(fresh, error);
  TRY(guarded("create the index", fresh, [&] {
    Xapian::WritableDatabase made(fresh.string(), Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS);
    introduce(made, identity);
  }));
  std::filesystem::remove_all(dir, error);
  std::filesystem::rename(fresh, dir, error);
  if (error) return std::unexpected(io_error(error.value(), "create the index", dir));
  return sync_directory(dir.parent_path());
}

}  // namespace

struct Writer::Impl {
  std::filesystem::path dir;
  Xapian::WritableDatabase database;
  Content content{};
  Analyser analyser;
  std::uint64_t watermark = 0;
  std::size_t pending = 0;
  bool touched = false;
  std::optional<Columns> columns;  // as of the last commit, with what was replaced since

  // From the first change on the files may differ from their checksums, until the next commit.
  void touch() {
    if (touched) return;
    std::error_code ignored;
    std::filesystem::remove(dir / metadata::kChecksumFile, ignored);
    touched = true;
    if (content == Content::works && !columns) columns.emplace(Columns::of(dir, database));
  }

  Status save_columns() {
    if (!columns) return {};
    return guarded("commit to the index", dir, [&] { return columns->save(dir, database); });
  }

  void flush_when_full(std::size_t bytes) {
    pending += bytes;
    if (pending < kFlushBytes) return;
    database.commit();
    pending = 0;
  }
};

Writer::Writer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Writer::Writer(Writer&&) noexcept = default;
Writer& Writer::operator=(Writer&&) noexcept = default;
Writer::~Writer() = default;

Result<Writer> Writer::open(const std::filesystem::path& dir, const Identity& identity) {
  if (!std::filesystem::exists(dir / "iamglass")) TRY(create(dir, identity));
  TRY_ASSIGN(auto impl, guarded("open the index for writing", dir, [&] {
               auto made = std::make_unique<Impl>();
               made->dir = dir;
               made->content = identity.content;
               made->database = Xapian::WritableDatabase(dir.string(), Xapian::DB_OPEN);
               made->watermark = to_number(made->database.get_metadata(std::string(metadata::kWatermark)));
               return made;
             }));
  if (const std::string why = mismatch(impl->database, identity); !why.empty())
    return fail(Errc::conflict, why, "rebuild the index", dir.string());
  return Writer(std::move(impl));
}

Result<void> Writer::replace(const Entry& entry) {
  return guarded("write to the index", impl_->dir, [&] {
    impl_->touch();
    std::size_t bytes = 0;
    const Xapian::Document document = make_document(document_terms(impl_->content, entry, impl_->analyser), bytes);
    const Xapian::docid number = impl_->database.replace_document(std::string(kIdPrefix) + entry.id, document);
    if (impl_->columns) impl_->columns->set(number, document);
    impl_->flush_when_full(bytes);
  });
}

Result<void> Writer::remove(std::string_view id) {
  return guarded("write to the index", impl_->dir, [&] {
    impl_->touch();
    impl_->database.delete_document(std::string(kIdPrefix) + std::string(id));
  });
}

Result<void> Writer::commit(std::uint64_t watermark) {
  TRY(guarded("commit to the index", impl_->dir, [&] {
    impl_->touch();
    impl_->database.set_metadata(std::string(metadata::kWatermark), std::to_string(watermark));
    if (impl_->content == Content::works) Families::note(impl_->database);
    impl_->database.commit();
    impl_->watermark = watermark;
    impl_->pending = 0;
    impl_->touched = false;
  }));
  TRY(impl_->save_columns());
  return write_checksums(impl_->dir, kHashedAtCommit);
}

std::uint64_t Writer::watermark() const { return impl_->watermark; }
std::uint64_t Writer::documents() const { return impl_->database.get_doccount(); }

Result<void> Writer::close() {
  TRY(guarded("close the index", impl_->dir, [&] { impl_->database.close(); }));
  return write_checksums(impl_->dir);
}

}  // namespace colophon::indexer

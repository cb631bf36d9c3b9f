// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/inspect.hpp"

#include <algorithm>
#include <charconv>
#include <sstream>

#include "base/digest.hpp"
#include "base/io.hpp"
#include "base/text.hpp"
#include "indexer/columns.hpp"
#include "indexer/metadata.hpp"
#include "indexer/schema.hpp"
#include "indexer/shards.hpp"
#include "indexer/terms.hpp"
#include "indexer/xapian_error.hpp"

#include <fmt/format.h>
#include <unistd.h>
#include <xapian.h>

namespace colophon::indexer {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kReadBytes = 1u << 20;
constexpr std::string_view kUnchecked = "-";

std::uint64_t number(std::string_view text) {
  std::uint64_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

Xapian::Database open(const fs::path& dir) { return Xapian::Database(dir.string(), Xapian::DB_OPEN); }

// The index's own files by name, without lock and checksums.
Result<std::vector<fs::path>> files_of(const fs::path& dir) {
  std::vector<fs::path> out;
  std::error_code error;
  for (fs::directory_iterator it(dir, error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename();
    const bool beside = name == kColumnsFile || name == metadata::kTopicsFile || name == metadata::kFrequentFile;
    if (name.ends_with(".glass") || name == "iamglass" || beside) out.push_back(it->path());
  }
  if (error) return std::unexpected(io_error(error.value(), "list the index", dir));
  std::ranges::sort(out);
  return out;
}

Result<std::string> digest_of(const fs::path& path) {
  TRY_ASSIGN(const Fd file, open_read(path));
  Hasher hasher;
  std::string buffer(kReadBytes, '\0');
  for (;;) {
    const ssize_t got = ::read(file.get(), buffer.data(), buffer.size());
    if (got < 0) return std::unexpected(io_error(errno, "read", path));
    if (got == 0) return hasher.finish().hex();
    hasher.update(std::string_view(buffer).substr(0, static_cast<std::size_t>(got)));
  }
}

Terms terms_in(const Xapian::Document& document) {
  Terms out;
  for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
    if (term.get_wdf() == 0) out.booleans.push_back(*term);
    else out.postings.push_back({*term, term.get_wdf()});
  }
  for (auto value = document.values_begin(); value != document.values_end(); ++value)
    out.values[static_cast<Slot>(value.get_valueno())] = *value;
  out.data = document.get_data();
  return out;
}

// "revision 12" and lines "digest size name"; the revision is 0 when there is no such file.
struct Checksums {
  bool whole = false;  // the file is what was written
  std::uint64_t revision = 0;
  std::map<std::string, std::string> digests;
};

Checksums read_checksums(const fs::path& dir) {
  Checksums out;
  const auto text = read_file(dir / metadata::kChecksumFile, kReadBytes);
  if (!text) return out;
  for (const std::string_view line : split(*text, '\n')) {
    const auto parts = split(line, ' ');
    if (parts.size() == 2 && parts[0] == "self") {  // the last line: of all before it
      const auto before = static_cast<std::size_t>(line.data() - text->data());
      out.whole = sha256(std::string_view(*text).substr(0, before)).hex() == parts[1] && before + line.size() + 1 == text->size();
    }
    if (parts.size() == 2 && parts[0] == "revision") out.revision = number(parts[1]);
    if (parts.size() == 3) out.digests[std::string(parts[2])] = parts[0];
  }
  return out;
}

void add_shard(IndexStatus& out, const Xapian::Database& database) {
  const auto has = [&](std::string_view key) { return database.get_metadata(std::string(key)); };
  const bool first = out.revision == 0;
  const std::uint64_t watermark = number(has(metadata::kWatermark));
  out.documents += database.get_doccount();
  out.watermark = first ? watermark : std::min(out.watermark, watermark);
  out.revision += database.get_revision();
  out.compacted_bytes += number(has(metadata::kCompacted));
  out.shards += first ? 0 : 1;
  out.schema_version = static_cast<int>(number(has(metadata::kSchema)));
  out.library = has(metadata::kLibrary);
  out.index_class = has(metadata::kClass);
  out.thesaurus = has(metadata::kThesaurus);
}

Result<FileState> state_of(const fs::path& path, const std::string& expected) {
  if (expected == kUnchecked) return FileState::unchecked;
  if (!fs::exists(path)) return FileState::missing;
  TRY_ASSIGN(const std::string found, digest_of(path));
  return found == expected ? FileState::good : FileState::changed;
}

}  // namespace

Result<IndexStatus> status(const fs::path& dir) {
  IndexStatus out;
  const std::vector<fs::path> folders = shards_in(dir);
  for (std::size_t shard = 0; shard < folders.size(); ++shard) {
    TRY_ASSIGN(const auto files, files_of(folders[shard]));
    TRY(guarded("read the index", dir, [&]() -> Status {
      const Xapian::Database database = open(folders[shard]);
      TRY(expect_shard(database, dir, shard, folders.size()));
      add_shard(out, database);
      return {};
    }));
    std::error_code ignored;
    for (const fs::path& file : files) out.bytes += fs::file_size(file, ignored);
  }
  return out;
}

namespace {

constexpr Xapian::docid kProbes = 25;

// What is wrong with one document, or empty.
std::string probed(const Xapian::Database& database, Xapian::docid number) {
  const std::string id = database.get_document(number).get_value(static_cast<Xapian::valueno>(Slot::id));
  const std::string term = std::string(kIdPrefix) + id;
  if (id.empty() || database.get_termfreq(term) != 1 || *database.postlist_begin(term) != number)
    return "it is not found by its id";
  std::string rarest = term;
  Xapian::doccount found_by_rarest = 0;
  for (auto it = database.termlist_begin(number), end = database.termlist_end(number); it != end; ++it) {
    if (*it == term) continue;
    const Xapian::doccount found = it.get_termfreq();
    if (rarest == term || found < found_by_rarest) rarest = *it, found_by_rarest = found;
  }
  Xapian::Enquire enquire(database);
  enquire.set_query(Xapian::Query(Xapian::Query::OP_FILTER, Xapian::Query(rarest), Xapian::Query(term)));
  if (enquire.get_mset(0, 2).size() != 1) return "it is not found by “" + rarest + "”";
  const std::string data = database.get_document(number).get_data();
  return data.empty() || card_from_data(data).id == id ? std::string() : "its data are not whole";
}

}  // namespace

namespace {

Status probe_shard(const fs::path& dir) {
  TRY_ASSIGN(const std::string problem, guarded("probe the index", dir, [&]() -> std::string {
               const Xapian::Database database = open(dir);
               const Xapian::docid last = database.get_lastdocid(), step = std::max(1u, last / kProbes);
               for (Xapian::docid at = 1; at <= last && at != 0; at += step) {
                 auto it = database.postlist_begin({});
                 it.skip_to(at);
                 if (it == database.postlist_end({})) break;
                 if (const std::string wrong = probed(database, *it); !wrong.empty())
                   return fmt::format("document {}: {}", *it, wrong);
               }
               return {};
             }));
  return problem.empty() ? Status{}
                         : fail(Errc::io, "the index does not find what it holds: " + problem, "rebuild the index", dir.string());
}

}  // namespace

Status probe(const fs::path& dir) {
  for (const fs::path& shard : shards_in(dir)) TRY(probe_shard(shard));
  return {};
}

Result<std::map<std::string, std::string>> dump(const fs::path& dir) {
  return guarded("read the index", dir, [&] {
    Xapian::Database database;
    for (const fs::path& shard : shards_in(dir)) database.add_database(open(shard));
    std::map<std::string, std::string> out;
    for (auto it = database.postlist_begin({}); it != database.postlist_end({}); ++it) {
      const Terms terms = terms_in(database.get_document(*it));
      const auto id = terms.values.find(Slot::id);
      out[id == terms.values.end() ? fmt::format("?{}", *it) : id->second] = to_text(terms);
    }
    return out;
  });
}

namespace {

Status write_checksums_of(const fs::path& dir, std::uint64_t limit) {
  TRY_ASSIGN(const std::uint64_t revision,
             guarded("read the index", dir, [&]() -> std::uint64_t { return open(dir).get_revision(); }));
  TRY_ASSIGN(const auto files, files_of(dir));
  std::string out = fmt::format("revision {}\n", revision);
  for (const fs::path& file : files) {
    std::error_code ignored;
    const std::uint64_t size = fs::file_size(file, ignored);
    std::string digest(kUnchecked);
    if (size <= limit) {
      TRY_ASSIGN(digest, digest_of(file));
    }
    out += fmt::format("{} {} {}\n", digest, size, file.filename().string());
  }
  out += fmt::format("self {}\n", sha256(out).hex());
  return replace_file(dir / metadata::kChecksumFile, out);
}

}  // namespace

Result<void> write_checksums(const fs::path& dir, std::uint64_t limit) {
  for (const fs::path& shard : shards_in(dir)) TRY(write_checksums_of(shard, limit));
  return {};
}

bool FileReport::good() const {
  return structure_errors == 0 && std::ranges::none_of(files, [](const FileCheck& file) {
           return file.state == FileState::changed || file.state == FileState::missing;
         });
}

namespace {

Result<FileReport> verify_shard(const fs::path& dir) {
  FileReport out;
  const Checksums known = read_checksums(dir);
  const auto opened = guarded("check the index", dir, [&] {
    const Xapian::Database database = open(dir);
    out.stale = known.revision == 0 || database.get_revision() != known.revision;
    return database.locked();
  });
  if (opened && *opened)
    return fail(Errc::busy, "cannot check the index: a writer is at work", "try again when it has finished", dir.string());
  if (!opened && known.revision == 0) return std::unexpected(opened.error());
  for (const auto& [name, digest] : known.digests) {
    if (out.stale) break;
    TRY_ASSIGN(const FileState state, state_of(dir / name, digest));
    out.files.push_back({name, state});
  }
  const bool written = fs::exists(dir / metadata::kChecksumFile);
  if (written && !known.whole) out.files.push_back({std::string(metadata::kChecksumFile), FileState::changed});
  // Xapian follows the lengths in a block without asking whether they lie inside it: it may not see what is known to be damaged.
  if (!out.good()) return out;
  std::ostringstream ignored;
  const auto errors = guarded("check the index", dir, [&] { return Xapian::Database::check(dir.string(), 0, &ignored); });
  out.structure_errors = errors ? *errors : 1;
  return out;
}

}  // namespace

Result<FileReport> verify_files(const fs::path& dir) {
  FileReport out;
  const std::vector<fs::path> shards = shards_in(dir);
  for (const fs::path& shard : shards) {
    TRY_ASSIGN(FileReport one, verify_shard(shard));
    out.stale |= one.stale;
    out.structure_errors += one.structure_errors;
    for (FileCheck& file : one.files) {
      if (shard != dir) file.name = (shard.filename() / file.name).string();
      out.files.push_back(std::move(file));
    }
  }
  return out;
}

}  // namespace colophon::indexer

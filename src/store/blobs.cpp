// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/blobs.hpp"

#include <array>
#include <cerrno>
#include <set>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace colophon::store {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kChunk = 256 * 1024;

// The next bytes of a descriptor, or an error; 0 at the end.
Result<std::size_t> read_some(int fd, std::string& buffer, const fs::path& name) {
  while (true) {
    const ssize_t n = ::read(fd, buffer.data(), buffer.size());
    if (n >= 0) return static_cast<std::size_t>(n);
    if (errno != EINTR) return std::unexpected(io_error(errno, "cannot read", name));
  }
}

Result<Fd> create_temporary(const fs::path& folder, fs::path& path) {
  path = folder / to_hex(random_bytes(12));
  Fd fd(open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!fd) return std::unexpected(io_error(errno, "cannot write", path));
  return fd;
}

}  // namespace

Result<Incoming> Blobs::receive(int source, const fs::path& name, std::uint64_t limit) const {
  Incoming out;
  TRY_ASSIGN(out.fd, create_temporary(library_ / "tmp", out.temporary));
  const auto give_up = [&](Error error) {
    discard(out);
    return std::unexpected(std::move(error));
  };
  Hasher hasher;
  std::string buffer(kChunk, '\0');
  while (true) {
    Result<std::size_t> got = read_some(source, buffer, name);
    if (!got) return give_up(got.error());
    if (*got == 0) break;
    out.size += *got;
    if (out.size > limit)
      return give_up({Errc::invalid, fmt::format("larger than {} MiB", limit >> 20),
                      "raise worker.max_file_mib if this file is right", name.string()});
    const std::string_view bytes = std::string_view(buffer).substr(0, *got);
    hasher.update(bytes);
    if (Status written = write_all(out.fd.get(), bytes); !written) {
      written.error().where = out.temporary.string();
      return give_up(written.error());
    }
  }
  out.digest = hasher.finish();
  if (exists(out.digest)) {  // the same bytes again: use what is there
    discard(out);
    Result<Fd> kept = open_read(path(out.digest));
    if (!kept) return std::unexpected(kept.error());
    out.fd = std::move(*kept);
    return out;
  }
  if (Status synced = sync_fd(out.fd.get(), out.temporary); !synced) return give_up(synced.error());
  return out;
}

Result<Incoming> Blobs::receive(std::string_view bytes) const {
  Incoming out;
  out.digest = sha256(bytes);
  out.size = bytes.size();
  if (exists(out.digest)) return out;
  TRY_ASSIGN(out.fd, create_temporary(library_ / "tmp", out.temporary));
  Status written = write_all(out.fd.get(), bytes);
  if (written) written = sync_fd(out.fd.get(), out.temporary);
  if (!written) {
    discard(out);
    return std::unexpected(written.error());
  }
  return out;
}

Status Blobs::keep(Incoming& incoming) const {
  const fs::path target = path(incoming.digest);
  const fs::path folder = target.parent_path();
  if (incoming.temporary.empty()) {
    // Perhaps the leftover of a crash that never became durable: sync it again before anything names it.
    TRY_ASSIGN(Fd fd, open_read(target));
    TRY(sync_fd(fd.get(), target));
    return sync_directory(folder);
  }
  const bool new_folder = !fs::exists(folder);
  TRY(make_directory(folder));
  if (new_folder) TRY(sync_directory(folder.parent_path()));
  fchmod(incoming.fd.get(), 0400);
  if (rename(incoming.temporary.c_str(), target.c_str()) != 0)
    return std::unexpected(io_error(errno, "cannot keep the file", target));
  incoming.temporary.clear();
  return sync_directory(folder);
}

void Blobs::discard(Incoming& incoming) const {
  if (!incoming.temporary.empty()) unlink(incoming.temporary.c_str());
  incoming.temporary.clear();
}

fs::path Blobs::path(const Sha256& digest) const {
  const std::string hex = digest.hex();
  return library_ / "blobs" / hex.substr(0, 2) / hex;
}

bool Blobs::exists(const Sha256& digest) const { return access(path(digest).c_str(), F_OK) == 0; }

Result<std::string> Blobs::read(const Sha256& digest) const {
  TRY_ASSIGN(std::string bytes, read_file(path(digest)));
  if (sha256(bytes) != digest)
    return fail(Errc::io, "a file of the library no longer has the bytes it was added with", "restore it from a backup",
                path(digest).string());
  return bytes;
}

Result<std::string> Blobs::read_range(const Sha256& digest, std::uint64_t begin, std::uint64_t end) const {
  const fs::path file = path(digest);
  TRY_ASSIGN(const Fd fd, open_read(file));
  std::string out(end - begin, '\0');
  std::size_t got = 0;
  while (got < out.size()) {
    const ssize_t n = pread(fd.get(), out.data() + got, out.size() - got, static_cast<off_t>(begin + got));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return std::unexpected(io_error(errno, "cannot read", file));
    if (n == 0)
      return fail(Errc::io, "a file of the library is shorter than it was", "run “colophon verify”; restore it from a backup",
                  file.string());
    got += static_cast<std::size_t>(n);
  }
  return out;
}

Status Blobs::check(const Sha256& digest, std::uint64_t size) const {
  const fs::path file = path(digest);
  TRY_ASSIGN(Fd fd, open_read(file));
  Hasher hasher;
  std::string buffer(kChunk, '\0');
  std::uint64_t total = 0;
  while (true) {
    TRY_ASSIGN(const std::size_t got, read_some(fd.get(), buffer, file));
    if (got == 0) break;
    total += got;
    hasher.update(std::string_view(buffer).substr(0, got));
  }
  if (total == size && hasher.finish() == digest) return {};
  return fail(Errc::io, "a file of the library no longer has the bytes it was added with", "restore it from a backup",
              file.string());
}

void Blobs::record(Database& db, const Sha256& digest, std::uint64_t size, Instant at) {
  db.run("INSERT OR IGNORE INTO blob (sha256, size, added_at) VALUES (?, ?, ?)", Bytes{digest.view()}, size, at.ms);
}

bool Blobs::recorded(Database& db, const Sha256& digest) {
  return db.query("SELECT 1 FROM blob WHERE sha256 = ?", Bytes{digest.view()}).next();
}

void Blobs::set_read(Database& db, const Sha256& digest, int reader_version) {
  db.run("UPDATE blob SET read_by = ? WHERE sha256 = ?", reader_version, Bytes{digest.view()});
}

std::vector<Blobs::Row> Blobs::recorded_all(Database& db) {
  std::vector<Row> out;
  Query q = db.query("SELECT sha256, size, read_by FROM blob ORDER BY sha256");
  while (q.next())
    out.push_back({Sha256::from_bytes(q.text(0)), static_cast<std::uint64_t>(q.integer(1)), static_cast<int>(q.integer(2))});
  return out;
}

std::vector<fs::path> Blobs::orphans(Database& db) const {
  std::set<std::string> named;
  for (const Row& row : recorded_all(db)) named.insert(row.digest.hex());
  std::vector<fs::path> out;
  std::error_code ignored;
  for (const auto& entry : fs::recursive_directory_iterator(library_ / "blobs", ignored)) {
    if (entry.is_regular_file() && !named.contains(entry.path().filename())) out.push_back(entry.path());
  }
  for (const auto& entry : fs::directory_iterator(library_ / "tmp", ignored)) out.push_back(entry.path());
  return out;
}

}  // namespace colophon::store

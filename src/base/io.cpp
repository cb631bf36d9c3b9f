// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace colophon {
namespace fs = std::filesystem;

Fd& Fd::operator=(Fd&& other) noexcept {
  if (this != &other) {
    reset();
    fd_ = other.release();
  }
  return *this;
}

void Fd::reset() {
  if (fd_ >= 0) close(fd_);
  fd_ = -1;
}

std::string system_message(int error_number) { return std::strerror(error_number); }

Error io_error(int error_number, std::string_view what, const fs::path& path) {
  struct Row {
    int number;
    Errc code;
    std::string_view hint;
  };
  static constexpr Row kRows[] = {
      {ENOENT, Errc::not_found, "check the path"},
      {EACCES, Errc::io, "check who owns the file and its permissions"},
      {EPERM, Errc::io, "check who owns the file and its permissions"},
      {ENOSPC, Errc::io, "free some space on this disk and run the command again; nothing acknowledged was lost"},
      {EDQUOT, Errc::io, "the quota is used up: free some space and run the command again"},
      {EROFS, Errc::io, "the file system is read-only"},
      {EISDIR, Errc::invalid, "this is a folder"},
      {EIO, Errc::io, "the disk reports an error: check it before going on"},
  };
  for (const Row& row : kRows) {
    if (row.number == error_number)
      return {row.code, fmt::format("{}: {}", what, system_message(error_number)), std::string(row.hint), path.string()};
  }
  return {Errc::io, fmt::format("{}: {}", what, system_message(error_number)), "see the system's log", path.string()};
}

Result<Fd> open_read(const fs::path& path) {
  Fd fd(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!fd) return std::unexpected(io_error(errno, "cannot read", path));
  return fd;
}

Result<std::string> read_file(const fs::path& path, std::uint64_t limit) {
  TRY_ASSIGN(Fd fd, open_read(path));
  struct stat status{};
  if (fstat(fd.get(), &status) != 0) return std::unexpected(io_error(errno, "cannot read", path));
  if (S_ISDIR(status.st_mode)) return std::unexpected(io_error(EISDIR, "cannot read", path));
  const auto too_large = [&] {
    return fail(Errc::invalid, fmt::format("larger than {} bytes", limit), "split it, or raise the limit", path.string());
  };
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size > limit) return too_large();
  std::string out;
  out.resize(static_cast<std::size_t>(size));
  std::size_t got = 0;
  while (true) {
    if (got == out.size()) out.resize(out.size() + 4096);
    const ssize_t n = read(fd.get(), out.data() + got, out.size() - got);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return std::unexpected(io_error(errno, "cannot read", path));
    if (n == 0) break;
    got += static_cast<std::size_t>(n);
    if (got > limit) return too_large();
  }
  out.resize(got);
  return out;
}

Status write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return std::unexpected(io_error(errno, "cannot write", "file"));
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return {};
}

Status sync_fd(int fd, const fs::path& path) {
  if (fsync(fd) != 0) return std::unexpected(io_error(errno, "cannot make durable", path));
  return {};
}

Status sync_directory(const fs::path& path) {
  Fd fd(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd) return std::unexpected(io_error(errno, "cannot open the folder", path));
  return sync_fd(fd.get(), path);
}

namespace {

fs::path temporary_name(const fs::path& path) { return path.string() + ".new"; }

}  // namespace

Result<FileReplacement> FileReplacement::begin(fs::path path, unsigned mode) {
  Fd fd(open(temporary_name(path).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, static_cast<mode_t>(mode)));
  if (!fd) return std::unexpected(io_error(errno, "cannot write", path));
  return FileReplacement(std::move(path), std::move(fd));
}

FileReplacement::~FileReplacement() {
  if (fd_) unlink(temporary_name(path_).c_str());
}

Status FileReplacement::write(std::string_view bytes) {
  Status written = write_all(fd_.get(), bytes);
  if (!written) written.error().where = path_.string();
  return written;
}

Status FileReplacement::commit() {
  TRY(sync_fd(fd_.get(), path_));
  if (rename(temporary_name(path_).c_str(), path_.c_str()) != 0) return std::unexpected(io_error(errno, "cannot write", path_));
  fd_.reset();
  return sync_directory(path_.parent_path().empty() ? fs::path(".") : path_.parent_path());
}

Status replace_file(const fs::path& path, std::string_view bytes, unsigned mode) {
  TRY_ASSIGN(FileReplacement file, FileReplacement::begin(path, mode));
  TRY(file.write(bytes));
  return file.commit();
}

Status make_directory(const fs::path& path, unsigned mode) {
  if (mkdir(path.c_str(), static_cast<mode_t>(mode)) == 0) return {};
  const int number = errno;
  std::error_code ignored;
  if (number == EEXIST && fs::is_directory(path, ignored)) return {};
  return std::unexpected(io_error(number, "cannot make the folder", path));
}

Result<FileLock> FileLock::take(const fs::path& path, LockKind kind) {
  Fd fd(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!fd) return std::unexpected(io_error(errno, "cannot open the lock", path));
  if (flock(fd.get(), (kind == LockKind::shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0) return FileLock(std::move(fd));
  if (errno != EWOULDBLOCK) return std::unexpected(io_error(errno, "cannot lock", path));
  return fail(Errc::busy, "the library is in use by another colophon process",
              "wait for it to end, or stop it (colophon serve?), and try again", path.string());
}

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (fs::temp_directory_path() / "colophon-XXXXXX").string();
  COLOPHON_ASSERT(mkdtemp(pattern.data()) != nullptr);
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  if (path_.empty()) return;
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace colophon

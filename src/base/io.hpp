// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace colophon {

/// An owned file descriptor; -1 is none. Opened close-on-exec.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept;
  ~Fd() { reset(); }
  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  int release() { return std::exchange(fd_, -1); }
  void reset();

 private:
  int fd_ = -1;
};

/// "No such file or directory" and the like, for our messages.
std::string system_message(int error_number);
/// Errc::io (or not_found, forbidden, by the number) for a failed system call on a path.
Error io_error(int error_number, std::string_view what, const std::filesystem::path& path);

Result<Fd> open_read(const std::filesystem::path& path);
/// The whole file. Errc::invalid when it is longer than `limit` bytes.
Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t limit = UINT64_MAX);
Status write_all(int fd, std::string_view bytes);

/// fsync; a failure is final for the process (the kernel may have dropped the page): callers stop accepting writes.
Status sync_fd(int fd, const std::filesystem::path& path);
Status sync_directory(const std::filesystem::path& path);
/// A file that is written in parts under a temporary name beside `path` and takes its place by commit() (fsync, rename, fsync of the
/// folder): readers see old or new, never half. Dropped without commit(), it leaves `path` as it was and nothing beside it.
class FileReplacement {
 public:
  /// Of the permissions `mode`. Errors: not_found without the folder, forbidden, io.
  static Result<FileReplacement> begin(std::filesystem::path path, unsigned mode = 0600);
  FileReplacement(FileReplacement&&) noexcept = default;
  ~FileReplacement();
  Status write(std::string_view bytes);  ///< behind what was written. Errors: io
  Status commit();  ///< the last call. Errors: io; then `path` is as it was, or new if only the folder's fsync failed

 private:
  FileReplacement(std::filesystem::path path, Fd fd) : path_(std::move(path)), fd_(std::move(fd)) {}
  std::filesystem::path path_;
  Fd fd_;  // none once it is committed
};
/// A FileReplacement of one part.
Status replace_file(const std::filesystem::path& path, std::string_view bytes, unsigned mode = 0600);
Status make_directory(const std::filesystem::path& path, unsigned mode = 0700);

/// An advisory lock (flock) held while it lives. Shared by all users of a library, exclusive for upgrade and restore.
enum class LockKind { shared, exclusive };
class FileLock {
 public:
  /// Errc::busy at once when somebody holds it otherwise. Creates the file if needed.
  static Result<FileLock> take(const std::filesystem::path& path, LockKind kind);

 private:
  explicit FileLock(Fd fd) : fd_(std::move(fd)) {}
  Fd fd_;
};

/// A folder under the system's temporary folder, 0700, removed with its content.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(TemporaryFolder&&) noexcept = default;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace colophon

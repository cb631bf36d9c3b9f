// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

#include "base/clock.hpp"
#include "base/digest.hpp"
#include "base/io.hpp"
#include "store/database.hpp"

namespace colophon::store {

/// A file's bytes on their way in: hashed and copied to tmp/, synced, not yet named by their digest.
struct Incoming {
  Sha256 digest;
  std::uint64_t size = 0;
  Fd fd;                            ///< open for reading, at any offset
  std::filesystem::path temporary;  ///< empty when the blob was there already
};

/// The bytes of files, named by their SHA-256, written once: blobs/ab/<sha256> below the library's folder, 0400.
///
/// Commit protocol: receive() (stream to tmp/ while hashing, fsync) → the caller parses → keep() (rename, fsync the folder) → the caller's
/// SQL transaction names the blob with record(). A crash between the steps leaves a file that nothing names, never a name
/// without its file; sweep() removes such files.
class Blobs {
 public:
  explicit Blobs(std::filesystem::path library) : library_(std::move(library)) {}

  /// Reads `source` to its end. Errc::io, or invalid when it is longer than `limit` bytes.
  Result<Incoming> receive(int source, const std::filesystem::path& name, std::uint64_t limit) const;
  Result<Incoming> receive(std::string_view bytes) const;
  Status keep(Incoming& incoming) const;
  /// Gives up what receive() made.
  void discard(Incoming& incoming) const;

  std::filesystem::path path(const Sha256& digest) const;
  bool exists(const Sha256& digest) const;
  /// Errc::not_found when it is missing, io when its bytes no longer have this digest.
  Result<std::string> read(const Sha256& digest) const;
  /// Bytes [begin, end) of it, unchecked: for entries of large files. Errc::io when it is shorter.
  Result<std::string> read_range(const Sha256& digest, std::uint64_t begin, std::uint64_t end) const;
  /// Reads through the whole file and compares. Same errors as read().
  Status check(const Sha256& digest, std::uint64_t size) const;

  static void record(Database& db, const Sha256& digest, std::uint64_t size, Instant at);
  static bool recorded(Database& db, const Sha256& digest);
  /// All entries of the file are stored, as read by this version of its reader.
  static void set_read(Database& db, const Sha256& digest, int reader_version);
  struct Row {
    Sha256 digest;
    std::uint64_t size = 0;
    int read_by = 0;
  };
  static std::vector<Row> recorded_all(Database& db);
  /// Files in blobs/ that no row names, and everything in tmp/.
  std::vector<std::filesystem::path> orphans(Database& db) const;

 private:
  std::filesystem::path library_;
};

}  // namespace colophon::store

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <filesystem>
#include <vector>

#include "base/error.hpp"

namespace colophon::store {

/// The name under which the VFS is registered with SQLite.
inline constexpr const char* kChecksumVfs = "colophon-checksum";

/// Registers a layer over SQLite's own file access that keeps a 64-bit checksum in the last eight (reserved) bytes of every page of a
/// database file: written with the page, checked at every read of a page, so that a flipped bit is SQLITE_IOERR_DATA and never
/// data. The write-ahead log has checksums of its own. The idea is that of SQLite's cksumvfs extension (sqlite.org/cksumvfs.html),
/// which Debian's library does not hold. Idempotent, thread-safe.
void register_checksum_vfs();

/// The numbers (from 1) of the pages of a database file at rest whose checksum is wrong; also the free ones, which no query reads.
/// Errc::io when the file cannot be read, Errc::invalid when its length is no whole number of pages.
Result<std::vector<std::uint64_t>> damaged_pages(const std::filesystem::path& file);

}  // namespace colophon::store

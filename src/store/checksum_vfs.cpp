// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/checksum_vfs.hpp"

#include <cstddef>
#include <cstring>
#include <mutex>
#include <new>
#include <string>

#include "base/io.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

namespace colophon::store {
namespace {

constexpr int kChecksumBytes = 8;
constexpr int kReservedAt = 20;   // the database header's byte that says how many bytes a page reserves (file format 1.3)
constexpr int kPageCountAt = 28;  // the database's size in pages

// Two 32-bit Fletcher-like sums over 8-byte steps: fast, and any single changed byte changes both.
std::uint64_t page_checksum(const unsigned char* page, int size, std::uint32_t number) {
  std::uint64_t a = 0x9E3779B97F4A7C15ull ^ number, b = 0;
  for (int at = 0; at + kChecksumBytes < size + 0; at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, page + at, 8);
    a = (a ^ word) * 0x100000001B3ull;
    a ^= a >> 29;
    b += a;
  }
  return a ^ (b << 1);
}

std::uint64_t stored_checksum(const unsigned char* page, int size) {
  std::uint64_t out = 0;
  std::memcpy(&out, page + size - kChecksumBytes, kChecksumBytes);
  return out;
}

std::uint32_t big_endian(const unsigned char* at) {
  return std::uint32_t{at[0]} << 24 | std::uint32_t{at[1]} << 16 | std::uint32_t{at[2]} << 8 | std::uint32_t{at[3]};
}

bool is_page_size(int amount) { return amount >= 512 && amount <= 65536 && (amount & (amount - 1)) == 0; }

// SQLite allocates the file object: ours, with the real one behind it.
struct File {
  sqlite3_file base;
  sqlite3_vfs* below;
  bool is_database;
  bool checked;  // the header says that pages reserve our eight bytes
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File* of(sqlite3_file* file) { return reinterpret_cast<File*>(file); }
const sqlite3_io_methods& below(sqlite3_file* file) { return *of(file)->real()->pMethods; }

bool is_header(const unsigned char* bytes) { return std::memcmp(bytes, "SQLite format 3", 16) == 0; }

void learn(File* file, const unsigned char* header) {
  if (is_header(header)) file->checked = header[kReservedAt] == kChecksumBytes;
}

std::uint32_t page_number(sqlite3_int64 offset, int size) { return static_cast<std::uint32_t>(offset / size) + 1; }

int close_file(sqlite3_file* f) {
  const int code = below(f).xClose(of(f)->real());
  f->pMethods = nullptr;
  return code;
}

// A page of which the file holds a part only; a page behind its end is one that is about to be written.
bool is_torn(File* file, int amount, sqlite3_int64 offset) {
  sqlite3_int64 size = 0;
  return file->checked && is_page_size(amount) && file->real()->pMethods->xFileSize(file->real(), &size) == SQLITE_OK &&
         size > offset;
}

int read_file(sqlite3_file* f, void* buffer, int amount, sqlite3_int64 offset) {
  const int code = below(f).xRead(of(f)->real(), buffer, amount, offset);
  if (code == SQLITE_IOERR_SHORT_READ && is_torn(of(f), amount, offset)) return SQLITE_IOERR_DATA;
  if (code != SQLITE_OK || !of(f)->is_database) return code;
  const auto* bytes = static_cast<const unsigned char*>(buffer);
  if (offset == 0 && amount >= 100) {
    learn(of(f), bytes);
    // A header without our mark is somebody else's file, or ours with that byte flipped: without checks it would read as if whole.
    if (is_header(bytes) && !of(f)->checked) return SQLITE_NOTADB;
  }
  if (!of(f)->checked || !is_page_size(amount) || offset % amount != 0) return code;
  if (stored_checksum(bytes, amount) == page_checksum(bytes, amount, page_number(offset, amount))) return SQLITE_OK;
  sqlite3_log(SQLITE_IOERR_DATA, "page %u has a wrong checksum", page_number(offset, amount));
  return SQLITE_IOERR_DATA;
}

int write_file(sqlite3_file* f, const void* buffer, int amount, sqlite3_int64 offset) {
  File* file = of(f);
  const auto* bytes = static_cast<const unsigned char*>(buffer);
  if (file->is_database && offset == 0 && amount >= 100) learn(file, bytes);
  if (!file->is_database || !file->checked || !is_page_size(amount)) return below(f).xWrite(file->real(), buffer, amount, offset);
  thread_local std::string page;  // SQLite's own buffer stays as it is
  page.assign(static_cast<const char*>(buffer), static_cast<std::size_t>(amount));
  const std::uint64_t sum = page_checksum(bytes, amount, page_number(offset, amount));
  std::memcpy(page.data() + amount - kChecksumBytes, &sum, kChecksumBytes);
  return below(f).xWrite(file->real(), page.data(), amount, offset);
}

int truncate_file(sqlite3_file* f, sqlite3_int64 size) { return below(f).xTruncate(of(f)->real(), size); }
int sync_file(sqlite3_file* f, int flags) { return below(f).xSync(of(f)->real(), flags); }
int file_size(sqlite3_file* f, sqlite3_int64* size) { return below(f).xFileSize(of(f)->real(), size); }
int lock_file(sqlite3_file* f, int level) { return below(f).xLock(of(f)->real(), level); }
int unlock_file(sqlite3_file* f, int level) { return below(f).xUnlock(of(f)->real(), level); }
int check_reserved(sqlite3_file* f, int* out) { return below(f).xCheckReservedLock(of(f)->real(), out); }
int file_control(sqlite3_file* f, int op, void* argument) { return below(f).xFileControl(of(f)->real(), op, argument); }
int sector_size(sqlite3_file* f) { return below(f).xSectorSize(of(f)->real()); }
int characteristics(sqlite3_file* f) { return below(f).xDeviceCharacteristics(of(f)->real()); }
int shm_map(sqlite3_file* f, int region, int size, int extend, volatile void** out) {
  return below(f).xShmMap(of(f)->real(), region, size, extend, out);
}
int shm_lock(sqlite3_file* f, int offset, int n, int flags) { return below(f).xShmLock(of(f)->real(), offset, n, flags); }
void shm_barrier(sqlite3_file* f) { below(f).xShmBarrier(of(f)->real()); }
int shm_unmap(sqlite3_file* f, int remove) { return below(f).xShmUnmap(of(f)->real(), remove); }

// Version 2: no xFetch, so that no page is read behind our back.
constexpr sqlite3_io_methods kMethods = {
    2,         close_file,  read_file,      write_file,   truncate_file, sync_file,       file_size,
    lock_file, unlock_file, check_reserved, file_control, sector_size,   characteristics, shm_map,
    shm_lock,  shm_barrier, shm_unmap,      nullptr,      nullptr};

sqlite3_vfs* original(sqlite3_vfs* vfs) { return static_cast<sqlite3_vfs*>(vfs->pAppData); }

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* f, int flags, int* out_flags) {
  File* file = new (f) File{{nullptr}, original(vfs), (flags & SQLITE_OPEN_MAIN_DB) != 0, false};
  const int code = original(vfs)->xOpen(original(vfs), name, file->real(), flags, out_flags);
  if (file->real()->pMethods) f->pMethods = &kMethods;
  return code;
}

}  // namespace

void register_checksum_vfs() {
  static std::once_flag once;
  std::call_once(once, [] {
    static sqlite3_vfs ours;
    sqlite3_vfs* real = sqlite3_vfs_find(nullptr);
    COLOPHON_ASSERT(real != nullptr);
    ours = *real;
    ours.zName = kChecksumVfs;
    ours.pNext = nullptr;
    ours.pAppData = real;
    ours.szOsFile = static_cast<int>(sizeof(File)) + real->szOsFile;
    ours.xOpen = open_file;
    ours.xDelete = [](sqlite3_vfs* v, const char* name, int sync) { return original(v)->xDelete(original(v), name, sync); };
    ours.xAccess = [](sqlite3_vfs* v, const char* name, int flags, int* out) {
      return original(v)->xAccess(original(v), name, flags, out);
    };
    ours.xFullPathname = [](sqlite3_vfs* v, const char* name, int n, char* out) {
      return original(v)->xFullPathname(original(v), name, n, out);
    };
    sqlite3_vfs_register(&ours, 0);
  });
}

Result<std::vector<std::uint64_t>> damaged_pages(const std::filesystem::path& path) {
  TRY_ASSIGN(const std::string bytes, colophon::read_file(path));
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  if (bytes.size() < 100 || std::memcmp(data, "SQLite format 3", 16) != 0)
    return fail(Errc::invalid, "this is no library file any more", "restore it from a backup", path.string());
  const int raw = data[16] * 256 + data[17];
  const int size = raw == 1 ? 65536 : raw;
  if (!is_page_size(size) || data[kReservedAt] != kChecksumBytes || bytes.size() % static_cast<std::size_t>(size) != 0)
    return fail(Errc::invalid, "the library file's header is damaged or its end is missing", "restore it from a backup",
                path.string());
  std::vector<std::uint64_t> out;
  const auto pages = bytes.size() / static_cast<std::size_t>(size);
  const bool first_page_is_whole = stored_checksum(data, size) == page_checksum(data, size, 1);
  if (first_page_is_whole && pages < big_endian(data + kPageCountAt))
    return fail(Errc::invalid, "the end of the library file is missing", "restore it from a backup", path.string());
  for (std::size_t at = 0; at < bytes.size(); at += static_cast<std::size_t>(size)) {
    const auto number = page_number(static_cast<sqlite3_int64>(at), size);
    if (stored_checksum(data + at, size) != page_checksum(data + at, size, number)) out.push_back(number);
  }
  return out;
}

}  // namespace colophon::store

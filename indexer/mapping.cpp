// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/mapping.hpp"

#include <ctime>
#include <map>
#include <mutex>
#include <tuple>

#include "base/io.hpp"

#include <sys/mman.h>
#include <sys/stat.h>

namespace colophon::indexer {
namespace {

constexpr std::size_t kMostKept = 64;

// Whether it is the same file as before, and as long.
using Identity = std::tuple<dev_t, ino_t, off_t, time_t, long>;
Identity identity_of(const std::filesystem::path& file) {
  struct stat status{};
  if (::stat(file.c_str(), &status) != 0) return {};
  return {status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

struct Kept {
  Identity identity;
  std::shared_ptr<const Mapping> mapping;
};

}  // namespace

std::shared_ptr<const Mapping> Mapping::of(const std::filesystem::path& file) {
  static std::mutex guard;
  static std::map<std::filesystem::path, Kept> kept;
  const Identity identity = identity_of(file);
  const std::lock_guard alone(guard);
  if (kept.size() > kMostKept) kept.clear();
  Kept& known = kept[file];
  if (!known.mapping || known.identity != identity) known = {identity, std::make_shared<const Mapping>(file)};
  return known.mapping;
}

Mapping::Mapping(const std::filesystem::path& file) {
  const Result<Fd> opened = open_read(file);
  struct stat status{};
  if (!opened || ::fstat(opened->get(), &status) != 0 || status.st_size <= 0) return;
  void* const at = ::mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ, MAP_SHARED, opened->get(), 0);
  if (at != MAP_FAILED) at_ = at, size_ = static_cast<std::size_t>(status.st_size);
}

Mapping::~Mapping() {
  if (at_) ::munmap(at_, size_);
}

}  // namespace colophon::indexer

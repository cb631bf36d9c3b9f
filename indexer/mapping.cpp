// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/mapping.hpp"

#include "base/io.hpp"

#include <sys/mman.h>
#include <sys/stat.h>

namespace colophon::indexer {

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

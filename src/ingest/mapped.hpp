// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string_view>

#include <sys/mman.h>

namespace colophon::ingest {

/// A file's bytes without copying them; unmapped at the end. Whoever shortens the file meanwhile ends the process (SIGBUS): map what
/// nobody else writes.
class Mapped {
 public:
  Mapped(int fd, std::uint64_t size) : size_(static_cast<std::size_t>(size)) {
    if (size_ > 0) data_ = mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, fd, 0);
  }
  Mapped(const Mapped&) = delete;
  Mapped& operator=(const Mapped&) = delete;
  ~Mapped() {
    if (ok() && size_ > 0) munmap(data_, size_);
  }
  bool ok() const { return data_ != MAP_FAILED; }
  std::string_view bytes() const { return {static_cast<const char*>(data_), size_}; }

 private:
  void* data_ = nullptr;
  std::size_t size_;
};

}  // namespace colophon::ingest

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

namespace colophon::indexer {

/// Internal: a whole file mapped into memory, read-only; empty where it cannot be. For files that are replaced by rename, never written in
/// place.
class Mapping {
 public:
  /// The one that the process has of this file, or a new one. It is kept, for to map pages anew takes longer than many a search reads in
  /// them; of a file that is gone until another one of its name is asked for. Thread-safe.
  static std::shared_ptr<const Mapping> of(const std::filesystem::path& file);

  Mapping() = default;
  explicit Mapping(const std::filesystem::path& file);
  Mapping(Mapping&& other) noexcept : at_(std::exchange(other.at_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  Mapping& operator=(Mapping&& other) noexcept {
    std::swap(at_, other.at_), std::swap(size_, other.size_);
    return *this;
  }
  ~Mapping();
  std::string_view bytes() const { return {static_cast<const char*>(at_), size_}; }
  /// `count` values from the byte `offset` on; empty where they do not lie in the file, or not where such values may begin.
  template <class T>
  std::span<const T> values(std::size_t offset, std::size_t count) const {
    if (offset % alignof(T) != 0 || offset > size_ || count > (size_ - offset) / sizeof(T)) return {};
    return {reinterpret_cast<const T*>(bytes().data() + offset), count};  // NOLINT: a file's layout
  }

 private:
  void* at_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace colophon::indexer

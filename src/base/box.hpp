// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <memory>

namespace colophon {

/// A value that is rarely there, in the room of a pointer: copied deeply, equal when both are absent or the values are equal.
template <class T>
class Box {
 public:
  Box() = default;
  Box(const Box& other) : value_(other.value_ ? std::make_unique<T>(*other.value_) : nullptr) {}
  Box(Box&&) noexcept = default;
  Box& operator=(const Box& other) {
    value_ = other.value_ ? std::make_unique<T>(*other.value_) : nullptr;
    return *this;
  }
  Box& operator=(Box&&) noexcept = default;
  ~Box() = default;

  explicit operator bool() const { return value_ != nullptr; }
  T& operator*() { return *value_; }
  const T& operator*() const { return *value_; }
  T* operator->() { return value_.get(); }
  const T* operator->() const { return value_.get(); }
  T& make() { return *(value_ = std::make_unique<T>()); }
  void reset() { value_.reset(); }

  friend bool operator==(const Box& a, const Box& b) { return a.value_ && b.value_ ? *a == *b : !a.value_ && !b.value_; }

 private:
  std::unique_ptr<T> value_;
};

}  // namespace colophon

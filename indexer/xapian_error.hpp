// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <string_view>
#include <type_traits>

#include "base/error.hpp"

namespace colophon::indexer {

/// The one place where Xapian's exceptions become our errors. REQUIRES: called in a catch block; `doing` is "open the index".
/// A held lock and an overtaken reader are busy, no index not_found, everything else about files io with the hint to rebuild.
Error current_error(std::string_view doing, const std::filesystem::path& dir);

/// Result<T>, of a T and of a Result<T> alike.
template <class T>
struct ResultOf {
  using type = Result<T>;
};
template <class T>
struct ResultOf<Result<T>> {
  using type = Result<T>;
};

/// guarded("open the index", dir, [&] { … return value; }): the value (of a Result too), or the error of whatever was thrown.
template <class Body>
auto guarded(std::string_view doing, const std::filesystem::path& dir, Body body) -> ResultOf<decltype(body())>::type {
  try {
    if constexpr (std::is_void_v<decltype(body())>) {
      body();
      return {};
    } else {
      return body();
    }
  } catch (...) {
    return std::unexpected(current_error(doing, dir));
  }
}

}  // namespace colophon::indexer

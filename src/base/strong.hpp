// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <compare>
#include <cstdint>
#include <functional>
#include <string>

namespace colophon {

/// A value that only mixes with its own kind: Strong<struct WorkTag, int64_t>. Ordered, hashable, explicit both ways.
template <class Tag, class Rep>
struct Strong {
  Rep value{};

  Strong() = default;
  explicit Strong(Rep v) : value(std::move(v)) {}
  friend auto operator<=>(const Strong&, const Strong&) = default;
};

}  // namespace colophon

template <class Tag, class Rep>
struct std::hash<colophon::Strong<Tag, Rep>> {
  std::size_t operator()(const colophon::Strong<Tag, Rep>& id) const noexcept { return std::hash<Rep>()(id.value); }
};

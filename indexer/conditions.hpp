// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <span>
#include <string_view>

#include "indexer/entry.hpp"

namespace colophon::indexer {

/// A state of a work that `is:NAME` asks for; it depends on the entry alone.
struct Condition {
  std::string_view name;
  bool (*holds)(const Entry& entry);
};
std::span<const Condition> conditions();

}  // namespace colophon::indexer

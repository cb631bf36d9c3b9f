// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>

#include "base/strong.hpp"

namespace colophon::store {

/// Row ids of the store; shown to nobody (people see short ids).
using SourceId = Strong<struct SourceTag, std::int64_t>;
using WorkId = Strong<struct WorkTag, std::int64_t>;

}  // namespace colophon::store

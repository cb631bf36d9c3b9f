// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "bench/bench.hpp"

namespace colophon::bench {

/// Passages copied from one paper into another, with words changed: how many are found, and what a check costs for 1,000 works.
/// Figures need the open JATS set.
Result<Figures> bench_overlap();

}  // namespace colophon::bench

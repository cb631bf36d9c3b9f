// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "bench/bench.hpp"

namespace colophon::bench {

/// A cold build of everything with tests, without compiler cache, and the rebuild after one file of `bib` was touched, in seconds.
Result<Figures> bench_build();

}  // namespace colophon::bench

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "bench/bench.hpp"

namespace colophon::bench {

/// The figures of index_build_figures() over the open JATS set alone.
Result<Figures> bench_index();

}  // namespace colophon::bench

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "bench/bench.hpp"

namespace colophon::bench {

/// Reading BibTeX at three depths, in MB per CPU second of one thread, beside the readers of Debian that are installed. Two inputs: the
/// collections of texlive-bibtex-extra joined ("tex"; hard TeX), and 100 MB generated ("gen"; $COLOPHON_BENCH_MB) with a fault in
/// every hundredth entry. Figures without an input's name are over both together.
Result<Figures> bench_bibtex();

}  // namespace colophon::bench

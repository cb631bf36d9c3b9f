// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "bench/bench.hpp"

namespace colophon::bench {

/// The JATS reader (all fields, sectioned text, references) beside what libxml2 needs for the same files alone: a SAX2 parse whose
/// handlers do nothing, and a tree. MB per CPU second, best of three rounds, one after the other in one process; and the largest growth
/// of resident memory over the input that a file of at most 1 MB causes in a process of its own. The open JATS set, else generated
/// articles.
Result<Figures> bench_jats();

}  // namespace colophon::bench

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string_view>

#include "formats/wire.hpp"

namespace colophon::extract {

/// What documents make readers do, on command, so that tests can see the limits hold: "crash", "abort", "stack", "hang" (asleep),
/// "spin" (busy, signals blocked), "memory", "flood" (a longer answer than announced), "announce" (a longer answer than allowed),
/// "grow" (too long an answer, honestly refused), "lie" (another document's id), "nonsense" (no JSON), "exit", "silence".
/// Returns for an unknown name. Does nothing unless COLOPHON_EXTRACT_TEST=1.
void commit(std::string_view misdeed, int reply, const formats::Request& request);

}  // namespace colophon::extract

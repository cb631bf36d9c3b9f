// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace colophon::test {

/// How much more time a test of speed gives than on a usual build: sanitizers take several times as long.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr double kSlow = 10;
#else
inline constexpr double kSlow = 1;
#endif

}  // namespace colophon::test

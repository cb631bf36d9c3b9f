// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace colophon::bench {

struct CommandRun {
  double cpu_seconds = 0;  ///< user and system, of the process and those it waited for
  double peak_mib = 0;
};

/// Runs a program with its output thrown away: FILE in its words is `input`, BIN/… and TESTS/… our built programs and this folder.
/// Nothing when it is not installed, fails, or needs more CPU than `limit_seconds`.
std::optional<CommandRun> run_command(const std::vector<std::string_view>& words,
                                      const std::filesystem::path& input,
                                      int limit_seconds);

}  // namespace colophon::bench

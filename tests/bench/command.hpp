// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

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

/// A program that is kept running and answers each line by a line; its words are as above. It ends with this object.
class AnsweringCommand {
 public:
  /// `preloaded`: a library that is laid under it, none when empty.
  AnsweringCommand(const std::vector<std::string_view>& words, const std::filesystem::path& input, const char* preloaded = "");
  ~AnsweringCommand();
  AnsweringCommand(const AnsweringCommand&) = delete;
  AnsweringCommand& operator=(const AnsweringCommand&) = delete;
  /// The answer without its line end, empty when the program is not there or has ended.
  std::string ask(const std::string& line);

 private:
  pid_t child_ = -1;
  std::FILE* questions_ = nullptr;
  std::FILE* answers_ = nullptr;
};

}  // namespace colophon::bench

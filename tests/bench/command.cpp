// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/command.hpp"

#include <string>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace colophon::bench {
namespace {

std::string expanded(std::string_view word, const std::filesystem::path& input) {
  if (word == "FILE") return input.string();
  if (word.starts_with("BIN/")) return COLOPHON_BIN_DIR + std::string(word.substr(3));
  if (word.starts_with("TESTS/")) return COLOPHON_SOURCE_DIR "/tests/bench" + std::string(word.substr(5));
  return std::string(word);
}

[[noreturn]] void become(const std::vector<std::string>& words, int limit_seconds) {
  const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  dup2(null, 0), dup2(null, 1), dup2(null, 2);
  const rlimit limit{static_cast<rlim_t>(limit_seconds), static_cast<rlim_t>(limit_seconds)};
  setrlimit(RLIMIT_CPU, &limit);
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

double seconds_of(const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; }

}  // namespace

std::optional<CommandRun> run_command(const std::vector<std::string_view>& words,
                                      const std::filesystem::path& input,
                                      int limit_seconds) {
  std::vector<std::string> arguments;
  for (const std::string_view word : words) arguments.push_back(expanded(word, input));
  const pid_t child = fork();
  if (child == 0) become(arguments, limit_seconds);
  int status = 0;
  rusage used{};
  wait4(child, &status, 0, &used);
  if (WIFSIGNALED(status) || WEXITSTATUS(status) != 0) return std::nullopt;
  return CommandRun{seconds_of(used.ru_utime) + seconds_of(used.ru_stime), static_cast<double>(used.ru_maxrss) / 1024};
}

}  // namespace colophon::bench

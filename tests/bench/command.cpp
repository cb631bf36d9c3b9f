// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/command.hpp"

#include <array>
#include <csignal>
#include <cstdlib>
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

std::vector<std::string> expanded(const std::vector<std::string_view>& words, const std::filesystem::path& input) {
  std::vector<std::string> out;
  for (const std::string_view word : words) out.push_back(expanded(word, input));
  return out;
}

[[noreturn]] void become(const std::vector<std::string>& words, int in, int out) {
  const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  dup2(in < 0 ? null : in, 0), dup2(out < 0 ? null : out, 1), dup2(null, 2);
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
  const std::vector<std::string> arguments = expanded(words, input);
  const pid_t child = fork();
  if (child == 0) {
    const rlimit limit{static_cast<rlim_t>(limit_seconds), static_cast<rlim_t>(limit_seconds)};
    setrlimit(RLIMIT_CPU, &limit);
    become(arguments, -1, -1);
  }
  int status = 0;
  rusage used{};
  wait4(child, &status, 0, &used);
  if (WIFSIGNALED(status) || WEXITSTATUS(status) != 0) return std::nullopt;
  return CommandRun{seconds_of(used.ru_utime) + seconds_of(used.ru_stime), static_cast<double>(used.ru_maxrss) / 1024};
}

AnsweringCommand::AnsweringCommand(const std::vector<std::string_view>& words,
                                   const std::filesystem::path& input,
                                   const char* preloaded) {
  const std::vector<std::string> arguments = expanded(words, input);
  std::array<int, 2> questions{}, answers{};
  if (pipe2(questions.data(), O_CLOEXEC) != 0 || pipe2(answers.data(), O_CLOEXEC) != 0) return;
  child_ = fork();
  if (child_ == 0) {
    if (*preloaded) setenv("LD_PRELOAD", preloaded, 1);
    become(arguments, questions[0], answers[1]);
  }
  close(questions[0]), close(answers[1]);
  questions_ = fdopen(questions[1], "w");
  answers_ = fdopen(answers[0], "r");
  std::signal(SIGPIPE, SIG_IGN);  // one that has ended answers nothing
}

AnsweringCommand::~AnsweringCommand() {
  if (questions_) std::fclose(questions_);
  if (answers_) std::fclose(answers_);
  if (child_ > 0) waitpid(child_, nullptr, 0);
}

std::string AnsweringCommand::ask(const std::string& line) {
  if (!questions_ || !answers_ || std::fprintf(questions_, "%s\n", line.c_str()) < 0 || std::fflush(questions_) != 0) return {};
  char* answer = nullptr;
  std::size_t room = 0;
  const ssize_t size = getline(&answer, &room, answers_);
  const std::string out(answer, size > 0 ? static_cast<std::size_t>(size - 1) : 0);
  std::free(answer);
  return out;
}

}  // namespace colophon::bench

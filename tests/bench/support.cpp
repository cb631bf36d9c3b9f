// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>

#include "base/json.hpp"
#include "bench/bench.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace colophon::bench {
namespace {

double seconds_of(const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; }
double cpu_of(const rusage& r) { return seconds_of(r.ru_utime) + seconds_of(r.ru_stime); }

std::string read_pipe(int fd) {
  std::string out;
  char buffer[65536];
  for (ssize_t n; (n = read(fd, buffer, sizeof buffer)) > 0;) out.append(buffer, static_cast<std::size_t>(n));
  return out;
}

std::string child_report(const std::function<Result<Figures>()>& body) {
  const Result<Figures> result = body();
  if (!result) return Json::object({{"error", result.error().message + " " + result.error().where}}).dump();
  rusage children{}, self{};
  getrusage(RUSAGE_CHILDREN, &children);
  getrusage(RUSAGE_SELF, &self);
  Json out = Json::object();
  for (const auto& [name, value] : *result) out.set(name, value);
  out.set("cpu_seconds", cpu_of(self) + cpu_of(children));
  out.set("peak_mib", static_cast<double>(std::max(self.ru_maxrss, children.ru_maxrss)) / 1024);
  return out.dump();
}

}  // namespace

double wall_seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double cpu_seconds() {
  rusage r{};
  getrusage(RUSAGE_SELF, &r);
  return cpu_of(r);
}

Result<Figures> in_child(const std::function<Result<Figures>()>& body) {
  int ends[2];
  if (pipe(ends) != 0) return fail(Errc::io, "no pipe");
  const double start = wall_seconds();
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    const std::string report = child_report(body);
    for (std::string_view rest = report; !rest.empty();) {
      const ssize_t n = write(ends[1], rest.data(), rest.size());
      if (n <= 0) _exit(1);
      rest.remove_prefix(static_cast<std::size_t>(n));
    }
    _exit(0);
  }
  close(ends[1]);
  const std::string report = read_pipe(ends[0]);
  close(ends[0]);
  waitpid(child, nullptr, 0);
  const double seconds = wall_seconds() - start;
  TRY_ASSIGN(const Json json, Json::parse(report));
  if (json.contains("error")) return fail(Errc::internal, json["error"].as_string());
  Figures out;
  for (const auto& [name, value] : json.members()) out.emplace_back(name, value.as_double());
  out.emplace_back("seconds", seconds);
  return out;
}

double figure(const Figures& figures, std::string_view name) {
  const auto found = std::ranges::find(figures, name, &Figures::value_type::first);
  return found == figures.end() ? 0 : found->second;
}

double percentile(std::vector<double> values, double part) {
  std::ranges::sort(values);
  const auto at = static_cast<std::size_t>(part * static_cast<double>(values.size() - 1) + 0.5);
  return values[at];
}

std::size_t generated_entries() {
  const char* given = std::getenv("COLOPHON_BENCH_ENTRIES");
  return given ? std::strtoull(given, nullptr, 10) : 100'000;
}

std::string data_set(std::string_view name) {
  const char* given = std::getenv("COLOPHON_DATA");
  const char* home = std::getenv("HOME");
  const std::filesystem::path root =
      given ? std::filesystem::path(given) : std::filesystem::path(home ? home : "/") / ".cache/colophon-data";
  return std::filesystem::exists(root / name) ? (root / name).string() : std::string();
}

}  // namespace colophon::bench

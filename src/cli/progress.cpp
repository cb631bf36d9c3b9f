// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/progress.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace colophon::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto kRedraw = 100ms;
constexpr auto kLine = 10s;
constexpr std::size_t kBarCells = 24;
constexpr double kEstimateAfter = 3;

// By bytes where sizes are known, since files differ much.
double share(const ingest::AddProgress& p) {
  if (p.bytes_total > 0) return static_cast<double>(p.bytes_done) / static_cast<double>(p.bytes_total);
  return p.files_total > 0 ? static_cast<double>(p.files_done) / static_cast<double>(p.files_total) : 1;
}

}  // namespace

std::string progress_bar(const ingest::AddProgress& p, double seconds) {
  const double done = std::clamp(share(p), 0.0, 1.0);
  const auto full = static_cast<std::size_t>(std::lround(done * kBarCells));
  std::string cells;
  for (std::size_t i = 0; i < kBarCells; ++i) cells += i < full ? "█" : "░";
  std::string out =
      fmt::format("Reading {}  {}  {}/{}", counted(p.files_total, "file", "files"), cells, p.files_done, p.files_total);
  if (p.entries > p.files_done) out += fmt::format("  {} entries", p.entries);
  if (seconds >= kEstimateAfter && done > 0 && done < 1)
    out += fmt::format("  about {:.0f} s left", std::ceil(seconds / done - seconds));
  return out;
}

void Progress::update(const ingest::AddProgress& progress) {
  if (out_.quiet()) return;
  const Time now = std::chrono::steady_clock::now();
  const bool tty = out_.streams().err_tty && !out_.json();
  if (now - last_ < (tty ? std::chrono::nanoseconds(kRedraw) : std::chrono::nanoseconds(kLine))) return;
  last_ = now;
  if (tty) return draw(progress, now);
  out_.note(fmt::format("{} of {} files, {} entries", progress.files_done, progress.files_total, progress.entries));
}

void Progress::draw(const ingest::AddProgress& progress, Time now) {
  const std::string bar = progress_bar(progress, std::chrono::duration<double>(now - begun_).count());
  std::fputs(("\r\x1b[K" + bar).c_str(), out_.streams().err);
  std::fflush(out_.streams().err);
  drawn_ = true;
}

void Progress::clear() {
  if (!drawn_) return;
  std::fputs("\r\x1b[K", out_.streams().err);
  std::fflush(out_.streams().err);
  drawn_ = false;
}

}  // namespace colophon::cli

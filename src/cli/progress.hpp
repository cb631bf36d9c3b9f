// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <chrono>

#include "cli/output.hpp"
#include "ingest/add.hpp"

namespace colophon::cli {

/// Tells how far adding is: on a terminal a bar that is redrawn at most ten times a second, else a line every ten seconds. To
/// `err`; nothing when quiet.
class Progress {
 public:
  explicit Progress(Output& out) : out_(out) {}
  ~Progress() { clear(); }
  void update(const ingest::AddProgress& progress);
  /// Takes the bar away, so that a line can be written.
  void clear();

 private:
  using Time = std::chrono::steady_clock::time_point;
  void draw(const ingest::AddProgress& progress, Time now);

  Output& out_;
  Time begun_ = std::chrono::steady_clock::now();
  Time last_ = begun_;
  bool drawn_ = false;
};

/// "Reading 214 files  ███████░░░  158/214  about 9 s left"; the estimate from three seconds on.
std::string progress_bar(const ingest::AddProgress& progress, double seconds);

}  // namespace colophon::cli

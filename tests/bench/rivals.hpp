// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace colophon::bench {

struct RivalQuery {
  std::vector<std::string> words;
  enum class Mode : unsigned char { all, any, phrase };
  Mode mode = Mode::all;
};

/// SQLite's FTS5 with the porter stemmer, ten best by bm25.
class Fts5 {
 public:
  static Result<Fts5> build(const std::filesystem::path& file, const std::vector<std::string>& texts);
  Fts5(Fts5&&) noexcept;
  ~Fts5();
  double milliseconds(const RivalQuery& query);
  double build_seconds() const;

 private:
  struct Impl;
  explicit Fts5(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Xapian Omega: omindex over a folder of text files, asked through Xapian's QueryParser with its defaults, ten best.
/// Errc::not_found when omindex is not installed.
class Omega {
 public:
  static Result<Omega> build(const std::filesystem::path& folder, const std::vector<std::string>& texts);
  Omega(Omega&&) noexcept;
  ~Omega();
  double milliseconds(const RivalQuery& query);
  double build_seconds() const;
  double build_cpu_seconds() const;

 private:
  struct Impl;
  explicit Omega(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace colophon::bench

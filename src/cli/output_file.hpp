// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/io.hpp"
#include "cli/output.hpp"

namespace colophon::cli {

/// A file that is written piece by piece and appears whole or not at all: under a temporary name beside its own until commit(), which
/// syncs and renames it. Given up, nothing remains, and an older file of the name stays.
class OutputFile {
 public:
  static Result<OutputFile> create(const std::filesystem::path& path);
  OutputFile(OutputFile&&) noexcept = default;
  OutputFile& operator=(OutputFile&&) = delete;
  ~OutputFile();

  Status write(std::string_view bytes);
  Status commit();

 private:
  OutputFile(std::filesystem::path path, std::filesystem::path temporary, Fd fd)
      : path_(std::move(path)), temporary_(std::move(temporary)), fd_(std::move(fd)) {}
  Status flush();

  std::filesystem::path path_, temporary_;
  Fd fd_;
  std::string waiting_;
};

/// Where a command's result goes: a file, whole or not at all, or standard output as it comes.
class Sink {
 public:
  /// `file` empty means standard output. `out` must outlive it.
  static Result<Sink> open(Output& out, const std::string& file);
  Status write(std::string_view bytes);
  /// Makes the file appear; without it nothing is left of it.
  Status end();

 private:
  explicit Sink(Output& out) : out_(&out) {}
  Output* out_;
  std::optional<OutputFile> file_;
};

}  // namespace colophon::cli

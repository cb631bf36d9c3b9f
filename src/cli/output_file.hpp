// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <optional>
#include <set>
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

/// Where a command's result goes: a file, whole or not at all, standard output as it comes, or files in a folder.
class Sink {
 public:
  /// `file` empty means standard output. `out` must outlive it.
  static Result<Sink> open(Output& out, const std::string& file);
  /// For results of several files: a `file` that is a folder, or ends with a slash, takes them; else there may be one. Standard output
  /// has it when it is whole.
  static Result<Sink> open_many(Output& out, const std::string& file, std::string_view extension);
  bool is_folder() const { return !folder_.empty(); }
  /// Ends the file before and begins the next of a folder; Errc::usage for a second one elsewhere.
  Status next(std::string_view name);
  Status write(std::string_view bytes);
  /// Makes the file appear; without it nothing is left of it.
  Status end();

 private:
  explicit Sink(Output& out) : out_(&out) {}
  Output* out_;
  std::optional<OutputFile> file_;
  std::filesystem::path folder_;
  std::string extension_;
  std::set<std::string> names_;  ///< of the folder's files so far
  std::optional<std::string> held_;
  std::size_t begun_ = 0;
};

/// As a format of formats/writer.hpp wants it: open_many() where a file holds one work.
Result<Sink> sink_for(Output& out, const std::string& file, std::string_view format);

}  // namespace colophon::cli

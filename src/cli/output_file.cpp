// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/output_file.hpp"

#include <cerrno>
#include <cstdlib>

#include "base/text.hpp"
#include "formats/writer.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace colophon::cli {
namespace {

constexpr std::size_t kBuffer = std::size_t{1} << 16;
constexpr mode_t kMode = 0644;

}  // namespace

Result<OutputFile> OutputFile::create(const std::filesystem::path& path) {
  std::string name = path.string() + ".XXXXXX";
  Fd fd(mkostemp(name.data(), O_CLOEXEC));
  if (!fd) return std::unexpected(io_error(errno, "cannot write", path));
  return OutputFile(path, name, std::move(fd));
}

OutputFile::~OutputFile() {
  if (fd_) ::unlink(temporary_.c_str());
}

Status OutputFile::flush() {
  Status status = write_all(fd_.get(), waiting_);
  waiting_.clear();
  return status;
}

Status OutputFile::write(std::string_view bytes) {
  waiting_ += bytes;
  return waiting_.size() >= kBuffer ? flush() : Status{};
}

Status OutputFile::commit() {
  TRY(flush());
  if (fchmod(fd_.get(), kMode) != 0) return std::unexpected(io_error(errno, "cannot write", path_));
  TRY(sync_fd(fd_.get(), path_));
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0) return std::unexpected(io_error(errno, "cannot write", path_));
  fd_.reset();
  return sync_directory(path_.has_parent_path() ? path_.parent_path() : ".");
}

Result<Sink> Sink::open(Output& out, const std::string& file) {
  Sink sink(out);
  if (!file.empty()) {
    TRY_ASSIGN(OutputFile opened, OutputFile::create(file));
    sink.file_.emplace(std::move(opened));
  }
  return sink;
}

Result<Sink> Sink::open_many(Output& out, const std::string& file, std::string_view extension) {
  std::error_code none;
  const bool folder = file.ends_with('/') || std::filesystem::is_directory(file, none);
  if (!folder) {
    TRY_ASSIGN(Sink sink, open(out, file));
    if (file.empty()) sink.held_.emplace();
    return sink;
  }
  Sink sink(out);
  sink.folder_ = file;
  sink.extension_ = extension;
  TRY(make_directory(sink.folder_, 0755));
  return sink;
}

Result<Sink> sink_for(Output& out, const std::string& file, std::string_view format) {
  const std::optional<formats::WriterRow> writer = formats::writer_named(format);
  const bool many = writer && writer->works == formats::Holds::one;
  return many ? Sink::open_many(out, file, writer->extension) : Sink::open(out, file);
}

Status Sink::next(std::string_view name) {
  if (folder_.empty()) {
    if (begun_++ == 0) return {};
    return fail(Errc::usage, "a file of this format holds one work, and there are more",
                "give a folder for the files: -o FOLDER/");
  }
  if (file_) TRY(file_->commit());
  std::string stem(name);
  for (char& c : stem) c = is_ascii_alpha(c) || is_ascii_digit(c) || c == '_' || c == '-' || c == '.' ? c : '-';
  if (stem.empty() || stem[0] == '.') stem.insert(0, "work");
  std::string made = stem;
  for (std::size_t n = 2; !names_.insert(ascii_lower(made)).second; ++n) made = stem + "-" + std::to_string(n);
  TRY_ASSIGN(OutputFile opened, OutputFile::create(folder_ / (made + "." + extension_)));
  file_.emplace(std::move(opened));
  ++begun_;
  return {};
}

Status Sink::write(std::string_view bytes) {
  if (held_) return held_->append(bytes), Status{};
  if (file_) return file_->write(bytes);
  out_->raw(bytes);
  return {};
}

Status Sink::end() {
  if (held_) out_->raw(*held_);
  return file_ ? file_->commit() : Status{};
}

}  // namespace colophon::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/output_file.hpp"

#include <cerrno>
#include <cstdlib>

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

Status Sink::write(std::string_view bytes) {
  if (file_) return file_->write(bytes);
  out_->raw(bytes);
  return {};
}

Status Sink::end() { return file_ ? file_->commit() : Status{}; }

}  // namespace colophon::cli

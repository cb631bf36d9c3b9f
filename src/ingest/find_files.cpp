// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cerrno>

#include "base/io.hpp"
#include "base/text.hpp"
#include "ingest/add.hpp"

#include <sys/stat.h>
#include <unistd.h>

namespace colophon::ingest {
namespace fs = std::filesystem;
namespace {

constexpr std::array<std::string_view, 5> kEndings = {".bib", ".xml", ".nxml", ".pdf", ".jats"};

bool has_our_ending(const fs::path& path) {
  return std::ranges::find(kEndings, ascii_lower(path.extension().string())) != kEndings.end();
}

void add_file(const fs::path& path, bool named, std::vector<FoundFile>& out) {
  struct stat status{};
  FoundFile file{path, 0, named || has_our_ending(path), {}};
  if (stat(path.c_str(), &status) != 0) file.error = system_message(errno), file.claimed = true;
  else if (!S_ISREG(status.st_mode)) file.error = "it is no regular file";
  else if (access(path.c_str(), R_OK) != 0) file.error = system_message(errno), file.claimed = true;
  file.size = static_cast<std::uint64_t>(status.st_size);
  out.push_back(std::move(file));
}

void add_folder(const fs::path& folder, std::vector<FoundFile>& out) {
  std::error_code error;
  std::vector<fs::path> entries;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (!it->path().filename().string().starts_with('.')) entries.push_back(it->path());
  }
  if (error) {
    out.push_back({folder, 0, true, "the folder cannot be read: " + error.message()});
    return;
  }
  std::ranges::sort(entries);
  for (const fs::path& entry : entries) {
    std::error_code ignored;
    const fs::file_status status = fs::symlink_status(entry, ignored);
    if (fs::is_directory(status)) add_folder(entry, out);
    else if (!fs::is_symlink(status) || fs::is_regular_file(fs::status(entry, ignored))) add_file(entry, false, out);
  }
}

}  // namespace

std::vector<FoundFile> find_files(const std::vector<fs::path>& paths) {
  std::vector<FoundFile> out;
  for (const fs::path& path : paths) {
    std::error_code ignored;
    const fs::path whole = fs::absolute(path, ignored).lexically_normal();
    if (fs::is_directory(whole, ignored)) add_folder(whole, out);
    else add_file(whole, true, out);
  }
  return out;
}

}  // namespace colophon::ingest

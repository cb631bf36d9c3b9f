// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_office/package.hpp"

#include <array>
#include <memory>

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

namespace colophon::formats_office {
namespace {

using formats::Outcome;

struct FreeArchive {
  void operator()(archive* a) const { archive_read_free(a); }
};
using Reader = std::unique_ptr<archive, FreeArchive>;

Package refused(Outcome outcome, std::string code, std::string message, std::string hint) {
  Package out;
  out.outcome = outcome;
  out.diagnostics.push_back({Severity::error, std::move(code), std::move(message), std::move(hint), {}});
  return out;
}

Package damaged() {
  return refused(Outcome::damaged, "package.damaged", "the file is damaged or was cut off",
                 "open it in a spreadsheet program and save it again");
}

Package too_large(std::string message) {
  return refused(Outcome::too_large, "package.too-large", std::move(message), "save the sheet that is needed as CSV");
}

std::string name_of(archive_entry* entry) {
  const char* name = archive_entry_pathname(entry);
  std::string_view out = name ? name : "";
  while (out.starts_with('/')) out.remove_prefix(1);
  return std::string(out);
}

// The entry's bytes; how reading ended.
int inflate(archive* zip, std::size_t limit, std::string& out) {
  std::array<char, 65536> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init): read fills it
  while (true) {
    const la_ssize_t got = archive_read_data(zip, buffer.data(), buffer.size());
    if (got < 0) return ARCHIVE_FATAL;
    if (got == 0) return ARCHIVE_OK;
    if (out.size() + static_cast<std::size_t>(got) > limit) return ARCHIVE_RETRY;  // our own use of the word: too much
    out.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace

Package open_package(std::string_view bytes, const std::function<bool(std::string_view name)>& wanted) {
  const Reader zip(archive_read_new());
  archive_read_support_format_zip_seekable(zip.get());
  if (!zip || archive_read_open_memory(zip.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) return damaged();
  Package out;
  std::size_t total = 0;
  archive_entry* entry = nullptr;
  for (std::size_t count = 0;; ++count) {
    const int next = archive_read_next_header(zip.get(), &entry);
    if (next == ARCHIVE_EOF) return out;
    if (next != ARCHIVE_OK && next != ARCHIVE_WARN) return damaged();
    if (count == kMaxEntries) return too_large(fmt::format("the file has more than {} parts", kMaxEntries));
    const std::string name = name_of(entry);
    if (!wanted(name)) continue;
    if (archive_entry_is_encrypted(entry))
      return refused(Outcome::encrypted, "package.encrypted", "the file asks for a password", "save it without a password");
    std::string part;
    const int read = inflate(zip.get(), std::min(kMaxPartBytes, kMaxTotalBytes - total), part);
    if (read == ARCHIVE_RETRY)
      return too_large(fmt::format("a part of the file is larger than {} MB, or all are larger than {} MB", kMaxPartBytes >> 20,
                                   kMaxTotalBytes >> 20));
    if (read != ARCHIVE_OK) return damaged();
    total += part.size();
    out.parts.insert_or_assign(name, std::move(part));
  }
}

void init_packages() {
  const Reader zip(archive_read_new());
  archive_read_support_format_zip_seekable(zip.get());
}

}  // namespace colophon::formats_office

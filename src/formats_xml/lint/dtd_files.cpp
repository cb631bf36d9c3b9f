// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_xml/lint/dtd_files.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

// clang-format off
asm(".section .rodata\n"
    ".balign 16\n"
    "colophon_dtds:\n"
    ".incbin \"" COLOPHON_DTDS "\"\n"
    ".byte 0\n"
    ".previous\n");
// clang-format on
extern "C" const char colophon_dtds[];  // NOLINT(cppcoreguidelines-avoid-c-arrays): laid down above

namespace colophon::formats_xml {
namespace {

struct FileRow {
  std::string_view path;
  std::size_t begin, size;
};
constexpr std::array kFiles = std::to_array<FileRow>({
#include "dtd_files.inc"
});
static_assert(std::ranges::is_sorted(kFiles, {}, &FileRow::path));

constexpr std::array<std::string_view, 4> kCharacters = {"/iso8879/", "/iso9573-13/", "/xmlchars/", "/mathml/"};

}  // namespace

std::optional<std::string_view> dtd_file(std::string_view path) {
  const auto row = std::ranges::lower_bound(kFiles, path, {}, &FileRow::path);
  if (row != kFiles.end() && row->path == path) return std::string_view(colophon_dtds + row->begin, row->size);
  const bool characters =
      std::ranges::any_of(kCharacters, [&](std::string_view folder) { return path.find(folder) != std::string_view::npos; });
  return characters ? std::optional<std::string_view>("") : std::nullopt;
}

}  // namespace colophon::formats_xml

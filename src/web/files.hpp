// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "web/request.hpp"

namespace colophon::web {

/// A file of the library to be sent. Its path ends in its digest.
struct ServedFile {
  std::filesystem::path path;
  std::string name;  ///< as it is called when saved
  std::string media;
};

/// One range of a file, [begin, end).
struct ByteRange {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};
/// A single range of a header such as "bytes=0-99", "bytes=100-" or "bytes=-50" (RFC 9110, section 14); nothing for anything else, which
/// is answered with the whole file. `unsatisfiable` begins behind the end: begin == end == size.
std::optional<ByteRange> parse_range(std::string_view header, std::uint64_t size);

/// PDF is shown in the browser, everything else is saved; nothing runs in it. Answers If-None-Match (304) and one Range (206, 416).
/// Errc::not_found when the file is gone.
Result<Response> file_response(const ServedFile& file, const Request& request);

}  // namespace colophon::web

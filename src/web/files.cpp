// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/files.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "web/headers.hpp"

#include <sys/stat.h>

namespace colophon::web {
namespace {

constexpr std::string_view kShown = "application/pdf";

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// RFC 6266: a plain name for old clients, the whole one for the others.
std::string disposition(const ServedFile& file) {
  std::string plain;
  for (const char c : file.name)
    plain.push_back(is_ascii_alpha(c) || is_ascii_digit(c) || c == '.' || c == '-' || c == '_' ? c : '_');
  return std::string(file.media == kShown ? "inline" : "attachment") + "; filename=\"" + plain + "\"; filename*=UTF-8''" +
         percent_encoded(file.name);
}

bool is_media_type(std::string_view media) {
  return !media.empty() && std::ranges::all_of(media, [](char c) {
    return is_ascii_alpha(c) || is_ascii_digit(c) || std::string_view("/.+-").find(c) != std::string_view::npos;
  });
}

Response headed(const ServedFile& file, const std::string& tag) {
  Response out{.type = is_media_type(file.media) ? file.media : "application/octet-stream"};
  out.headers = {{"Content-Disposition", disposition(file)},
                 {"Content-Security-Policy", std::string(kFilePolicy)},
                 {"ETag", tag},
                 {"Accept-Ranges", "bytes"}};
  return out;
}

void take_part(Response& out, const ByteRange& range, std::uint64_t size) {
  const bool satisfiable = range.begin < range.end;
  out.status = satisfiable ? 206 : 416;
  const std::string part = satisfiable ? std::to_string(range.begin) + "-" + std::to_string(range.end - 1) : "*";
  out.headers.emplace_back("Content-Range", "bytes " + part + "/" + std::to_string(size));
  out.file->offset = range.begin;
  out.file->size = range.end - range.begin;
  if (!satisfiable) out.file.reset();
}

}  // namespace

std::optional<ByteRange> parse_range(std::string_view header, std::uint64_t size) {
  constexpr std::string_view kUnit = "bytes=";
  if (!header.starts_with(kUnit)) return std::nullopt;
  const std::string_view range = header.substr(kUnit.size());
  const std::size_t dash = range.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto first = number(range.substr(0, dash));
  const auto last = number(range.substr(dash + 1));
  if (dash == 0) return last ? std::optional(ByteRange{size - std::min(*last, size), size}) : std::nullopt;
  if (!first || (!last && dash + 1 < range.size()) || (last && *last < *first)) return std::nullopt;
  if (*first >= size) return ByteRange{size, size};
  return ByteRange{*first, last ? std::min(*last, size - 1) + 1 : size};
}

Result<Response> file_response(const ServedFile& file, const Request& request) {
  TRY_ASSIGN(Fd fd, open_read(file.path));
  struct stat about{};
  if (::fstat(fd.get(), &about) != 0) return std::unexpected(io_error(errno, "cannot read", file.path));
  const auto size = static_cast<std::uint64_t>(about.st_size);
  const std::string tag = "\"" + file.path.filename().string().substr(0, 24) + "\"";
  Response out = headed(file, tag);
  if (request.header("if-none-match") == tag) {
    out.status = 304;
    return out;
  }
  out.file = FileBody{std::move(fd), 0, size};
  const std::string_view condition = request.header("if-range");
  const auto range = condition.empty() || condition == tag ? parse_range(request.header("range"), size) : std::nullopt;
  if (range) take_part(out, *range, size);
  return out;
}

}  // namespace colophon::web

// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_xml/encoding.hpp"

#include <algorithm>
#include <array>

#include "base/charset.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

namespace colophon::formats_xml {
namespace {

using namespace std::string_view_literals;

constexpr std::array kUtf8 = {""sv, "utf-8"sv, "utf8"sv, "us-ascii"sv, "ascii"sv};
constexpr std::array kUtf16 = {"utf-16"sv, "utf16"sv, "utf-16le"sv, "utf-16be"sv, "ucs-2"sv, "iso-10646-ucs-2"sv};
constexpr std::array kLatin1 = {"iso-8859-1"sv, "iso8859-1"sv, "iso_8859-1"sv, "latin1"sv, "latin-1"sv, "cp1252"sv};
// ASCII bytes that do not mean ASCII.
constexpr std::array kSevenBits = {"iso-2022"sv, "utf-7"sv, "hz"sv, "csiso2022"sv};

template <std::size_t N>
bool one_of(std::string_view text, const std::array<std::string_view, N>& list) {
  return std::ranges::find(list, text) != list.end();
}

std::string from_utf16(std::string_view bytes, bool big) {
  const auto unit = [&](std::size_t at) {
    const auto a = static_cast<unsigned char>(bytes[at]), b = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(big ? a << 8 | b : b << 8 | a);
  };
  std::string out;
  out.reserve(bytes.size() / 2 + bytes.size() / 8);
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    char32_t c = unit(at);
    const bool pair = c >= 0xD800 && c < 0xDC00 && at + 3 < bytes.size() && unit(at + 2) >= 0xDC00 && unit(at + 2) < 0xE000;
    if (pair) {
      c = 0x10000 + ((c - 0xD800) << 10) + (unit(at + 2) - 0xDC00);
      at += 2;
    }
    append_utf8(out, c >= 0xD800 && c < 0xE000 ? 0xFFFD : c);
  }
  return out;
}

// The value of encoding="…" in the XML declaration that the text starts with, in lower case.
std::string declared_encoding(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos || !text.substr(begin).starts_with("<?xml")) return {};
  const std::string_view declaration = text.substr(begin, std::min(text.find("?>", begin), begin + 300) - begin);
  std::size_t at = declaration.find("encoding");
  if (at == std::string_view::npos) return {};
  at = declaration.find_first_of("\"'", at);
  if (at == std::string_view::npos) return {};
  const std::size_t end = declaration.find(declaration[at], at + 1);
  if (end == std::string_view::npos) return {};
  return ascii_lower(trim(declaration.substr(at + 1, end - at - 1)));
}

Diagnostic remark(Severity severity, std::string message, std::string hint, std::uint32_t line = 1) {
  return {severity, "xml.encoding", std::move(message), std::move(hint), {{}, line, 0, 0}};
}

// By a byte order mark of two or four bytes, or by "<" in two bytes at the start.
std::optional<std::string> if_wide(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE\0\0"sv)) return from_charset(bytes.substr(4), "UTF-32LE");
  if (bytes.starts_with("\0\0\xFE\xFF"sv)) return from_charset(bytes.substr(4), "UTF-32BE");
  if (bytes.starts_with("\xFF\xFE"sv)) return from_utf16(bytes.substr(2), false);
  if (bytes.starts_with("\xFE\xFF"sv)) return from_utf16(bytes.substr(2), true);
  if (bytes.starts_with("<\0"sv)) return from_utf16(bytes, false);
  if (bytes.starts_with("\0<"sv)) return from_utf16(bytes, true);
  return std::nullopt;
}

void read_as(Decoded& out, std::string_view bytes, const std::string& encoding) {
  out.anew = from_charset(bytes, encoding);
  if (out.anew) return;
  out.readable = false;
  out.diagnostics.push_back(
      remark(Severity::error, fmt::format("nobody knows the encoding {}", printable(encoding)), "convert the file to UTF-8"));
}

std::uint32_t line_of_first_invalid(std::string_view bytes) {
  const std::size_t at = std::min(to_valid_utf8(bytes).find("\xEF\xBF\xBD"), bytes.size());
  return static_cast<std::uint32_t>(1 + std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

}  // namespace

Decoded decode_xml(ZeroEnded given) {
  Decoded out;
  if ((out.anew = if_wide(given))) return out;
  out.as_is = given.from(given.view().starts_with("\xEF\xBB\xBF") ? 3 : 0);
  const std::string_view bytes = out.as_is;
  const std::string declared = declared_encoding(bytes);
  if (std::ranges::any_of(kSevenBits, [&](std::string_view name) { return declared.starts_with(name); })) {
    read_as(out, bytes, declared);
  } else if (is_utf8(bytes)) {
    if (!one_of(declared, kUtf8) && end_of_ascii(bytes) < bytes.size())
      out.diagnostics.push_back(remark(Severity::warning,
                                       fmt::format("the file says {} but is UTF-8; read as UTF-8", printable(declared)),
                                       "correct its XML declaration"));
  } else if (one_of(declared, kLatin1)) {
    out.anew = from_windows_1252(bytes);
  } else if (one_of(declared, kUtf8) || one_of(declared, kUtf16)) {
    out.diagnostics.push_back(remark(Severity::warning, "the file says UTF-8 but is not; read as Windows-1252",
                                     "check its accented letters, and convert it to UTF-8", line_of_first_invalid(bytes)));
    out.anew = from_windows_1252(bytes);
  } else {
    read_as(out, bytes, declared);
  }
  return out;
}

}  // namespace colophon::formats_xml

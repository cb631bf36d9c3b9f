// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/charset.hpp"

#include <memory>

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

namespace colophon {
namespace {

constexpr std::size_t kLongest = std::size_t{1} << 30;

using Converter = std::unique_ptr<UConverter, void (*)(UConverter*)>;

// ICU takes an empty name for the machine's own encoding, and "a,b" for options.
Converter open(std::string_view name) {
  UErrorCode error = U_ZERO_ERROR;
  const bool plain = !name.empty() && name.size() < 60 && name.find(',') == std::string_view::npos;
  UConverter* found = plain ? ucnv_open(std::string(name).c_str(), &error) : nullptr;
  return {U_SUCCESS(error) ? found : nullptr, [](UConverter* c) { ucnv_close(c); }};
}

}  // namespace

std::optional<std::string> charset_name(std::string_view name) {
  const Converter converter = open(name);
  if (!converter) return std::nullopt;
  UErrorCode error = U_ZERO_ERROR;
  const char* own = ucnv_getName(converter.get(), &error);
  for (const char* standard : {"MIME", "IANA"}) {
    error = U_ZERO_ERROR;
    if (const char* usual = own ? ucnv_getStandardName(own, standard, &error) : nullptr) return std::string(usual);
  }
  return std::string(own ? own : "");
}

std::optional<std::string> from_charset(std::string_view bytes, std::string_view name) {
  const Converter converter = open(name);
  if (!converter || bytes.size() > kLongest) return std::nullopt;
  UErrorCode error = U_ZERO_ERROR;
  const icu::UnicodeString text(bytes.data(), static_cast<int32_t>(bytes.size()), converter.get(), error);
  if (U_FAILURE(error)) return std::nullopt;
  std::string out;
  text.toUTF8String(out);
  return out;
}

}  // namespace colophon

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "formats/draft.hpp"

namespace colophon::formats_office {

inline constexpr std::size_t kMaxEntries = 10'000;
inline constexpr std::size_t kMaxPartBytes = std::size_t{64} << 20;    ///< of one part, inflated
inline constexpr std::size_t kMaxTotalBytes = std::size_t{192} << 20;  ///< of all parts that are read

/// The wanted parts of an Open Packaging file (ECMA-376 part 2), inflated. Names have no leading slash.
struct Package {
  formats::Outcome outcome = formats::Outcome::ok;  ///< ok, or why there are no parts
  std::map<std::string, std::string, std::less<>> parts;
  std::vector<Diagnostic> diagnostics;
};

/// Opens a ZIP file in memory (libarchive; stored and deflated entries only) and inflates the entries that `wanted` asks for, within
/// the limits above: what would come out is counted while it comes out, so that a bomb costs no more than the limits.
/// Outcomes: ok, damaged (no ZIP, cut off, wrong check sum), encrypted, too_large. Thread-safe.
Package open_package(std::string_view bytes, const std::function<bool(std::string_view name)>& wanted);

/// Once a process: lets libarchive make its tables before the process is locked down.
void init_packages();

}  // namespace colophon::formats_office

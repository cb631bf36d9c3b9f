// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace colophon::store {

/// Zstandard (RFC 8878) at level 3, with content checksum.
std::string compress(std::string_view bytes);
/// Errc::io for damaged data or more than 256 MiB of content.
Result<std::string> decompress(std::string_view bytes);

}  // namespace colophon::store

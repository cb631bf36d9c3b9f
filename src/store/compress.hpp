// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace colophon::store {

/// Zstandard (RFC 8878) at level 3, with content checksum.
std::string compress(std::string_view bytes);
/// Errc::io for damaged data or more than 256 MiB of content.
Result<std::string> decompress(std::string_view bytes);

/// What compress() wrote, of several such one behind the other; and how long its content is. Errc::io for damaged data.
Result<std::string_view> first_frame(std::string_view frames);
Result<std::size_t> content_size(std::string_view frame);

std::unexpected<Error> damaged_text();

}  // namespace colophon::store

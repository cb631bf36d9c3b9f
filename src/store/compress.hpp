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

/// The first of several that compress() wrote one behind the other. Errc::io for damaged data.
Result<std::string_view> first_frame(std::string_view frames);
/// How many bytes decompress() would give. Errc::io for damaged data or more than 256 MiB.
Result<std::size_t> content_size(std::string_view frame);
/// Errc::io: what was kept is not what was written.
std::unexpected<Error> damaged_text();

}  // namespace colophon::store

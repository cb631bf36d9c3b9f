// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string_view>

namespace colophon::formats_office {

/// What a number format shows of a number: the number itself, a date as precise as it is shown, or a time of day.
enum class Shows : std::uint8_t { number, year, month, day, time };

/// A format code (ECMA-376 part 1, 18.8.31): "yyyy\-mm\-dd", "[$-407]MMMM YYYY;@", "0.00", "#,##0 \"days\"". Text in quotes, behind a
/// backslash, an underscore or an asterisk, and conditions in brackets play no part; m beside h or s is minutes. First section only.
Shows shown_by(std::string_view code);
/// A built-in format by its number (18.8.30); 27 to 36 and 50 to 58 are dates in East Asia.
Shows shown_by(std::uint32_t built_in);

}  // namespace colophon::formats_office

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace colophon {

/// Short ids that people read aloud: Crockford's base32 alphabet (no I, L, O, U), lower case, the last symbol a check symbol of
/// the same alphabet. The check is the sum of symbol × odd weight (1, 3, 5 …) modulo 32, which finds every single wrong symbol.

/// `length` symbols in all (3 to 26), taken from the leading bits of `bytes`, check symbol included. REQUIRES: enough bits.
std::string crockford_id(std::string_view bytes, std::size_t length);
/// Reads what a person typed: any case, O for 0, I and L for 1, hyphens ignored. Errc::invalid when the check symbol is wrong.
Result<std::string> parse_crockford_id(std::string_view text);

}  // namespace colophon

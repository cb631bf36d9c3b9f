// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace colophon::formats_pdf {

/// The values of a property in an XMP packet (ISO 16684-1), by its usual prefixed name ("dc:creator"): the items of its list, its
/// text, or its attribute. A search, not an XML parser: a packet that declares other prefixes gives nothing.
std::vector<std::string> xmp_values(std::string_view packet, std::string_view property);

}  // namespace colophon::formats_pdf

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"

namespace colophon::formats_xml {

/// Where each start tag of a well-formed document stands, in order: line and column (bytes) of its "<". A tree of libxml2 knows the line
/// on which a tag ends, and no column.
std::vector<Location> start_tags(std::string_view text);

}  // namespace colophon::formats_xml

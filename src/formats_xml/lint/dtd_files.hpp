// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string_view>

namespace colophon::formats_xml {

/// A file of the DTDs that are part of the program (dtd/README.md): "1.3/JATS-archivearticle1-3.dtd". A set of named characters is there
/// and empty; nothing for any other name.
std::optional<std::string_view> dtd_file(std::string_view path);

}  // namespace colophon::formats_xml

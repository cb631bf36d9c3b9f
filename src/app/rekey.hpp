// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "formats/bibtex/rekey.hpp"

namespace colophon::app {

/// A pattern as a person wrote it. Errc::usage, with the place in it.
Result<formats::KeyPattern> key_pattern(std::string_view text);
/// New keys for a text; `name` is what messages call it. Errc::invalid for what is no BibTeX.
Result<formats::Rekeyed> rekey(std::string_view text,
                               const formats::KeyPattern& pattern,
                               formats::Keys which,
                               const std::string& name);

}  // namespace colophon::app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/zero_ended.hpp"

namespace colophon::formats_xml {

/// The text of an XML file in UTF-8.
struct Decoded {
  ZeroEnded as_is;                  ///< the bytes without their mark: the text, when they are UTF-8 already
  std::optional<std::string> anew;  ///< the text, when they are not
  bool readable = true;             ///< false: an encoding that nobody knows; the diagnostic names it
  std::vector<Diagnostic> diagnostics;

  std::string_view text() const { return anew ? std::string_view(*anew) : as_is.view(); }
};

/// XML 1.0, appendix F, as far as the content agrees: byte order mark (UTF-8, UTF-16, UTF-32), then UTF-16 without one, then the
/// declaration. Valid UTF-8 that says otherwise is UTF-8, and what says UTF-8 but is not is read as Windows-1252, each with a warning.
/// Other declared encodings are read as ICU knows them; what is malformed in them becomes U+FFFD. UTF-8 is not copied.
Decoded decode_xml(ZeroEnded bytes);

}  // namespace colophon::formats_xml

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "formats/draft.hpp"

namespace colophon::formats_xml {

/// The pass over the bytes of an XML file before its parser sees them. It exists because a parser without the DTD drops every
/// named character (&nbsp;), believes a wrong encoding declaration, and takes time quadratic in the attributes of a tag.
///
/// What comes out is UTF-8 with the lines where they were: the XML declaration and the document type declaration are blanked,
/// known named characters and plain internal entities stand in the text as characters, outside CDATA, comments and processing
/// instructions. An unknown name is kept as the text "&name;" with a warning, never dropped.
///
/// Encoding (XML 1.0, appendix F): byte order mark, then UTF-16 without one, then the declaration, as far as the content agrees:
/// content that is not UTF-8 although it says so is read as Windows-1252, valid UTF-8 that says otherwise as UTF-8, each with a
/// warning. Other encodings are Outcome::unsupported.
///
/// Refused: NUL, a tag longer than kMaxTagBytes or with more than kMaxAttributes attributes, and a document type declaration
/// with parameter entities, external entities, or entities that hold other entities or markup (`&`, `%`, `<`).
struct Prepared {
  formats::Outcome outcome = formats::Outcome::ok;  ///< ok, or why there is no text
  std::string text;
  std::vector<Diagnostic> diagnostics;
};

inline constexpr std::size_t kMaxFileBytes = std::size_t{64} << 20;  ///< of the file, and of the text after the pass
inline constexpr std::size_t kMaxTagBytes = std::size_t{64} << 10;
inline constexpr std::size_t kMaxAttributes = 256;  ///< of one tag

Prepared prepare_xml(std::string_view bytes);

}  // namespace colophon::formats_xml

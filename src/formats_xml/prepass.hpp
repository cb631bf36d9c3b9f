// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/zero_ended.hpp"
#include "formats/draft.hpp"

namespace colophon::formats_xml {

/// The pass over the bytes of an XML file before its parser sees them. It exists because a parser without the DTD drops every
/// named character (&nbsp;), believes a wrong encoding declaration, and takes time quadratic in the attributes of a tag.
///
/// What comes out is UTF-8 with the lines where they were, without XML declaration and document type declaration: known named
/// characters and plain internal entities stand in the text as characters, outside CDATA, comments and processing instructions. An
/// unknown name is kept as the text "&name;" with a warning, never dropped. Encodings: see encoding.hpp. Most files need no change and
/// are not copied.
///
/// Refused: NUL, a tag longer than kMaxTagBytes or with more than kMaxAttributes attributes, text that grows by more than kMaxGrowth,
/// and a document type declaration with parameter entities, external entities, or entities that hold other entities or markup
/// (`&`, `%`, `<`).
struct Prepared {
  formats::Outcome outcome = formats::Outcome::ok;  ///< ok, or why there is no text
  std::vector<Diagnostic> diagnostics;
  ZeroEnded as_is;                       ///< the bytes given, while nothing was rewritten
  std::optional<std::string> rewritten;  ///< the text where it had to be changed
  std::size_t begin = 0;                 ///< of the text in either
  std::uint32_t line = 1;                ///< the line that it begins on

  /// A NUL stands behind it. Valid while this and the bytes given are where they are.
  std::string_view text() const { return (rewritten ? ZeroEnded(*rewritten) : as_is).from(begin); }
};

inline constexpr std::size_t kMaxFileBytes = std::size_t{64} << 20;
inline constexpr std::size_t kMaxGrowth = std::size_t{8} << 20;  ///< by entities
inline constexpr std::size_t kMaxTagBytes = std::size_t{64} << 10;
inline constexpr std::size_t kMaxAttributes = 256;  ///< of one tag

/// `bytes` must outlive what is returned.
Prepared prepare_xml(ZeroEnded bytes);

}  // namespace colophon::formats_xml

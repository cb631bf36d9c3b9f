// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string_view>

namespace colophon::formats::bibtex {

/// What a TeX command does to the text around it.
enum class TexKind : std::uint8_t {
  symbol,    ///< stands for `text`
  accent,    ///< puts the combining character `text` on its argument
  mark,      ///< its argument gets `marks`
  declare,   ///< the rest of the group gets `marks`
  unwrap,    ///< stands for its argument
  drop,      ///< nothing; `arguments` of its arguments are dropped too
  verbatim,  ///< \url: its argument as it is
  link,      ///< \href{url}{text}
  math,      ///< \ensuremath{…}
};

struct TexCommand {
  std::string_view name;  ///< without the backslash
  TexKind kind = TexKind::symbol;
  std::string_view text;    ///< UTF-8
  std::uint16_t marks = 0;  ///< bib::Mark
  std::uint8_t arguments = 0;
};

/// The command, or null. Witnesses: LaTeX's utf8enc.dfu, the LaTeX2e reference, unicode-math-table.tex.
const TexCommand* tex_command(std::string_view name);
/// How a code point is written in TeX ("\ss{}", "\'" is done by decomposition), or empty.
std::string_view tex_of_symbol(std::string_view utf8);
/// The accent command of a combining character: "'" for U+0301; or empty.
std::string_view tex_of_accent(char32_t combining);
/// Base letter and combining character as one code point in UTF-8 (NFC), from a table made once; empty when there is none.
std::string_view composed(char base, std::string_view combining);

}  // namespace colophon::formats::bibtex

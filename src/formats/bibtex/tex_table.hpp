// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace colophon::formats::bibtex {

/// What a TeX command does to the text around it.
enum class TexKind : std::uint8_t {
  symbol,       ///< stands for `text`
  ligature,     ///< the same for characters without a backslash: "---"
  accent,       ///< puts the combining characters `text` on its argument
  mark,         ///< its argument gets `marks`
  declare,      ///< the rest of the group gets `marks`; none: the font marks end
  unwrap,       ///< stands for its argument
  drop,         ///< stands for nothing
  verbatim,     ///< \url: its argument as it is
  link,         ///< \href{url}{text}
  math,         ///< \ensuremath{…}
  alphabet,     ///< letters of its argument in the mathematical alphabet `text`
  fraction,     ///< \frac{1}{2}
  root,         ///< \sqrt[3]{x}
  environment,  ///< a name for \begin that only groups
  begin,        ///< \begin{name}
  end,          ///< \end{name}
};

/// Where TeX allows a command. We read it anywhere, and write it where it belongs.
enum class TexMode : std::uint8_t { text, math, both };
/// Which blanks count in math: those beside relations, binary operators and named operators do.
enum class TexClass : std::uint8_t { ordinary, binary, relation, operation };

/// A row of tex.tsv, which says what its columns hold.
struct TexCommand {
  std::string_view name;  ///< without the backslash
  TexKind kind = TexKind::symbol;
  std::string text;            ///< UTF-8
  std::uint16_t marks = 0;     ///< bib::Mark
  std::string_view arguments;  ///< s, d, o, x, u, m
  bool written = false;        ///< so `text` or `marks` is written
  TexMode mode = TexMode::text;
  TexClass math_class = TexClass::ordinary;
  std::string_view witness;
};

/// All rows in the order of the file. Parsed once; thread-safe.
std::span<const TexCommand> tex_rows();
/// The command with that name, or null; never a ligature.
const TexCommand* tex_command(std::string_view name);

}  // namespace colophon::formats::bibtex

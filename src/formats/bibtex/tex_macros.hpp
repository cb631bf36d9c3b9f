// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>

namespace colophon::formats::bibtex {

/// A command that a file defines for itself: its text with "#1" to "#9" where the arguments stand.
struct TexMacro {
  std::string name, body;
  int arguments = 0;
};

/// The commands that the @preamble of a file defines: \newcommand, \renewcommand, \providecommand, \DeclareRobustCommand (with and
/// without star) and \def, \gdef, \edef, \xdef (LaTeX2e reference, "Definitions"; The TeXbook, chapter 20).
///
/// Kept are those that the decoder can read: whose body holds nothing but commands of tex.tsv and other kept ones (a body that moves
/// boxes about tells nothing about text), with arguments that are parted by nothing, at most nine, none optional. What tex.tsv knows is
/// not redefined: preambles define how things look, the table says what they mean. The first definition holds, as with
/// \providecommand, except that \renewcommand replaces it.
///
/// Linear in the preambles' length. Thread-safe when not being changed.
class TexMacros {
 public:
  /// Takes the definitions of one @preamble: its body as it stands in the file, pieces joined by "#" or TeX alone.
  void add(std::string_view preamble);
  /// To be called once, after the last add(): drops what cannot be read.
  void close();

  bool empty() const { return macros_.empty(); }
  /// The macro, or null.
  const TexMacro* find(std::string_view name) const;

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, TexMacro, Hash, std::equal_to<>> macros_;
};

}  // namespace colophon::formats::bibtex

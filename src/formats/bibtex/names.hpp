// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "bib/name.hpp"
#include "formats/bibtex/tex.hpp"

namespace colophon::formats::bibtex {

/// One name cut into its parts: views of its TeX, trimmed, nothing decoded.
struct NameParts {
  enum class Form : std::uint8_t { parted, literal, extended };
  Form form = Form::parted;
  std::string_view whole;  ///< of a literal, what stands in its braces
  std::string_view given, prefix, family, suffix;
  std::string_view rest;  ///< from the third comma on, where there are more than two
};

/// A list of names, cut. The buffers are used again by the next list.
struct NameCuts {
  std::vector<NameParts> names;
  bool others = false;
  std::vector<std::string_view> odd;  ///< what is parted otherwise than by "and", or has too many commas

 private:
  friend class NameCutter;
  struct Word {
    std::size_t begin, end;
  };
  std::vector<Word> words_;
};

/// A list of names as BibTeX cuts it (btxdoc.tex section 4; Patashnik, "Designing BibTeX styles"; BibLaTeX manual 3.19, 2.3.3):
///
///   list : name { " and " name } — "and" outside braces; a last "others" or "et al." is NameList::others
///   name : "First von Last" | "von Last, First" | "von Last, Jr, First" | "{Corporate name}"
///        | "family=Last, given=First, prefix=von, suffix=Jr, useprefix=true"   (BibLaTeX's extended format)
///
/// "von" parts begin with a lower-case letter outside braces, or with a special character ("{\'e}") that does. A name that is
/// one pair of braces is a literal. A single word is a family name. Ties ("~") part words. Options of a list ("nosortothers=true")
/// are no names. Lists parted otherwise, with `odd` receiving the text: "Lee, A.; Roe, B." and, as there are more commas than a name
/// can have, "Lee, A., Roe, B." or "Ann Lee, Bob Roe, Cy Poe, Di Moe"; else what follows the second comma is given name. Linear.
void cut_names(std::string_view tex, NameCuts& out);
bib::NameList decode_names(const NameCuts& cuts, std::vector<std::string>* odd = nullptr, Decoding* decoding = nullptr);
/// Both.
bib::NameList parse_names(std::string_view tex, std::vector<std::string>* odd = nullptr, Decoding* decoding = nullptr);

/// The list in that grammar, encoded: "von Last, Jr, First and {Literal} and others".
/// In BibLaTeX's dialect, a name with a dropping prefix in its extended format, which alone has a place for that.
std::string write_names(const bib::NameList& list, Dialect dialect = Dialect::bibtex);

/// "A and B" lists of publishers and places: split at "and" outside braces.
std::vector<std::string_view> split_list(std::string_view tex);

}  // namespace colophon::formats::bibtex

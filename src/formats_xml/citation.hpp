// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bib/name.hpp"
#include "formats_xml/arena.hpp"
#include "formats_xml/elements.hpp"

namespace colophon::formats_xml {

/// A reference, while its parts come by. One is used for all, so that it costs no memory of its own.
struct Citation {
  struct Part {
    El el = El::other;
    std::uint32_t begin = 0, size = 0;  ///< of its bytes in `text`
  };
  std::string names;  ///< as printed: "Lucas, K.; Mulvaney, D."
  std::vector<Part> parts;
  std::bitset<kElements> present;  ///< elements of `parts`
  std::string text;
  std::string doi, pmid, pmcid, isbn, url;
  bool in_authors = false;
  bool others = false;
  bool printed = false;   ///< it brings its own punctuation
  bool hidden = false;    ///< what is open in it is no part of its text
  std::size_t depth = 0;  ///< of its element, 0 when none is open

  // As printed: parts with nothing between them are not run together.
  bool mixed = false;  ///< it may bring its own punctuation
  std::vector<TextArena::Insertion> between;
  std::size_t end = 0;        ///< of the last part, 0 before the first
  bool ends_in_name = false;  ///< that part

  bool has(El el) const { return present[static_cast<std::size_t>(el)]; }
  bool same(El a, El b) const;  ///< both are there and say the same
  void add(El el, std::string_view part);
  void add_name(std::string_view name);
  void add_name(const bib::Name& name);
  void forget_parts(std::size_t begin);
  void clear();
  /// What is printed where the parts bring no punctuation: "Lucas, K.; Mulvaney, D. (2012). Title. Source 20(2): 105–113. Geneva: ILO."
  std::string composed() const;
};

}  // namespace colophon::formats_xml

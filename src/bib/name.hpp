// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace colophon::bib {

/// A name in CSL's parts. Either `literal` (a corporate author, a single unparted name) or the other parts are set.
struct Name {
  std::string family;
  std::string given;
  std::string prefix;           ///< non-dropping particle: "van der" in "van der Berg"
  std::string dropping_prefix;  ///< dropping particle: "de" in "La Fontaine, Jean de"
  std::string suffix;           ///< "Jr.", "III"
  std::string literal;

  bool empty() const { return family.empty() && given.empty() && literal.empty(); }
  friend bool operator==(const Name&, const Name&) = default;
};

/// "van der Berg, A. B., Jr." or the literal.
std::string sorted_form(const Name& name);
/// "A. B. van der Berg Jr." or the literal.
std::string display_form(const Name& name);
/// The folded family name with its prefix (or the folded literal): the key by which names are compared and sorted.
std::string surname_key(const Name& name);

struct Affiliation {
  std::string text;  ///< as printed
  std::string institution;
  std::string ror;  ///< canonical Ror, or empty
  std::string city;
  std::string country;

  friend bool operator==(const Affiliation&, const Affiliation&) = default;
};

struct Contributor {
  Name name;
  std::string orcid;  ///< canonical Orcid, or empty
  std::string email;
  std::vector<std::string> roles;           ///< CRediT terms or other roles as printed
  std::vector<std::uint32_t> affiliations;  ///< positions in the list's affiliations
  bool corresponding = false;
  bool equal_contribution = false;

  friend bool operator==(const Contributor&, const Contributor&) = default;
};

/// Authors (or editors …) as one unit with the affiliations they point to. `others` is "et al."
struct NameList {
  std::vector<Contributor> names;
  std::vector<Affiliation> affiliations;
  bool others = false;

  friend bool operator==(const NameList&, const NameList&) = default;
};

/// "Folke", "Folke and Meerow", "Folke et al." for result lists.
std::string short_form(const NameList& list);
/// "Müller, A. B.; de la Cruz, J.; …"
std::string long_form(const NameList& list);

}  // namespace colophon::bib

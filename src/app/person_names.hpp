// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "bib/name.hpp"

namespace colophon::app {

/// Who is one person among the contributors of some works. First every contributor is added, then keys are asked for.
class PersonNames {
 public:
  void add(const bib::Contributor& contributor);
  /// A person whose name is one text, parted as key() does it.
  void add(std::string_view display_name, std::string_view orcid);
  /// Equal for one person: the ORCID iD, also of a name that comes with exactly one elsewhere; else the folded name, where initials
  /// stand for the only full name that they fit. Empty for organisations.
  std::string key(const bib::Contributor& contributor) const;
  /// Of a name as one text, "Karel van der Berg, Jr.": that of the contributor who is written so; else its family name begins at a word in
  /// lower case, or is the last word.
  std::string key(std::string_view display_name) const;

 private:
  bib::Contributor parted(std::string_view display_name) const;

  std::map<std::string, std::set<std::string>> orcids_;  // by full name
  std::map<std::string, std::set<std::string>> full_;    // by family name and first initial
  std::map<std::string, bib::Contributor> displayed_;    // by folded display form
};

}  // namespace colophon::app

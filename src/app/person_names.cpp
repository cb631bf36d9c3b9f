// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/person_names.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace colophon::app {
namespace {

struct Parts {
  std::string family, given;
};

Parts parts_of(const bib::Name& name) {
  if (!name.literal.empty() || name.family.empty()) return {};
  return {bib::surname_key(name), fold_key(name.given)};
}

std::string full_name(const Parts& parts) { return parts.family + ", " + parts.given; }
std::string initial_of(const Parts& parts) { return parts.family + ", " + parts.given.substr(0, 1); }

// "m" and "m b", not "maria b".
bool only_initials(std::string_view given) {
  return std::ranges::all_of(split(given, ' '), [](std::string_view word) { return count_code_points(word) <= 1; });
}

std::size_t family_at(std::string_view name) {
  for (std::size_t at = name.find(' '); at != std::string_view::npos; at = name.find(' ', at + 1)) {
    if (at + 1 < name.size() && name[at + 1] >= 'a' && name[at + 1] <= 'z') return at + 1;
  }
  return name.rfind(' ') + 1;  // npos + 1 is 0: a single word
}

}  // namespace

void PersonNames::add(const bib::Contributor& contributor) {
  const Parts parts = parts_of(contributor.name);
  if (parts.family.empty()) return;
  displayed_.emplace(fold_key(bib::display_form(contributor.name)), contributor);
  if (!contributor.orcid.empty()) orcids_[full_name(parts)].insert(contributor.orcid);
  if (!only_initials(parts.given)) full_[initial_of(parts)].insert(full_name(parts));
}

std::string PersonNames::key(const bib::Contributor& contributor) const {
  if (!contributor.orcid.empty()) return contributor.orcid;
  const Parts parts = parts_of(contributor.name);
  if (parts.family.empty()) return {};
  std::string name = full_name(parts);
  if (only_initials(parts.given)) {
    const auto fitting = full_.find(initial_of(parts));
    if (fitting != full_.end() && fitting->second.size() == 1) name = *fitting->second.begin();
  }
  const auto known = orcids_.find(name);
  return known != orcids_.end() && known->second.size() == 1 ? *known->second.begin() : name;
}

bib::Contributor PersonNames::parted(std::string_view display_name) const {
  if (const auto known = displayed_.find(fold_key(display_name)); known != displayed_.end()) return known->second;
  const std::string name = squeeze(display_name);
  const std::size_t at = family_at(name);
  bib::Contributor out;
  out.name.family = name.substr(at);
  out.name.given = squeeze(std::string_view(name).substr(0, at));
  return out;
}

void PersonNames::add(std::string_view display_name, std::string_view orcid) {
  bib::Contributor person = parted(display_name);
  if (!orcid.empty()) person.orcid = orcid;
  add(person);
}

std::string PersonNames::key(std::string_view display_name) const { return key(parted(display_name)); }

}  // namespace colophon::app

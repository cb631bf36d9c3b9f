// SPDX-License-Identifier: GPL-3.0-or-later
#include "bib/name.hpp"

#include "base/text.hpp"

namespace colophon::bib {
namespace {

std::string joined(std::initializer_list<std::string_view> parts, std::string_view separator) {
  std::string out;
  for (const std::string_view part : parts) {
    if (part.empty()) continue;
    if (!out.empty()) out += separator;
    out += part;
  }
  return out;
}

std::string short_name(const Name& name) {
  if (!name.literal.empty()) return name.literal;
  return name.family.empty() ? name.given : joined({name.prefix, name.family}, " ");
}

}  // namespace

std::string sorted_form(const Name& name) {
  if (!name.literal.empty()) return name.literal;
  return joined({joined({name.prefix, name.family}, " "), joined({name.given, name.dropping_prefix}, " "), name.suffix}, ", ");
}

std::string display_form(const Name& name) {
  if (!name.literal.empty()) return name.literal;
  return joined({name.given, name.dropping_prefix, name.prefix, name.family, name.suffix}, " ");
}

std::string surname_key(const Name& name) { return fold_key(short_name(name)); }

std::string short_form(const NameList& list) {
  if (list.names.empty()) return {};
  const std::string first = short_name(list.names[0].name);
  if (list.names.size() > 2 || list.others) return first + " et al.";
  return list.names.size() == 2 ? first + " and " + short_name(list.names[1].name) : first;
}

std::string long_form(const NameList& list) {
  std::string out;
  for (const Contributor& person : list.names) {
    if (!out.empty()) out += "; ";
    out += sorted_form(person.name);
  }
  return list.others ? out + "; et al." : out;
}

}  // namespace colophon::bib

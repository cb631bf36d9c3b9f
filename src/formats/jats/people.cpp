// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "formats/jats/parts.hpp"
#include "formats/jats/vocabulary.hpp"

#include <fmt/format.h>

// Contributors and affiliations, a contrib-group for each list.
namespace colophon::formats::jats {
namespace {

using bib::Affiliation;
using bib::Contributor;
using bib::NameList;

constexpr std::pair<FieldId, std::string_view> kLists[] = {
    {FieldId::author, "author"}, {FieldId::editor, "editor"}, {FieldId::translator, "translator"}, {FieldId::contributor, ""}};
// Words by which a contrib-type names a list of its own (formats_xml/people.cpp).
constexpr std::string_view kListWords[] = {"author", "collab", "translator", "editor", "editeur"};

// The part of a name as the reader leaves it: no blanks, commas or semicolons around it.
bool is_bare(std::string_view text) {
  const auto edge = [](char c) { return is_blank(c) || c == ',' || c == ';'; };
  return is_one_line(text) && (text.empty() || (!edge(text.front()) && text.front() != '.' && !edge(text.back())));
}

bool is_plain_name(const bib::Name& name) {
  if (!name.literal.empty()) return is_bare(name.literal) && name == bib::Name{.literal = name.literal};
  return !name.family.empty() && name.prefix.empty() && name.dropping_prefix.empty() && is_bare(name.family) &&
         is_bare(name.given) && is_bare(name.suffix);
}

// The first role of a contributor is its contrib-type.
bool is_contrib_type(std::string_view role) {
  if (role == "non-byline" || role == "collab-member") return true;
  return !role.empty() && role != "person" && is_one_line(role) && ascii_lower(role) == role &&
         std::ranges::none_of(kListWords, [&](std::string_view word) { return role.find(word) != std::string_view::npos; });
}

bool is_plain_affiliation(const Affiliation& a) {
  const Result<bib::Ror> ror = bib::Ror::parse(a.ror);
  return (a.ror.empty() || (ror && ror->str() == a.ror)) && !a.text.empty() && is_bare(a.text) && is_bare(a.institution) &&
         is_bare(a.city) && is_bare(a.country);
}

// Each affiliation is someone's, in the order of first use.
bool in_order(const NameList& list) {
  std::size_t seen = 0;
  for (const Contributor& person : list.names) {
    for (const std::uint32_t at : person.affiliations) {
      if (at > seen) return false;
      if (at == seen) ++seen;
    }
  }
  return seen == list.affiliations.size();
}

bool is_plain_person(FieldId field, const Contributor& person) {
  const std::span<const std::string> roles = person.roles;
  if (field == FieldId::contributor && (roles.empty() || !is_contrib_type(roles[0]))) return false;
  const Result<bib::Orcid> orcid = bib::Orcid::parse(person.orcid);
  return is_plain_name(person.name) && is_one_line(person.email) &&
         (person.orcid.empty() || (orcid && orcid->str() == person.orcid)) &&
         std::ranges::all_of(roles, [](const std::string& role) { return !role.empty() && is_one_line(role); });
}

void write_name(XmlOut& xml, const bib::Name& name) {
  if (name.literal == "Anonymous" || name.empty()) {
    xml.open("anonymous").close();
    return;
  }
  if (!name.literal.empty()) {
    xml.leaf("collab", name.literal);
    return;
  }
  const auto joined = [](const std::string& a, const std::string& b) { return a.empty() || b.empty() ? a + b : a + " " + b; };
  xml.open("name", {{"name-style", name.family.empty() ? "given-only" : ""}});
  xml.leaf("surname", joined(name.prefix, name.family));
  xml.leaf("given-names", joined(name.given, name.dropping_prefix));
  xml.leaf("suffix", name.suffix).close();
}

void write_role(XmlOut& xml, const std::string& role) {
  const CreditTerm term = credit_term(role);
  const std::string_view use = role == "Reviewer" ? "reviewer" : role == "Editor" ? "editor" : "";  // JATS4R
  if (term.name.empty()) xml.leaf("role", role, {{"specific-use", use}});
  else
    xml.leaf("role", role,
             {{"vocab", "credit"},
              {"vocab-identifier", "https://credit.niso.org/"},
              {"vocab-term", term.name},
              {"vocab-term-identifier", term.address}});
}

void write_institution(XmlOut& xml, const Affiliation& a) {
  const Result<bib::Ror> ror = bib::Ror::parse(a.ror);
  if (!ror) {
    if (!a.institution.empty()) xml.span("institution").text(a.institution).close();
    return;
  }
  xml.span("institution-wrap").span("institution-id", {{"institution-id-type", "ror"}});
  xml.text("https://ror.org/" + ror->str()).close();
  if (!a.institution.empty()) xml.span("institution").text(a.institution).close();
  xml.close();
}

// The text as printed, with its parts marked; where they do not stand in it, one after the other beside the text.
void write_affiliation(XmlOut& xml, const Affiliation& a, std::string_view id) {
  xml.open("aff", {{"id", id}});
  const std::string_view text = a.text;
  const std::size_t institution = text.find(a.institution), after = institution + a.institution.size();
  const std::size_t country = a.country.empty() ? text.size() : text.rfind(a.country);
  const std::size_t city = a.city.empty() ? after : text.find(a.city, after);
  const bool inside = institution != std::string_view::npos && country != std::string_view::npos &&
                      city != std::string_view::npos && after <= country && city + a.city.size() <= country;
  if (!inside) {
    xml.span("institution", {{"content-type", "original"}}).text(text).close();
    write_institution(xml, a);
    if (!a.city.empty()) xml.span("city").text(a.city).close();
    if (!a.country.empty()) xml.span("country").text(a.country).close();
    xml.close();
    return;
  }
  xml.text(text.substr(0, institution));
  write_institution(xml, a);
  xml.text(text.substr(after, city - after));
  if (!a.city.empty()) xml.span("city").text(a.city).close();
  xml.text(text.substr(city + a.city.size(), country - city - a.city.size()));
  if (!a.country.empty()) xml.span("country").text(a.country).close();
  xml.text(text.substr(std::min(country + a.country.size(), text.size())));
  xml.close();
}

class GroupWriter {
 public:
  GroupWriter(Writing& w, FieldId field, std::string_view type, const NameList& list)
      : w_(w), xml_(w.xml), field_(field), type_(type), list_(list) {
    for (std::size_t i = 0; i < list.affiliations.size(); ++i) ids_.push_back(xml_.new_id("aff"));
    // A reader takes a group's only affiliation for everybody's, so that it stands within its first person when it is not.
    nested_ = list.affiliations.size() == 1 &&
              std::ranges::any_of(list.names, [](const Contributor& person) { return person.affiliations.empty(); });
  }

  void write() {
    xml_.open("contrib-group");
    for (const Contributor& person : list_.names) write(person);
    if (list_.others && field_ == FieldId::author && !w_.publishing()) xml_.open("etal").close();
    for (std::size_t i = 0; i < list_.affiliations.size() && !nested_; ++i)
      write_affiliation(xml_, list_.affiliations[i], ids_[i]);
    xml_.close();
  }

 private:
  void write(const Contributor& person) {
    const bool typed = field_ == FieldId::contributor && !person.roles.empty() && is_contrib_type(person.roles[0]);
    const std::string_view other = type_.empty() ? "contributor" : type_;
    const std::string_view type = typed ? std::string_view(person.roles[0]) : other;
    xml_.open("contrib", {{"contrib-type", type},
                          {"corresp", person.corresponding ? "yes" : ""},
                          {"equal-contrib", person.equal_contribution ? "yes" : ""}});
    if (const Result<bib::Orcid> orcid = bib::Orcid::parse(person.orcid))
      xml_.leaf("contrib-id", "https://orcid.org/" + orcid->str(), {{"contrib-id-type", "orcid"}});
    write_name(xml_, person.name);
    xml_.leaf("email", person.email);
    for (std::size_t i = typed ? 1 : 0; i < person.roles.size(); ++i) write_role(xml_, person.roles[i]);
    for (const std::uint32_t at : person.affiliations) {
      if (at >= ids_.size()) continue;
      if (nested_ && !std::exchange(stands_, true)) write_affiliation(xml_, list_.affiliations[at], ids_[at]);
      else xml_.open("xref", {{"ref-type", "aff"}, {"rid", ids_[at]}}).close();
    }
    xml_.close();
  }

  Writing& w_;
  XmlOut& xml_;
  FieldId field_;
  std::string_view type_;
  const NameList& list_;
  std::vector<std::string> ids_;
  bool nested_ = false, stands_ = false;
};

}  // namespace

bool is_plain_list(FieldId field, const NameList& list, bool publishing) {
  const bool others = !list.others || (field == FieldId::author && !publishing);
  return !list.names.empty() && others && in_order(list) && std::ranges::all_of(list.affiliations, is_plain_affiliation) &&
         std::ranges::all_of(list.names, [&](const Contributor& person) { return is_plain_person(field, person); });
}

void write_people(Writing& w) {
  for (const auto& [field, type] : kLists) {
    const NameList* list = w.work.names(field);
    if (list && !list->names.empty()) GroupWriter(w, field, type, *list).write();
  }
}

}  // namespace colophon::formats::jats

// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "app/submissions.hpp"
#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "review/workflow.hpp"

#include <fmt/format.h>

namespace colophon::app {
namespace {

using review::Role;

constexpr std::string_view kStream = "people";

// Roles on one submission are read from the submission; as a person's they say what somebody is asked for, and give no right.
struct RoleRow {
  std::string_view name;  // as people write it
  Role role{};
  bool standing = true;
};
constexpr std::array kRoles = {
    RoleRow{"author", Role::author, false},
    RoleRow{"reviewer", Role::reviewer, false},
    RoleRow{"editor", Role::handling_editor},
    RoleRow{"handling_editor", Role::handling_editor},
    RoleRow{"managing_editor", Role::managing_editor},
    RoleRow{"clearance_officer", Role::clearance_officer},
    RoleRow{"production_editor", Role::production_editor},
    RoleRow{"admin", Role::admin},
};

const RoleRow* role_named(std::string_view name) {
  const auto found = std::ranges::find(kRoles, name, &RoleRow::name);
  return found == kRoles.end() ? nullptr : &*found;
}

std::string known_roles() {
  std::string out;
  for (const RoleRow& row : kRoles) out += (out.empty() ? "" : ", ") + std::string(row.name);
  return out;
}

std::vector<std::string> texts(const Json& json) {
  std::vector<std::string> out;
  for (const Json& item : json.items()) out.push_back(item.as_string());
  return out;
}

Json array_of(const std::vector<std::string>& texts) {
  Json out = Json::array();
  for (const std::string& text : texts) out.push(text);
  return out;
}

review::Person person_of(const store::Person& row) {
  review::Person out;
  out.key = review::PersonKey(row.handle);
  out.name = row.data["name"].as_string();
  out.email = row.data["email"].as_string();
  for (const std::string& name : texts(row.data["roles"])) {
    const RoleRow* role = role_named(name);
    if (role && role->standing) out.roles = out.roles.with(role->role);
  }
  if (row.data.contains("partner")) out.member_of.emplace_back(row.data["partner"].as_string());
  for (const std::string& partner : texts(row.data["clears_for"])) out.clears_for.emplace_back(partner);
  return out;
}

bool is_handle(std::string_view text) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || is_ascii_digit(c) || c == '.' || c == '-'; };
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, fits) && text != review::kClockKey.value;
}

bool is_address(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != 0 && at != std::string_view::npos && at + 1 < text.size() &&
         text.find_first_of(" \t\r\n<>,") == std::string_view::npos;
}

// The partners that the library or its workflow knows.
std::vector<std::string> known_keys(Library& library, bib::AuthorityKind kind) {
  std::vector<std::string> out;
  for (const bib::Authority& authority : library.store().authorities().all(kind)) out.push_back(authority.key);
  if (kind != bib::AuthorityKind::partner) return out;
  for (const review::PartnerKey& partner : review::article_workflow().partners) {
    if (std::ranges::find(out, partner.value) == out.end()) out.push_back(partner.value);
  }
  return out;
}

Status check_key(Library& library, bib::AuthorityKind kind, const std::string& key) {
  const std::vector<std::string> known = known_keys(library, kind);
  if (key.empty() || std::ranges::find(known, key) != known.end()) return {};
  const std::string_view near = nearest(key, known);
  std::string hint =
      near.empty() ? fmt::format("use one of: {}", fmt::join(known, ", ")) : fmt::format("did you mean “{}”?", near);
  if (known.empty()) hint = "load the authorities first";
  return fail(Errc::invalid, fmt::format("there is no {} “{}”", bib::name(kind), key), std::move(hint));
}

Status check(Library& library, const NewPerson& person) {
  if (!is_handle(person.handle)) {
    return fail(Errc::invalid, fmt::format("“{}” cannot be a handle", person.handle),
                "use small letters, digits, dots and hyphens, as in maria.silva");
  }
  if (trim(person.name).empty()) return fail(Errc::invalid, "a person needs a name", "give it as the byline shows it");
  if (!person.email.empty() && !is_address(person.email)) {
    return fail(Errc::invalid, fmt::format("“{}” is no mail address", person.email), "write it as in maria.silva@example.org");
  }
  for (const std::string& role : person.roles) {
    if (!role_named(role)) return fail(Errc::invalid, fmt::format("there is no role “{}”", role), "use one of: " + known_roles());
  }
  TRY(check_key(library, bib::AuthorityKind::partner, person.partner));
  TRY(check_key(library, bib::AuthorityKind::office, person.office));
  for (const std::string& partner : person.clears_for) TRY(check_key(library, bib::AuthorityKind::partner, partner));
  return {};
}

// The names of the roles once each, as the table writes them; who clears for a partner is an officer, and an officer clears for
// their own partner where nothing else is said.
Result<NewPerson> completed(NewPerson person) {
  std::vector<std::string> roles;
  const auto add = [&](std::string_view name) {
    if (std::ranges::find(roles, name) == roles.end()) roles.emplace_back(name);
  };
  for (const std::string& role : person.roles) add(review::name(role_named(role)->role));
  if (!person.clears_for.empty()) add(review::name(Role::clearance_officer));
  const bool officer = std::ranges::find(roles, review::name(Role::clearance_officer)) != roles.end();
  if (officer && person.clears_for.empty() && !person.partner.empty()) person.clears_for = {person.partner};
  if (officer && person.clears_for.empty()) {
    return fail(Errc::invalid, "a clearance officer clears for a partner", "name the partner (clears_for)");
  }
  if (!person.orcid.empty()) {
    TRY_ASSIGN(const bib::Orcid orcid, bib::Orcid::parse(person.orcid));
    person.orcid = orcid.str();
  }
  person.name = nfc(squeeze(to_valid_utf8(person.name)));
  person.roles = std::move(roles);
  return person;
}

Json data_of(const NewPerson& p) {
  Json out = Json::object({{"name", p.name}});
  out.set_if("email", p.email).set_if("orcid", p.orcid).set_if("partner", p.partner).set_if("office", p.office);
  out.set_if("roles", array_of(p.roles)).set_if("clears_for", array_of(p.clears_for));
  return out;
}

}  // namespace

review::People people_of(store::Store& store) {
  review::People out;
  for (const store::Person& row : store.people().all()) out.add(person_of(row));
  return out;
}

Result<review::Viewer> viewer_of(Library& library, std::string_view handle) {
  const review::People people = people_of(library.store());
  TRY(library.store().db().take_status());
  const review::PersonKey key{std::string(handle)};
  if (people.find(key)) return people.viewer(key);
  std::vector<std::string> handles;
  for (const auto& [known, person] : people.all()) handles.push_back(known.value);
  const std::string_view near = nearest(handle, handles);
  return fail(Errc::not_found, fmt::format("there is no person “{}”", handle),
              near.empty() ? std::string("“colophon user list” names the people") : fmt::format("did you mean “{}”?", near));
}

Status add_person(Library& library, const Acting& acting, const NewPerson& given) {
  TRY(check(library, given));
  TRY_ASSIGN(const NewPerson person, completed(given));
  return library.store().write([&]() -> Status {
    if (library.store().people().get(person.handle)) {
      return fail(Errc::conflict, fmt::format("there is a person “{}” already", person.handle), "choose another handle");
    }
    const Json data = data_of(person);
    Json payload = Json::object({{"handle", person.handle}, {"data", data}});
    TRY(library.store().ledger().append(
        {std::string(kStream), "person_added", acting.person, acting.operator_name, std::move(payload)}, library.clock().now()));
    library.store().people().put({person.handle, data});
    return {};
  });
}

std::vector<store::Person> list_people(Library& library) { return library.store().people().all(); }

}  // namespace colophon::app

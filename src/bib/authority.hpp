// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"

namespace colophon::bib {

/// The lists of things that works and people refer to by key.
enum class AuthorityKind : std::uint8_t { partner, office, project, place, series };
std::string_view name(AuthorityKind kind);  ///< "partner"
std::optional<AuthorityKind> authority_kind_named(std::string_view name);

/// One authority: a partner organisation, its office, a project with its grant, a place, a numbered series.
/// `key` is a short ASCII handle ("unu-ehs"), unique within its kind; `attributes` hold what the kind has beyond a name:
/// partner: ror, parent, country · office: partner, city, country · project: number, funder, start, end ·
/// place: kind (city, country, region), country · series: issn, publisher. `names` are other forms, by language where known.
struct Authority {
  AuthorityKind kind{};
  std::string key;
  std::string name;
  std::vector<std::string> names;
  Json attributes = Json::object();
};

/// Errc::invalid names the first attribute that is missing, unknown or malformed (identifiers are checked and made canonical).
Result<Authority> make_authority(AuthorityKind kind, const Json& fields);
Json to_json(const Authority& authority);

}  // namespace colophon::bib

// SPDX-License-Identifier: GPL-3.0-or-later
#include "bib/authority.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "bib/identifiers.hpp"

#include <fmt/format.h>

namespace colophon::bib {
namespace {

struct KindRow {
  std::string_view name;
  std::array<std::string_view, 6> attributes;
};
constexpr std::array<KindRow, 5> kKinds = {{{"partner", {"ror", "parent", "country", "city", "url", "acronyms"}},
                                            {"office", {"partner", "city", "country", "ror", "address", "url"}},
                                            {"project", {"number", "funder", "start", "end", "title", "demo"}},
                                            {"place", {"kind", "country", "region", "parent", "geonames", "url"}},
                                            {"series", {"issn", "publisher", "partner", "url", "language", "demo"}}}};

bool is_key(std::string_view key) {
  return !key.empty() &&
         std::ranges::all_of(key, [](char c) { return (c >= 'a' && c <= 'z') || is_ascii_digit(c) || c == '-' || c == '_'; });
}

Result<Json> checked(std::string_view attribute, const Json& value) {
  if (attribute == "ror") {
    TRY_ASSIGN(Ror ror, Ror::parse(value.as_string()));
    return Json(ror.str());
  }
  if (attribute == "issn") {
    TRY_ASSIGN(Issn issn, Issn::parse(value.as_string()));
    return Json(issn.str());
  }
  return value;
}

}  // namespace

std::string_view name(AuthorityKind kind) { return kKinds[static_cast<std::size_t>(kind)].name; }

std::optional<AuthorityKind> authority_kind_named(std::string_view name) {
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    if (kKinds[i].name == name) return static_cast<AuthorityKind>(i);
  }
  return std::nullopt;
}

Result<Authority> make_authority(AuthorityKind kind, const Json& fields) {
  Authority out{kind, fields["key"].as_string(), nfc(fields["name"].as_string()), {}, Json::object()};
  if (!is_key(out.key))
    return fail(Errc::invalid, fmt::format("a {} needs a key of lower-case letters, digits and hyphens", name(kind)),
                "for example key = \"unu-ehs\"");
  if (out.name.empty()) return fail(Errc::invalid, fmt::format("the {} “{}” needs a name", name(kind), out.key));
  for (const Json& other : fields["names"].items()) out.names.push_back(nfc(other.as_string()));
  const auto& known = kKinds[static_cast<std::size_t>(kind)].attributes;
  for (const auto& [key, value] : fields.members()) {
    if (key == "key" || key == "name" || key == "names") continue;
    if (std::ranges::find(known, key) == known.end())
      return fail(Errc::invalid, fmt::format("a {} has no attribute “{}”", name(kind), key),
                  "it has: " + fmt::format("{}", fmt::join(known, ", ")), out.key);
    TRY_ASSIGN(Json value_checked, checked(key, value));
    out.attributes.set_if(key, std::move(value_checked));
  }
  return out;
}

Json to_json(const Authority& authority) {
  Json out = Json::object({{"key", authority.key}, {"name", authority.name}});
  Json names = Json::array();
  for (const std::string& other : authority.names) names.push(other);
  out.set_if("names", std::move(names));
  for (const auto& [key, value] : authority.attributes.members()) out.set(key, value);
  return out;
}

}  // namespace colophon::bib

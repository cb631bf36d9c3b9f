// SPDX-License-Identifier: GPL-3.0-or-later
#include "bib/file.hpp"

#include <array>

#include "base/text.hpp"

namespace colophon::bib {
namespace {

constexpr std::array<std::string_view, 8> kRoles = {"manuscript", "full_text",       "supplement", "figure",
                                                    "cover",      "editable_source", "response",   "permission"};
constexpr std::array<std::string_view, 8> kStages = {"unknown", "AO", "SMUR", "AM", "P", "VoR", "CVoR", "EVoR"};

template <class Enum, std::size_t N>
std::optional<Enum> named(const std::array<std::string_view, N>& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (iequals(names[i], name)) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view name(FileRole role) { return kRoles[static_cast<std::size_t>(role)]; }
std::optional<FileRole> file_role_named(std::string_view name) { return named<FileRole>(kRoles, name); }
std::string_view name(VersionStage stage) { return kStages[static_cast<std::size_t>(stage)]; }
std::optional<VersionStage> version_stage_named(std::string_view name) { return named<VersionStage>(kStages, name); }

AudienceClass audience(const Access& access, Instant now) {
  const bool embargoed = access.embargo_until && now < *access.embargo_until;
  if (embargoed || access.kind == AccessKind::closed || access.kind == AccessKind::groups) return AudienceClass::restricted;
  return access.kind == AccessKind::public_ ? AudienceClass::public_ : AudienceClass::signed_in;
}

Result<Access> parse_access(std::string_view text) {
  Access out;
  const std::size_t semicolon = text.find(';');
  const std::string_view rule = trim(text.substr(0, semicolon));
  const auto refused = [&] {
    return fail(Errc::invalid, "“" + printable(text) + "” is no access rule",
                "write public, signed-in, closed or groups:NAME,NAME; “; embargo 2027-01-01” may follow");
  };
  if (rule == "public") out.kind = AccessKind::public_;
  else if (rule == "signed-in") out.kind = AccessKind::signed_in;
  else if (rule == "closed") out.kind = AccessKind::closed;
  else if (rule.starts_with("groups:")) {
    out.kind = AccessKind::groups;
    for (const std::string_view group : split(rule.substr(7), ',')) {
      if (!trim(group).empty()) out.groups.emplace_back(trim(group));
    }
    if (out.groups.empty()) return refused();
  } else {
    return refused();
  }
  if (semicolon == std::string_view::npos) return out;
  std::string_view embargo = trim(text.substr(semicolon + 1));
  if (!embargo.starts_with("embargo ")) return refused();
  TRY_ASSIGN(out.embargo_until, parse_instant(trim(embargo.substr(8))));
  return out;
}

std::string to_string(const Access& access) {
  std::string out;
  switch (access.kind) {
    case AccessKind::closed: out = "closed"; break;
    case AccessKind::public_: out = "public"; break;
    case AccessKind::signed_in: out = "signed-in"; break;
    case AccessKind::groups:
      out = "groups:";
      for (const std::string& group : access.groups) out += (out.back() == ':' ? "" : ",") + group;
  }
  if (access.embargo_until) out += "; embargo " + to_string(*access.embargo_until);
  return out;
}

}  // namespace colophon::bib

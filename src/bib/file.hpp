// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/json.hpp"

namespace colophon::bib {

enum class FileRole : std::uint8_t { manuscript, full_text, supplement, figure, cover, editable_source, response, permission };
/// NISO RP-8 (JAV): author's original, submitted under review, accepted, proof, version of record, corrected, enhanced.
enum class VersionStage : std::uint8_t { unknown, ao, smur, am, p, vor, cvor, evor };

std::string_view name(FileRole role);  ///< "full_text"
std::optional<FileRole> file_role_named(std::string_view name);
std::string_view name(VersionStage stage);  ///< "VoR"
std::optional<VersionStage> version_stage_named(std::string_view name);

/// Who may open a file. There is no default: unset never means public.
enum class AccessKind : std::uint8_t { closed, public_, signed_in, groups };
struct Access {
  AccessKind kind = AccessKind::closed;
  std::vector<std::string> groups;       ///< with AccessKind::groups: people in one of them
  std::optional<Instant> embargo_until;  ///< before this instant the file is closed to all but `groups`; then `kind` holds

  friend bool operator==(const Access&, const Access&) = default;
};

/// The confidentiality class of a file at an instant: which index its text may stand in. A pure function of the rule and time.
enum class AudienceClass : std::uint8_t { public_, signed_in, restricted };
AudienceClass audience(const Access& access, Instant now);

/// "public", "signed-in", "closed", "groups:a,b", each with "; embargo 2027-01-01" behind it.
Result<Access> parse_access(std::string_view text);
std::string to_string(const Access& access);

}  // namespace colophon::bib

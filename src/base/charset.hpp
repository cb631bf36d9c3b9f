// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace colophon {

/// Encodings by name, as ICU knows them: IANA's names and the aliases of Java, Windows and others; case, "-" and "_" do not matter.

/// The name that mail and IANA use: "windows-1252" for "Cp1252", "ISO-8859-1" for "latin1"; nullopt for a name that nobody knows.
std::optional<std::string> charset_name(std::string_view name);
/// The text as UTF-8; what is malformed becomes U+FFFD. Nothing for an unknown name and beyond 1 GiB.
std::optional<std::string> from_charset(std::string_view bytes, std::string_view name);

}  // namespace colophon

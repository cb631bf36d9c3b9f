// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "bib/fields.hpp"

namespace colophon::formats {

/// What a column is about.
struct Target {
  enum class Kind : std::uint8_t {
    field,   ///< a field of the record
    type,    ///< the type of the work
    id,      ///< the id of a work of this library, as we export it
    stamp,   ///< what the row said when it was exported (stamp.hpp)
    extra,   ///< no field of ours: kept under the column's name
    nothing  ///< left out
  };
  Kind kind = Kind::extra;
  bib::FieldId field = bib::FieldId::extra;
  std::string extra;  ///< the name under which an extra is kept: "sheet:Bemerkung"

  friend bool operator==(const Target&, const Target&) = default;
};

inline constexpr std::string_view kIdHeader = "Colophon ID";
inline constexpr std::string_view kStampHeader = "Colophon stamp";
inline constexpr std::string_view kExtraPrefix = "sheet:";

/// The target that a header in English, German, Spanish, Portuguese or French names: "Author(s)", "Autor/in", "Año", "Zeitschrift",
/// "Mots-clés", the words of Scopus, Web of Science, Zotero and Citavi, our own names and labels. Case, marks, brackets and
/// punctuation play no part; of "Titel / Title" one half is enough. Nothing when no row of the table knows it.
std::optional<Target> target_of_header(std::string_view header);
/// The target that a person names: a field's name, "type", "id", "extra" (kept under the header), "" or "-" (left out).
/// Errc::usage otherwise, with the nearest name.
Result<Target> target_named(std::string_view name, std::string_view header);
/// The name that target_named() reads.
std::string name_of(const Target& target);
/// How a column of this target is headed in an export; read back by target_of_header().
std::string header_of(const Target& target);

}  // namespace colophon::formats

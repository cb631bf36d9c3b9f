// SPDX-License-Identifier: GPL-3.0-or-later
// What the fields of other programs are called here, and how their values are compared.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "bib/date.hpp"
#include "bib/fields.hpp"
#include "bib/work_type.hpp"

namespace colophon::score {

enum class How {
  text,    ///< levelled()
  dense,   ///< dense_text(): texts with a convention of punctuation
  list,    ///< dense_text() of each item, in any order
  title,   ///< levelled(), with or without what follows ": "
  number,  ///< dense_text(), without leading zeros
  pages,   ///< digits of both ends, "123–45" and "123–145" alike
  code,    ///< an identifier, canonical
  date,
  year,
  month,
  language,
};

/// What is left of a value for comparison. Empty: it cannot be compared.
std::string key_of(How how, bib::FieldId field, std::string_view text);
/// Of our date, where all of it, only the year or only the month is asked for.
std::string key_of(How how, const bib::Date& date);

/// An expected field and those of ours that it may stand for, tried in turn (unused ones repeat the first).
struct FieldRow {
  std::string_view name;  ///< lower case
  How how;
  std::array<bib::FieldId, 3> ours;
};
/// Null for names that have no field of ours.
const FieldRow* field_row(std::string_view name);
/// "author", "editor" … of any program; nothing for roles that we do not part from others.
std::optional<bib::FieldId> role_named(std::string_view role);
/// Whether a type of Zotero's may be this type of ours.
bool zotero_type_fits(std::string_view type, bib::WorkType ours);

}  // namespace colophon::score

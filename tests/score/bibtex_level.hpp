// SPDX-License-Identifier: GPL-3.0-or-later
// The level on which values of different programs are compared: what is left of them when conventions are put aside.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "bib/date.hpp"
#include "bib/name.hpp"

namespace colophon::score {

/// How the texts of an expectation are written.
enum class Writing { unicode, markdown, tex };

/// NFKC, case folded, white space squeezed; quotes straight, dashes hyphens (several are one); tags, braces and dollars dropped,
/// HTML's entities read.
std::string levelled(std::string_view text);
/// An expected text as plain Unicode: TeX decoded, Markdown's marks taken off.
std::string plain_text(std::string_view text, Writing writing);
/// Letters and digits of levelled(text) alone: for lists, whose separators are conventions.
std::string dense_text(std::string_view text);

/// "&amp;", "&#8212;" and the like as what they stand for.
std::string without_entities(std::string_view text);

/// "prefix family|given|suffix", levelled; a literal is a family name alone.
std::string levelled(const bib::Name& name);
/// A list as a program gives it, each name an object of parts; a last "others" becomes the list's flag.
bib::NameList names_of(const Json& list, Writing writing);
/// Zotero has no suffixes: they stand behind the given names.
enum class Suffix { apart, in_given };
/// The names, one a line.
std::string levelled(const bib::NameList& list, Suffix suffix = Suffix::apart);

/// An expected date: EDTF, what loose_date() reads, or {"literal": words}.
std::optional<bib::Date> date_of(std::string_view text);
/// Year, month and day of both ends; seasons as months above 20. Marks of uncertainty are left out.
std::string levelled(const bib::Date& date);

}  // namespace colophon::score

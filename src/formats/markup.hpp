// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "bib/rich_text.hpp"

namespace colophon::formats {

/// The tags by which CSL-JSON, RIS and reference managers mark text: <i>, <b>, <sup>, <sub>, and spans for small capitals and for
/// words whose case stays (CSL 1.0.2, "rich text").
std::string tagged(const bib::RichText& text);
/// Reads them; what is no such tag stays text.
bib::RichText untagged(std::string_view text);

/// "&amp;", "&lt;", "&#8211;" … as characters: the five of XML and numbers; others stay. For formats whose writers leave them in.
std::string without_entities(std::string_view text);
/// Escapes what without_entities() would take for a character: without_entities(with_entities(x)) = x.
std::string with_entities(std::string_view text);
/// The bytes of the entity that the text begins with; 0 when it begins with none.
std::size_t entity_length(std::string_view text);

}  // namespace colophon::formats

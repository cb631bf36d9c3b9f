// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/zero_ended.hpp"
#include "formats/draft.hpp"

namespace colophon::formats_xml {

/// Reads EndNote XML (RSRXML.dtd: xml/records/record), as EndNote exports it and as Zotero, Mendeley, JabRef and databases write it, in one
/// pass without a tree. Styled text becomes marks; types of reference go by their name, else by their number; each element means a
/// tag of RIS (the table is in endnote_reader.cpp), and goes the way of those. What has no field is bib::Extra{"endnote-xml:name", text}.
///
/// Drafts: one a record; local_id is its number in the library, else its DOI or the first words of its title; key is the SHA-256 of what
/// the record says (names, attributes and texts of its elements), so that the same record in another file is the same source.
/// Every statement has the line and element path that it comes from.
///
/// Outcomes: ok; damaged (broken XML: the records before the place are drafts, the outcome is partial then); unsupported (another kind
/// of XML); too_large (limits of prepass.hpp and sax.hpp). Codes "endnote-xml.*" and "xml.*". Thread-safe.
formats::Extraction read_endnote(ZeroEnded bytes);

}  // namespace colophon::formats_xml

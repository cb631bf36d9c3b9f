// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

namespace colophon::bib {

/// A language tag as files write it in the form of BCP 47: "EN" and "eng" give "en", "pt_br" gives "pt-BR", "SR-LATN" gives "sr-Latn"
/// (RFC 5646, section 2.1.1 for the case; the shortest ISO 639 code, section 2.2.1, of the languages that have many works). What is no tag
/// is returned as it is. Idempotent.
std::string language_tag(std::string_view text);

}  // namespace colophon::bib

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "bib/work_type.hpp"

namespace colophon::formats {

/// The type of work that a word of an office means, in English, German, Spanish, Portuguese or French, or a program's name for it
/// ("journalArticle", "Zeitschriftenartikel", "informe"). Case and marks play no part.
std::optional<bib::WorkType> work_type_in_words(std::string_view text);
/// The language tag of a language's name in those languages ("Deutsch": "de"), or of a tag itself.
std::optional<std::string> language_in_words(std::string_view text);

}  // namespace colophon::formats

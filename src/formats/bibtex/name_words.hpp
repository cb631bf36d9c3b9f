// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

/// How BibTeX sees the words of a list of names. Inside of names.hpp; views of the text given, nothing decoded.
namespace colophon::formats::bibtex {

using Words = std::vector<std::string_view>;

/// Whether "and" with blanks about it stands at `at`, at or behind the first of those blanks; `end` is set behind it.
bool is_and(std::string_view text, std::size_t at, std::size_t& end);
/// Cuts at commas outside braces. A brace that is not closed ends with the text.
Words split_commas(std::string_view text);
/// Cuts at blanks and ties outside braces; "\~" is an accent, "\ " a blank. `out` is filled anew.
void split_words(std::string_view text, Words& out);

bool is_letter(char32_t c);
/// The lower-case letters of Latin, Greek and Cyrillic, as far as names begin with them.
bool is_lower(char32_t c);
/// The case of a word by its first letter at depth 0 or in a special character; words in braces have none.
bool is_von(std::string_view word);

}  // namespace colophon::formats::bibtex

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string_view>

namespace colophon::formats::bibtex {

/// The quick looks at a value before and while it is decoded: most of what files hold needs nothing.

/// Whether TeX would change a text at all ("plain": ASCII without TeX's signs), whether its blanks are single and inside, and how much of
/// it end_of_plain() would pass over, at least.
struct Scan {
  bool plain, squeezed;
  std::size_t plain_until;
};
Scan scan(std::string_view tex);

/// Where the first byte stands, at or after `at`, that may mean something to TeX: its signs, doubled dashes and quotes, control
/// characters and blanks that are not single; or the text's size. May stop earlier at beginnings of such.
std::size_t end_of_plain(std::string_view tex, std::size_t at);
/// The same, but also at single dashes, quotes and blanks, and at "^" and "_": what means something in math.
std::size_t end_of_simple(std::string_view tex, std::size_t at);

/// Whether braces are balanced, as BibTeX counts them: a backslash before a brace changes nothing.
bool is_balanced(std::string_view tex);

/// False when a text is in NFC without a doubt.
bool may_need_nfc(std::string_view text);

}  // namespace colophon::formats::bibtex

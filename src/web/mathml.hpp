// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string_view>

#include "web/html.hpp"

namespace colophon::web {

/// MathML for a page, from the form in which readers write it (tags without prefixes, quoted attributes, the five references of XML).
/// Made anew by construction: only the elements and attributes of a table (MathML Core, and what MathML 3 has beyond it that browsers
/// still draw) come out; others leave their content behind, annotations nothing. <mfenced>, which browsers do not draw any more, becomes
/// its fences and separators. Empty for anything that is no such text, or deeper than 64: the caller shows its words then.
Html mathml(std::string_view source, bool display);

}  // namespace colophon::web

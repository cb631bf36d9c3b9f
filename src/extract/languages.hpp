// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "formats/draft.hpp"

namespace colophon::extract {

/// Names the language of each page, body, abstract and work where the source does not, as far as the text is long enough to tell.
void fill_languages(formats::Extraction& extraction);

}  // namespace colophon::extract

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

namespace colophon::lang {

/// The language of a text as BCP 47 tag ("en", "pt", "zh-Hant"), or empty when the text is too short or too mixed to tell.
/// Invalid UTF-8 is skipped. About 2 MB of text a CPU second; a few kilobytes are enough for an answer.
/// Thread note: pure, any number of threads; the tables are constant.
std::string identify(std::string_view utf8);

}  // namespace colophon::lang

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "bib/document.hpp"

namespace colophon::store {

/// Internal: how passages are kept. Several frames of compress(), one behind the other: the lengths of the texts in bytes, the list of the
/// passages without them, then the texts in blocks of about 8 KiB, a text never in two. So one text is read without the others. A
/// single frame is the older form, the list with its texts.
std::string passage_frames(const std::vector<bib::Passage>& passages);
/// With `text_of`, only that passage has its text. Errc::io for damaged data.
Result<std::vector<bib::Passage>> passages_of_frames(std::string_view frames, std::optional<std::size_t> text_of = {});

}  // namespace colophon::store

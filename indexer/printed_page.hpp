// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "bib/document.hpp"
#include "indexer/snippet.hpp"

namespace colophon::indexer {

/// The page on which a sentence of a text begins where the text was printed: `pages` are of a PDF of the same work, in their order. Only the
/// letters of both are compared, so that hyphens at line ends, ligatures, line numbers and marks of notes do not matter; a sentence may go on
/// over the end of a page, with foot and head between. 0 when it is not there, or too short to be sure.
std::uint32_t printed_page(std::string_view sentence, std::span<const bib::Passage> pages);

/// What a snippet shows of a text from the beginning of the sentence with its first mark; without a mark, all of it.
std::string sentence_of(const std::vector<SnippetPart>& snippet);

}  // namespace colophon::indexer

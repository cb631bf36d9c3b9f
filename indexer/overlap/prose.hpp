// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bib/document.hpp"
#include "bib/work.hpp"

namespace colophon::indexer {

/// What of a work is compared with other works: its abstract (kind "record", section "Abstract") and its text as `passages` have it, without lists of
/// references, which works on one subject share. Texts are clean() (terms.hpp); the order is that of reading.
std::vector<bib::Passage> prose_of(const bib::Work& record, std::span<const bib::Passage> passages);

/// Where the list of references of a plain text begins: at a line that is nothing but such a heading, in one of the five languages;
/// npos when there is none.
std::size_t reference_list_at(std::string_view text);

}  // namespace colophon::indexer

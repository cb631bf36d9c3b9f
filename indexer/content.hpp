// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string_view>

#include "indexer/terms.hpp"

namespace colophon::indexer {

/// What the documents of an index are made of: everything that searches need, or fingerprints of the text alone (overlap/).
enum class Content : std::uint8_t { works, fingerprints };
std::string_view name(Content content);

/// One work's document in an index of that content.
Terms document_terms(Content content, const Entry& entry, Analyser& analyser);

}  // namespace colophon::indexer

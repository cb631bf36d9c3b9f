// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/content.hpp"

#include "indexer/overlap/fingerprints.hpp"

namespace colophon::indexer {

std::string_view name(Content content) { return content == Content::works ? "works" : "fingerprints"; }

Terms document_terms(Content content, const Entry& entry, Analyser& analyser) {
  return content == Content::works ? terms_of(entry, analyser) : fingerprint_terms(entry, analyser);
}

}  // namespace colophon::indexer

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/zero_ended.hpp"
#include "bib/peer_review.hpp"
#include "formats/draft.hpp"
#include "formats_xml/sax.hpp"  // init_xml()

namespace colophon::formats_xml {

/// Reads a JATS article (ANSI/NISO Z39.96; NLM 2.x and 3.0 names too) or a BITS book part in one pass without a tree.
///
/// Articles may stand in a wrapper (an answer of OAI-PMH, <pmc-articleset>, <root>): each is read.
///
/// Drafts: an article stands before its companions; a translation, reply or other companion inside it (sub-article, response) is a draft of its
/// own with a `related` link to the article; reviewers' reports and decision letters are left out, with a note. Nothing of them
/// is in the article's record or text. Every statement has the line and element path that it comes from.
///
/// Inferred where missing: affiliations (one that stands alone in its group or article is everybody's, all of a group those of who
/// stands alone in it), the date of issue (earliest of the electronic and printed ones; collection or archive dates only when there is
/// no other). Languages are tags in the form of BCP 47; none is ever guessed here.
///
/// Outcomes: ok; damaged (broken XML, with line and column); unsupported (another kind of XML, an unread encoding,
/// nothing but reviews); too_large (limits of prepass.hpp and sax.hpp). All but ok hold no drafts, and each has a diagnostic. Thread-safe.
///
///   const formats::Extraction read = read_jats(bytes);
///   if (read.outcome == formats::Outcome::ok) show(read.drafts[0].work.full_title());
formats::Extraction read_jats(ZeroEnded bytes);

/// The parts of peer review in an article, or the article that is one, in their order: what read_jats() leaves out. Never indexed, shown
/// by rule only (review/open_review.hpp).
struct PeerReviews {
  formats::Outcome outcome = formats::Outcome::ok;  ///< as of read_jats
  std::vector<bib::PeerReview> reviews;
  std::vector<Diagnostic> diagnostics;
};
PeerReviews read_peer_reviews(ZeroEnded bytes);

}  // namespace colophon::formats_xml

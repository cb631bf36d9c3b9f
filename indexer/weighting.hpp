// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Xapian {
class Enquire;
}

namespace colophon::indexer {

/// Internal: how words weigh, for every enquiry by relevance: IneB2 of Amati's divergence from randomness with normalisation 1, the best
/// of 47 weightings measured.
void weigh(Xapian::Enquire& enquire);

}  // namespace colophon::indexer

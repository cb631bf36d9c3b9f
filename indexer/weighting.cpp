// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/weighting.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

constexpr double kNormalisation = 1;

}  // namespace

void weigh(Xapian::Enquire& enquire) { enquire.set_weighting_scheme(Xapian::IneB2Weight(kNormalisation)); }

}  // namespace colophon::indexer

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>

#include "app/search.hpp"

namespace colophon::app {

/// The one source whose text stands for the work: JATS before PDF before others, the older first; open to the audience. What it says is
/// passages_for(), body_for() and reviews_for() (app/search.hpp).
std::optional<store::SourceId> text_source(store::Store& store, store::WorkId work, Audience audience, Instant now);

}  // namespace colophon::app

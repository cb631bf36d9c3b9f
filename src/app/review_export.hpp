// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string_view>

#include "app/submissions.hpp"
#include "formats/jats/writer.hpp"

namespace colophon::app {

/// Whether reviewers and editors are named, where the person may know them.
enum class ReviewNames : std::uint8_t { without, with };

/// The reviews and decision letters of a submission as JATS: an article with its title, what is known of its authors, and a sub-article for
/// each (formats/jats/peer_review.hpp). Made of what the person may see of it and of nothing else (review/policy.hpp); words to
/// the editors never go out. Errors as of show_submission(); Errc::not_found when the person sees no review.
Result<formats::JatsFile> export_reviews(Library& library, const Acting& acting, std::string_view number, ReviewNames names);

}  // namespace colophon::app

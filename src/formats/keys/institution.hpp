// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

namespace colophon::formats::keys {

/// A short name for an institution, as JabRef makes it: an abbreviation in parentheses ("… (AGG)") if there is one; else "Uni" and the
/// rest of a university's name, initials of its department or school behind it ("UniLinkoepingEE"); else two words joined or the
/// initials of more ("MIT"). Words that begin with a small letter or end in a full stop, "the" and "press" do not count,
/// unless there are no others.
std::string institution_key(std::string_view name);

}  // namespace colophon::formats::keys

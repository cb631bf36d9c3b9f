// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string_view>

namespace colophon::indexer::query {

/// Words so common in one of de en es fr it nl pt that a query does not insist on them beside others. Folded form.
bool is_stop_word(std::string_view folded);

}  // namespace colophon::indexer::query

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>

#include "base/json.hpp"

namespace colophon::score {

Json score_bibtex(const std::filesystem::path& set);
void print_bibtex(const Json& score);

}  // namespace colophon::score

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>

#include "cli/command.hpp"

namespace colophon::cli {

/// Help written from the tables: what there is, in groups.
std::string overview();
/// The verbs of a noun.
std::string help_of_noun(std::string_view noun);
/// Synopsis, what it does, arguments, options, examples.
std::string help_of(const Command& command);
/// "colophon search [OPTIONS] [QUERY...]"
std::string synopsis(const Command& command);

/// Words folded at the width of help, each line after the first indented.
std::string folded(std::string_view text, std::size_t indent);

}  // namespace colophon::cli

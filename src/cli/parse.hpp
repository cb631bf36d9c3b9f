// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace colophon::cli {

/// A command line as understood.
struct Parsed {
  const Command* command = nullptr;  ///< none: the overview, or a noun's verbs
  std::string noun;                  ///< given without a verb
  bool help = false;
  bool version = false;
  Values values;
  Globals globals;
};

/// How to say it, which must be known even when the line cannot be understood.
struct Manner {
  Format format = Format::text;
  Colour colour = Colour::automatic;
  Verbosity verbosity = Verbosity::normal;
};
Manner manner_of(const std::vector<std::string>& arguments);

/// Reads a command line (without the program's name) by the table of commands. CLI11 cuts it into options and arguments; what is
/// required, which values fit and every message are ours. Errc::usage says what is wrong and, for a misspelt word, which was meant.
Result<Parsed> parse(const std::vector<std::string>& arguments);

}  // namespace colophon::cli

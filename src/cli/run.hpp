// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <atomic>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace colophon::cli {

/// Runs one command line (without the program's name) and gives the exit status of the plan's table: 0 done, 1 nothing found or a check
/// failed, else the code of the error, which has been told once. Nothing is thrown.
///
///   int main(int argc, char** argv) { return cli::run({argv + 1, argv + argc}, cli::Streams::standard(), services); }
int run(const std::vector<std::string>& arguments, Streams streams, const Services& services);

/// True once Ctrl-C or SIGTERM came. The first call catches them; a second Ctrl-C ends the program at once.
const std::atomic<bool>& interrupts();

}  // namespace colophon::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/run.hpp"

#include <csignal>
#include <exception>
#include <new>

#include "base/log.hpp"
#include "cli/help.hpp"
#include "cli/parse.hpp"

namespace colophon::cli {
namespace {

std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void on_interrupt(int signal) {
  interrupted.store(true);
  std::signal(signal, SIG_DFL);
}

// The library is opened before a command that needs it runs, so that each begins with the same errors.
Status provide(const Command& command, Invocation& invocation) {
  if (command.needs == Needs::folder) TRY(invocation.folder());
  if (command.needs == Needs::library) TRY(invocation.library());
  return {};
}

Result<int> show(Output& out, const std::string& help) {
  out.raw(help);
  return kDone;
}

Result<int> run_command(Output& out, const std::vector<std::string>& arguments, const Services& services) {
  TRY_ASSIGN(Parsed parsed, parse(arguments));
  if (parsed.version) parsed.command = command_named("version");
  if (parsed.help)
    return show(out, parsed.command ? help_of(*parsed.command) : parsed.noun.empty() ? overview() : help_of_noun(parsed.noun));
  if (!parsed.command && parsed.noun.empty()) return show(out, overview());
  if (!parsed.command)
    return fail(Errc::usage, "“colophon " + parsed.noun + "” needs a verb", "“colophon help " + parsed.noun + "” lists them");
  Invocation invocation(parsed.values, parsed.globals, out, services);
  TRY(provide(*parsed.command, invocation));
  return parsed.command->run(invocation);
}

// The one place where an exception can end: bugs and exhausted memory.
Result<int> guarded(Output& out, const std::vector<std::string>& arguments, const Services& services) {
  try {
    return run_command(out, arguments, services);
  } catch (const std::bad_alloc&) {
    return fail(Errc::internal, "there is not enough memory",
                "close other programs, or give less at a time; nothing half-done was kept");
  } catch (const std::exception& e) {
    return fail(Errc::internal, std::string("something unexpected happened: ") + e.what(),
                "please report this; nothing half-done was kept");
  }
}

}  // namespace

const std::atomic<bool>& interrupts() {
  struct sigaction action{};
  action.sa_handler = on_interrupt;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  return interrupted;
}

int run(const std::vector<std::string>& arguments, Streams streams, const Services& services) {
  const Manner manner = manner_of(arguments);
  set_log_level(manner.verbosity == Verbosity::verbose ? LogLevel::info : LogLevel::quiet);
  Output out(streams, manner.format, manner.colour, manner.verbosity);
  Result<int> result = guarded(out, arguments, services);
  if (const Status finished = out.finish(); !finished && result) result = std::unexpected(finished.error());
  if (result) return *result;
  out.error(result.error());
  std::fflush(streams.err);
  return exit_status(result.error().code);
}

}  // namespace colophon::cli

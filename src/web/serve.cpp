// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/serve.hpp"

#include <chrono>
#include <thread>

#include "app/index_consumer.hpp"
#include "base/log.hpp"
#include "web/server.hpp"
#include "web/site.hpp"

namespace colophon::web {
namespace {

void keep_index(app::Library& library) {
  const Result<std::uint64_t> lag = app::index_lag(library);
  if (lag && *lag == 0) return;
  const Result<app::IndexFigures> done = app::update_index(library);
  if (!done && done.error().code != Errc::busy)
    log(LogLevel::quiet, "index.failed", {{"why", done.error().message}, {"hint", done.error().hint}});
}

/// Before any thread: a large backlog is indexed by processes of its own.
Status first_index(app::Library& library) {
  const Result<app::IndexFigures> made = app::update_index(library);
  if (!made && made.error().code != Errc::busy) return std::unexpected(made.error());
  return {};
}

bool set_within_a_second(const std::atomic<bool>& stop) {
  for (int i = 0; i < 20 && !stop; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  return stop;
}

}  // namespace

Status serve(app::Library& library,
             const config::ListenAddress& listen,
             const std::atomic<bool>& stop,
             const std::function<void(const std::string& url)>& ready) {
  TRY(first_index(library));
  const Site site(library);
  TRY_ASSIGN(Server server, Server::start(server_options(library.settings(), listen), site));
  if (ready) ready(server.url());
  while (!set_within_a_second(stop)) keep_index(library);
  log(LogLevel::info, "web.stopping");
  server.stop();
  return {};
}

}  // namespace colophon::web

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <atomic>
#include <functional>
#include <string>

#include "app/library.hpp"
#include "config/listen.hpp"

namespace colophon::web {

/// Serves a library to visitors until `stop` is set, and brings its index up to date within a second of a change. `ready` is told the
/// address once it answers. When it stops, requests under way have ten seconds. Signals are the caller's.
/// Errors: those of Server::start() and of the first index update. Call it before other threads are started.
Status serve(app::Library& library,
             const config::ListenAddress& listen,
             const std::atomic<bool>& stop,
             const std::function<void(const std::string& url)>& ready);

}  // namespace colophon::web

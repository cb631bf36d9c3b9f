// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/request.hpp"

namespace colophon::web {

/// What stood in place of a pattern's {}s, in order.
using Captures = std::vector<std::string>;
using Handler = std::function<Response(const Request&, const Captures&)>;

/// One line of the table of routes. A segment of the pattern is a constant, or "{}" with an optional ending: "/r/{}.csl.json" matches
/// "/r/ab3k9.csl.json". What {} stands for is never empty and holds no dot.
struct Route {
  Method method = Method::get;
  std::string_view pattern;
  Handler handler;
};

/// Finds the route of a request: the first that fits. HEAD goes where GET goes. Immutable; thread-safe.
class Router {
 public:
  explicit Router(std::vector<Route> routes) : routes_(std::move(routes)) {}

  struct Match {
    const Route* route = nullptr;
    Captures captures;
  };
  std::optional<Match> find(const Request& request) const;
  /// The methods of the path for the header Allow ("GET, HEAD"); empty for an unknown path.
  std::string allowed(const Request& request) const;
  const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
};

}  // namespace colophon::web

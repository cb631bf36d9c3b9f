// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/router.hpp"

#include "base/text.hpp"

namespace colophon::web {
namespace {

std::optional<std::string> capture(std::string_view ending, std::string_view segment) {
  if (!segment.ends_with(ending) || segment.size() == ending.size()) return std::nullopt;
  const std::string_view value = segment.substr(0, segment.size() - ending.size());
  if (value.find('.') != std::string_view::npos) return std::nullopt;
  return std::string(value);
}

std::optional<Captures> match(std::string_view pattern, const std::vector<std::string>& segments) {
  const std::vector<std::string_view> parts = pattern == "/" ? std::vector<std::string_view>() : split(pattern.substr(1), '/');
  if (parts.size() != segments.size()) return std::nullopt;
  Captures captures;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!parts[i].starts_with("{}")) {
      if (parts[i] != segments[i]) return std::nullopt;
      continue;
    }
    std::optional<std::string> value = capture(parts[i].substr(2), segments[i]);
    if (!value) return std::nullopt;
    captures.push_back(*std::move(value));
  }
  return captures;
}

Method served_as(Method method) { return method == Method::head ? Method::get : method; }

}  // namespace

std::optional<Router::Match> Router::find(const Request& request) const {
  for (const Route& route : routes_) {
    if (route.method != served_as(request.method)) continue;
    if (std::optional<Captures> captures = match(route.pattern, request.segments)) return Match{&route, *std::move(captures)};
  }
  return std::nullopt;
}

std::string Router::allowed(const Request& request) const {
  bool get = false;
  bool post = false;
  for (const Route& route : routes_) {
    if (match(route.pattern, request.segments)) (route.method == Method::post ? post : get) = true;
  }
  return std::string(get ? "GET, HEAD" : "") + (get && post ? ", " : "") + (post ? "POST" : "");
}

}  // namespace colophon::web

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>

#include "base/error.hpp"
#include "web/request.hpp"

namespace colophon::web {

/// What a server serves. All functions are called from many threads at once.
class Service {
 public:
  virtual ~Service() = default;
  /// Called with request line and headers, before any body is read: a refusal (404, 405), or nothing to go on.
  virtual std::optional<Response> refuse(const Request& request) const = 0;
  /// The answer. May throw: the server answers 500 then.
  virtual Response answer(const Request& request) const = 0;
  /// A page or JSON for an error that came up before or while answering; `request` may be empty when it could not be read.
  virtual Response error_page(const Request& request, int status, const Error& error) const = 0;
};

}  // namespace colophon::web

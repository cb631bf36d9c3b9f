// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/listen.hpp"
#include "web/request.hpp"

namespace colophon::web {

struct HeaderRow {
  std::string_view name;
  std::string_view value;
};
/// The headers of every answer that does not set its own of that name: nothing is loaded from elsewhere, nothing is framed, no types are
/// guessed, nothing is cached unless the page says so.
std::span<const HeaderRow> standard_headers();
/// For files of the library: no script, no form, no origin of its own.
inline constexpr std::string_view kFilePolicy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; object-src 'self'; frame-ancestors 'none'; sandbox";

/// All headers of a request as they came.
using RawHeaders = std::vector<std::pair<std::string, std::string>>;

/// What is wrong with a request before its body is read; nothing when it may go on.
struct Refusal {
  int status = 400;
  std::string message;
  std::string hint;
};
/// Framing: the shapes by which two servers can see different requests in the same bytes, and bodies that no method of ours takes.
std::optional<Refusal> check_framing(const RawHeaders& headers, Method method, std::uint64_t body_limit);
/// Host: exactly one, and one of ours. A numeric address is ours (names can be rebound by others, addresses cannot).
std::optional<Refusal> check_host(const RawHeaders& headers, std::span<const std::string> hosts);

/// The hosts by which the server may be called: the address it listens on, localhost when that is loopback, and the base URL's.
std::vector<std::string> own_hosts(const config::ListenAddress& listen, std::string_view base_url);

}  // namespace colophon::web

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace colophon::config {

/// Where a server listens: a numeric address and a port; port 0 asks the system for a free one.
struct ListenAddress {
  std::string host = "127.0.0.1";  ///< IPv4, or IPv6 without brackets
  std::uint16_t port = 8417;

  bool is_ipv6() const { return host.find(':') != std::string::npos; }
  friend bool operator==(const ListenAddress&, const ListenAddress&) = default;
};

/// "127.0.0.1:8417", "[::1]:8417", "localhost:8417" (which is 127.0.0.1), ":8417" and "8417" (all addresses is "0.0.0.0:8417").
Result<ListenAddress> parse_listen_address(std::string_view text);
/// As above, with brackets around IPv6.
std::string to_string(const ListenAddress& address);
/// True for 127.0.0.0/8 and ::1.
bool is_loopback(const ListenAddress& address);

}  // namespace colophon::config

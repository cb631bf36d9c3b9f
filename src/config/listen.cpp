// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/listen.hpp"

#include <charconv>

#include <arpa/inet.h>

namespace colophon::config {
namespace {

std::unexpected<Error> refused(std::string_view text) {
  return fail(Errc::invalid, "“" + std::string(text) + "” is no address to listen on",
              "write a numeric address and a port, as in 127.0.0.1:8417 or [::1]:8417");
}

bool is_address(const std::string& host) {
  unsigned char space[sizeof(in6_addr)];
  return inet_pton(AF_INET, host.c_str(), space) == 1 || inet_pton(AF_INET6, host.c_str(), space) == 1;
}

std::string host_of(std::string_view text) {
  if (text.empty() || text == "localhost") return "127.0.0.1";
  if (text.front() == '[' && text.back() == ']') text = text.substr(1, text.size() - 2);
  return std::string(text);
}

}  // namespace

Result<ListenAddress> parse_listen_address(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  const std::string_view digits = colon == std::string_view::npos ? text : text.substr(colon + 1);
  const std::string_view before = colon == std::string_view::npos ? std::string_view() : text.substr(0, colon);
  ListenAddress address{host_of(before), 0};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
  if (error != std::errc() || end != digits.data() + digits.size() || !is_address(address.host)) return refused(text);
  if (address.is_ipv6() && before.front() != '[') return refused(text);
  return address;
}

std::string to_string(const ListenAddress& address) {
  const std::string host = address.is_ipv6() ? "[" + address.host + "]" : address.host;
  return host + ":" + std::to_string(address.port);
}

bool is_loopback(const ListenAddress& address) { return address.host == "::1" || address.host.starts_with("127."); }

}  // namespace colophon::config

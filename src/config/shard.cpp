// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/shard.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"

namespace colophon::config {
namespace {

bool is_host(std::string_view text) {
  const bool bracketed = text.size() > 2 && text.front() == '[' && text.back() == ']';
  if (bracketed) text = text.substr(1, text.size() - 2);
  return !text.empty() && text.front() != '-' && std::ranges::all_of(text, [&](char c) {
    return is_ascii_alpha(c) || is_ascii_digit(c) || c == '.' || c == '-' || (bracketed && c == ':');
  });
}

}  // namespace

Result<ShardPlace> parse_shard_place(std::string_view text) {
  if (text == "here") return ShardPlace{};
  const std::size_t colon = std::min(text.rfind(':'), text.size());
  const std::string_view host = text.substr(0, colon), digits = text.substr(std::min(colon + 1, text.size()));
  ShardPlace out;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out.port);
  if (error != std::errc() || end != digits.data() + digits.size() || out.port == 0 || !is_host(host))
    return fail(Errc::invalid, "“" + printable(text) + "” is no place of a shard",
                "write here, or a host and its port, as in 10.0.0.2:7700");
  out.host = host.front() == '[' ? host.substr(1, host.size() - 2) : host;
  return out;
}

}  // namespace colophon::config

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace colophon::config {

/// Where the works of a shard are ranked, as `index.shards` has it: on this machine, or by the host that serves a copy.
struct ShardPlace {
  std::string host;  ///< a name or an address; empty: here
  std::uint16_t port = 0;
};

/// "here", "search1.example.org:7700", "10.0.0.2:7700", "[fd00::2]:7700". Errc::invalid.
Result<ShardPlace> parse_shard_place(std::string_view text);

}  // namespace colophon::config

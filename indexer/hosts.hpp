// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <compare>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace Xapian {
class Database;
class Error;
}  // namespace Xapian

namespace colophon::indexer {

/// Hosts that rank: a shard (shards.hpp) may be copied to another machine, where `xapian-tcpsrv` serves the copy. A search by relevance then
/// asks that machine for the best works of the shard. Everything else is read from our own copy: dictionary, places of words, facets.

struct Host {
  std::string name;  ///< or address
  std::uint16_t port = 0;
  friend auto operator<=>(const Host&, const Host&) = default;
};
std::string to_string(const Host& host);  ///< "10.0.0.2:7700", "[::1]:7700"

/// By the folder of an index: for each of its shards in order the host that is asked, none where this machine ranks itself.
using HostsOfShards = std::map<std::filesystem::path, std::vector<std::optional<Host>>>;

enum class HostState : std::uint8_t {
  answers,     ///< and has the copy that we have
  other_copy,  ///< an older one, or of another index: it is not asked until it has ours
  silent,      ///< refused, timed out, spoke otherwise: the works of its shard are missing from searches
};
struct HostReport {
  HostState state{};
  std::string why;  ///< when it is silent, the system's words
};
/// Connects anew and compares its copy with the shard in the folder. Errors: those of opening the shard.
Result<HostReport> inspect_host(const Host& host, const std::filesystem::path& shard);

/// Internal: an open connection, or why there is none. A host that was silent is not asked again for kPatience.
struct Connection {
  HostReport report;
  std::unique_ptr<Xapian::Database> database;  ///< when it answers
};
Connection connect(const Host& host, const Xapian::Database& copy);
/// Internal: a host failed in the middle of an answer.
void note_silent(const Host& host);
/// Internal: whether the error came from this host.
bool is_from(const Xapian::Error& error, const Host& host);

inline constexpr unsigned kConnectMilliseconds = 1'000;
inline constexpr unsigned kAnswerMilliseconds = 2'000;  ///< for each answer of the protocol
inline constexpr int kPatienceSeconds = 10;

}  // namespace colophon::indexer

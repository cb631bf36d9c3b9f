// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/hosts.hpp"

#include <chrono>
#include <exception>
#include <mutex>

#include "indexer/metadata.hpp"
#include "indexer/xapian_error.hpp"

#include <fmt/format.h>
#include <xapian.h>

namespace colophon::indexer {
namespace {

using Clock = std::chrono::steady_clock;

// The hosts that failed a moment ago: who searches meanwhile need not wait for them, too.
class Silent {
 public:
  void add(const Host& host) {
    const std::lock_guard lock(mutex_);
    until_[host] = Clock::now() + std::chrono::seconds(kPatienceSeconds);
  }
  void remove(const Host& host) {
    const std::lock_guard lock(mutex_);
    until_.erase(host);
  }
  bool has(const Host& host) {
    const std::lock_guard lock(mutex_);
    const auto found = until_.find(host);
    return found != until_.end() && Clock::now() < found->second;
  }

 private:
  std::mutex mutex_;
  std::map<Host, Clock::time_point> until_;
};
Silent& silent() {
  static Silent hosts;
  return hosts;
}

bool same_copy(const Xapian::Database& remote, const Xapian::Database& copy) {
  const std::string commit(metadata::kCommit);
  return remote.get_uuid() == copy.get_uuid() && remote.get_metadata(commit) == copy.get_metadata(commit);
}

std::string words_of(const Xapian::Error& error) {
  const char* const system = error.get_error_string();
  return error.get_msg() + (system ? fmt::format(" ({})", system) : std::string());
}

Connection dial(const Host& host, const Xapian::Database& copy) {
  try {
    auto remote =
        std::make_unique<Xapian::Database>(Xapian::Remote::open(host.name, host.port, kAnswerMilliseconds, kConnectMilliseconds));
    if (!same_copy(*remote, copy)) return {{HostState::other_copy, {}}, nullptr};
    silent().remove(host);
    return {{HostState::answers, {}}, std::move(remote)};
  } catch (const Xapian::Error& error) {
    silent().add(host);
    return {{HostState::silent, words_of(error)}, nullptr};
  } catch (const std::exception& error) {  // of a service that speaks otherwise
    silent().add(host);
    return {{HostState::silent, error.what()}, nullptr};
  }
}

}  // namespace

std::string to_string(const Host& host) {
  return host.name.find(':') == std::string::npos ? fmt::format("{}:{}", host.name, host.port)
                                                  : fmt::format("[{}]:{}", host.name, host.port);
}

Result<HostReport> inspect_host(const Host& host, const std::filesystem::path& shard) {
  return guarded("open the index", shard, [&] { return dial(host, Xapian::Database(shard.string(), Xapian::DB_OPEN)).report; });
}

Connection connect(const Host& host, const Xapian::Database& copy) {
  if (silent().has(host)) return {{HostState::silent, "it was silent a moment ago"}, nullptr};
  return dial(host, copy);
}

void note_silent(const Host& host) { silent().add(host); }

bool is_from(const Xapian::Error& error, const Host& host) {
  return error.get_context().find(fmt::format("({}:{})", host.name, host.port)) != std::string::npos;
}

}  // namespace colophon::indexer

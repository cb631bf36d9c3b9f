// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "config/listen.hpp"
#include "config/settings.hpp"
#include "web/service.hpp"

namespace colophon::web {

struct ServerOptions {
  config::ListenAddress listen;
  std::vector<std::string> hosts =
      {};  ///< further names that Host may give, in lower case, with a port unless it is the usual one
  unsigned connections = 1000;
  unsigned connections_per_address = 0;  ///< 0 is no limit
  std::chrono::milliseconds idle_timeout{15'000};
  std::chrono::milliseconds header_deadline{10'000};
  std::uint64_t body_limit = std::uint64_t{64} << 20;
  std::size_t target_limit = 8192;
};
/// The web.* settings and the host of library.base_url. No limit per address on a loopback address: there a proxy speaks for many.
ServerOptions server_options(const config::Settings& settings, const config::ListenAddress& listen);

/// An HTTP/1.1 server, one thread a connection. It answers 400 without reading a body for: a missing, repeated or foreign Host;
/// a repeated Content-Length, one beside Transfer-Encoding, or one that is no number; a transfer coding other than chunked; header names that
/// are no tokens; targets that are not absolute paths; a body of GET or HEAD. 414 for long targets, 413 for long bodies,
/// 405 for other methods than GET, HEAD, POST. A sender must bring its headers within the deadline in total, and a body or take an
/// answer at 1 KiB a second on average, else its connection is cut. Every answer has the security headers of headers.hpp.
///
///   TRY_ASSIGN(Server server, Server::start(options, service));
///   server.url();  // "http://127.0.0.1:8417"
///
/// `service` must outlive the server. The destructor stops.
class Server {
 public:
  /// Errc::conflict when the port is taken, forbidden when it may not be used, io otherwise.
  static Result<Server> start(const ServerOptions& options, const Service& service);
  Server(Server&&) noexcept;
  Server& operator=(Server&&) noexcept;
  ~Server();

  /// With the port that was given by the system when 0 was asked for.
  const config::ListenAddress& address() const;
  std::string url() const;
  /// Takes no more connections, lets requests under way finish for so long, cuts the rest. At most once; blocks.
  void stop(std::chrono::milliseconds patience = std::chrono::seconds(10));

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace colophon::web

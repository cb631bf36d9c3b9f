// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/server.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstring>
#include <exception>
#include <list>
#include <mutex>
#include <thread>

#include "base/io.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "web/headers.hpp"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/socket.h>

namespace colophon::web {
namespace {

using Time = std::chrono::steady_clock::time_point;
using std::chrono::milliseconds;

constexpr std::size_t kConnectionMemory = 32 * 1024;  ///< for a request's line and headers; more is refused
constexpr milliseconds kReapEvery{100};
constexpr std::uint64_t kLeastBytesPerSecond = 1024;

/// What a connection is doing: only waiting for the client has a deadline.
enum class Phase : std::uint8_t { idle, head, body, thinking, sending };

struct Connection {
  int fd = -1;
  Phase phase = Phase::head;
  Time since;
  std::uint64_t bytes = 0;  ///< of the body so far, or of the answer in all
  // of the request under way; touched by the connection's own thread only
  std::string target;
  std::optional<Request> request;
  bool refused = false;
};

bool is_waiting(Phase phase) { return phase != Phase::idle && phase != Phase::thinking; }

}  // namespace

ServerOptions server_options(const config::Settings& settings, const config::ListenAddress& listen) {
  ServerOptions out{.listen = listen, .hosts = own_hosts(listen, settings.text("library.base_url"))};
  out.connections = static_cast<unsigned>(settings.integer("web.connections"));
  out.connections_per_address =
      config::is_loopback(listen) ? 0 : static_cast<unsigned>(settings.integer("web.connections_per_address"));
  out.idle_timeout = milliseconds(settings.integer("web.idle_timeout"));
  out.header_deadline = milliseconds(settings.integer("web.header_deadline"));
  out.body_limit = static_cast<std::uint64_t>(settings.integer("web.body_limit"));
  return out;
}

struct Server::Impl {
  Impl(const ServerOptions& opts, const Service& served) : options(opts), service(served) {}
  ~Impl() { stop(milliseconds(0)); }

  Status open_socket();
  Status start();
  void stop(milliseconds patience);

  // --- called by the library, from the threads of the connections ---
  static void on_connection(void* self, MHD_Connection* connection, void** context, MHD_ConnectionNotificationCode code);
  static void* on_target(void* self, const char* target, MHD_Connection* connection);
  static MHD_Result on_request(void* self,
                               MHD_Connection* connection,
                               const char* url,
                               const char* method,
                               const char* version,
                               const char* data,
                               size_t* size,
                               void** context);
  static void on_completed(void* self, MHD_Connection* connection, void** context, MHD_RequestTerminationCode code);

  MHD_Result begin(MHD_Connection* connection, Connection& state, std::string_view method);
  MHD_Result take_body(Connection& state, const char* data, size_t* size);
  std::optional<Response> refusal(MHD_Connection* connection, Connection& state, std::string_view method);
  Response answer(const Request& request) const;
  MHD_Result send(MHD_Connection* connection, Connection& state, Response response, bool close);

  void enter(Connection& state, Phase phase, std::uint64_t bytes = 0);
  bool is_late(const Connection& state, Time now) const;
  void reap();
  std::size_t at_work();
  void cut_all();

  ServerOptions options;
  const Service& service;
  Fd socket;
  MHD_Daemon* daemon = nullptr;
  std::mutex mutex;
  std::condition_variable changed;
  std::list<Connection> connections;
  std::atomic<bool> stopping = false;
  bool stopped = false;
  std::thread reaper;
};

// --- connections and their deadlines -------------------------------------------------------------------------------------

void Server::Impl::enter(Connection& state, Phase phase, std::uint64_t bytes) {
  const std::lock_guard lock(mutex);
  state.phase = phase;
  state.bytes = bytes;
  state.since = std::chrono::steady_clock::now();
  changed.notify_all();
}

void Server::Impl::on_connection(void* self, MHD_Connection* connection, void** context, MHD_ConnectionNotificationCode code) {
  auto& impl = *static_cast<Impl*>(self);
  const std::lock_guard lock(impl.mutex);
  if (code == MHD_CONNECTION_NOTIFY_STARTED) {
    const int fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    *context = &impl.connections.emplace_back(Connection{.fd = fd, .since = std::chrono::steady_clock::now()});
  } else {  // the descriptor is still open here, so nobody shuts down another's
    impl.connections.remove_if([&](const Connection& c) { return &c == *context; });
    impl.changed.notify_all();
  }
}

bool Server::Impl::is_late(const Connection& state, Time now) const {
  if (!is_waiting(state.phase)) return false;
  const bool moves_bytes = state.phase != Phase::head;
  const milliseconds allowance(moves_bytes ? state.bytes * 1000 / kLeastBytesPerSecond : 0);
  return now - state.since > options.header_deadline + allowance;
}

/// The library's own timeout starts anew with every byte, so it never ends a slow sender.
void Server::Impl::reap() {
  std::unique_lock lock(mutex);
  while (!stopping) {
    changed.wait_for(lock, kReapEvery);
    const Time now = std::chrono::steady_clock::now();
    for (const Connection& c : connections) {
      if (is_late(c, now)) ::shutdown(c.fd, SHUT_RDWR);
    }
  }
}

std::size_t Server::Impl::at_work() {
  return static_cast<std::size_t>(std::ranges::count_if(connections, [](const Connection& c) {
    return c.phase == Phase::thinking || c.phase == Phase::sending || c.phase == Phase::body;
  }));
}

void Server::Impl::cut_all() {
  for (const Connection& c : connections) ::shutdown(c.fd, SHUT_RDWR);
}

// --- one request ---------------------------------------------------------------------------------------------------------

namespace {

Connection& state_of(MHD_Connection* connection) {
  return *static_cast<Connection*>(MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context);
}

RawHeaders headers_of(MHD_Connection* connection) {
  RawHeaders out;
  const auto add = [](void* list, MHD_ValueKind, const char* name, const char* value) {
    static_cast<RawHeaders*>(list)->emplace_back(name ? name : "", value ? value : "");
    return MHD_YES;
  };
  MHD_get_connection_values(connection, MHD_HEADER_KIND, add, &out);
  return out;
}

Error error_of(const Refusal& refusal) { return {Errc::usage, refusal.message, refusal.hint, {}}; }

/// Our paths are decoded by us, once.
size_t keep_escapes(void*, MHD_Connection*, char* text) { return std::strlen(text); }

}  // namespace

void* Server::Impl::on_target(void* self, const char* target, MHD_Connection* connection) {
  auto& impl = *static_cast<Impl*>(self);
  Connection& state = state_of(connection);
  state.target = target;
  state.request.reset();
  state.refused = false;
  impl.enter(state, Phase::head);
  return nullptr;
}

MHD_Result Server::Impl::on_request(void* self,
                                    MHD_Connection* connection,
                                    const char*,
                                    const char* method,
                                    const char*,
                                    const char* data,
                                    size_t* size,
                                    void**) {
  auto& impl = *static_cast<Impl*>(self);
  Connection& state = state_of(connection);
  if (!state.request) return impl.begin(connection, state, method);
  if (*size > 0) return impl.take_body(state, data, size);
  if (state.refused) return MHD_NO;
  impl.enter(state, Phase::thinking);
  return impl.send(connection, state, impl.answer(*state.request), state.request->body.size() > impl.options.body_limit);
}

MHD_Result Server::Impl::begin(MHD_Connection* connection, Connection& state, std::string_view method) {
  std::optional<Response> refused = refusal(connection, state, method);
  if (!state.request) state.request.emplace();
  if (!refused) {
    enter(state, Phase::body);
    return MHD_YES;
  }
  state.refused = true;
  return send(connection, state, *std::move(refused), true);
}

std::optional<Response> Server::Impl::refusal(MHD_Connection* connection, Connection& state, std::string_view method) {
  const Request none;
  const auto page = [&](const Refusal& r) { return service.error_page(state.request.value_or(none), r.status, error_of(r)); };
  if (state.target.size() > options.target_limit) return page({414, "the address is too long", "shorten the search"});
  state.request = parse_target(state.target);
  if (!state.request) return page({400, "the address is malformed", "check the address"});
  const RawHeaders raw = headers_of(connection);
  for (const auto& [name, value] : raw) state.request->headers.emplace_back(ascii_lower(name), value);
  const std::optional<Method> known = method_named(method);
  if (known) state.request->method = *known;
  if (const auto bad = check_host(raw, options.hosts)) return page(*bad);
  if (!known) {
    Response response = page({405, "the server does not know this method", "it answers GET, HEAD and POST"});
    response.headers.emplace_back("Allow", "GET, HEAD");
    return response;
  }
  if (const auto bad = check_framing(raw, *known, options.body_limit)) return page(*bad);
  return service.refuse(*state.request);
}

MHD_Result Server::Impl::take_body(Connection& state, const char* data, size_t* size) {
  Request& request = *state.request;
  const bool fits = request.body.size() + *size <= options.body_limit;
  if (state.refused || !fits) return MHD_NO;  // a chunked body that grows too long: the connection is cut
  request.body.append(data, *size);
  {
    const std::lock_guard lock(mutex);
    state.bytes += *size;
  }
  *size = 0;
  return MHD_YES;
}

Response Server::Impl::answer(const Request& request) const {
  try {
    return service.answer(request);
  } catch (const std::exception& e) {
    log(LogLevel::quiet, "web.failed", {{"path", request.path}, {"what", e.what()}});
    return service.error_page(
        request, 500,
        {Errc::internal, "the page could not be made", "try again; if it fails again, tell the people who run the library", {}});
  }
}

void Server::Impl::on_completed(void* self, MHD_Connection* connection, void**, MHD_RequestTerminationCode) {
  Connection& state = state_of(connection);
  static_cast<Impl*>(self)->enter(state, Phase::idle);
}

namespace {

MHD_Response* made_of(Response& response) {
  if (response.file)
    return MHD_create_response_from_fd_at_offset64(response.file->size, response.file->fd.release(), response.file->offset);
  return MHD_create_response_from_buffer(response.body.size(), response.body.data(), MHD_RESPMEM_MUST_COPY);
}

bool has_header(const Response& response, std::string_view name) {
  return std::ranges::any_of(response.headers, [&](const auto& pair) { return iequals(pair.first, name); });
}

bool is_one_line(std::string_view value) {
  return std::ranges::none_of(value, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

void add_headers(MHD_Response* out, const Response& response, bool close) {
  MHD_add_response_header(out, "Content-Type", response.type.c_str());
  for (const auto& [name, value] : response.headers) {
    if (is_one_line(value)) MHD_add_response_header(out, name.c_str(), value.c_str());
  }
  for (const auto& [name, value] : standard_headers()) {
    if (!has_header(response, name)) MHD_add_response_header(out, std::string(name).c_str(), std::string(value).c_str());
  }
  if (close) MHD_add_response_header(out, "Connection", "close");
}

}  // namespace

MHD_Result Server::Impl::send(MHD_Connection* connection, Connection& state, Response response, bool close) {
  enter(state, Phase::sending, response.file ? response.file->size : response.body.size());
  MHD_Response* out = made_of(response);
  if (!out) return MHD_NO;
  add_headers(out, response, close || stopping);
  const MHD_Result queued = MHD_queue_response(connection, static_cast<unsigned>(response.status), out);
  MHD_destroy_response(out);
  return queued;
}

// --- start and stop ------------------------------------------------------------------------------------------------------

namespace {

struct Address {
  sockaddr_storage storage{};
  socklen_t size = 0;
  sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

Address address_of(const config::ListenAddress& listen) {
  Address out;
  if (listen.is_ipv6()) {
    auto& six = reinterpret_cast<sockaddr_in6&>(out.storage);
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(listen.port);
    inet_pton(AF_INET6, listen.host.c_str(), &six.sin6_addr);
    out.size = sizeof six;
  } else {
    auto& four = reinterpret_cast<sockaddr_in&>(out.storage);
    four.sin_family = AF_INET;
    four.sin_port = htons(listen.port);
    inet_pton(AF_INET, listen.host.c_str(), &four.sin_addr);
    out.size = sizeof four;
  }
  return out;
}

std::unexpected<Error> cannot_listen(const config::ListenAddress& listen, int number) {
  struct Row {
    int number;
    Errc code;
    const char* hint;
  };
  constexpr Row kRows[] = {
      {EADDRINUSE, Errc::conflict,
       "another program listens there, perhaps this server already; end it or choose another port with --listen"},
      {EACCES, Errc::forbidden,
       "ports below 1024 need a privilege; choose another port with --listen and let a proxy forward to it"},
      {EADDRNOTAVAIL, Errc::usage, "this machine does not have the address; choose one that it has with --listen"},
  };
  const auto* row = std::ranges::find(kRows, number, &Row::number);
  const bool known = row != std::end(kRows);
  return fail(known ? row->code : Errc::io, "cannot listen on " + config::to_string(listen) + ": " + system_message(number),
              known ? row->hint : "choose another address with --listen", config::to_string(listen));
}

std::uint16_t port_of(int fd) {
  Address bound;
  bound.size = sizeof bound.storage;
  getsockname(fd, bound.get(), &bound.size);
  return ntohs(
      reinterpret_cast<const sockaddr_in&>(bound.storage).sin_port);  // the port stands at the same place in both families
}

}  // namespace

Status Server::Impl::open_socket() {
  Address address = address_of(options.listen);
  socket = Fd(::socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket) return cannot_listen(options.listen, errno);
  const int on = 1;
  ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);  // connections inherit it
  if (::bind(socket.get(), address.get(), address.size) != 0 || ::listen(socket.get(), SOMAXCONN) != 0)
    return cannot_listen(options.listen, errno);
  if (options.listen.port == 0) {
    options.listen.port = port_of(socket.get());
    for (const std::string& host : own_hosts(options.listen, {})) options.hosts.push_back(host);
  }
  return {};
}

Status Server::Impl::start() {
  ::signal(SIGPIPE, SIG_IGN);  // NOLINT(cert-err33-c): a client that went away is no reason to end
  const auto seconds = static_cast<unsigned>((options.idle_timeout.count() + 999) / 1000);
  daemon = MHD_start_daemon(
      MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL, 0, nullptr, nullptr, &Impl::on_request,
      this, MHD_OPTION_LISTEN_SOCKET, socket.get(), MHD_OPTION_NOTIFY_CONNECTION, &Impl::on_connection, this,
      MHD_OPTION_URI_LOG_CALLBACK, &Impl::on_target, this, MHD_OPTION_NOTIFY_COMPLETED, &Impl::on_completed, this,
      MHD_OPTION_UNESCAPE_CALLBACK, &keep_escapes, nullptr, MHD_OPTION_CONNECTION_LIMIT, options.connections,
      MHD_OPTION_PER_IP_CONNECTION_LIMIT, options.connections_per_address, MHD_OPTION_CONNECTION_TIMEOUT, seconds,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, kConnectionMemory, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
  if (!daemon)
    return fail(Errc::io, "the web server did not start", "check the limits on threads and open files",
                config::to_string(options.listen));
  socket.release();  // the daemon closes it
  reaper = std::thread([this] { reap(); });
  return {};
}

void Server::Impl::stop(milliseconds patience) {
  if (!daemon || stopped) return;
  stopped = true;
  const MHD_socket listening = MHD_quiesce_daemon(daemon);
  {
    std::unique_lock lock(mutex);
    stopping = true;
    changed.notify_all();
    changed.wait_for(lock, patience, [this] { return at_work() == 0; });
    cut_all();
  }
  reaper.join();
  MHD_stop_daemon(daemon);
  if (listening != MHD_INVALID_SOCKET) ::close(listening);
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;
Server::~Server() = default;

Result<Server> Server::start(const ServerOptions& options, const Service& service) {
  auto impl = std::make_unique<Impl>(options, service);
  if (impl->options.hosts.empty() && options.listen.port != 0) impl->options.hosts = own_hosts(options.listen, {});
  TRY(impl->open_socket());
  TRY(impl->start());
  return Server(std::move(impl));
}

const config::ListenAddress& Server::address() const { return impl_->options.listen; }
std::string Server::url() const { return "http://" + config::to_string(impl_->options.listen); }
void Server::stop(milliseconds patience) { impl_->stop(patience); }

}  // namespace colophon::web

// SPDX-License-Identifier: GPL-3.0-or-later
// colophon-extract: the one program that reads untrusted PDF and XML. Started by colophon with a control socket as descriptor 3 it is
// a zygote: libraries warmed up, then one child a document (formats/wire.hpp). A person can ask it for --version and --self-test.
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <optional>
#include <string_view>

#include "base/io.hpp"
#include "extract/child.hpp"
#include "extract/readers.hpp"
#include "formats/wire.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace colophon::extract {
namespace {

using formats::kControlDescriptor;

struct Order {
  formats::Request request;
  Fd document;
  Fd reply;
};

// The next request with its two descriptors; nothing when the socket closed or says what it should not.
std::optional<Order> receive() {
  Order order;
  iovec part{&order.request, sizeof order.request};
  std::array<int, 2> descriptors = {-1, -1};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof descriptors)> space{};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = space.data();
  message.msg_controllen = space.size();
  ssize_t got = 0;
  do got = ::recvmsg(kControlDescriptor, &message, MSG_CMSG_CLOEXEC);
  while (got < 0 && errno == EINTR);
  const cmsghdr* header = got > 0 ? CMSG_FIRSTHDR(&message) : nullptr;
  if (header == nullptr || header->cmsg_type != SCM_RIGHTS || header->cmsg_len != CMSG_LEN(sizeof descriptors))
    return std::nullopt;
  std::memcpy(descriptors.data(), CMSG_DATA(header), sizeof descriptors);
  order.document = Fd(descriptors[0]);
  order.reply = Fd(descriptors[1]);
  if (got != static_cast<ssize_t>(sizeof order.request)) return std::nullopt;
  return order;
}

// Waits for the child: until it ended, its time and the grace are over, or the parent has gone.
formats::Ended reap(pid_t child, const formats::Request& request) {
  formats::Ended ended;
  ended.id = request.id;
  const Fd handle(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
  std::array<pollfd, 2> fds = {pollfd{handle.get(), POLLIN, 0}, pollfd{kControlDescriptor, 0, 0}};
  const int limit = static_cast<int>(std::min<std::uint64_t>(std::uint64_t{request.wall_ms} + formats::kZygoteGraceMs, 1 << 30));
  // Without pidfd (Linux before 5.3) the child's own alarm and the parent have to do.
  int ready = handle ? ::poll(fds.data(), fds.size(), limit) : 1;
  while (ready < 0 && errno == EINTR) ready = ::poll(fds.data(), fds.size(), limit);
  if (handle && fds[0].revents == 0) {
    ended.timed_out = ready == 0 ? 1 : 0;
    ::kill(child, SIGKILL);
  }
  rusage used{};
  while (::wait4(child, &ended.wait_status, 0, &used) < 0 && errno == EINTR) {
  }
  // A child that blocks SIGXCPU is killed a second later, by a signal that says nothing.
  const bool spent = used.ru_utime.tv_sec + used.ru_stime.tv_sec >= static_cast<time_t>(request.cpu_seconds);
  if (spent && WIFSIGNALED(ended.wait_status) && WTERMSIG(ended.wait_status) == SIGKILL) ended.timed_out = 1;
  return ended;
}

int serve() {
  ::syscall(SYS_close_range, kControlDescriptor + 1, ~0U, 0);
  ::prctl(PR_SET_DUMPABLE, 0);
  init_readers();
  const pid_t zygote = ::getpid();
  while (std::optional<Order> order = receive()) {
    if (order->request.version != formats::kWireVersion) return formats::kExitOtherVersion;
    const pid_t child = ::fork();
    if (child < 0) return EXIT_FAILURE;
    if (child == 0) read_one(order->request, order->document.get(), order->reply.get(), zygote);
    order->document.reset();
    order->reply.reset();
    const formats::Ended ended = reap(child, order->request);
    if (::send(kControlDescriptor, &ended, sizeof ended, MSG_NOSIGNAL) != static_cast<ssize_t>(sizeof ended)) return EXIT_SUCCESS;
  }
  return EXIT_SUCCESS;
}

int self_test() {
  init_readers();
  int status = EXIT_SUCCESS;
  for (const formats::Canary& canary : formats::kCanaries) {
    const bool fine = formats::holds(read(canary.format, canary.document), canary.expected);
    const std::string_view name = formats::row(canary.format).name;
    std::printf("%-6.*s %s\n", static_cast<int>(name.size()), name.data(), fine ? "ok" : "its text is lost");
    if (!fine) status = EXIT_FAILURE;
  }
  return status;
}

bool has_control_socket() {
  int type = 0;
  socklen_t size = sizeof type;
  return ::getsockopt(kControlDescriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_SEQPACKET;
}

int run(std::string_view option) {
  if (option == "--self-test") return self_test();
  if (option == "--version") {
    std::printf("colophon-extract %s, protocol %u\n", COLOPHON_VERSION, formats::kWireVersion);
    return EXIT_SUCCESS;
  }
  if (option.empty() && has_control_socket()) return serve();
  std::fputs("colophon-extract reads documents for colophon, which starts it; by itself it knows --version and --self-test.\n",
             stderr);
  return 2;
}

}  // namespace
}  // namespace colophon::extract

int main(int count, char** arguments) { return colophon::extract::run(count > 1 ? arguments[1] : ""); }

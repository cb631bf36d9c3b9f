// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/child.hpp"

#include <array>
#include <cerrno>
#include <exception>
#include <string>
#include <string_view>

#include "base/io.hpp"
#include "extract/fail_stop.hpp"
#include "extract/misdeeds.hpp"
#include "extract/readers.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

namespace colophon::extract {
namespace {

struct Bound {
  __rlimit_resource resource;
  rlim_t soft;
  rlim_t hard;
};

void take_limits(const formats::Request& request) {
  const std::array bounds = {
      Bound{RLIMIT_CPU, request.cpu_seconds, request.cpu_seconds + 1},  // the soft limit is the one that names itself: SIGXCPU
      Bound{RLIMIT_FSIZE, 0, 0},
      Bound{RLIMIT_NOFILE, 32, 32},
      Bound{RLIMIT_NPROC, 0, 0},
      Bound{RLIMIT_CORE, 0, 0},
      Bound{RLIMIT_STACK, rlim_t{16} << 20, rlim_t{16} << 20},
      Bound{RLIMIT_AS, request.memory_bytes, request.memory_bytes},
  };
  for (const Bound& bound : bounds) {
    if (bound.resource == RLIMIT_AS && !memory_is_limited()) continue;
    const rlimit limit{bound.soft, bound.hard};
    if (::setrlimit(bound.resource, &limit) != 0) ::_exit(EXIT_FAILURE);
  }
}

void start_alarm(std::uint32_t ms) {
  ::signal(SIGALRM, SIG_DFL);
  itimerval timer{};
  timer.it_value.tv_sec = static_cast<time_t>(ms / 1000);
  timer.it_value.tv_usec = static_cast<suseconds_t>(ms % 1000) * 1000;
  if (ms == 0) timer.it_value.tv_usec = 1;
  ::setitimer(ITIMER_REAL, &timer, nullptr);
}

// No way back to the zygote's socket, to a terminal, to more rights, or past the zygote's death.
void lock_down(pid_t zygote) {
  ::close(formats::kControlDescriptor);
  const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  if (nothing < 0) ::_exit(EXIT_FAILURE);
  for (const int standard : {0, 1, 2}) ::dup2(nothing, standard);
  ::close(nothing);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != zygote) ::_exit(EXIT_FAILURE);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  ::prctl(PR_SET_DUMPABLE, 0);
}

// Behind the document stands a NUL, also where it fills its last page: what is mapped first is one byte larger and all zeros.
ZeroEnded map_document(int document, std::uint64_t size) {
  if (size == 0) return {};
  void* at = ::mmap(nullptr, size + 1, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (at != MAP_FAILED) at = ::mmap(at, size, PROT_READ, MAP_PRIVATE | MAP_FIXED, document, 0);
  if (at == MAP_FAILED) ::_exit(errno == ENOMEM ? formats::kExitOutOfMemory : EXIT_FAILURE);
  return ZeroEnded::promised({static_cast<const char*>(at), size});
}

void answer(int reply, const formats::Request& request, const std::string& json) {
  if (json.size() > request.output_bytes) ::_exit(formats::kExitTooMuchOutput);
  formats::ReplyHeader header;
  header.id = request.id;
  header.length = json.size();
  const std::string_view start(reinterpret_cast<const char*>(&header), sizeof header);
  if (!write_all(reply, start) || !write_all(reply, json)) ::_exit(EXIT_FAILURE);
}

}  // namespace

void read_one(const formats::Request& request, int document, int reply, int zygote) {
  lock_down(zygote);
  start_alarm(request.wall_ms);
  stop_when_out_of_memory();
  take_limits(request);
  const ZeroEnded bytes = map_document(document, request.size);
  const auto format = static_cast<formats::Format>(request.format);
  try {
    if (request.format == static_cast<std::uint32_t>(formats::kTestFormat)) commit(bytes, reply, request);
    const bool lints = request.task == static_cast<std::uint32_t>(formats::Task::lint);
    answer(reply, request, to_json(lints ? lint(format, bytes) : read(format, bytes)).dump());
  } catch (const std::exception&) {
    ::_exit(EXIT_FAILURE);
  }
  ::_exit(EXIT_SUCCESS);
}

}  // namespace colophon::extract

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/worker.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <string>

#include "base/io.hpp"
#include "base/json.hpp"
#include "formats/wire.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace colophon::ingest {
namespace {

using formats::Ended;
using formats::Extraction;
using formats::Outcome;
using formats::ReplyHeader;
using formats::Request;
using SteadyClock = std::chrono::steady_clock;

/// How a document's run ended, seen from here.
enum class Verdict { answered, silent, flooded, confused, timed_out, lost };

struct Run {
  Verdict verdict = Verdict::silent;
  std::string reply;  ///< the JSON, when answered
  Ended ended;
};

std::string megabytes(std::uint64_t bytes) { return std::to_string(bytes >> 20) + " MB"; }

int milliseconds_until(SteadyClock::time_point deadline) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - SteadyClock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 1 << 30));
}

// poll that outlives signals; 0 when the deadline passed.
template <std::size_t N>
int poll_until(std::array<pollfd, N>& fds, SteadyClock::time_point deadline) {
  while (true) {
    const int ready = ::poll(fds.data(), fds.size(), milliseconds_until(deadline));
    if (ready >= 0 || errno != EINTR) return ready;
  }
}

Extraction verdict(Outcome outcome, std::string code, std::string message, std::string hint) {
  Extraction out;
  out.outcome = outcome;
  out.diagnostics.push_back({Severity::error, std::move(code), std::move(message), std::move(hint), {}});
  return out;
}

Extraction timeout(const Limits& limits) {
  return verdict(Outcome::damaged, "worker.timeout",
                 "reading took longer than " + std::to_string(limits.cpu_seconds) + " s of work or " +
                     std::to_string(limits.wall_ms / 1000) + " s in all and was stopped",
                 "save the file anew from the program that made it, or raise the limits of extraction");
}

Extraction too_much_memory(const Limits& limits) {
  return verdict(Outcome::too_large, "worker.memory", "reading needs more than " + megabytes(limits.memory_bytes) + " of memory",
                 "split the file or save it with smaller images, or raise the limits of extraction");
}

Extraction too_much_output(const Limits& limits) {
  return verdict(Outcome::too_large, "worker.output", "the file holds more than " + megabytes(limits.output_bytes) + " of text",
                 "split the file, or raise the limits of extraction");
}

Extraction crash(const std::string& how) {
  return verdict(Outcome::damaged, "worker.crash", "the reader " + how,
                 "save the file anew from the program that made it; the file is kept as it is");
}

std::string signal_text(int number) {
  if (number == SIGKILL) return "was killed from outside, perhaps because the system is short of memory";
  const char* name = ::sigabbrev_np(number);
  return std::string("crashed on this file (") + (name ? "SIG" + std::string(name) : std::to_string(number)) + ")";
}

// What the wait status of a child that did not answer means.
Extraction explain(const Ended& ended, const Limits& limits) {
  const int status = ended.wait_status;
  if (ended.timed_out) return timeout(limits);
  if (WIFSIGNALED(status)) {
    const int number = WTERMSIG(status);
    return number == SIGALRM || number == SIGXCPU ? timeout(limits) : crash(signal_text(number));
  }
  switch (WEXITSTATUS(status)) {
    case formats::kExitOutOfMemory: return too_much_memory(limits);
    case formats::kExitTooMuchOutput: return too_much_output(limits);
    case 0: return crash("ended without an answer");
    default: return crash("gave up on this file (exit status " + std::to_string(WEXITSTATUS(status)) + ")");
  }
}

// A signal mask and dispositions as a fresh program expects them, a process group of its own (a Ctrl-C at the terminal is ours to
// handle), the control socket as descriptor 3, nothing on standard input and output.
class SpawnSetup {
 public:
  explicit SpawnSetup(int control) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_adddup2(&actions_, control, formats::kControlDescriptor);
    ::posix_spawn_file_actions_addopen(&actions_, 0, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions_, 1, "/dev/null", O_WRONLY, 0);
    ::posix_spawnattr_init(&attributes_);
    sigset_t none, all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  SpawnSetup(const SpawnSetup&) = delete;
  SpawnSetup& operator=(const SpawnSetup&) = delete;
  ~SpawnSetup() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  int spawn(const std::string& program, pid_t& pid) {
    std::string name = "colophon-extract";
    std::array<char*, 2> arguments = {name.data(), nullptr};
    std::vector<char*> environment;
    std::vector<std::string> kept;
    for (const char* key : {"COLOPHON_EXTRACT_TEST", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LD_LIBRARY_PATH"}) {
      if (const char* value = std::getenv(key)) kept.push_back(std::string(key) + "=" + value);  // NOLINT(concurrency-mt-unsafe)
    }
    kept.emplace_back("LC_ALL=C.UTF-8");
    for (std::string& one : kept) environment.push_back(one.data());
    environment.push_back(nullptr);
    return ::posix_spawn(&pid, program.c_str(), &actions_, &attributes_, arguments.data(), environment.data());
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

bool send_request(int control, const Request& request, int document, int reply) {
  iovec part{const_cast<Request*>(&request),
             sizeof request};  // NOLINT(cppcoreguidelines-pro-type-const-cast): iovec has no const
  const std::array<int, 2> descriptors = {document, reply};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof descriptors)> space{};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = space.data();
  message.msg_controllen = space.size();
  cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof descriptors);
  std::memcpy(CMSG_DATA(header), descriptors.data(), sizeof descriptors);
  ssize_t sent = 0;
  do sent = ::sendmsg(control, &message, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  return sent == static_cast<ssize_t>(sizeof request);
}

Result<Fd> memory_file(std::string_view bytes) {
  Fd fd(::memfd_create("document", MFD_CLOEXEC));
  if (!fd) return fail(Errc::internal, "cannot make a file in memory: " + system_message(errno));
  TRY(write_all(fd.get(), bytes));
  return fd;
}

}  // namespace

struct Worker::Impl {
  Impl(const Limits& given_limits, std::filesystem::path given_program)
      : limits(given_limits), program(std::move(given_program)) {}
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() { stop(); }

  Limits limits;
  std::filesystem::path program;
  pid_t pid = 0;
  Fd control;
  std::uint64_t last_id = 0;

  std::unexpected<Error> broken(std::string message) const {
    return fail(Errc::internal, std::move(message), "reinstall Colophon; the program belongs at " + program.string(),
                program.string());
  }

  // Kills the zygote with its process group, and with it a child that may still run; waits for the zygote.
  void stop() {
    control.reset();
    if (pid == 0) return;
    ::kill(-pid, SIGKILL);
    ::kill(pid, SIGKILL);
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    pid = 0;
  }

  bool alive() const {
    if (pid == 0) return false;
    std::array<pollfd, 1> fds = {pollfd{control.get(), 0, 0}};
    return ::poll(fds.data(), 1, 0) == 0;
  }

  Status spawn() {
    std::array<int, 2> pair{};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair.data()) != 0) {
      return fail(Errc::internal, "cannot make a socket for colophon-extract: " + system_message(errno),
                  "close other programs and try again");
    }
    control = Fd(pair[0]);
    const Fd theirs(pair[1]);
    const int failed = SpawnSetup(theirs.get()).spawn(program.string(), pid);
    if (failed == 0) return {};
    pid = 0;
    control.reset();
    return broken("cannot start colophon-extract: " + system_message(failed));
  }

  Status ensure_running() {
    if (alive()) return {};
    stop();
    TRY(spawn());
    for (const formats::Canary& canary : formats::kCanaries) {
      const Status sang = check(canary);
      if (sang) continue;
      stop();
      return sang;
    }
    return {};
  }

  Status check(const formats::Canary& canary) {
    TRY_ASSIGN(const Fd document, memory_file(canary.document));
    TRY_ASSIGN(const Run run, perform(formats::Task::read, canary.format, document.get(), canary.document.size(), Limits{}));
    const std::string name(formats::row(canary.format).name);
    if (run.verdict == Verdict::lost) return broken("colophon-extract does not run, or is of another version");
    if (run.verdict != Verdict::answered) return broken("colophon-extract does not read its own test document (" + name + ")");
    const Result<Json> json = Json::parse(run.reply);
    const Result<Extraction> read = json ? formats::extraction_from_json(*json) : std::unexpected(json.error());
    if (!read || !formats::holds(*read, canary.expected))
      return broken("colophon-extract loses text of its own test document (" + name + ")");
    return {};
  }

  // One document through the running zygote. Whatever is not a clean end of the exchange kills the zygote.
  // Errc::busy when the system gives no descriptors.
  Result<Run> perform(formats::Task task, formats::Format format, int document, std::uint64_t size, const Limits& bounds) {
    Run run;
    Request request;
    request.format = static_cast<std::uint32_t>(format);
    request.task = static_cast<std::uint32_t>(task);
    request.id = ++last_id;
    request.size = size;
    request.cpu_seconds = bounds.cpu_seconds;
    request.wall_ms = bounds.wall_ms;
    request.memory_bytes = bounds.memory_bytes;
    request.output_bytes = bounds.output_bytes;
    const auto deadline = SteadyClock::now() + std::chrono::milliseconds(std::uint64_t{bounds.wall_ms} + formats::kParentGraceMs);
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
      return fail(Errc::busy, "cannot make a pipe: " + system_message(errno), "close other programs and try again");
    const Fd in(ends[0]);
    Fd out(ends[1]);
    const bool sent = send_request(control.get(), request, document, out.get());
    out.reset();
    run.verdict = sent ? receive(in.get(), request, deadline, run.reply) : Verdict::lost;
    if (run.verdict == Verdict::answered || run.verdict == Verdict::silent) wait_for_end(request.id, deadline, run);
    if (run.verdict != Verdict::answered && run.verdict != Verdict::silent) stop();
    return run;
  }

  // The child's reply, up to the end of the pipe.
  Verdict receive(int pipe, const Request& request, SteadyClock::time_point deadline, std::string& reply) {
    std::string bytes;
    ReplyHeader header;
    std::array<char, 65536> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init): read fills it
    while (true) {
      std::array<pollfd, 2> fds = {pollfd{pipe, POLLIN, 0}, pollfd{control.get(), 0, 0}};
      const int ready = poll_until(fds, deadline);
      if (ready == 0) return Verdict::timed_out;
      if (ready < 0) return Verdict::lost;
      if (fds[0].revents == 0) return Verdict::lost;  // only the zygote's end of the control socket says something: it closed
      const ssize_t got = ::read(pipe, buffer.data(), buffer.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return Verdict::lost;
      if (got == 0) break;
      bytes.append(buffer.data(), static_cast<std::size_t>(got));
      if (bytes.size() < sizeof header) continue;
      std::memcpy(&header, bytes.data(), sizeof header);
      if (header.version != formats::kWireVersion || header.id != request.id || header.reserved != 0) return Verdict::confused;
      if (header.length > request.output_bytes || bytes.size() - sizeof header > header.length) return Verdict::flooded;
    }
    if (bytes.size() < sizeof header || bytes.size() - sizeof header != header.length) return Verdict::silent;
    reply = bytes.substr(sizeof header);
    return Verdict::answered;
  }

  void wait_for_end(std::uint64_t id, SteadyClock::time_point deadline, Run& run) {
    std::array<pollfd, 1> fds = {pollfd{control.get(), POLLIN, 0}};
    if (poll_until(fds, deadline) == 0) {
      run.verdict = Verdict::timed_out;
      return;
    }
    const ssize_t got = ::recv(control.get(), &run.ended, sizeof run.ended, 0);
    if (got <= 0) run.verdict = Verdict::lost;
    else if (got != static_cast<ssize_t>(sizeof run.ended) || run.ended.id != id) run.verdict = Verdict::confused;
    else if (run.ended.wait_status != 0) run.verdict = Verdict::silent;  // an answer of a process that failed is none
  }

  Result<Extraction> answer(formats::Task task, formats::Format format, int document, std::uint64_t size) {
    TRY(ensure_running());
    TRY_ASSIGN(Run run, perform(task, format, document, size, limits));
    if (run.verdict == Verdict::lost) {  // the zygote reads no documents: its death is rarely the document's doing
      TRY(ensure_running());
      TRY_ASSIGN(run, perform(task, format, document, size, limits));
    }
    return judge(run);
  }

  Extraction judge(const Run& run) {
    switch (run.verdict) {
      case Verdict::timed_out: return timeout(limits);
      case Verdict::flooded: return too_much_output(limits);
      case Verdict::confused: return crash("gave an answer that makes no sense");
      case Verdict::lost: return crash("took its parent process with it");
      case Verdict::silent: return explain(run.ended, limits);
      case Verdict::answered: break;
    }
    const Result<Json> json = Json::parse(run.reply);
    Result<Extraction> read = json ? formats::extraction_from_json(*json) : std::unexpected(json.error());
    if (read) return std::move(*read);
    stop();
    return crash("gave an answer that makes no sense");
  }
};

std::filesystem::path extract_program() {
  std::error_code failed;
  const std::filesystem::path own = std::filesystem::read_symlink("/proc/self/exe", failed);
  return own.parent_path() / "colophon-extract";
}

Worker::Worker(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Worker::Worker(Worker&&) noexcept = default;
Worker& Worker::operator=(Worker&&) noexcept = default;
Worker::~Worker() = default;

Result<Worker> Worker::start(const Limits& limits, std::filesystem::path program) {
  auto impl = std::make_unique<Impl>(limits, std::move(program));
  TRY(impl->ensure_running());
  return Worker(std::move(impl));
}

Result<Extraction> Worker::extract(formats::Format format, int document_fd, std::uint64_t size) {
  return impl_->answer(formats::Task::read, format, document_fd, size);
}

Result<Extraction> Worker::lint(formats::Format format, int document_fd, std::uint64_t size) {
  return impl_->answer(formats::Task::lint, format, document_fd, size);
}

Result<Extraction> Worker::lint(formats::Format format, std::string_view bytes) {
  TRY_ASSIGN(const Fd document, memory_file(bytes));
  return lint(format, document.get(), bytes.size());
}

int Worker::process_id() const { return impl_->pid; }

}  // namespace colophon::ingest

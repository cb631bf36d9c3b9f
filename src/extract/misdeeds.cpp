// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/misdeeds.hpp"

#include <array>
#include <cstdlib>
#include <cstring>
#include <string>

#include "base/io.hpp"

#include <signal.h>
#include <unistd.h>

namespace colophon::extract {
namespace {

using Deed = void (*)(int reply, const formats::Request& request);

void announce(int reply, const formats::Request& request, std::uint64_t id, std::uint64_t length, std::string_view text) {
  formats::ReplyHeader header;
  header.id = id;
  header.length = length;
  (void)request;
  (void)write_all(reply, {reinterpret_cast<const char*>(&header), sizeof header});
  (void)write_all(reply, text);
}

void wait_for_ever() {
  while (true) ::pause();
}

void spin(int, const formats::Request&) {
  sigset_t all;
  ::sigfillset(&all);
  ::sigprocmask(SIG_BLOCK, &all, nullptr);
  volatile bool forever = true;
  while (forever) {
  }
}

unsigned char deeper(const volatile unsigned char* above) {
  volatile unsigned char
      frame[65536];  // NOLINT(cppcoreguidelines-avoid-c-arrays,cppcoreguidelines-pro-type-member-init): only its size matters
  frame[0] = above ? *above : 1;
  if (frame[0] == 0) return 0;  // never: the compiler must not know
  return static_cast<unsigned char>(deeper(&frame[0]) + frame[0]);
}

void take_memory(int, const formats::Request& request) {
  for (std::uint64_t taken = 0; taken < 2 * request.memory_bytes; taken += 1 << 20) {
    void* block = std::malloc(1 << 20);
    if (block) std::memset(block, 1, 1 << 20);
  }
}

void flood(int reply, const formats::Request& request) {
  const std::string much(1 << 16, ' ');
  announce(reply, request, request.id, 2, "{}");
  while (write_all(reply, much)) {
  }
}

struct Row {
  std::string_view name;
  Deed deed;
};

const std::array kDeeds = {
    Row{"crash", [](int, const formats::Request&) { ::raise(SIGSEGV); }},
    Row{"abort", [](int, const formats::Request&) { std::abort(); }},
    Row{"stack", [](int, const formats::Request&) { ::_exit(deeper(nullptr)); }},
    Row{"hang", [](int, const formats::Request&) { wait_for_ever(); }},
    Row{"spin", spin},
    Row{"memory", take_memory},
    Row{"flood", flood},
    Row{"announce",
        [](int reply, const formats::Request& r) {
          announce(reply, r, r.id, r.output_bytes + 1, "");
          wait_for_ever();
        }},
    Row{"grow", [](int, const formats::Request&) { ::_exit(formats::kExitTooMuchOutput); }},
    Row{"lie", [](int reply, const formats::Request& r) { announce(reply, r, r.id + 1, 2, "{}"); }},
    Row{"nonsense", [](int reply, const formats::Request& r) { announce(reply, r, r.id, 4, "%PDF"); }},
    Row{"exit", [](int, const formats::Request&) { ::_exit(3); }},
    Row{"silence", [](int, const formats::Request&) { ::_exit(0); }},
};

}  // namespace

void commit(std::string_view misdeed, int reply, const formats::Request& request) {
  const char* allowed = std::getenv("COLOPHON_EXTRACT_TEST");  // NOLINT(concurrency-mt-unsafe): one thread
  if (allowed == nullptr || std::string_view(allowed) != "1") return;
  for (const Row& row : kDeeds) {
    if (row.name != misdeed) continue;
    row.deed(reply, request);
    ::_exit(EXIT_SUCCESS);
  }
}

}  // namespace colophon::extract

// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/fail_stop.hpp"

#include <cstdint>

#include "formats/wire.hpp"

#include <unistd.h>

// Under an address sanitizer the allocator is the sanitizer's own, and its shadow does not fit into RLIMIT_AS.
#if defined(__SANITIZE_ADDRESS__)
#define COLOPHON_OWN_ALLOCATOR 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || __has_feature(thread_sanitizer)
#define COLOPHON_OWN_ALLOCATOR 0
#endif
#endif
#ifndef COLOPHON_OWN_ALLOCATOR
#define COLOPHON_OWN_ALLOCATOR 1
#endif

namespace colophon::extract {
namespace {
bool armed = false;  // one thread, set once in a fresh child
}

bool memory_is_limited() { return COLOPHON_OWN_ALLOCATOR != 0; }
void stop_when_out_of_memory() { armed = true; }

#if COLOPHON_OWN_ALLOCATOR
static void* checked(void* block, bool wanted) {
  if (block == nullptr && wanted && armed) ::_exit(formats::kExitOutOfMemory);
  return block;
}
#endif

}  // namespace colophon::extract

#if COLOPHON_OWN_ALLOCATOR
// glibc lets a program replace these three and reach its own under other names (manual, "Replacing malloc").
extern "C" {
void* __libc_malloc(std::size_t size);                     // NOLINT(bugprone-reserved-identifier)
void* __libc_calloc(std::size_t count, std::size_t size);  // NOLINT(bugprone-reserved-identifier)
void* __libc_realloc(void* block, std::size_t size);       // NOLINT(bugprone-reserved-identifier)

void* malloc(std::size_t size) noexcept { return colophon::extract::checked(__libc_malloc(size), size != 0); }
void* calloc(std::size_t count, std::size_t size) noexcept {
  return colophon::extract::checked(__libc_calloc(count, size), count != 0 && size != 0);
}
void* realloc(void* block, std::size_t size) noexcept {
  return colophon::extract::checked(__libc_realloc(block, size), size != 0);
}
}
#endif

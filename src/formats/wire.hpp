// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>

#include "formats/format.hpp"

namespace colophon::formats {

/// The protocol between colophon and colophon-extract, over a SOCK_SEQPACKET pair given to the worker as descriptor 3.
///
///   parent → zygote   Request, with two descriptors (SCM_RIGHTS): the document (read-only, size bytes) and a pipe's write end
///   child  → pipe     ReplyHeader, then `length` bytes: the Extraction as JSON (see draft.hpp)
///   zygote → parent   Ended: how the child ended (wait status), after it was reaped
///
/// The zygote forks one child a document, under rlimits; it never reads a document itself. The parent keeps the wall clock: it
/// asks the zygote to kill by closing nothing — the child's own alarm (Request::wall_ms) ends it — and gives up on the zygote
/// when Ended stays out. All integers are in host order: both ends run on one machine, from one build (kWireVersion).
inline constexpr std::uint32_t kWireVersion = 1;
inline constexpr int kControlDescriptor = 3;

struct Request {
  std::uint32_t version = kWireVersion;
  std::uint32_t format = 0;      ///< a Format
  std::uint64_t id = 0;
  std::uint64_t size = 0;        ///< bytes of the document
  std::uint32_t cpu_seconds = 10;
  std::uint32_t wall_ms = 20'000;
  std::uint64_t memory_bytes = std::uint64_t{1} << 30;
  std::uint64_t output_bytes = std::uint64_t{64} << 20;
};

struct ReplyHeader {
  std::uint32_t version = kWireVersion;
  std::uint32_t reserved = 0;
  std::uint64_t id = 0;
  std::uint64_t length = 0;
};

struct Ended {
  std::uint64_t id = 0;
  std::int32_t wait_status = 0;  ///< as from waitpid
  std::int32_t timed_out = 0;
};

/// Exit codes of a child that could not answer; anything else but 0 is a crash.
inline constexpr int kExitOutOfMemory = 70;
inline constexpr int kExitTooMuchOutput = 71;

}  // namespace colophon::formats

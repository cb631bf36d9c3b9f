// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>

#include "base/error.hpp"
#include "formats/draft.hpp"
#include "formats/format.hpp"

namespace colophon::ingest {

/// What one document may cost. Memory is address space (RLIMIT_AS), the wall clock starts with the document.
struct Limits {
  std::uint32_t cpu_seconds = 10;
  std::uint32_t wall_ms = 20'000;
  std::uint64_t memory_bytes = std::uint64_t{1} << 30;
  std::uint64_t output_bytes = std::uint64_t{64} << 20;
};

/// The program that reads untrusted documents: colophon-extract beside our own executable.
std::filesystem::path extract_program();

/// A lane to colophon-extract: one zygote, one document at a time. Callers make as many workers as they want lanes.
///
///   TRY_ASSIGN(Worker worker, Worker::start({}, extract_program()));
///   TRY_ASSIGN(formats::Extraction read, worker.extract(formats::Format::pdf, fd.get(), size));
///
/// Invariants: each document is read in a process of its own, forked from the zygote and gone afterwards; a worker that breaks
/// the protocol (formats/wire.hpp) in any way is killed; every zygote has read the canaries before its first document.
/// Thread note: a worker is used by one thread at a time; different workers are independent.
class Worker {
 public:
  /// Starts the zygote and reads the canaries. Errc::internal when the program cannot be started, is of another build, or does not
  /// read its own test documents: nothing can be read then, and the hint says where the program should be.
  static Result<Worker> start(const Limits& limits, std::filesystem::path program);
  Worker(Worker&&) noexcept;
  Worker& operator=(Worker&&) noexcept;
  ~Worker();

  /// Reads one document from a descriptor opened read-only; its offset plays no part. A document that crashes its worker, hangs,
  /// floods or needs too much memory is an answer, not an error: outcome damaged or too_large with a diagnostic `worker.crash`,
  /// `worker.timeout`, `worker.memory` or `worker.output`, and the next document is read as if nothing had been. A zygote that
  /// died is started again. Errors are those of start().
  Result<formats::Extraction> extract(formats::Format format, int document_fd, std::uint64_t size);
  /// The same for what the linter says of a document: diagnostics only.
  Result<formats::Extraction> lint(formats::Format format, int document_fd, std::uint64_t size);
  /// Of bytes in memory. Errc::internal when no file in memory can be made.
  Result<formats::Extraction> lint(formats::Format format, std::string_view bytes);

  /// The zygote's process id, for doctor and for tests.
  int process_id() const;

 private:
  struct Impl;
  explicit Worker(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace colophon::ingest

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/read_ahead.hpp"

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

namespace colophon::ingest {
namespace {

constexpr std::size_t kWindow = 8;  // files read ahead of the store
constexpr std::size_t kHeadBytes = 4096;

std::string head_of(int fd) {
  std::string out(kHeadBytes, '\0');
  const ssize_t n = pread(fd, out.data(), out.size(), 0);
  out.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
  return out;
}

}  // namespace

struct ReadAhead::Impl {
  const store::Blobs& blobs;
  std::vector<FoundFile> files;
  std::set<std::pair<Sha256, int>> known;
  const AddOptions& options;

  std::mutex mutex;
  std::condition_variable changed;
  std::map<std::size_t, ReadFile> done;
  std::size_t taken = 0;   // by lanes
  std::size_t handed = 0;  // to the caller
  bool stopping = false;
  std::vector<std::jthread> lanes;

  bool stopped() const { return options.stop && options.stop->load(); }

  std::optional<std::size_t> take() {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return stopping || taken == files.size() || taken < handed + kWindow; });
    if (stopping || stopped() || taken == files.size()) return std::nullopt;
    return taken++;
  }

  void put(std::size_t index, ReadFile file) {
    const std::lock_guard lock(mutex);
    done.emplace(index, std::move(file));
    changed.notify_all();
  }

  void run() {
    std::optional<Worker> worker;
    while (const std::optional<std::size_t> index = take()) put(*index, read(files[*index], worker));
  }

  ReadFile read(const FoundFile& file, std::optional<Worker>& worker) const {
    ReadFile out;
    out.file = file;
    const auto start = std::chrono::steady_clock::now();
    if (Status status = read_into(out, worker); !status) out.error = status.error();
    out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return out;
  }

  Status read_into(ReadFile& out, std::optional<Worker>& worker) const {
    if (!out.file.error.empty())
      return fail(Errc::io, "cannot be read: " + out.file.error, "check the path, its owner and its permissions",
                  out.file.path.string());
    TRY_ASSIGN(const Fd source, open_read(out.file.path));
    const std::string head = head_of(source.get());
    out.format = formats::sniff(head);
    if (out.format == formats::Format::unknown)
      return fail(Errc::invalid, fmt::format("not recognised: this is {}", formats::describe_unknown(head)),
                  formats::readable_formats() + " can be added; spreadsheets come in with “colophon import”",
                  out.file.path.string());
    Result<store::Incoming> incoming = blobs.receive(source.get(), out.file.path, options.max_file_bytes);
    if (!incoming) {
      out.fatal = incoming.error().code == Errc::io && incoming.error().where != out.file.path.string();
      return std::unexpected(incoming.error());
    }
    out.incoming = std::move(*incoming);
    const formats::FormatRow& row = formats::row(out.format);
    out.known = known.contains({out.incoming.digest, row.reader_version});
    if (out.known || row.read_in == formats::ReadIn::process) return {};
    if (!worker) {
      Result<Worker> started = Worker::start(options.limits, options.extract_program);
      if (!started) {
        out.fatal = true;
        return std::unexpected(started.error());
      }
      worker = std::move(*started);
    }
    Result<formats::Extraction> read = worker->extract(out.format, out.incoming.fd.get(), out.incoming.size);
    out.fatal = !read;
    if (!read) return std::unexpected(read.error());
    out.extraction = std::move(*read);
    return {};
  }
};

ReadAhead::ReadAhead(const store::Blobs& blobs,
                     std::vector<FoundFile> files,
                     std::set<std::pair<Sha256, int>> known,
                     const AddOptions& options)
    : impl_(new Impl{blobs, std::move(files), std::move(known), options, {}, {}, {}, 0, 0, false, {}}) {
  const std::size_t lanes = std::max<std::size_t>(1, std::min(options.jobs, impl_->files.size()));
  for (std::size_t i = 0; i < lanes; ++i) impl_->lanes.emplace_back([impl = impl_.get()] { impl->run(); });
}

ReadAhead::~ReadAhead() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopping = true;
    impl_->changed.notify_all();
  }
  impl_->lanes.clear();  // joins
  for (auto& [index, file] : impl_->done) impl_->blobs.discard(file.incoming);
}

std::optional<ReadFile> ReadAhead::next() {
  std::unique_lock lock(impl_->mutex);
  if (impl_->handed == impl_->files.size()) return std::nullopt;
  while (!impl_->done.contains(impl_->handed)) {
    if (impl_->stopped() && impl_->taken <= impl_->handed) return std::nullopt;
    impl_->changed.wait_for(lock, std::chrono::milliseconds(100));
  }
  ReadFile out = std::move(impl_->done.at(impl_->handed));
  impl_->done.erase(impl_->handed);
  ++impl_->handed;
  impl_->changed.notify_all();
  return out;
}

}  // namespace colophon::ingest

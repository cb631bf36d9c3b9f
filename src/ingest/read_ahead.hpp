// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "formats/draft.hpp"
#include "ingest/add.hpp"

namespace colophon::ingest {

/// A file after hashing, recognition and, for formats that are read in the worker, reading.
struct ReadFile {
  FoundFile file;
  store::Incoming incoming;
  formats::Format format = formats::Format::unknown;
  formats::Extraction extraction;  ///< empty for formats read in process, and for known files
  bool known = false;              ///< all of its entries are stored already
  std::optional<Error> error;      ///< it could not be read
  bool fatal = false;              ///< and nothing else can (no worker, disk full)
  double seconds = 0;
};

/// Reads files ahead of the one who stores them, on several lanes with a worker each, and hands them out in order. A small window
/// bounds memory. Thread note: construct, next() and destroy in one thread.
class ReadAhead {
 public:
  /// `known` are the digests and formats' reader versions of files whose entries are all stored.
  ReadAhead(const store::Blobs& blobs,
            std::vector<FoundFile> files,
            std::set<std::pair<Sha256, int>> known,
            const AddOptions& options);
  ~ReadAhead();
  /// The next file in order; nothing at the end.
  std::optional<ReadFile> next();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace colophon::ingest

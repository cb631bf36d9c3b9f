// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <atomic>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "formats/format.hpp"
#include "ingest/assimilate.hpp"
#include "ingest/worker.hpp"
#include "store/store.hpp"

namespace colophon::ingest {

struct AddOptions {
  bib::Access access;  ///< of the files that are added
  Limits limits;
  std::filesystem::path extract_program;
  std::size_t jobs = 2;  ///< lanes that read documents
  std::uint64_t max_file_bytes = std::uint64_t{1} << 30;
  std::string actor;
  std::string operator_name;
  const std::atomic<bool>* stop = nullptr;  ///< set from a signal handler: finish the batch at hand, then end
};

/// What became of one entry of a file, or of a file that could not be read (failed).
struct Item {
  std::string path;
  std::string local_id;  ///< citation key; empty when the file is the entry
  std::string status;    ///< "added", "updated", "unchanged", "failed"
  std::string work_id;
  std::string title;
  std::vector<std::string> changes;  ///< names of the fields that differ from what this origin said before
  std::string reason;                ///< why it failed
  std::string hint;
};

struct AddCounts {
  std::size_t files = 0, skipped = 0;
  std::size_t added = 0, updated = 0, unchanged = 0, failed = 0;
  std::uint64_t bytes = 0;
  bool interrupted = false;
  double parse_seconds = 0;  ///< of all lanes together, wall
  double store_seconds = 0;
};

struct AddProgress {
  std::size_t files_done = 0, files_total = 0;
  std::uint64_t bytes_done = 0, bytes_total = 0;
  std::size_t entries = 0;
};

/// What the caller hears while it runs, in the calling thread; all may be empty. An item is told only once it is durable.
struct AddObserver {
  std::function<void(const Item&)> item;
  std::function<void(const Diagnostic&)> diagnostic;
  /// Entries that an earlier version of this file held and this one does not; their works stay.
  std::function<void(const std::string& path, const std::vector<std::string>& local_ids)> vanished;
  std::function<void(const AddProgress&)> progress;
};

/// Reads files and folders into the store: each file hashed and copied into the library, recognised by content, read (BibTeX here,
/// everything else by colophon-extract), and taken in by batches, one transaction and one event each. A bad file never
/// stops the rest: it is an item with status failed. Errors are those of the library itself (io, busy, internal).
Result<AddCounts> add_paths(store::Store& store,
                            const Clock& clock,
                            const std::vector<std::filesystem::path>& paths,
                            const AddOptions& options,
                            const AddObserver& observer);

/// The files below the paths in a stable order, folders entered (not hidden ones, and no link to a folder). `claimed` files are
/// named on the command line or have an ending of ours, so that failing to recognise them is worth telling.
struct FoundFile {
  std::filesystem::path path;
  std::uint64_t size = 0;
  bool claimed = false;
  std::string error;  ///< why it cannot be read: no such file, no permission
};
std::vector<FoundFile> find_files(const std::vector<std::filesystem::path>& paths);

}  // namespace colophon::ingest

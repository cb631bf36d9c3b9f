// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "formats/draft.hpp"
#include "formats/format.hpp"

namespace colophon::formats {

/// Reads the works of one file one after the other, whatever its format: what bibtex/reader.hpp says of drafts, keys, spans and
/// diagnostics holds for each. Never fails. Not thread-safe.
///
///   const auto reader = open_reader(Format::ris, bytes);
///   for (Draft draft; reader->next(draft);) use(draft);
class DraftReader {
 public:
  virtual ~DraftReader() = default;
  /// False at the end; `out` is wholly replaced.
  virtual bool next(Draft& out) = 0;
  /// Those found since the last call, in the order of the file.
  virtual std::vector<Diagnostic> take_diagnostics() = 0;
};

/// REQUIRES: the format is read in process (row(format).read_in), fewer than 4 GiB. The bytes must outlive the reader.
std::unique_ptr<DraftReader> open_reader(Format format, std::string_view bytes);

/// All drafts and diagnostics at once. Outcome::too_large beyond 4 GiB, partial when something was lost, damaged when there are
/// bytes but no entry. REQUIRES: the format is read in process.
Extraction read_text(Format format, std::string_view bytes);

}  // namespace colophon::formats

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "bib/fields.hpp"
#include "formats/format.hpp"
#include "ingest/worker.hpp"

namespace colophon::app {

/// Whether a BibTeX file that stays BibTeX goes out byte for byte as it came in (with its comments, @string and spacing), or each entry as
/// we write it.
enum class Source : std::uint8_t { keep, rewrite };

struct ConvertRequest {
  std::vector<std::filesystem::path> inputs;  ///< files, "-" is standard input
  std::string to;                             ///< a format of formats/writer.hpp
  std::optional<formats::Format> from;        ///< recognised by content when not set
  Source source = Source::keep;
  int standard_input = 0;
  ingest::Limits limits = {};
  std::filesystem::path extract_program = ingest::extract_program();
  const std::atomic<bool>* stop = nullptr;
};

struct ConvertCounts {
  std::size_t inputs = 0, failed = 0;  ///< files, and those of which nothing could be read
  std::size_t entries = 0;             ///< works written
  std::size_t lost = 0;                ///< remarks of severity error: entries or parts of them that could not be read
  /// How many values of which fields the format has no place for.
  std::map<bib::FieldId, std::size_t> left_out;
  bool interrupted = false;
};

/// Each may be empty.
struct ConvertObserver {
  std::function<void(const Diagnostic&)> diagnostic;  ///< with its path
  std::function<void(const Error&)> failed;           ///< an input of which nothing could be read; `where` is its path
  /// Before each work of a format of which a file holds one (formats/writer.hpp), with a name for its file; an error ends everything.
  std::function<Status(std::string_view name)> next;
};

/// Writes the works of files in another format, one after the other to `write`, without a library. Text formats are read in place and
/// entry by entry, so that memory does not grow with the file but for about 50 bytes an entry; XML and PDF files are read in
/// colophon-extract, whole. Citation keys and ids that a source gives stay; others are made (author, year, word), with a letter where
/// one was taken. Errc::usage for an unknown format; io when writing fails. An input that cannot be read is counted and told.
Result<ConvertCounts> convert(const ConvertRequest& request,
                              const ConvertObserver& observer,
                              const std::function<Status(std::string_view)>& write);

}  // namespace colophon::app

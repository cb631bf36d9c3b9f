// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "bib/fold.hpp"

namespace colophon::formats {

/// The formats of files that we read, recognised by content.
enum class Format : std::uint8_t { bibtex, ris, nbib, csl_json, refer, endnote, jats, pdf, csv, xlsx, unknown };

/// Where a format is read: text formats of ours in process, others only in colophon-extract.
enum class ReadIn : std::uint8_t { process, worker, nowhere };

struct FormatRow {
  Format format;
  std::string_view name;   ///< "bibtex", as in JSON and on the command line
  std::string_view label;  ///< "BibTeX"
  std::string_view media_type;
  bib::SourceKind kind;
  ReadIn read_in;
  int reader_version;  ///< raised when the reader learns something: drafts of older versions are read anew
};

std::span<const FormatRow> formats();
const FormatRow& row(Format format);
std::optional<Format> format_named(std::string_view name);

/// Recognises a file by its first bytes (4 KiB are enough); names play no part. UTF-16 and BOMs are understood.
/// Other XML and JSON, archives, images and binary data are `unknown`.
Format sniff(std::string_view head);
/// Spreadsheets hold cells, not works: what their columns mean is asked of a person (sheet/rows.hpp).
constexpr bool is_sheet(Format format) { return format == Format::csv || format == Format::xlsx; }
/// "BibTeX, RIS, … and PDF": the formats that hold works, for messages.
std::string readable_formats();
/// What an unknown file seems to be, for the message: "an empty file", "a ZIP archive (docx, xlsx, epub …)", "HTML", "binary data".
std::string_view describe_unknown(std::string_view head);

}  // namespace colophon::formats

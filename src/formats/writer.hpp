// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/diagnostic.hpp"
#include "bib/document.hpp"
#include "bib/work.hpp"

namespace colophon::formats {

/// A work to be written, with the name by which the output calls it.
struct Item {
  const bib::Work* work = nullptr;
  std::string id;                       ///< citation key or CSL id
  const bib::Document* body = nullptr;  ///< of a structured text, for the formats that hold one
};

/// An item as written, and what of it could not be.
struct WrittenItem {
  std::string text;
  std::vector<Diagnostic> diagnostics;
};

/// How many works a file of the format holds.
enum class Holds : std::uint8_t { many, one };

/// A format that records can be written in. `begin`, `between` and `end` frame the items of one file.
struct WriterRow {
  std::string_view name;  ///< "bibtex", "ris", "csl-json", "jats" …: as in `export --to`
  std::string_view label;
  std::string_view media_type;
  std::string_view extension;
  std::string_view begin, between, end;
  WrittenItem (*write)(const Item&);
  /// Whether the format has a place for a value of a work of this type.
  bool (*holds)(bib::WorkType type, bib::FieldId field, const bib::Value& value);
  Holds works = Holds::many;
};

std::span<const WriterRow> writers();
std::optional<WriterRow> writer_named(std::string_view name);
/// The row, or Errc::usage with the names that there are.
Result<WriterRow> writer_of(std::string_view name);
/// "bibtex, biblatex, ris …", for messages and help; `separator` between them.
std::string writer_names(std::string_view separator = ", ");

}  // namespace colophon::formats

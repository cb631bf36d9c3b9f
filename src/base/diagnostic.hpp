// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/json.hpp"

namespace colophon {

enum class Severity { note, warning, error };

/// A place in an input. Lines and columns count from 1 (columns in bytes), pages from 1; 0 means unknown.
struct Location {
  std::string path;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t page = 0;

  friend bool operator==(const Location&, const Location&) = default;
};

/// "a.bib:12:3", "a.pdf, page 4", "a.xml:7".
std::string to_string(const Location& at);

/// One located remark of a parser about its input: what was found, what was assumed, what to do.
/// `code` is stable and dotted ("bibtex.missing-comma"); an error means that something could not be kept.
struct Diagnostic {
  Severity severity = Severity::warning;
  std::string code;
  std::string message;
  std::string hint;
  Location at;

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

/// Parsers never fail: they return what they could read and say what they could not.
template <class T>
struct Parsed {
  T value;
  std::vector<Diagnostic> diagnostics;
};

Json to_json(const Diagnostic& diagnostic);
Result<Diagnostic> diagnostic_from_json(const Json& json);

}  // namespace colophon

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/edits.hpp"
#include "formats/format.hpp"

namespace colophon::formats {

/// What can be done about a finding without a person. A safe repair never changes what is meant; a proposed one is a guess to be looked at.
enum class Repair : std::uint8_t { none, proposed, safe };
std::string_view name(Repair repair);  ///< "none", "proposed", "safe"

/// One thing that the linter looks for.
struct LintRule {
  std::string_view code;  ///< stable, "bibtex.fused-pages"
  Severity severity{};
  Repair repair{};           ///< the best that its findings can carry
  std::string_view summary;  ///< for people: a sentence without its full stop
};
/// THE table of rules, in the order in which help and docs/formats/lint.md show them.
std::span<const LintRule> lint_rules();
/// By code, with or without its format ("fused-pages", the first of several); null when there is none.
const LintRule* lint_rule(std::string_view code);

/// One remark. `diagnostic.at` has line and column (bytes, from 1), no path; the hint says what to write instead. The edits belong
/// together, places are bytes of the file; they are empty where nothing can be repaired or the file is UTF-16.
struct Finding {
  Diagnostic diagnostic;
  Repair repair = Repair::none;
  std::vector<Edit> edits;
};

/// The two dialects of .bib files: BibTeX (btxdoc.tex) and BibLaTeX (manual 3.19) ask for other fields. `by_content` takes the one whose
/// fields and types the file uses more.
enum class Rulebook : std::uint8_t { by_content, bibtex, biblatex };

struct LintOptions {
  int year = 0;  ///< the current one: later years than the next are remarked on; 0: no year is too late
  Rulebook dialect = Rulebook::by_content;
};

/// All findings of a file in the order of their places, at most 10,000; never fails. Linear.
std::vector<Finding> lint_bibtex(std::string_view bytes, const LintOptions& options);

/// The linter of a format; null where there is none in this process.
using Linter = std::vector<Finding> (*)(std::string_view bytes, const LintOptions& options);
Linter linter_of(Format format);
/// Whether its linter runs in colophon-extract only, as whatever reads XML does.
bool is_linted_in_worker(Format format);
/// "BibTeX and JATS": the formats that have a linter, for messages.
std::string lintable_formats();

/// The edits of all findings that can be repaired at least as surely as `least`, as in_order() gives them; a finding whose edits are in
/// the way of an earlier one is left out whole, and found again in the repaired text.
std::vector<Edit> repairs(const std::vector<Finding>& findings, Repair least);

}  // namespace colophon::formats

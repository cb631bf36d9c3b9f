// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/bibtex/entry.hpp"
#include "formats/bibtex/mapping.hpp"
#include "formats/bibtex/splitter.hpp"
#include "formats/lint.hpp"

namespace colophon::formats::bibtex {

/// Gathers findings, with line and column. `code` is one of the table's.
class LintReport {
 public:
  explicit LintReport(std::string_view file);
  void add(std::string_view code, std::size_t at, std::string message, std::string hint = {}, std::vector<Edit> edits = {});
  /// A remark of the reader, which is located already.
  void add(Diagnostic diagnostic);
  Location locate(std::size_t at) const;
  std::size_t size() const { return findings_.size(); }
  /// Sorted by place.
  std::vector<Finding> take();

 private:
  std::vector<std::size_t> lines_;  // where each begins
  std::vector<Finding> findings_;
  bool full_ = false;
};

/// A field of the entry that is looked at.
struct LintField {
  const RawField* raw = nullptr;
  std::string name;                       ///< lower case
  const FieldMapping* mapping = nullptr;  ///< null for a field without a place
  std::string_view value;                 ///< macros expanded
  bool literal = false;                   ///< one piece between delimiters: `value` are bytes of the file

  bool is(Form form) const { return mapping && mapping->form == form; }
  bool is(bib::FieldId field) const { return mapping && mapping->field == field; }
};

/// What the rules see: a file, and the entry that is looked at.
struct LintContext {
  std::string_view file;
  const LintOptions* options = nullptr;
  Rulebook dialect = Rulebook::bibtex;
  LintReport* report = nullptr;
  const Chunk* chunk = nullptr;
  std::string type;  ///< lower case
  const Entry* entry = nullptr;
  std::vector<LintField> fields;

  const LintField* field(std::string_view name) const;
  /// The place of a part of a literal value, else that of the value.
  std::size_t place(const LintField& field, std::string_view part) const;
  /// An edit of a part of a literal value; none otherwise.
  std::vector<Edit> replace(const LintField& field, std::string_view part, std::string text) const;
};

// --- rules of one field: one function a matter, in pages.cpp, dates.cpp, identifiers.cpp, urls.cpp, names.cpp, titles.cpp, text.cpp
void check_pages(const LintContext& at, const LintField& field);
void check_year(const LintContext& at, const LintField& field);
void check_month(const LintContext& at, const LintField& field);
void check_isbn(const LintContext& at, const LintField& field);
void check_issn(const LintContext& at, const LintField& field);
void check_orcid(const LintContext& at, const LintField& field);
void check_doi(const LintContext& at, const LintField& field);
void check_url(const LintContext& at, const LintField& field);
void check_names(const LintContext& at, const LintField& field);
void check_title(const LintContext& at, const LintField& field);
void check_html(const LintContext& at, const LintField& field);
void check_control(const LintContext& at, const LintField& field);
void check_mojibake(const LintContext& at, const LintField& field);
void check_special(const LintContext& at, const LintField& field);
void check_empty(const LintContext& at, const LintField& field);

// --- rules of one entry: syntax.cpp
void check_syntax(const LintContext& at);
void check_key(const LintContext& at);
void check_duplicate_fields(const LintContext& at);
void check_type(const LintContext& at);

/// Which fields an entry has, for the question what it lacks: see required.cpp.
using Slots = std::uint32_t;
Slots slot_of(std::string_view lower_name);
/// The same for what a crossref parent hands to a child of this type.
Slots inherited_slots(std::string_view parent_type, Slots slots, std::string_view child_type);
/// Reports what the entry lacks, of which `slots` are there, inherited ones too.
void check_required(const LintContext& at, Slots slots);

/// How much a type or field name speaks for BibLaTeX: 1, for BibTeX: -1, else 0.
int leaning_of_type(std::string_view lower_name);
int leaning_of_field(std::string_view lower_name);

}  // namespace colophon::formats::bibtex

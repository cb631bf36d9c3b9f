// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/lint/lint.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "formats/bibtex/bib_file.hpp"
#include "formats/bibtex/known_fields.hpp"
#include "formats/bibtex/reader.hpp"
#include "formats/bibtex/tex.hpp"
#include "formats/bibtex/values.hpp"
#include "formats/charset.hpp"

#include <fmt/format.h>

namespace colophon::formats {
namespace bibtex {
namespace {

constexpr std::size_t kLongestMacro = 64 * 1024;
constexpr Slots kEverySlot = ~Slots{0};

using FieldCheck = void (*)(const LintContext&, const LintField&);
constexpr std::array<FieldCheck, 15> kFieldChecks = {check_empty, check_names, check_title,   check_year,     check_month,
                                                     check_pages, check_isbn,  check_issn,    check_orcid,    check_doi,
                                                     check_url,   check_html,  check_control, check_mojibake, check_special};
using EntryCheck = void (*)(const LintContext&);
constexpr std::array<EntryCheck, 4> kEntryChecks = {check_syntax, check_key, check_duplicate_fields, check_type};

// What the reader says of values that it decoded; for all other matters there is a rule here that says more.
constexpr std::array<std::string_view, 6> kFromReader = {"bibtex.encoding",        "bibtex.utf-16",
                                                         "bibtex.unknown-command", "bibtex.unread-value",
                                                         "bibtex.literal-date",    "bibtex.too-much-expansion"};
constexpr std::array<std::string_view, 2> kUnlessSaid = {"bibtex.unread-value", "bibtex.literal-date"};

// What BibTeX's styles define.
constexpr std::array<std::string_view, 32> kStyleMacros = {
    "jan",  "feb",   "mar",    "apr",  "may",    "jun",   "jul",    "aug",    "sep",      "oct", "nov",
    "dec",  "acmcs", "acta",   "cacm", "ibmjrd", "ibmsj", "ieeese", "ieeetc", "ieeetcad", "ipl", "jacm",
    "jcss", "scp",   "sicomp", "tocs", "tods",   "tog",   "toms",   "toois",  "toplas",   "tcs"};

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

std::string shown(std::string_view text) { return printable(ellipsis(to_utf8(text), 60)); }

// Where a macro is first defined, and what it was when it was last looked at.
struct Macro {
  std::uint32_t chunk;
  std::string text;
};

struct Parents {
  std::string crossref, xdata;
};

class BibtexLint {
 public:
  BibtexLint(std::string_view text, const LintOptions& options)
      : text_(text), unheard_(text), file_(text, unheard_, BibFile::Digests::skip), own_(file_.size()), report_(text) {
    at_.file = text;
    at_.options = &options;
    at_.report = &report_;
  }

  std::vector<Finding> run() {
    index();
    for (std::uint32_t i = 0; i < file_.size(); ++i) look_at(i);
    if (file_.size() == 0 && !trim(text_).empty())
      report_.add("bibtex.no-entry", 0, "no BibTeX entry was found", "an entry begins with @article{key,");
    ask_reader();
    return report_.take();
  }

 private:
  // --- what the file holds: macros, keys, what each entry has, which dialect it is
  void index() {
    int leaning = 0;
    for (std::uint32_t i = 0; i < file_.size(); ++i) {
      const Chunk chunk = file_.chunk(i);
      if (chunk.kind == ChunkKind::string) index_macros(chunk, i);
      if (chunk.kind == ChunkKind::entry) leaning += index_entry(chunk, i);
    }
    at_.dialect = at_.options->dialect != Rulebook::by_content ? at_.options->dialect
                  : leaning > 0                                ? Rulebook::biblatex
                                                               : Rulebook::bibtex;
  }

  void index_macros(const Chunk& chunk, std::uint32_t i) {
    parse_entry(text_, chunk, entry_);
    for (const RawField& field : entry_.fields) macros_.emplace(ascii_lower(field.name), Macro{i, {}});
  }

  int index_entry(const Chunk& chunk, std::uint32_t i) {
    parse_entry(text_, chunk, entry_);
    const int by_type = leaning_of_type(ascii_lower(chunk.word));
    bool bibtex = by_type < 0, biblatex = by_type > 0;
    for (const RawField& field : entry_.fields) {
      file_.forget_values();
      const std::string_view value = trim(file_.value(entry_, field, i));
      if (value.empty()) continue;
      const std::string name = ascii_lower(field.name);
      own_[i] |= slot_of(name);
      const int leaning = leaning_of_field(name);
      bibtex = bibtex || leaning < 0;
      biblatex = biblatex || leaning > 0;
      if (parent_kind(name) == Parent::crossref) parents_[i].crossref = value;
      if (parent_kind(name) == Parent::xdata) parents_[i].xdata = value;
    }
    return (biblatex ? 1 : 0) - (bibtex ? 1 : 0);
  }

  // --- macros
  void check_macros(const RawField& field, std::uint32_t chunk) {
    for (std::uint32_t i = 0; i < field.count; ++i) {
      const Piece& piece = entry_.pieces[field.first + i];
      if (piece.kind != Piece::Kind::macro) continue;
      const std::string name = ascii_lower(piece.text);
      const auto macro = macros_.find(name);
      const bool defined = macro != macros_.end() && macro->second.chunk < chunk;
      if (defined || holds(kStyleMacros, name) || !told_.insert("macro " + name).second) continue;
      const bool later = macro != macros_.end();
      report_.add(
          "bibtex.undefined-macro", static_cast<std::size_t>(piece.text.data() - text_.data()),
          fmt::format("“{}” is {}", shown(piece.text), later ? "defined only further down" : "not defined by any @string"),
          later ? "put its @string before the entries" : "write {…} about it if it is text; said once a file");
    }
  }

  // --- parents
  // What an entry has with its parents; everything when a parent is elsewhere.
  Slots slots(std::uint32_t chunk, int generation = 0) {
    if (const auto known = slots_.find(chunk); known != slots_.end()) return known->second;
    Slots out = own_[chunk];
    slots_.emplace(chunk, out);  // for one that is its own ancestor
    const auto parents = parents_.find(chunk);
    if (parents != parents_.end() && generation < kMostAncestors) {
      const auto parent = file_.entry_of(parents->second.crossref);
      const std::string type = ascii_lower(file_.chunk(chunk).word);
      if (parent && *parent != chunk)
        out |= inherited_slots(ascii_lower(file_.chunk(*parent).word), slots(*parent, generation + 1), type);
      else if (!parents->second.crossref.empty()) out = kEverySlot;
      std::size_t most = kMostParents;
      for (const std::string_view key : cut(parents->second.xdata, ",")) {
        const auto data = file_.entry_of(key);
        if (most-- == 0) break;
        out |= data && *data != chunk ? slots(*data, generation + 1) : kEverySlot;
      }
    }
    return slots_[chunk] = out;
  }

  void check_parent(const LintField& field, std::uint32_t chunk) {
    const bool crossref = field.name == "crossref";
    if (!crossref && field.name != "xdata" && field.name != "xref") return;
    for (const std::string_view key : cut(field.value, crossref ? "" : ",")) {
      const auto parent = file_.entry_of(key);
      if (!parent || *parent == chunk)
        report_.add("bibtex.no-parent", at_.place(field, key),
                    parent ? fmt::format("the entry refers to itself with {}", field.name)
                           : fmt::format("{} names “{}”, which is not in this file", field.name, shown(key)),
                    "check the key");
      else if (crossref && *parent < chunk && at_.dialect == Rulebook::bibtex)
        report_.add("bibtex.parent-before-child", at_.place(field, key), fmt::format("“{}” stands before this entry", shown(key)),
                    "move it behind all entries that refer to it; BibTeX does not find it else");
    }
  }

  // --- one chunk
  void look_at(std::uint32_t i) {
    const Chunk chunk = file_.chunk(i);
    at_.chunk = &chunk;
    at_.entry = &entry_;
    at_.fields.clear();
    file_.forget_values();
    if (chunk.kind == ChunkKind::entry) return look_at_entry(chunk, i);
    if (chunk.kind == ChunkKind::string) return look_at_macros(chunk, i);
    if (chunk.ending == Ending::closed) return;
    const Fault fault = chunk.ending == Ending::end_of_line  ? Fault::braceless_comment
                        : chunk.ending == Ending::next_entry ? Fault::unclosed_by_entry
                                                             : Fault::unclosed_at_end;
    report_.add(row(fault).code, chunk.begin, std::string(row(fault).message), std::string(row(fault).hint));
  }

  void look_at_macros(const Chunk& chunk, std::uint32_t i) {
    parse_entry(text_, chunk, entry_);
    check_syntax(at_);
    for (const RawField& field : entry_.fields) {
      check_macros(field, i);
      Macro& macro = macros_.at(ascii_lower(field.name));
      const std::string_view value = file_.value(entry_, field, i).substr(0, kLongestMacro);
      if (macro.chunk < i && macro.text != value)
        report_.add("bibtex.redefined-macro", static_cast<std::size_t>(field.name.data() - text_.data()),
                    fmt::format("“{}” had another value before", shown(field.name)), "give one of the two another name");
      macro.text = value;
    }
  }

  void look_at_entry(const Chunk& chunk, std::uint32_t i) {
    parse_entry(text_, chunk, entry_);
    at_.type = ascii_lower(chunk.word);
    for (const RawField& raw : entry_.fields) {
      const Piece::Kind kind = entry_.pieces[raw.first].kind;
      const bool literal = raw.count == 1 && (kind == Piece::Kind::braced || kind == Piece::Kind::quoted);
      at_.fields.push_back({&raw, ascii_lower(to_utf8(raw.name)), mapping_of(raw.name), file_.value(entry_, raw, i), literal});
    }
    for (const EntryCheck check : kEntryChecks) check(at_);
    check_uniqueness(i);
    if (const Slots all = slots(i); all != kEverySlot && at_.type != "xdata") check_required(at_, all);
    for (const LintField& field : at_.fields) look_at_field(field, i);
  }

  void look_at_field(const LintField& field, std::uint32_t chunk) {
    const std::size_t before = report_.size();
    check_macros(*field.raw, chunk);
    check_parent(field, chunk);
    check_name(field);
    for (const FieldCheck check : kFieldChecks) check(at_, field);
    if (report_.size() == before) return;
    const Location at = report_.locate(field.raw->begin);
    spoken_.emplace(at.line, at.column);
  }

  void check_name(const LintField& field) {
    if (is_known_field(field.name)) return;
    const auto begin = static_cast<std::size_t>(field.raw->name.data() - text_.data());
    const std::string_view near = near_field(field.name);
    if (!near.empty() && !at_.field(near))
      return report_.add("bibtex.misspelt-field", begin, fmt::format("the field “{}” is not known", shown(field.name)),
                         fmt::format("did you mean {}?", near), {{begin, begin + field.raw->name.size(), std::string(near)}});
    if (told_.insert("field " + field.name).second)
      report_.add("bibtex.unknown-field", begin, fmt::format("the field “{}” is not known", shown(field.name)),
                  "styles pass over it; said once a file");
  }

  // Keys and DOIs that were there before.
  void check_uniqueness(std::uint32_t i) {
    const std::string_view key = entry_.key;
    if (!key.empty() && !seen_.insert(key).second) {
      report_.add(
          "bibtex.duplicate-key", entry_.key_begin,
          fmt::format("the key “{}” was given before, on line {}", shown(key), file_.chunk(file_.entry_of(key).value_or(i)).line),
          "rename one of the two");
    } else if (!key.empty()) {
      const auto [lower, fresh] = lower_keys_.emplace(ascii_lower(key), key);
      if (!fresh && at_.dialect == Rulebook::bibtex)
        report_.add("bibtex.key-case", entry_.key_begin,
                    fmt::format("the key “{}” differs only in case from “{}”", shown(key), shown(lower->second)),
                    "rename one of the two");
    }
    const LintField* doi = at_.field("doi");
    const Result<bib::Doi> parsed =
        doi && doi->value.size() < 1000 ? bib::Doi::parse(decode_verbatim(doi->value)) : fail(Errc::invalid, "");
    if (!parsed) return;
    const auto [first, fresh] = dois_.emplace(at_.type + " " + parsed->str(), i);
    if (!fresh)
      report_.add("bibtex.duplicate-doi", at_.place(*doi, doi->value),
                  fmt::format("the entry on line {} has the same DOI", file_.chunk(first->second).line), "are they one work?");
  }

  void ask_reader() {
    BibtexReader reader(text_);
    for (Draft draft; reader.next(draft);) continue;
    for (Diagnostic& d : reader.take_diagnostics()) {
      const bool said = holds(kUnlessSaid, d.code) && spoken_.contains({d.at.line, d.at.column});
      if (holds(kFromReader, d.code) && !said) report_.add(std::move(d));
    }
  }

  std::string_view text_;
  Reports unheard_;  // of the values: there is a rule for each
  BibFile file_;
  std::vector<Slots> own_;
  LintReport report_;
  LintContext at_;
  Entry entry_;
  std::unordered_map<std::string, Macro> macros_;
  std::unordered_map<std::string, std::string_view> lower_keys_;
  std::unordered_set<std::string_view> seen_;
  std::unordered_map<std::uint32_t, Parents> parents_;
  std::unordered_map<std::uint32_t, Slots> slots_;
  std::unordered_map<std::string, std::uint32_t> dois_;
  std::unordered_set<std::string> told_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> spoken_;  // the fields of which a rule said something
};

// Only what the reader says: places in a file of UTF-16 are not those of the text that is looked at.
std::vector<Finding> from_reader(std::string_view bytes) {
  LintReport report(bytes);
  for (Diagnostic& d : read_bibtex(bytes).diagnostics) report.add(std::move(d));
  return report.take();
}

}  // namespace
}  // namespace bibtex

std::vector<Finding> lint_bibtex(std::string_view bytes, const LintOptions& options) {
  if (bytes.size() >= UINT32_MAX || !find_encoding(bytes).as_is) return bibtex::from_reader(bytes);
  return bibtex::BibtexLint(bytes, options).run();
}

}  // namespace colophon::formats

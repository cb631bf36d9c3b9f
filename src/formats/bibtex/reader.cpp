// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/reader.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <deque>
#include <unordered_map>
#include <unordered_set>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "formats/bibtex/entry.hpp"
#include "formats/bibtex/mapping.hpp"
#include "formats/bibtex/names.hpp"
#include "formats/bibtex/splitter.hpp"
#include "formats/bibtex/tex.hpp"
#include "formats/bibtex/values.hpp"

#include <fmt/format.h>

namespace colophon::formats {
namespace bibtex {
namespace {

using bib::FieldId;
using bib::WorkType;

constexpr std::size_t kMostDiagnostics = 10'000;
constexpr std::size_t kLongestCode = 2'000;
constexpr std::size_t kLongestMacro = 64 * 1024;
constexpr std::size_t kLongestParent = 64 * 1024;
constexpr int kMostAncestors = 8;

// UTF-16 with a byte order mark as UTF-8; lone surrogates become U+FFFD.
std::string from_utf16(std::string_view bytes) {
  const bool little = bytes[0] == '\xFF';
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]), second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(little ? first | second << 8 : first << 8 | second);
  };
  std::string out;
  for (std::size_t at = 2; at + 1 < bytes.size(); at += 2) {
    char32_t c = unit(at);
    if (c >= 0xD800 && c < 0xDC00 && at + 3 < bytes.size() && unit(at + 2) >= 0xDC00 && unit(at + 2) < 0xE000) {
      c = 0x10000 + ((c - 0xD800) << 10) + (unit(at + 2) - 0xDC00);
      at += 2;
    }
    append_utf8(out, c >= 0xD800 && c < 0xE000 ? U'\uFFFD' : c);
  }
  return out;
}

Hasher& add_sized(Hasher& hasher, std::string_view bytes) {
  std::array<char, 8> length{};
  for (std::size_t i = 0; i < 8; ++i) length[i] = static_cast<char>(bytes.size() >> (8 * i));
  return hasher.update({length.data(), length.size()}).update(bytes);
}

// Line and column of ever later places of a file.
class Locator {
 public:
  explicit Locator(std::string_view file) : file_(file) {}
  Location at(std::size_t place) {
    if (place < at_) at_ = line_start_ = 0, line_ = 1;
    const std::string_view passed = file_.substr(at_, place - at_);
    line_ += static_cast<std::uint32_t>(count_lines(passed));
    if (const std::size_t feed = passed.rfind('\n'); feed != std::string_view::npos) line_start_ = at_ + feed + 1;
    at_ = place;
    return {.path = {}, .line = line_, .column = static_cast<std::uint32_t>(place - line_start_ + 1), .page = 0};
  }

 private:
  std::string_view file_;
  std::size_t at_ = 0, line_start_ = 0;
  std::uint32_t line_ = 1;
};

// The diagnostics of a file: those of one entry are gathered, then located in order.
class Reports {
 public:
  explicit Reports(std::string_view file) : locator_(file) {}
  void add(std::size_t at, Severity severity, std::string code, std::string message, std::string hint) {
    if (count_ + entry_.size() >= kMostDiagnostics) return full_ = true, void();
    entry_.push_back({at, {severity, std::move(code), std::move(message), std::move(hint), {}}});
  }
  void add(const RawFault& raw) {
    const FaultRow& r = row(raw.fault);
    add(raw.at, Severity::warning, std::string(r.code), std::string(r.message), std::string(r.hint));
  }
  // True the first time for a topic: what is said once a file.
  bool first(std::string topic) { return said_.size() < kMostDiagnostics && said_.insert(std::move(topic)).second; }
  void end_entry() {
    std::vector<std::pair<std::size_t, std::size_t>> order;
    for (std::size_t i = 0; i < entry_.size(); ++i) order.emplace_back(entry_[i].at, i);
    std::ranges::sort(order);
    for (const auto& [place, i] : order) {
      entry_[i].diagnostic.at = locator_.at(place);
      out_.push_back(std::move(entry_[i].diagnostic));
    }
    count_ += entry_.size();
    entry_.clear();
  }
  std::vector<Diagnostic> take() {
    if (full_ && !told_) {
      out_.push_back({Severity::warning,
                      "bibtex.more",
                      fmt::format("more than {} remarks; the rest is left out", kMostDiagnostics),
                      "mend the first ones and read the file again",
                      {}});
      told_ = true;
    }
    return std::exchange(out_, {});
  }

 private:
  struct Pending {
    std::size_t at;
    Diagnostic diagnostic;
  };
  Locator locator_;
  std::vector<Pending> entry_;
  std::vector<Diagnostic> out_;
  std::unordered_set<std::string> said_;
  std::size_t count_ = 0;
  bool full_ = false, told_ = false;
};

struct Macro {
  std::uint32_t chunk;
  std::string text;
  Sha256 digest;
};

// How an entry comes to a field.
enum class Via : std::uint8_t { itself, xdata, crossref, crossref_to_whole };

// A field as the entry has it, by itself or from a parent: `tex` with macros expanded.
struct Given {
  std::string_view name;
  const FieldMapping* mapping;
  std::string_view tex;
  std::size_t begin, end;
  bool own;
};

}  // namespace
}  // namespace bibtex

using namespace bibtex;

struct BibtexReader::Impl {
  explicit Impl(std::string_view bytes);
  bool next(Draft& out);

  // --- the file
  void read_macros();
  const Macro* macro_before(const std::string& name, std::uint32_t chunk) const;
  std::string_view expand(const Entry& entry, const RawField& field, std::uint32_t chunk, Hasher* hasher);
  std::optional<std::uint32_t> chunk_of(std::string_view key);
  Sha256 digest(std::uint32_t chunk, int generation);

  // --- one entry
  void read_entry(std::uint32_t chunk, Draft& out);
  void gather(const Entry& entry, std::uint32_t chunk, Via via);
  void inherit(const Entry& entry, std::uint32_t chunk, int generation);
  void inherit_from(std::string_view key, std::uint32_t child, Via via, int generation);
  void decode(const Given& field);
  void finish(const Chunk& chunk);
  void compose_date();
  void compose_containers();
  void compose_eprint();
  void compose_number();
  void keep(FieldId field, bib::Value&& value, const Given& from);
  void keep_extra(const Given& field, std::string_view why);
  void keep_second(const Given& field);
  void remark(std::size_t at, Severity severity, std::string code, std::string message, std::string hint = {});
  bool taken(FieldId field) const { return taken_[static_cast<std::size_t>(field)]; }

  // --- one function a form
  using Decode = void (Impl::*)(const Given&);
  static const std::array<Decode, static_cast<std::size_t>(Form::extra) + 1> kDecode;
  void decode_title(const Given& f) { keep(f.mapping->field, decode_rich(f.tex, Braces::nocase, &unknown_), f); }
  void decode_rich_text(const Given& f) { keep(f.mapping->field, decode_rich(f.tex, Braces::drop, &unknown_), f); }
  void decode_text(const Given& f) { keep(f.mapping->field, bib::Text{decode_plain(f.tex, &unknown_), {}}, f); }
  void decode_code(const Given& f);
  void decode_list(const Given& f);
  void decode_names(const Given& f);
  void decode_date(const Given& f);
  void decode_pages(const Given& f) { keep(f.mapping->field, bib::Code{normal_range(decode_plain(f.tex, &unknown_))}, f); }
  void decode_identifier(const Given& f);
  void decode_url(const Given& f);
  void decode_how(const Given& f);
  void decode_keywords(const Given& f);
  void decode_language(const Given& f);
  void decode_genre(const Given& f);
  void decode_subtype(const Given& f);
  void decode_funding(const Given& f) { keep(f.mapping->field, bib::Funding{decode_plain(f.tex, &unknown_), {}, {}, {}}, f); }
  void decode_link(const Given& f);
  void decode_extra(const Given& f) {
    keep(FieldId::extra, bib::Extra{"bibtex:" + ascii_lower(to_utf8(f.name)), to_utf8(trim(f.tex))}, f);
  }
  void defer_year(const Given& f) { defer(year_, f); }
  void defer_month(const Given& f) { defer(month_, f); }
  void defer_day(const Given& f) { defer(day_, f); }
  void defer_number(const Given& f) { defer(number_, f); }
  void defer_eprint(const Given& f) { defer(eprint_, f); }
  void defer_eprint_type(const Given& f) { defer(eprint_type_, f); }
  void defer_subcontainer(const Given& f) { defer(subcontainer_, f); }
  void defer_main_title(const Given& f) { defer(main_title_, f); }
  void defer(std::optional<Given>& slot, const Given& f);
  bool keep_identifier(FieldId field, std::string_view text, const Given& from);

  std::string transcoded_;
  std::string_view file_;
  bool spans_ = true;
  std::vector<Chunk> chunks_;
  Reports reports_;
  std::unordered_map<std::string, std::vector<Macro>> macros_;
  std::unordered_map<std::string_view, std::uint32_t> keys_;
  std::unordered_set<std::string_view> seen_;
  bool keys_made_ = false;
  std::size_t budget_;
  std::uint32_t at_ = 0, drafts_ = 0;

  Entry entry_;
  std::deque<std::string> scratch_;  // expanded values
  std::deque<Entry> parents_;
  std::vector<Given> given_;
  std::vector<bib::Statement> statements_;
  std::vector<std::uint64_t> order_;  // of the statements: field, then position
  std::vector<std::string> unknown_, odd_;
  std::bitset<256> taken_;
  WorkType type_ = WorkType::unknown;
  bool typed_ = false;  // by entrysubtype
  std::optional<Given> year_, month_, day_, number_, eprint_, eprint_type_, subcontainer_, main_title_;
};

const std::array<BibtexReader::Impl::Decode, static_cast<std::size_t>(Form::extra) + 1> BibtexReader::Impl::kDecode = {
    &Impl::decode_title,   &Impl::decode_rich_text,   &Impl::decode_text,       &Impl::decode_list,     &Impl::decode_names,
    &Impl::decode_date,    &Impl::defer_year,         &Impl::defer_month,       &Impl::defer_day,       &Impl::decode_pages,
    &Impl::decode_code,    &Impl::defer_number,       &Impl::decode_identifier, &Impl::defer_eprint,    &Impl::defer_eprint_type,
    &Impl::decode_url,     &Impl::decode_how,         &Impl::decode_keywords,   &Impl::decode_language, &Impl::decode_genre,
    &Impl::decode_subtype, &Impl::defer_subcontainer, &Impl::defer_main_title,  &Impl::decode_funding,  &Impl::decode_link,
    &Impl::decode_link,    &Impl::decode_extra};

BibtexReader::Impl::Impl(std::string_view bytes)
    : transcoded_(bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") ? from_utf16(bytes) : std::string()),
      file_(transcoded_.empty() ? bytes : std::string_view(transcoded_)),
      spans_(transcoded_.empty()),
      chunks_(split(file_)),
      reports_(file_),
      budget_(16 * file_.size() + (1u << 20)) {
  if (!spans_)
    remark(0, Severity::note, "bibtex.utf-16", "the file is UTF-16",
           "it was converted; places are given as lines only, not as bytes");
  reports_.end_entry();
  read_macros();
}

void BibtexReader::Impl::remark(std::size_t at, Severity severity, std::string code, std::string message, std::string hint) {
  reports_.add(at, severity, std::move(code), std::move(message), std::move(hint));
}

// --- macros ----------------------------------------------------------------------------------------------------------

void BibtexReader::Impl::read_macros() {
  for (std::uint32_t i = 0; i < chunks_.size(); ++i) {
    if (chunks_[i].kind != ChunkKind::string) continue;
    parse_entry(file_, chunks_[i], entry_);
    Hasher hasher;
    add_sized(hasher, file_.substr(chunks_[i].begin, chunks_[i].end - chunks_[i].begin));
    for (const RawField& field : entry_.fields) {
      scratch_.clear();
      std::string text(expand(entry_, field, i, &hasher).substr(0, kLongestMacro));
      macros_[ascii_lower(field.name)].push_back({i, std::move(text), {}});
    }
    const Sha256 digest = hasher.finish();
    for (const RawField& field : entry_.fields) macros_[ascii_lower(field.name)].back().digest = digest;
  }
}

// The definition that holds at a chunk: the last one before it; for an entry before all definitions, the first.
const Macro* BibtexReader::Impl::macro_before(const std::string& name, std::uint32_t chunk) const {
  const auto found = macros_.find(name);
  if (found == macros_.end() || found->second.empty()) return nullptr;
  const std::vector<Macro>& all = found->second;
  const auto after = std::ranges::lower_bound(all, chunk, {}, &Macro::chunk);
  if (after != all.begin()) return &*(after - 1);
  return chunks_[chunk].kind == ChunkKind::entry ? &all.front() : nullptr;
}

// The value's text: a view into the file where it is one piece, else into scratch_. `hasher` takes the digests of the macros.
std::string_view BibtexReader::Impl::expand(const Entry& entry, const RawField& field, std::uint32_t chunk, Hasher* hasher) {
  const Piece* pieces = entry.pieces.data() + field.first;
  if (field.count == 1 && pieces->kind != Piece::Kind::macro) return pieces->text;
  std::string& out = scratch_.emplace_back();
  for (const Piece* piece = pieces; piece != pieces + field.count; ++piece) {
    if (piece->kind != Piece::Kind::macro) {
      out += piece->text;
      continue;
    }
    const std::string name = ascii_lower(piece->text);
    const Macro* macro = macro_before(name, chunk);
    if (macro && macro->text.size() <= budget_) {
      budget_ -= macro->text.size();
      out += macro->text;
      if (hasher) hasher->update(macro->digest.view());
      continue;
    }
    out += piece->text;
    if (macro) {
      if (reports_.first("budget"))
        remark(field.begin, Severity::error, "bibtex.too-much-expansion", "macros or parents make the file many times longer",
               "their names are kept from here on");
    } else if (month_of(name) == 0 && reports_.first("macro " + name)) {
      remark(field.begin, Severity::warning, "bibtex.undefined-macro",
             fmt::format("“{}” is not defined by any @string", printable(ellipsis(to_utf8(piece->text), 60))),
             "its name was taken for its value");
    }
  }
  return out;
}

// --- parents ---------------------------------------------------------------------------------------------------------

std::optional<std::uint32_t> BibtexReader::Impl::chunk_of(std::string_view key) {
  if (!keys_made_) {
    for (std::uint32_t i = 0; i < chunks_.size(); ++i) {
      if (chunks_[i].kind != ChunkKind::entry) continue;
      const std::string_view body =
          file_.substr(chunks_[i].body_begin, std::min<std::size_t>(chunks_[i].body_end - chunks_[i].body_begin, 1024));
      keys_.emplace(trim(body.substr(0, body.find_first_of(",\r\n"))), i);
    }
    keys_made_ = true;
  }
  const auto found = keys_.find(key);
  if (found == keys_.end() || key.empty()) return std::nullopt;
  return found->second;
}

namespace bibtex {
namespace {

// What a parent's field is called in its child (BibLaTeX manual 3.19, appendix B); the same name where it is not listed.
struct Renamed {
  std::string_view parent, child;
};
constexpr std::array kRenamed = {Renamed{"title", "booktitle"}, Renamed{"subtitle", "booksubtitle"},
                                 Renamed{"booktitle", "booktitle"}};
// What belongs to the parent alone: inheriting its identifiers would make all chapters one work.
constexpr std::array<std::string_view, 26> kNotInherited = {
    "crossref", "xref",       "xdata",     "related",  "ids",    "doi",          "url",    "eprint",     "eprinttype",
    "pages",    "page",       "pagetotal", "numpages", "file",   "abstract",     "annote", "annotation", "note",
    "keywords", "shorttitle", "key",       "author",   "handle", "entrysubtype", "type",   "label"};

bool is_inherited(std::string_view name) { return std::ranges::find(kNotInherited, name) == kNotInherited.end(); }

std::string_view name_in_whole(std::string_view name) {
  const auto found = std::ranges::find(kRenamed, name, &Renamed::parent);
  return found == kRenamed.end() ? name : found->child;
}

bool stands_in_a_whole(WorkType type) {
  static constexpr std::array kParts = {WorkType::article, WorkType::chapter, WorkType::conference_paper,
                                        WorkType::reference_entry, WorkType::abstract};
  return std::ranges::find(kParts, type) != kParts.end();
}

}  // namespace
}  // namespace bibtex

// Adds an entry's fields to given_. Of a parent, those that the child lacks, under the child's names.
void BibtexReader::Impl::gather(const Entry& entry, std::uint32_t chunk, Via via) {
  const std::bitset<256> before = taken_;
  for (const RawField& field : entry.fields) {
    if (field.count == 0) continue;
    Given one{field.name, mapping_of(field.name), {}, field.begin, field.end, via == Via::itself};
    if (via == Via::crossref || via == Via::crossref_to_whole) {
      const std::string name = ascii_lower(field.name);
      if (!is_inherited(name)) continue;
      if (via == Via::crossref_to_whole && name_in_whole(name) != name)
        one.name = name_in_whole(name), one.mapping = mapping_of(one.name);
    }
    const bool named = one.mapping && one.mapping->form != Form::extra;
    if (!one.own && (!named || before[static_cast<std::size_t>(one.mapping->field)] || one.mapping->form == Form::parent))
      continue;
    one.tex = expand(entry, field, chunk, nullptr);
    if (!one.own && one.tex.size() > budget_) continue;
    if (!one.own) budget_ -= one.tex.size();
    if (one.mapping) taken_.set(static_cast<std::size_t>(one.mapping->field));
    given_.push_back(one);
  }
}

void BibtexReader::Impl::inherit_from(std::string_view key, std::uint32_t child, Via via, int generation) {
  const std::optional<std::uint32_t> parent = chunk_of(key);
  if (!parent || *parent == child) {
    if (reports_.first("parent " + std::string(key)))
      remark(chunks_[child].begin, Severity::warning, "bibtex.no-parent",
             fmt::format("no entry “{}” to inherit from", printable(ellipsis(to_utf8(key), 60))),
             "its fields stay away; is the entry in another file?");
    return;
  }
  if (generation >= kMostAncestors || chunks_[*parent].end - chunks_[*parent].begin > kLongestParent) return;
  Entry& entry = parents_.emplace_back();
  parse_entry(file_, chunks_[*parent], entry);
  gather(entry, *parent, via);
  inherit(entry, *parent, generation + 1);
}

void BibtexReader::Impl::inherit(const Entry& entry, std::uint32_t chunk, int generation) {
  for (const RawField& field : entry.fields) {
    if (field.count == 0 || field.name.size() > 8) continue;
    const bool xdata = iequals(field.name, "xdata");
    if (!xdata && !iequals(field.name, "crossref")) continue;
    const std::string keys(expand(entry, field, chunk, nullptr));
    std::size_t most = 32;
    for (const std::string_view key : cut(keys, xdata ? "," : "")) {
      if (most-- == 0 || parents_.size() > 32) break;
      const std::string_view stored = scratch_.emplace_back(key);
      const bool part = generation == 0 && stands_in_a_whole(type_);
      inherit_from(stored, chunk, xdata ? Via::xdata : part ? Via::crossref_to_whole : Via::crossref, generation);
    }
  }
}

// Of the entry's bytes, its macros, its parents.
Sha256 BibtexReader::Impl::digest(std::uint32_t chunk, int generation) {
  Entry& entry = generation == 0 ? entry_ : parents_.emplace_back();
  if (generation > 0) parse_entry(file_, chunks_[chunk], entry);
  Hasher hasher;
  add_sized(hasher, file_.substr(chunks_[chunk].begin, chunks_[chunk].end - chunks_[chunk].begin));
  for (const RawField& field : entry.fields) {
    for (std::uint32_t i = 0; i < field.count; ++i) {
      const Piece& piece = entry.pieces[field.first + i];
      if (piece.kind != Piece::Kind::macro) continue;
      if (const Macro* macro = macro_before(ascii_lower(piece.text), chunk)) hasher.update(macro->digest.view());
    }
    const bool xdata = iequals(field.name, "xdata");
    if (generation >= kMostAncestors || field.count == 0 || (!xdata && !iequals(field.name, "crossref"))) continue;
    const std::string keys(expand(entry, field, chunk, nullptr));
    std::size_t most = 32;
    for (const std::string_view key : cut(keys, xdata ? "," : "")) {
      if (most-- == 0 || parents_.size() > 64) break;
      const std::optional<std::uint32_t> parent = chunk_of(key);
      const bool fits = parent && *parent != chunk && chunks_[*parent].end - chunks_[*parent].begin <= kLongestParent;
      if (fits) hasher.update(digest(*parent, generation + 1).view());
    }
  }
  return hasher.finish();
}

// --- one function a form -----------------------------------------------------------------------------------------------

void BibtexReader::Impl::keep(FieldId field, bib::Value&& value, const Given& from) {
  bib::Statement& out =
      statements_.emplace_back(bib::Statement{.field = field, .value = std::move(value), .origin = {}, .source = {}});
  if (spans_) out.origin.begin = static_cast<std::uint32_t>(from.begin), out.origin.end = static_cast<std::uint32_t>(from.end);
}

void BibtexReader::Impl::keep_extra(const Given& field, std::string_view why) {
  decode_extra(field);
  if (!field.own) return;
  const std::string text = printable(ellipsis(to_utf8(field.tex.substr(0, 200)), 60));
  remark(field.begin, Severity::warning, "bibtex.unread-value", fmt::format("{} “{}” {}", to_utf8(field.name), text, why),
         "kept as a further field");
}

// What is read together with other fields, later; the first value counts, as everywhere.
void BibtexReader::Impl::defer(std::optional<Given>& slot, const Given& f) {
  if (!slot) slot = f;
  else if (f.own) keep_second(f);
}

void BibtexReader::Impl::keep_second(const Given& f) {
  decode_extra(f);
  if (f.own)
    remark(f.begin, Severity::warning, "bibtex.duplicate-field",
           fmt::format("a second value for “{}”", bib::name(f.mapping->field)),
           "the first is taken, this one kept as a further field");
}

void BibtexReader::Impl::decode_code(const Given& f) {
  const std::string text = decode_plain(f.tex, &unknown_);
  const Result<bib::Code> code = text.size() > kLongestCode ? bib::Code{text} : bib::parse_code(f.mapping->field, text);
  if (code) keep(f.mapping->field, *code, f);
  else keep_extra(f, "is no " + std::string(bib::row(f.mapping->field).label));
}

void BibtexReader::Impl::decode_list(const Given& f) {
  for (const std::string_view one : split_list(f.tex)) keep(f.mapping->field, bib::Text{decode_plain(one, &unknown_), {}}, f);
}

void BibtexReader::Impl::decode_names(const Given& f) {
  odd_.clear();
  if (is_valid(f.tex)) {
    keep(f.mapping->field, parse_names(f.tex, &odd_, &unknown_), f);
  } else {
    keep(f.mapping->field, parse_names(from_windows_1252(f.tex), &odd_, &unknown_), f);
  }
  for (const std::string& name : odd_)
    remark(f.begin, Severity::warning, "bibtex.odd-name",
           fmt::format("the name “{}” has too many commas", printable(ellipsis(to_utf8(name), 60))), "part names with “and”");
}

// A tilde is EDTF's here, not TeX's.
void BibtexReader::Impl::decode_date(const Given& f) {
  std::string text = to_utf8(f.tex);
  if (text.find('\\') != std::string::npos) text = decode_plain(f.tex, &unknown_);
  std::erase_if(text, [](char c) { return c == '{' || c == '}'; });
  if (trim(text).empty()) return;
  const std::optional<bib::Date> date = loose_date(text);
  if (!date) return keep_extra(f, "is no date");
  keep(f.mapping->field, *date, f);
  if (!date->known())
    remark(f.begin, Severity::note, "bibtex.literal-date", fmt::format("“{}” is no date", printable(ellipsis(text, 60))),
           "kept as words; write 2019, 2019-03-07 or 2019/2021");
}

bool BibtexReader::Impl::keep_identifier(FieldId field, std::string_view text, const Given& from) {
  if (text.size() > kLongestCode) return false;
  const Result<bib::Code> code = bib::parse_code(field, text);
  if (code) keep(field, *code, from);
  return code.has_value();
}

// One or several: "978-… (print), 978-… (online)".
void BibtexReader::Impl::decode_identifier(const Given& f) {
  const FieldId field = f.mapping->field;
  if (trim(f.tex).empty()) return;
  if (keep_identifier(field, decode_verbatim(f.tex.substr(0, kLongestCode + 1)), f)) return;
  const bool several = f.tex.size() <= kLongestCode && (field == FieldId::isbn || field == FieldId::issn);
  bool all = several;
  if (several) {
    for (const std::string_view part : cut(f.tex, ",;/\n")) {
      const bool good = keep_identifier(field, decode_plain(part.substr(0, part.find('('))), f);
      all = all && good;
    }
  }
  if (!all) keep_extra(f, "is no valid " + std::string(bib::row(field).label));
}

void BibtexReader::Impl::decode_url(const Given& f) {
  std::vector<std::string_view> parts = cut(f.tex, " \t\r\n");
  const bool several = parts.size() < 100 && std::ranges::all_of(parts, [](std::string_view p) { return p.starts_with("http"); });
  if (!several) parts.assign(1, f.tex);
  for (const std::string_view part : parts) {
    std::string url = decode_verbatim(part);
    if (url.size() < kLongestCode && url.find("doi.org/10.") != std::string::npos && !taken(FieldId::doi))
      keep_identifier(FieldId::doi, url, f);
    keep(FieldId::url, bib::Code{std::move(url)}, f);
  }
}

void BibtexReader::Impl::decode_how(const Given& f) {
  const std::string_view text = trim(f.tex);
  const bool url = text.starts_with("http") || (text.starts_with("\\url{") && text.ends_with('}'));
  url&& cut(text, " \n").size() == 1 ? decode_url(f) : decode_text(f);
}

void BibtexReader::Impl::decode_keywords(const Given& f) {
  const bool phrases =
      f.mapping->form == Form::keywords && (f.mapping->field == FieldId::project || f.mapping->field == FieldId::place);
  for (const std::string_view one : cut(f.tex, phrases ? ";" : ",;"))
    keep(f.mapping->field, bib::Text{decode_plain(one, &unknown_), {}}, f);
}

void BibtexReader::Impl::decode_language(const Given& f) {
  const std::string words = decode_plain(f.tex, &unknown_);
  std::vector<std::string_view> parts;
  for (const std::string_view part : split_list(words)) std::ranges::copy(cut(part, ",;/"), std::back_inserter(parts));
  if (parts.size() > 20) return keep_extra(f, "is no language");
  for (const std::string_view word : parts) {
    const std::string_view tag = language_tag(word);
    if (tag.empty()) return keep_extra(f, "is no language");
    const bool there = std::ranges::any_of(statements_, [&](const bib::Statement& s) {
      return s.field == FieldId::language && std::get<bib::Code>(s.value).value == tag;
    });
    if (!there) keep(FieldId::language, bib::Code{std::string(tag)}, f);
  }
}

void BibtexReader::Impl::decode_genre(const Given& f) {
  std::string genre = decode_plain(f.tex, &unknown_);
  if (const std::string_view known = genre_of_bibstring(genre); !known.empty()) genre = known;
  const bool refines =
      type_ != WorkType::thesis && type_ != WorkType::article && type_ != WorkType::chapter && type_ != WorkType::book;
  if (const std::optional<WorkType> type = type_of_genre(genre); type && refines && *type != WorkType::report) type_ = *type;
  keep(FieldId::genre, bib::Text{std::move(genre), {}}, f);
}

void BibtexReader::Impl::decode_subtype(const Given& f) {
  const std::optional<WorkType> type = type_of_genre(decode_plain(f.tex));
  if (!type) return decode_extra(f);
  type_ = *type;
  typed_ = true;
}

void BibtexReader::Impl::decode_link(const Given& f) {
  const std::string_view relation = iequals(f.name, "xdata") ? "xdata" : iequals(f.name, "related") ? "related" : "part-of";
  for (const std::string_view key : cut(f.tex, iequals(f.name, "crossref") ? "" : ","))
    keep(FieldId::related, bib::Link{std::string(relation), "key", to_utf8(key), {}}, f);
}

// --- what several fields say together -------------------------------------------------------------------------------------

void BibtexReader::Impl::compose_date() {
  const bool dated = std::ranges::any_of(statements_, [](const bib::Statement& s) { return s.field == FieldId::issued; });
  if (dated || !year_) {
    if (year_ && year_->own) decode_extra(*year_);
    if (month_ && month_->own) decode_extra(*month_);
    if (day_ && day_->own) decode_extra(*day_);
    return;
  }
  const std::string text = decode_plain(year_->tex, &unknown_);
  std::optional<bib::Date> date = loose_date(text);
  if (!date) return text.empty() ? void() : keep_extra(*year_, "is no year");
  if (!date->known())
    remark(year_->begin, Severity::note, "bibtex.literal-date", fmt::format("“{}” is no year", printable(ellipsis(text, 60))),
           "kept as words");
  if (month_ && (!date->known() || date->to || date->from.month || !add_month(decode_plain(month_->tex), *date)) &&
      !trim(month_->tex).empty())
    keep_extra(*month_, "is no month");
  if (day_) {
    const std::string day = decode_plain(day_->tex);
    bib::Date whole = *date;
    const bool digits = !day.empty() && day.size() <= 2 && std::ranges::all_of(day, is_ascii_digit);
    whole.from.day = digits ? std::stoi(day) : 0;
    const bool fits = whole.from.day && whole.from.month && !whole.to && bib::parse_edtf(bib::to_edtf(whole));
    if (fits) date = whole;
    else if (!day.empty()) keep_extra(*day_, "is no day");
  }
  keep(FieldId::issued, std::move(*date), *year_);
}

void BibtexReader::Impl::compose_containers() {
  const auto container = std::ranges::find(statements_, FieldId::container_title, &bib::Statement::field);
  if (subcontainer_ && container != statements_.end()) {
    auto& title = std::get<bib::RichText>(container->value);
    title.append(": ");
    const bib::RichText subtitle = decode_rich(subcontainer_->tex, Braces::nocase, &unknown_);
    for (const bib::Run& run : subtitle.runs()) title.append(run.text, run.marks, run.href);
  } else if (subcontainer_) {
    decode_extra(*subcontainer_);
  }
  if (!main_title_) return;
  if (container != statements_.end() && !taken(FieldId::volume_title)) container->field = FieldId::volume_title;
  else if (container != statements_.end()) return decode_extra(*main_title_);
  keep(FieldId::container_title, decode_rich(main_title_->tex, Braces::nocase, &unknown_), *main_title_);
}

void BibtexReader::Impl::compose_eprint() {
  struct Row {
    std::string_view type;
    FieldId field;
  };
  static constexpr std::array kArchives = {Row{"arxiv", FieldId::arxiv}, Row{"pubmed", FieldId::pmid},
                                           Row{"pmid", FieldId::pmid},   Row{"pmc", FieldId::pmcid},
                                           Row{"hdl", FieldId::handle},  Row{"handle", FieldId::handle}};
  const std::string type = eprint_type_ ? ascii_lower(decode_plain(eprint_type_->tex)) : "";
  const auto row = std::ranges::find(kArchives, type.empty() ? "arxiv" : type, &Row::type);
  const bool read = eprint_ && row != kArchives.end() && keep_identifier(row->field, decode_verbatim(eprint_->tex), *eprint_);
  if (read && row->field == FieldId::arxiv && type_ == WorkType::other && !typed_) type_ = WorkType::preprint;
  if (read) return;
  if (eprint_)
    row != kArchives.end() && !type.empty() ? keep_extra(*eprint_, "is no valid identifier of its archive")
                                            : decode_extra(*eprint_);
  if (eprint_type_) decode_extra(*eprint_type_);
}

// An issue of a journal, a number in a series, or the number of a report.
void BibtexReader::Impl::compose_number() {
  if (!number_) return;
  const bool in_series = (taken(FieldId::collection_title) || is_bookish(type_)) && !taken(FieldId::collection_number);
  FieldId field = in_series ? FieldId::collection_number : FieldId::number;
  if (has_issues(type_)) field = FieldId::issue;
  const bool there = std::ranges::any_of(statements_, [&](const bib::Statement& s) { return s.field == field; });
  if (there) return decode_extra(*number_);
  const std::string text = decode_plain(number_->tex, &unknown_);
  keep(field, bib::Code{field == FieldId::issue ? normal_range(text) : text}, *number_);
}

// --- one entry -----------------------------------------------------------------------------------------------------------

void BibtexReader::Impl::decode(const Given& field) {
  if (!field.mapping) {
    decode_extra(field);
    const std::string name = ascii_lower(to_utf8(field.name));
    if (field.own && reports_.first("field " + name))
      remark(field.begin, Severity::note, "bibtex.unknown-field",
             fmt::format("the field “{}” has no place of its own", printable(ellipsis(name, 60))),
             "kept as a further field; said once a file");
    return;
  }
  (this->*kDecode[static_cast<std::size_t>(field.mapping->form)])(field);
}

// Fields of which a work has one: the first is taken, the others are kept as further fields.
void BibtexReader::Impl::finish(const Chunk& chunk) {
  compose_date();
  compose_containers();
  compose_eprint();
  compose_number();
  for (const std::string& name : unknown_) {
    if (reports_.first("command " + name))
      remark(chunk.begin, Severity::note, "bibtex.unknown-command",
             fmt::format("the TeX command “\\{}” is not known", printable(ellipsis(to_utf8(name), 60))),
             "kept as it is; said once a file");
  }
  order_.clear();  // small keys are sorted, not the statements
  for (std::size_t i = 0; i < statements_.size(); ++i)
    order_.push_back(static_cast<std::uint64_t>(statements_[i].field) << 32 | i);
  std::ranges::sort(order_);
}

void BibtexReader::Impl::read_entry(std::uint32_t at, Draft& out) {
  const Chunk& chunk = chunks_[at];
  scratch_.clear(), given_.clear(), statements_.clear(), unknown_.clear(), parents_.clear();
  year_ = month_ = day_ = number_ = eprint_ = eprint_type_ = subcontainer_ = main_title_ = std::nullopt;
  taken_.reset();
  typed_ = false;
  parse_entry(file_, chunk, entry_);
  for (const RawFault& fault : entry_.faults) reports_.add(fault);

  const TypeMapping* type = mapping_of_type(chunk.word);
  type_ = type ? type->type : WorkType::other;
  gather(entry_, at, Via::itself);
  inherit(entry_, at, 0);

  std::bitset<256> decoded;
  for (const Given& field : given_) {
    const bool single = field.mapping && bib::row(field.mapping->field).cardinality == bib::Cardinality::one;
    const bool composed = field.mapping && (field.mapping->form == Form::month || field.mapping->form == Form::day ||
                                            field.mapping->form == Form::year || field.mapping->form == Form::number ||
                                            field.mapping->form == Form::subcontainer ||
                                            field.mapping->form == Form::main_title || field.mapping->form == Form::subtype);
    if (single && !composed && decoded[static_cast<std::size_t>(field.mapping->field)]) {
      keep_second(field);
      continue;
    }
    const std::size_t before = statements_.size();
    decode(field);
    if (single && !composed && statements_.size() > before && statements_.back().field == field.mapping->field)
      decoded.set(static_cast<std::size_t>(field.mapping->field));
  }
  for (const std::string_view text : entry_.stray) {
    const auto begin = static_cast<std::size_t>(text.data() - file_.data());
    decode_extra({"stray", nullptr, text, begin, begin + text.size(), true});
  }
  if (!type) {
    const Given word{"entrytype", nullptr, chunk.word, chunk.begin + 1, chunk.begin + 1 + chunk.word.size(), true};
    decode_extra(word);
    if (reports_.first("type " + ascii_lower(chunk.word)))
      remark(chunk.begin, Severity::note, "bibtex.unknown-type",
             fmt::format("the entry type “{}” is not known", printable(ellipsis(to_utf8(chunk.word), 60))),
             "read as “other”; said once a file");
  } else if (!type->genre.empty() && !decoded[static_cast<std::size_t>(FieldId::genre)]) {
    keep(FieldId::genre, bib::Text{std::string(type->genre), {}},
         {chunk.word, nullptr, chunk.word, chunk.begin + 1, chunk.begin + 1 + chunk.word.size(), true});
  }
  finish(chunk);

  out.key = digest(at, 0);
  out.work.type = type_;
  for (const std::uint64_t i : order_) {
    bib::Statement& s = statements_[i & UINT32_MAX];
    out.work.add(s.field, std::move(s.value), std::move(s.origin));
  }
  out.local_id = to_utf8(entry_.key);
  const std::string_view key = entry_.key;
  if (!key.empty()) {
    out.work.add(FieldId::citation_key, bib::Code{out.local_id},
                 spans_ ? bib::Origin{.begin = static_cast<std::uint32_t>(entry_.key_begin),
                                      .end = static_cast<std::uint32_t>(entry_.key_begin + key.size())}
                        : bib::Origin{});
    if (!seen_.insert(key).second)
      remark(entry_.key_begin, Severity::warning, "bibtex.duplicate-key",
             fmt::format("the key “{}” was given before", printable(ellipsis(out.local_id, 60))), "both entries are kept");
  }
  const std::string_view raw = file_.substr(chunk.begin, chunk.end - chunk.begin);
  if (!is_valid(raw) && reports_.first("encoding"))
    remark(chunk.begin, Severity::warning, "bibtex.encoding", "bytes that are no UTF-8",
           "read as Windows-1252; said once a file");
}

bool BibtexReader::Impl::next(Draft& out) {
  for (; at_ < chunks_.size(); ++at_) {
    const Chunk& chunk = chunks_[at_];
    if (chunk.kind != ChunkKind::text && chunk.kind != ChunkKind::entry) {
      if (chunk.kind == ChunkKind::string) {
        parse_entry(file_, chunk, entry_);
        for (const RawFault& fault : entry_.faults) reports_.add(fault);
      } else if (chunk.ending == Ending::end_of_line) {
        reports_.add(RawFault{Fault::braceless_comment, chunk.begin});
      } else if (chunk.ending != Ending::closed) {
        reports_.add(
            RawFault{chunk.ending == Ending::next_entry ? Fault::unclosed_by_entry : Fault::unclosed_at_end, chunk.begin});
      }
      reports_.end_entry();
    }
    if (chunk.kind != ChunkKind::entry || iequals(chunk.word, "xdata")) continue;
    out = Draft{};
    out.child = drafts_++;
    out.line = chunk.line;
    if (spans_) out.begin = static_cast<std::uint32_t>(chunk.begin), out.end = static_cast<std::uint32_t>(chunk.end);
    read_entry(at_++, out);
    reports_.end_entry();
    return true;
  }
  return false;
}

BibtexReader::BibtexReader(std::string_view bytes) : impl_(std::make_unique<Impl>(bytes)) {}
BibtexReader::~BibtexReader() = default;
BibtexReader::BibtexReader(BibtexReader&&) noexcept = default;
BibtexReader& BibtexReader::operator=(BibtexReader&&) noexcept = default;
bool BibtexReader::next(Draft& out) { return impl_->next(out); }
std::vector<Diagnostic> BibtexReader::take_diagnostics() { return impl_->reports_.take(); }

Extraction read_bibtex(std::string_view bytes) {
  Extraction out;
  if (bytes.size() >= UINT32_MAX) {
    out.outcome = Outcome::too_large;
    out.diagnostics.push_back({Severity::error, "bibtex.too-large", "the file is longer than 4 GiB", "split it", {}});
    return out;
  }
  BibtexReader reader(bytes);
  for (Draft draft; reader.next(draft);) out.drafts.push_back(std::move(draft));
  out.diagnostics = reader.take_diagnostics();
  const bool lost = std::ranges::any_of(out.diagnostics, [](const Diagnostic& d) { return d.severity == Severity::error; });
  if (lost) out.outcome = Outcome::partial;
  if (out.drafts.empty()) {
    out.outcome = Outcome::damaged;
    out.diagnostics.push_back(
        {Severity::error, "bibtex.no-entry", "no BibTeX entry was found", "an entry begins with @article{key,", {}});
  }
  return out;
}

}  // namespace colophon::formats

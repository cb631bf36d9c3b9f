// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/writer.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.hpp"
#include "formats/bibtex/entry.hpp"
#include "formats/bibtex/mapping.hpp"
#include "formats/bibtex/names.hpp"
#include "formats/bibtex/splitter.hpp"
#include "formats/bibtex/tex.hpp"
#include "formats/bibtex/tex_scan.hpp"
#include "formats/citation_key.hpp"

namespace colophon::formats {

using namespace bibtex;
using bib::FieldId;
using bib::WorkType;

namespace {

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = std::min(text.find(what, at), text.size());
    out.append(text, at, next - at);
    if (next < text.size()) out += with;
    at = next < text.size() ? next + what.size() : next;
  }
  return out;
}

// Verbatim fields are not decoded when read; a brace that would end the value is written as its percent code.
std::string verbatim(std::string_view text) { return replaced(replaced(std::string(text), "{", "%7B"), "}", "%7D"); }

// A part of a list in braces where it holds what parts the list.
std::string guarded(std::string tex, std::string_view separators) {
  const bool parts = tex.find_first_of(separators) != std::string::npos || (separators.empty() && split_list(tex).size() > 1) ||
                     (separators.empty() && split_list(tex) != std::vector<std::string_view>{tex});
  return parts ? "{" + (tex.starts_with('\\') ? "{}" + tex : tex) + "}" : tex;
}

// Entry types whose container is a book.
bool is_in_book(std::string_view entry) { return entry == "incollection" || entry == "inproceedings" || entry == "inreference"; }

// What BibLaTeX calls a field that classic BibTeX calls otherwise.
struct Renamed {
  std::string_view bibtex, biblatex;
};
constexpr std::array kRenamed = {Renamed{"journal", "journaltitle"}, Renamed{"address", "location"},
                                 Renamed{"school", "institution"}, Renamed{"annote", "annotation"}};

std::string bibtex_value(FieldId field, const bib::Value& value, Dialect dialect);

class EntryWriter {
 public:
  EntryWriter(const bib::Work& work, std::string_view key, Dialect dialect)
      : work_(work), dialect_(dialect), entry_(entry_type()) {
    out_ = "@" + std::string(entry_) + "{" + escape_key(key) + ",\n";
  }

  std::string run() {
    for (const bib::FieldRow& row : bib::fields()) {
      const std::span<const bib::Statement> all = work_.all(row.id);
      if (!all.empty()) write_field(row.id, all);
    }
    write_subtype();
    return out_ + "}\n";
  }

 private:
  std::string_view entry_type() const {
    const std::string genre = fold_key(work_.text(FieldId::genre));
    if (latex()) return entry_type_of(work_.type, dialect_);
    if (work_.type == WorkType::thesis && genre.starts_with("phd")) return "phdthesis";
    if (work_.type == WorkType::thesis && genre.starts_with("master")) return "mastersthesis";
    return entry_type_of(work_.type);
  }

  bool latex() const { return dialect_ == Dialect::biblatex; }
  std::string value(FieldId field, const bib::Value& value) const { return bibtex_value(field, value, dialect_); }

  void put(std::string_view name, std::string_view tex) {
    const auto renamed = latex() ? std::ranges::find(kRenamed, name, &Renamed::bibtex) : kRenamed.end();
    if (renamed != kRenamed.end()) name = renamed->biblatex;
    if (!tex.empty()) out_.append("  ").append(name).append(" = {").append(tex).append("},\n");
  }

  // The name under which this entry has the field; see compose_number() of the reader for numbers.
  std::string_view name_of(FieldId field) const {
    const bool bookish = is_bookish(work_.type), issues = has_issues(work_.type), series = work_.has(FieldId::collection_title);
    switch (field) {
      case FieldId::issued: return "date";
      case FieldId::container_title:
        if (work_.has(FieldId::volume_title) && is_in_book(entry_)) return "maintitle";
        return is_in_book(entry_) ? "booktitle" : "journal";
      case FieldId::volume_title: return is_in_book(entry_) && work_.has(FieldId::container_title) ? "booktitle" : "volumetitle";
      case FieldId::issue: return issues ? "number" : "issue";
      case FieldId::number: return issues || bookish || series ? "documentnumber" : "number";
      case FieldId::collection_number: return !issues && (bookish || series) ? "number" : "seriesnumber";
      case FieldId::publisher:
        if (entry_ == "techreport" || entry_ == "report") return "institution";
        return entry_ == "phdthesis" || entry_ == "mastersthesis" || entry_ == "thesis" ? "school" : "publisher";
      default: break;
    }
    const FieldMapping* mapping = mapping_of(field);
    return mapping ? mapping->name : std::string_view();
  }

  void write_field(FieldId field, std::span<const bib::Statement> all) {
    switch (field) {
      case FieldId::citation_key:
      case FieldId::reference: return;
      case FieldId::extra: return write_extras(all);
      case FieldId::issued: return write_date(std::get<bib::Date>(all[0].value));
      case FieldId::related: return write_links(all);
      case FieldId::arxiv:
        put("eprint", value(field, all[0].value));
        return put(latex() ? "eprinttype" : "archiveprefix", latex() ? "arxiv" : "arXiv");
      case FieldId::language: return write_language(all);
      case FieldId::genre: return put("type", genre());
      case FieldId::keyword:
      case FieldId::subject: return put(name_of(field), joined(field, all, ", "));
      case FieldId::project:
      case FieldId::place: return put(name_of(field), joined(field, all, "; "));
      case FieldId::publisher:
      case FieldId::publisher_place: return put(name_of(field), joined(field, all, " and "));
      case FieldId::isbn:
      case FieldId::issn: return put(name_of(field), joined(field, all, ", "));
      default: break;
    }
    for (const bib::Statement& s : all) put(name_of(field), value(field, s.value));
  }

  std::string joined(FieldId field, std::span<const bib::Statement> all, std::string_view separator) const {
    std::string out;
    for (const bib::Statement& s : all) {
      if (!out.empty()) out += separator;
      out += value(field, s.value);
    }
    return out;
  }

  // BibLaTeX names a language as babel does.
  void write_language(std::span<const bib::Statement> all) {
    const std::string_view babel = latex() && all.size() == 1 ? babel_name(std::get<bib::Code>(all[0].value).value) : "";
    if (!babel.empty()) return put("langid", babel);
    put("language", joined(FieldId::language, all, latex() ? " and " : ", "));
  }

  std::string genre() const {
    const std::string text = work_.text(FieldId::genre);
    const std::string_view word = latex() ? bibstring_of_genre(text) : std::string_view();
    return word.empty() ? encode(text, dialect_) : std::string(word);
  }

  // A plain date as year and month, which every style reads; all others as BibLaTeX's date.
  void write_date(const bib::Date& date) {
    static constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                                 "jul", "aug", "sep", "oct", "nov", "dec"};
    const bool plain = date.known() && !date.to && !date.open_end && !date.from.approximate && !date.from.uncertain &&
                       date.from.month <= 12 && !date.from.day && date.from.year >= 1000;
    if (latex() && date.known()) return put("date", bib::to_edtf(date));
    if (!plain) return put(date.known() ? "date" : "year", date.known() ? bib::to_edtf(date) : encode(date.literal, dialect_));
    put("year", std::to_string(date.from.year));
    if (date.from.month) out_.append("  month = ").append(kMonths[static_cast<std::size_t>(date.from.month - 1)]).append(",\n");
  }

  void write_links(std::span<const bib::Statement> all) {
    for (const bib::Statement& s : all) {
      const auto& link = std::get<bib::Link>(s.value);
      if (link.scheme == "key" && link.relation != "xdata")
        put(link.relation == "part-of" ? "xref" : link.relation == "has-part" ? "entryset" : "related", escape_key(link.target));
    }
  }

  void write_extras(std::span<const bib::Statement> all) {
    for (const bib::Statement& s : all) {
      const auto& extra = std::get<bib::Extra>(s.value);
      const std::string_view name = std::string_view(extra.name).substr(extra.name.starts_with("bibtex:") ? 7 : 0);
      const bool fits = extra.name.starts_with("bibtex:") && !name.empty() && escape_key(name) == name &&
                        is_balanced(extra.text) && name != "entrytype";
      if (fits) put(name, extra.text);
    }
  }

  // Our type, where reading the entry would give another.
  void write_subtype() {
    const TypeMapping* back = mapping_of_type(entry_);
    WorkType read = back ? back->type : WorkType::other;
    const bool refined =
        read != WorkType::thesis && read != WorkType::article && read != WorkType::chapter && read != WorkType::book;
    const std::optional<WorkType> genre =
        work_.has(FieldId::genre) && refined ? type_of_genre(work_.text(FieldId::genre)) : std::nullopt;
    if (genre && *genre != WorkType::report) read = *genre;
    if (read == WorkType::other && work_.has(FieldId::arxiv)) read = WorkType::preprint;
    if (read != work_.type && work_.type != WorkType::unknown) put("entrysubtype", bib::name(work_.type));
  }

  const bib::Work& work_;
  Dialect dialect_;
  std::string_view entry_;
  std::string out_;
};

std::string code_value(FieldId field, const std::string& code, Dialect dialect) {
  switch (field) {
    case FieldId::page:
    case FieldId::volume:
    case FieldId::issue:
      return replaced(encode(dialect == Dialect::biblatex ? replaced(code, "–", "--") : code, dialect), "{}-", "-");
    case FieldId::doi:
    case FieldId::isbn:
    case FieldId::issn:
    case FieldId::arxiv:
    case FieldId::pmid:
    case FieldId::pmcid:
    case FieldId::handle:
    case FieldId::url: return verbatim(code);
    default: return encode(code, dialect);
  }
}

std::string text_value(FieldId field, const std::string& text, Dialect dialect) {
  const std::string tex = encode(text, dialect);
  switch (field) {
    case FieldId::keyword:
    case FieldId::subject: return guarded(tex, ",;");
    case FieldId::project:
    case FieldId::place: return guarded(tex, ";");
    case FieldId::publisher:
    case FieldId::publisher_place: return guarded(tex, "");
    default: return tex;
  }
}

// One value as TeX without delimiters.
std::string bibtex_value(FieldId field, const bib::Value& value, Dialect dialect) {
  if (const auto* text = std::get_if<bib::Text>(&value)) return text_value(field, text->text, dialect);
  if (const auto* rich = std::get_if<bib::RichText>(&value)) return encode(*rich, dialect);
  if (const auto* names = std::get_if<bib::NameList>(&value)) return write_names(*names, dialect);
  if (const auto* date = std::get_if<bib::Date>(&value))
    return date->known() ? bib::to_edtf(*date) : encode(date->literal, dialect);
  if (const auto* code = std::get_if<bib::Code>(&value)) return code_value(field, code->value, dialect);
  if (const auto* link = std::get_if<bib::Link>(&value)) return escape_key(link->target);
  if (const auto* funding = std::get_if<bib::Funding>(&value))
    return encode(funding->award.empty() ? funding->funder : funding->funder + ", " + funding->award, dialect);
  const std::string& raw = std::get<bib::Extra>(value).text;
  return is_balanced(raw) ? raw : encode(raw, dialect);
}

}  // namespace

std::string write_bibtex(const bib::Work& work, std::string_view key, Dialect dialect) {
  return EntryWriter(work, key, dialect).run();
}

bool bibtex_holds(FieldId field, const bib::Value& value) {
  if (const auto* link = std::get_if<bib::Link>(&value))
    return field == FieldId::related && link->scheme == "key" && link->relation != "xdata";
  const auto* extra = std::get_if<bib::Extra>(&value);
  return !extra || (extra->name.starts_with("bibtex:") && is_balanced(extra->text));
}

}  // namespace colophon::formats

// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/ris/reader.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "formats/bibtex/values.hpp"
#include "formats/dates.hpp"
#include "formats/draft_builder.hpp"
#include "formats/people.hpp"
#include "formats/ris/mapping.hpp"

#include <fmt/format.h>

namespace colophon::formats {
namespace {

using bib::FieldId;
using bib::WorkType;
using ris::Form;
using tagged::Field;

bool is_number(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_ascii_digit); }

// One reference. Tags that say something together are gathered first, then composed.
class RisEntry {
 public:
  RisEntry(TextInput& input, Remarks& remarks, const tagged::Record& record)
      : input_(input), remarks_(remarks), record_(record), out_("ris") {}

  void read(Draft& draft) {
    read_type();
    family_ = ris::family_of(out_.type);
    for (const Field& field : record_.fields) read_field(field);
    compose_date();
    compose_containers();
    compose_pages();
    compose_abstracts();
    compose_keywords();
    if (type_name_ && !type_name_->genre.empty() && !out_.has(FieldId::genre))
      (void)out_.put(FieldId::genre, type_name_->genre, at(*type_field_));
    draft.work = out_.finish();
    draft.local_id = id_.empty() ? entry_name(draft.work) : id_;
  }

 private:
  using Fields = std::vector<const Field*>;

  bib::Origin at(const Field& field) const {
    bib::Origin out;
    if (input_.has_spans()) out.begin = field.begin, out.end = field.end;
    return out;
  }
  std::string text(const Field& field) const { return input_.utf8(field.text); }
  void keep(const Field& field) { out_.keep(field.tag, text(field), at(field)); }
  void remark(Severity severity, std::string_view code, std::string message, std::string hint, const Field& field) {
    remarks_.add(severity, code, std::move(message), std::move(hint), field.at());
  }

  void read_type() {
    const Field* genre = nullptr;
    for (const Field& field : record_.fields) {
      if (field.tag == "TY" && !type_field_) type_field_ = &field;
      if (field.tag == "M3" && !genre) genre = &field;
      old_ = old_ || field.tag == "T1" || field.tag == "A1";
      has_proceedings_ = has_proceedings_ || (field.tag == "C3" && !field.text.empty());
    }
    if (!type_field_) {
      remarks_.add(Severity::warning, "no-type", "an entry has no “TY” line", "its type is unknown",
                   {.path = {}, .line = record_.line, .column = 1, .page = 0});
      return;
    }
    const std::string name = squeeze(text(*type_field_));
    type_name_ = ris::type_named(name);
    out_.type = type_name_ ? type_name_->type : WorkType::other;
    if (!type_name_ && remarks_.first("type " + name))
      remark(Severity::note, "unknown-type", fmt::format("the type “{}” is not known", printable(ellipsis(name, 40))),
             "read as “other”; said once a file", *type_field_);
    const std::optional<WorkType> refined = genre ? type_named_by(squeeze(text(*genre))) : std::nullopt;
    if (refined && type_name_ && ris::name_of(*refined) == ris::name_of(out_.type)) out_.type = *refined;
    if (!type_name_ || type_name_->name != ris::name_of(out_.type)) keep(*type_field_);
  }

  void read_field(const Field& field) {
    if (field.tag == "TY") {
      if (&field != type_field_) keep(field);
      return;
    }
    if (field.text.empty()) return;
    const ris::Row* row = ris::row_of(field.tag, family_);
    if (!row) {
      if (remarks_.first("tag " + std::string(field.tag)))
        remark(Severity::note, "unknown-tag", fmt::format("the tag “{}” has no place of its own", field.tag),
               "kept as a further field; said once a file", field);
      return keep(field);
    }
    read_form(field, *row);
  }

  void read_form(const Field& field, const ris::Row& row) {
    switch (row.form) {
      case Form::value: return read_value(field, row.field);
      case Form::name: return read_name(field, row);
      case Form::date: return dates_.push_back(&field);
      case Form::title: return out_.put_or_keep(FieldId::title, field.tag, text(field), at(field));
      case Form::container: return containers_.push_back(&field);
      case Form::abbreviation: return abbreviations_.push_back(&field);
      case Form::first_page: return defer(first_page_, field);
      case Form::last_page: return defer(last_page_, field);
      case Form::abstract: return abstracts_.push_back(&field);
      case Form::keywords: return keywords_.push_back(&field);
      case Form::link: return read_links(field);
      case Form::serial: return read_serial(field);
      case Form::genre: return read_genre(field);
      case Form::address: return out_.affiliation(text(field), DraftBuilder::Whose::unknown);
      case Form::id: return read_id(field);
      case Form::keep: return keep(field);
    }
  }

  void defer(const Field*& slot, const Field& field) {
    if (slot) return keep(field);
    slot = &field;
  }

  void read_value(const Field& field, FieldId id) {
    if (family_ == ris::kPaper && field.tag == "CY" && has_place_of_publication()) id = FieldId::event_place;
    if (!out_.put(id, text(field), at(field))) {
      remark(Severity::note, "unread-value",
             fmt::format("“{}” is no {} here", printable(ellipsis(squeeze(text(field)), 60)), bib::row(id).label),
             "kept as a further field", field);
      keep(field);
    }
  }

  bool has_place_of_publication() const {
    return std::ranges::any_of(record_.fields, [](const Field& f) { return f.tag == "C1" && !f.text.empty(); });
  }

  // References written by Reference Manager have the editors of a book where newer ones have those of its series.
  void read_name(const Field& field, const ris::Row& row) {
    FieldId list = row.field;
    std::string_view role = row.role;
    const bool exchanged = old_ && (family_ == ris::kBook || family_ == ris::kReport);
    if (exchanged && field.tag == "A2") list = FieldId::editor, role = {};
    if (exchanged && field.tag == "A3") list = FieldId::contributor, role = "series editor";
    if (type_name_ && type_name_->name == "EDBOOK" && field.tag == "AU") list = FieldId::editor;
    const std::string names = text(field);
    for (const std::string_view line : bibtex::cut(names, ";\r\n")) out_.person(list, line, at(field), role);
  }

  void read_links(const Field& field) {
    const std::string links = text(field);
    const std::vector<std::string_view> parts = bibtex::cut(links, " \t\r\n;");
    const bool several = parts.size() > 1 && std::ranges::all_of(parts, [](std::string_view p) { return p.starts_with("http"); });
    if (!several) return out_.link(links, at(field));
    for (const std::string_view part : parts) out_.link(part, at(field));
  }

  void read_serial(const Field& field) {
    if (out_.serial_number(text(field), at(field))) return;
    if ((family_ == ris::kReport || family_ == ris::kOther) && !out_.has(FieldId::number))
      return out_.put_or_keep(FieldId::number, field.tag, text(field), at(field));
    remark(Severity::note, "bad-identifier",
           fmt::format("“{}” is neither ISSN nor ISBN", printable(ellipsis(squeeze(text(field)), 60))),
           "kept as a further field; are its digits right?", field);
    keep(field);
  }

  void read_genre(const Field& field) {
    const std::string words = text(field);
    if (ascii_lower(words).starts_with("doi") || words.starts_with("10.")) {
      if (out_.put(FieldId::doi, words, at(field))) return;
    }
    out_.put_or_keep(FieldId::genre, field.tag, words, at(field));
  }

  // Numbers that a program gave are no citation keys.
  void read_id(const Field& field) {
    if (!id_.empty()) return keep(field);
    id_ = nfc(squeeze(text(field)));
    if (is_number(id_)) keep(field);
    else out_.put_or_keep(FieldId::citation_key, field.tag, id_, at(field));
  }

  // The most exact of the dates counts; a month or day without year ("DA  - July") joins it.
  void compose_date() {
    std::optional<bib::Date> best;
    const Field* from = nullptr;
    const auto exactness = [](const bib::Date& d) { return d.known() ? 1 + (d.from.month > 0) + (d.from.day > 0) : 0; };
    for (const Field* field : dates_) {
      const std::optional<bib::Date> date = read_date(text(*field));
      if (date && (!best || exactness(*date) > exactness(*best))) best = date, from = field;
    }
    if (!from) return;
    for (const Field* field : dates_) {
      if (field == from || says_less(*field, *best)) continue;
      if (best->known() && !best->from.month && !best->to && add_to_year(text(*field), *best)) continue;
      keep(*field);
    }
    if (!best->known())
      remark(Severity::note, "literal-date", fmt::format("“{}” is no date", printable(ellipsis(squeeze(text(*from)), 60))),
             "kept as words", *from);
    out_.put_value(FieldId::issued, std::move(*best), at(*from));
  }

  bool says_less(const Field& field, const bib::Date& best) const {
    const std::optional<bib::Date> date = read_date(text(field));
    if (!date) return true;
    const auto agrees = [](int given, int known) { return given == 0 || given == known; };
    return date->known() && date->from.year == best.from.year && agrees(date->from.month, best.from.month) &&
           agrees(date->from.day, best.from.day) && (!date->to || date->to == best.to);
  }

  // The title of a conference stands where that of its proceedings does, unless both are given.
  void compose_containers() {
    for (const Field* field : containers_) {
      const bool event = family_ == ris::kPaper && has_proceedings_ && field->tag != "C3";
      if (event && out_.put(FieldId::event_title, text(*field), at(*field))) continue;
      out_.put_or_keep(FieldId::container_title, field->tag, text(*field), at(*field));
    }
    for (const Field* field : abbreviations_) {
      const std::string title = text(*field);
      const bool full = !out_.has(FieldId::container_title);
      if (!full && out_.put(FieldId::container_title, title, at(*field))) continue;  // says the same
      out_.put_or_keep(full ? FieldId::container_title : FieldId::container_short, field->tag, title, at(*field));
    }
  }

  void compose_pages() {
    if (!first_page_ && !last_page_) return;
    const Field& main = first_page_ ? *first_page_ : *last_page_;
    const std::string first = first_page_ ? text(*first_page_) : "", last = last_page_ ? text(*last_page_) : "";
    const bool count = (family_ == ris::kBook || family_ == ris::kThesis) && first_page_ && !last_page_ && is_number(trim(first));
    if (count) return out_.put_or_keep(FieldId::number_of_pages, main.tag, first, at(main));
    out_.pages(first, last, at(main));
  }

  // Older references have their abstract in N2; where AB is there too, N2 is a note.
  void compose_abstracts() {
    const bool both = std::ranges::any_of(abstracts_, [](const Field* f) { return f->tag == "AB"; });
    for (const Field* field : abstracts_) {
      const bool note = both && field->tag == "N2";
      out_.put_or_keep(note ? FieldId::note : FieldId::abstract, field->tag, text(*field), at(*field));
    }
  }

  // A single line of keywords may have commas between them.
  void compose_keywords() {
    for (const Field* field : keywords_) {
      const std::string words = text(*field);
      const bool lone = keywords_.size() == 1 && words.find_first_of(";\r\n") == std::string::npos;
      if (!lone) out_.keywords(words, at(*field));
      else
        for (const std::string_view word : bibtex::cut(words, ",")) out_.keywords(word, at(*field));
    }
  }

  TextInput& input_;
  Remarks& remarks_;
  const tagged::Record& record_;
  DraftBuilder out_;
  ris::Family family_ = ris::kOther;
  const ris::TypeRow* type_name_ = nullptr;
  const Field* type_field_ = nullptr;
  const Field *first_page_ = nullptr, *last_page_ = nullptr;
  Fields dates_, containers_, abbreviations_, abstracts_, keywords_;
  std::string id_;
  bool old_ = false, has_proceedings_ = false;
};

}  // namespace

bool RisReader::next(Draft& out) {
  if (!splitter_.next(record_)) return false;
  out = Draft{};
  out.child = drafts_++;
  out.line = record_.line;
  out.key = sha256(input_.text().substr(record_.begin, record_.end - record_.begin));
  if (input_.has_spans()) out.begin = record_.begin, out.end = record_.end;
  RisEntry(input_, remarks_, record_).read(out);
  if (input_.guessed() && remarks_.first("encoding"))
    remarks_.add(Severity::warning, "encoding", "bytes that are no UTF-8", "read as Windows-1252; said once a file",
                 {.path = {}, .line = record_.line, .column = 1, .page = 0});
  return true;
}

}  // namespace colophon::formats

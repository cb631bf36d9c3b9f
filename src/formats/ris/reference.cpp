// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/ris/reference.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "formats/bibtex/values.hpp"
#include "formats/dates.hpp"

#include <fmt/format.h>

namespace colophon::formats::ris {

using bib::FieldId;
using bib::WorkType;

namespace {

bool is_number(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_ascii_digit); }

std::string shown(const Item& item) { return printable(ellipsis(squeeze(item.text), 60)); }

int exactness(const bib::Date& date) { return date.known() ? 1 + (date.from.month > 0) + (date.from.day > 0) : 0; }

}  // namespace

void Reference::set_type(const TypeRow* row, Item given) {
  type_ = row;
  type_item_ = std::move(given);
}

void Reference::remark(Severity severity, std::string_view code, std::string message, std::string hint, const Item& item) {
  remarks_.add(severity, code, std::move(message), std::move(hint), item.place);
}

bool Reference::has(std::string_view tag) const {
  return std::ranges::any_of(items_, [&](const Item& item) { return item.tag == tag && !item.text.empty(); });
}

void Reference::defer(const Item*& slot, const Item& item) {
  if (slot) return keep(item);
  slot = &item;
}

void Reference::read(Draft& draft) {
  std::erase_if(items_, [](const Item& item) { return trim(item.text).empty(); });
  read_type();
  family_ = family_of(out_.type);
  place_apart_ = has("C1");
  for (const Item& item : items_) read_item(item);
  compose_date();
  compose_containers();
  compose_pages();
  compose_abstracts();
  compose_keywords();
  compose_addresses();
  if (type_ && !type_->genre.empty() && !out_.has(FieldId::genre)) (void)out_.put(FieldId::genre, type_->genre, type_item_->at);
  draft.work = out_.finish();
  draft.local_id = id_.empty() ? entry_name(draft.work) : std::move(id_);
}

// The type by its name; a kind of work that we know better ("Policy brief") refines it. A name that writing would not give is kept.
void Reference::read_type() {
  old_ = has("T1") || has("A1");
  if (!type_item_) return;
  out_.type = type_ ? type_->type : WorkType::other;
  if (!type_ && remarks_.first("type " + type_item_->text))
    remark(Severity::note, "unknown-type", fmt::format("the type “{}” is not known", shown(*type_item_)),
           "read as “other”; said once a file", *type_item_);
  const auto genre = std::ranges::find(items_, "M3", &Item::tag);
  const std::optional<WorkType> refined = genre == items_.end() ? std::nullopt : type_named_by(squeeze(genre->text));
  const auto shares = [&](std::string_view name) { return name == type_->name || name == name_of(out_.type); };
  if (refined && type_ && shares(name_of(*refined))) out_.type = *refined;
  if (!type_ || type_->name != name_of(out_.type)) keep(*type_item_);
}

void Reference::read_item(const Item& item) {
  if (const Row* row = row_of(item.tag, family_)) return read_form(item, *row);
  if (remarks_.first("tag " + std::string(item.name)))
    remark(Severity::note, "unknown-tag", fmt::format("the field “{}” has no place of its own", printable(item.name)),
           "kept as a further field; said once a file", item);
  keep(item);
}

void Reference::read_form(const Item& item, const Row& row) {
  switch (row.form) {
    case Form::value: return read_value(item, row.field);
    case Form::name: return read_name(item, row);
    case Form::date: return dates_.push_back(&item);
    case Form::title: return out_.put_or_keep(FieldId::title, item.name, item.text, item.at);
    case Form::container: return containers_.push_back(&item);
    case Form::abbreviation: return abbreviations_.push_back(&item);
    case Form::first_page: return defer(first_page_, item);
    case Form::last_page: return defer(last_page_, item);
    case Form::abstract: return abstracts_.push_back(&item);
    case Form::keywords: return keywords_.push_back(&item);
    case Form::link: return read_links(item);
    case Form::attachment: return item.text.starts_with("http") ? read_links(item) : keep(item);
    case Form::serial: return read_serial(item);
    case Form::genre: return read_genre(item);
    case Form::address: return addresses_.push_back(&item);
    case Form::id: return read_id(item);
    case Form::keep: return keep(item);
  }
}

void Reference::read_value(const Item& item, FieldId id) {
  if (family_ == kPaper && item.tag == "CY" && place_apart_) id = FieldId::event_place;
  if (out_.put(id, item.text, item.at)) return;
  remark(Severity::note, "unread-value", fmt::format("“{}” cannot be read as “{}” here", shown(item), bib::row(id).label),
         "kept as a further field", item);
  keep(item);
}

// Reference Manager has the editors of a book where newer programs have those of its series.
void Reference::read_name(const Item& item, const Row& row) {
  FieldId list = row.field;
  std::string_view role = row.role;
  const bool exchanged = old_ && (family_ == kBook || family_ == kReport);
  if (exchanged && item.tag == "A2") list = FieldId::editor, role = {};
  if (exchanged && item.tag == "A3") list = FieldId::contributor, role = "series editor";
  if (type_ && type_->name == "EDBOOK" && item.tag == "AU") list = FieldId::editor;
  for (const std::string_view name : bibtex::cut(item.text, ";\r\n")) out_.person(list, name, item.at, role);
}

void Reference::read_links(const Item& item) {
  const std::vector<std::string_view> parts = bibtex::cut(item.text, " \t\r\n;");
  const bool several = parts.size() > 1 && std::ranges::all_of(parts, [](std::string_view p) { return p.starts_with("http"); });
  if (!several) return out_.link(item.text, item.at);
  for (const std::string_view part : parts) out_.link(part, item.at);
}

void Reference::read_serial(const Item& item) {
  if (out_.serial_number(item.text, item.at)) return;
  if ((family_ == kReport || family_ == kOther) && !out_.has(FieldId::number))
    return out_.put_or_keep(FieldId::number, item.name, item.text, item.at);
  remark(Severity::note, "bad-identifier", fmt::format("“{}” is neither ISSN nor ISBN", shown(item)),
         "kept as a further field; are its digits right?", item);
  keep(item);
}

void Reference::read_genre(const Item& item) {
  const std::string words = squeeze(item.text);
  const bool doi = ascii_lower(words).starts_with("doi") || words.starts_with("10.");
  if (doi && out_.put(FieldId::doi, words, item.at)) return;
  out_.put_or_keep(FieldId::genre, item.name, words, item.at);
}

// Numbers that a program gave are no citation keys.
void Reference::read_id(const Item& item) {
  const std::string id = nfc(squeeze(item.text));
  if (id_.empty()) id_ = id;
  if (is_number(id)) keep(item);
  else out_.put_or_keep(FieldId::citation_key, item.name, id, item.at);
}

// The most exact of the dates counts; a month or day without year ("DA  - July") joins it.
void Reference::compose_date() {
  std::optional<bib::Date> best;
  const Item* from = nullptr;
  for (const Item* item : dates_) {
    const std::optional<bib::Date> date = read_date(item->text);
    if (date && (!best || exactness(*date) > exactness(*best))) best = date, from = item;
  }
  for (const Item* item : dates_) {
    if (item == from || (best && says_less(*item, *best))) continue;
    const bool year_alone = best && best->known() && !best->from.month && !best->to;
    if (!year_alone || !add_to_year(item->text, *best)) keep(*item);
  }
  if (!from) return;
  if (!best->known())
    remark(Severity::note, "literal-date", fmt::format("“{}” is no date", shown(*from)), "kept as words", *from);
  out_.put_value(FieldId::issued, std::move(*best), from->at);
}

bool Reference::says_less(const Item& item, const bib::Date& best) const {
  const std::optional<bib::Date> date = read_date(item.text);
  if (!date || !date->known()) return false;
  const auto agrees = [](int given, int known) { return given == 0 || given == known; };
  return date->from.year == best.from.year && agrees(date->from.month, best.from.month) &&
         agrees(date->from.day, best.from.day) && (!date->to || date->to == best.to);
}

// The title of a conference stands where that of its proceedings does, unless both are given.
void Reference::compose_containers() {
  const bool both = family_ == kPaper && has("C3");
  for (const Item* item : containers_) {
    const bool event = both && item->tag == "T2";
    const FieldId field = event ? FieldId::event_title : FieldId::container_title;
    out_.put_or_keep(field, item->name, item->text, item->at);
  }
  for (const Item* item : abbreviations_) {
    if (out_.put(FieldId::container_title, item->text, item->at)) continue;  // there is no other, or it says the same
    out_.put_or_keep(FieldId::container_short, item->name, item->text, item->at);
  }
}

void Reference::compose_pages() {
  const auto numbered = [](const Item* item) { return item && std::ranges::any_of(item->text, is_ascii_digit); };
  if (first_page_ && !numbered(first_page_) && numbered(last_page_)) keep(*std::exchange(first_page_, nullptr));  // "pp."
  if (!first_page_ && !last_page_) return;
  const Item& main = first_page_ ? *first_page_ : *last_page_;
  const std::string first = first_page_ ? first_page_->text : "", last = last_page_ ? last_page_->text : "";
  const bool count = (family_ == kBook || family_ == kThesis) && first_page_ && !last_page_ && is_number(trim(first));
  if (count) return out_.put_or_keep(FieldId::number_of_pages, main.name, first, main.at);
  out_.pages(first, last, main.at);
}

// Older references have their abstract in N2; where AB is there too, N2 is a note.
void Reference::compose_abstracts() {
  const bool both = has("AB");
  for (const Item* item : abstracts_) {
    const bool note = both && item->tag == "N2";
    out_.put_or_keep(note ? FieldId::note : FieldId::abstract, item->name, item->text, item->at);
  }
}

// Nothing says whose they are; without authors they are nobody's.
void Reference::compose_addresses() {
  for (const Item* item : addresses_) {
    if (out_.has(FieldId::author)) out_.affiliation(item->text, DraftBuilder::Whose::unknown);
    else keep(*item);
  }
}

// A single line of keywords may have commas between them.
void Reference::compose_keywords() {
  for (const Item* item : keywords_) {
    const bool lone = keywords_.size() == 1 && item->text.find_first_of(";\r\n") == std::string::npos;
    if (!lone) out_.keywords(item->text, item->at);
    else
      for (const std::string_view word : bibtex::cut(item->text, ",")) out_.keywords(word, item->at);
  }
}

}  // namespace colophon::formats::ris

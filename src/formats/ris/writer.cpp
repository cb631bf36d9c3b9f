// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/ris/writer.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "formats/dates.hpp"
#include "formats/draft_builder.hpp"
#include "formats/markup.hpp"
#include "formats/people.hpp"
#include "formats/ris/mapping.hpp"

namespace colophon::formats {

using bib::FieldId;
using bib::FieldKind;

namespace {

constexpr std::string_view kDash = "–";

// Words that stand between tags of markup.hpp and entities: what looks like either is written so that it is read as it stands. Words
// whose case stays are not marked: the programs that read RIS change no case, and most would show the tags.
std::string words(const bib::RichText& text) {
  bib::RichText out;
  for (const bib::Run& run : text.runs()) {
    std::string escaped;
    for (const char c : with_entities(run.text)) {
      if (c == '<') escaped += "&lt;";
      else escaped.push_back(c);
    }
    const unsigned shown = run.marks & ~static_cast<unsigned>(bib::Mark::nocase);
    out.append(escaped, static_cast<std::uint16_t>(shown), run.href);
  }
  return tagged(out);
}

std::string text_of(FieldId field, const bib::Value& value) {
  if (const auto* rich = std::get_if<bib::RichText>(&value)) return words(*rich);
  if (const auto* date = std::get_if<bib::Date>(&value)) return ris_date(*date);
  if (const auto* code = std::get_if<bib::Code>(&value)) return field == FieldId::url ? with_entities(code->value) : code->value;
  return with_entities(bib::plain(value));
}

// The tag under which RIS keeps what it had no field for: "ris:DB" gives "DB".
std::string_view kept_tag(const bib::Extra& extra) {
  const std::string_view tag = extra.name.starts_with("ris:") ? std::string_view(extra.name).substr(4) : std::string_view();
  const auto fits = [](char c) { return (c >= 'A' && c <= 'Z') || is_ascii_digit(c); };
  return tag.size() == 2 && std::ranges::all_of(tag, fits) && !is_ascii_digit(tag[0]) && tag != "ER" ? tag : std::string_view();
}

class RisWriter {
 public:
  explicit RisWriter(const bib::Work& work) : work_(work), family_(ris::family_of(work.type)) {}

  std::string run(std::string_view id) {
    put("TY", type_name());
    for (const bib::FieldRow& row : bib::fields()) {
      const std::span<const bib::Statement> all = work_.all(row.id);
      if (!all.empty()) write_field(row.id, all);
    }
    if (!work_.has(FieldId::genre) && ris::name_of(work_.type) != own_name()) put("M3", bib::row(work_.type).label);
    if (!id.empty()) put("ID", id);
    put("ER", "");
    return out_;
  }

 private:
  void put(std::string_view tag, std::string_view text) { out_.append(tag).append("  - ").append(squeeze(text)).append("\r\n"); }

  // The name that a reference came with, as long as it means our type.
  std::string type_name() const {
    for (const bib::Statement& s : work_.all(FieldId::extra)) {
      const auto& extra = std::get<bib::Extra>(s.value);
      const ris::TypeRow* row = extra.name == "ris:TY" ? ris::type_named(extra.text) : nullptr;
      if (row && ris::name_of(row->type) == ris::name_of(work_.type)) return std::string(row->name);
    }
    return std::string(ris::name_of(work_.type));
  }
  // The name in RIS that means this type and no other; empty when it has to share one.
  std::string_view own_name() const {
    const ris::TypeRow* row = ris::type_named(ris::name_of(work_.type));
    return (row && row->type == work_.type) || work_.type == bib::WorkType::unknown ? ris::name_of(work_.type)
                                                                                    : std::string_view();
  }

  void write_field(FieldId field, std::span<const bib::Statement> all) {
    switch (field) {
      case FieldId::citation_key: return;  // the reference's id
      case FieldId::page: return write_pages(std::get<bib::Code>(all[0].value).value);
      case FieldId::number_of_pages: return counts_pages() ? write_values("SP", field, all) : void();
      case FieldId::keyword: return write_keywords(all);
      case FieldId::extra: return write_extras(all);
      case FieldId::publisher_place:
        if (family_ == ris::kPaper && !work_.has(FieldId::event_place)) return write_values("CY", field, all);
        break;
      case FieldId::event_place:
        return family_ == ris::kPaper && work_.has(FieldId::publisher_place) ? write_values("CY", field, all) : void();
      case FieldId::event_title:
        return family_ == ris::kPaper && work_.has(FieldId::container_title) ? write_values("T2", field, all) : void();
      case FieldId::container_title:
        if (family_ == ris::kPaper && work_.has(FieldId::event_title)) return write_values("C3", field, all);
        break;
      default: break;
    }
    for (const bib::Statement& s : all) {
      if (const auto* names = std::get_if<bib::NameList>(&s.value)) {
        write_names(field, *names);
      } else if (const ris::Row* row = ris::row_of(field, family_)) {
        put(row->tag, text_of(field, s.value));
      }
    }
  }

  // Books have the number of their pages where articles have the first of theirs.
  bool counts_pages() const { return (family_ == ris::kBook || family_ == ris::kThesis) && !work_.has(FieldId::page); }

  void write_values(std::string_view tag, FieldId field, std::span<const bib::Statement> all) {
    for (const bib::Statement& s : all) put(tag, text_of(field, s.value));
  }

  void write_names(FieldId field, const bib::NameList& list) {
    for (const bib::Contributor& person : list.names) {
      const std::string_view role = person.roles.empty() ? std::string_view() : std::string_view(person.roles[0]);
      const ris::Row* row = ris::row_of(field, family_, field == FieldId::contributor ? role : std::string_view());
      if (row) put(row->tag, with_entities(write_sorted_name(person.name)));
    }
    const ris::Row* row = ris::row_of(field, family_);
    if (list.others && row) put(row->tag, "et al.");
    if (field != FieldId::author) return;
    for (const bib::Affiliation& place : list.affiliations) put("AD", with_entities(place.text));
  }

  void write_pages(const std::string& range) {
    const std::size_t dash = range.find(kDash);
    const bool plain = dash != std::string::npos && range.find(kDash, dash + 1) == std::string::npos &&
                       range.find_first_of(",;") == std::string::npos && dash > 0 && dash + kDash.size() < range.size();
    put("SP", range.substr(0, plain ? dash : std::string::npos));
    if (plain) put("EP", range.substr(dash + kDash.size()));
  }

  // A lone keyword with a comma would be read as two: a semicolon says that it is one. Semicolons of its own are written as entities.
  void write_keywords(std::span<const bib::Statement> all) {
    for (const bib::Statement& s : all) {
      const std::string& text = std::get<bib::Text>(s.value).text;
      std::string word;
      for (const std::string_view part : split(text, ';'))
        word += (part.data() == text.data() ? "" : "&#59;") + with_entities(part);
      put("KW", all.size() == 1 && word.find(',') != std::string::npos ? word + ";" : word);
    }
  }

  void write_extras(std::span<const bib::Statement> all) {
    for (const bib::Statement& s : all) {
      const auto& extra = std::get<bib::Extra>(s.value);
      const std::string_view tag = kept_tag(extra);
      const bool number = tag == "ID";  // what a program counted; the reference has its id
      if (!tag.empty() && tag != "TY" && !number) put(tag, extra.text);
    }
  }

  const bib::Work& work_;
  ris::Family family_;
  std::string out_;
};

}  // namespace

std::string write_ris(const bib::Work& work, std::string_view id) { return RisWriter(work).run(id); }

bool ris_holds(bib::WorkType type, FieldId field, const bib::Value& value) {
  const ris::Family family = ris::family_of(type);
  if (const auto* extra = std::get_if<bib::Extra>(&value)) return !kept_tag(*extra).empty();
  if (field == FieldId::number_of_pages) return family == ris::kBook || family == ris::kThesis;
  if (field == FieldId::event_title || field == FieldId::event_place) return family == ris::kPaper;
  return ris::row_of(field, family) != nullptr;
}

}  // namespace colophon::formats

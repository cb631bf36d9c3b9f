// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/draft_builder.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "formats/bibtex/mapping.hpp"
#include "formats/bibtex/values.hpp"
#include "formats/dates.hpp"
#include "formats/markup.hpp"
#include "formats/people.hpp"

namespace colophon::formats {

using bib::FieldId;
using bib::FieldKind;

namespace {

constexpr std::size_t kLongestCode = 2'000;
constexpr std::size_t kLongestEntryName = 60;
constexpr std::size_t kSearched = 1'000;

// Blanks squeezed; the separators of lines and paragraphs that pages and word processors leave (U+2028, U+2029) are blanks.
std::string one_line(std::string_view text) {
  if (text.find("\u2028") == std::string_view::npos && text.find("\u2029") == std::string_view::npos) return squeeze(text);
  std::string out(text);
  for (const std::string_view separator : {"\u2028", "\u2029"}) {
    for (std::size_t at = 0; (at = out.find(separator, at)) != std::string::npos; ++at) out.replace(at, separator.size(), " ");
  }
  return squeeze(out);
}

std::string words(std::string_view text) { return nfc(one_line(without_entities(text))); }

// Marks are read before entities, so that "&lt;i>" is text.
bib::RichText rich(std::string_view text) {
  const bib::RichText marked = untagged(one_line(text));
  bib::RichText out;
  for (const bib::Run& run : marked.runs()) out.append(nfc(without_entities(run.text)), run.marks, run.href);
  return out;
}

Result<bib::Value> code(FieldId field, std::string_view text) {
  if (text.size() > kLongestCode) return fail(Errc::invalid, "too long");
  if (field == FieldId::language) {
    const std::string word = squeeze(text);
    const std::string_view tag = bibtex::language_tag(word);  // may be the word itself
    if (tag.empty()) return fail(Errc::invalid, "no language");
    return bib::Code{std::string(tag)};
  }
  TRY_ASSIGN(bib::Code out, bib::parse_code(field, text));
  out.value = nfc(out.value);
  return out;
}

Result<bib::Value> date(FieldId field, std::string_view text) {
  std::optional<bib::Date> out = read_date(text);
  if (!out || (!out->known() && field != FieldId::issued)) return fail(Errc::invalid, "no date");
  return std::move(*out);
}

Result<bib::Value> value(FieldId field, std::string_view text) {
  switch (bib::row(field).kind) {
    case FieldKind::rich: return rich(text);
    case FieldKind::text: return bib::Text{words(text), {}};
    case FieldKind::code: return code(field, without_entities(text));
    case FieldKind::date: return date(field, text);
    case FieldKind::link: return bib::Link{"references", {}, {}, words(text)};
    case FieldKind::funding: return bib::Funding{words(text), {}, {}, {}};
    default: return fail(Errc::internal, "no text makes such a value");
  }
}

}  // namespace

// Entries beyond any measure are not searched for repetitions, so that reading stays linear.
bool DraftBuilder::says(FieldId field, const bib::Value& value) const {
  if (statements_.size() > kSearched) return false;
  return std::ranges::any_of(statements_, [&](const bib::Statement& s) { return s.field == field && s.value == value; });
}

bool DraftBuilder::put(FieldId field, std::string_view text, const bib::Origin& at) {
  if (trim(text).empty()) return true;
  Result<bib::Value> read = value(field, text);
  if (!read || bib::is_empty(*read)) return false;
  const bool one = bib::row(field).cardinality == bib::Cardinality::one;
  if (one && has(field)) return says(field, *read);
  if (bib::row(field).kind == FieldKind::code && has(field) && says(field, *read)) return true;
  put_value(field, std::move(*read), at);
  return true;
}

void DraftBuilder::put_or_keep(FieldId field, std::string_view tag, std::string_view text, const bib::Origin& at) {
  if (!put(field, text, at)) keep(tag, text, at);
}

void DraftBuilder::put_value(FieldId field, bib::Value value, const bib::Origin& at) {
  taken_.set(static_cast<std::size_t>(field));
  statements_.push_back({field, std::move(value), at, {}});
}

void DraftBuilder::keep(std::string_view tag, std::string_view text, const bib::Origin& at) {
  std::string kept = nfc(squeeze(text));
  if (!kept.empty()) put_value(FieldId::extra, bib::Extra{format_ + ":" + std::string(tag), std::move(kept)}, at);
}

DraftBuilder::People& DraftBuilder::list_of(FieldId field) {
  const auto found = std::ranges::find(people_, field, &People::field);
  if (found != people_.end()) return *found;
  taken_.set(static_cast<std::size_t>(field));
  return people_.emplace_back(People{field, {}, {}});
}

void DraftBuilder::person(FieldId list, bib::Name name, const bib::Origin& at, std::string_view role) {
  if (name.empty()) return;
  People& people = list_of(list);
  bib::Contributor& person = people.list.names.emplace_back();
  person.name = std::move(name);
  if (!role.empty()) person.roles.emplace_back(role);
  if (people.list.names.size() == 1) people.at = at;
  else if (people.at.end) people.at.end = at.end;
}

void DraftBuilder::person(FieldId list, std::string_view sorted_name, const bib::Origin& at, std::string_view role) {
  const std::string text = words(sorted_name);
  if (text.empty()) return;
  if (is_others(text)) return others(list);
  person(list, read_sorted_name(text), at, role);
}

bib::Contributor* DraftBuilder::last_person(FieldId list) {
  const auto found = std::ranges::find(people_, list, &People::field);
  return found == people_.end() || found->list.names.empty() ? nullptr : &found->list.names.back();
}

void DraftBuilder::affiliation(std::string_view text, Whose whose) {
  const std::string place = words(text);
  if (place.empty()) return;
  bib::NameList& list = list_of(FieldId::author).list;
  const bool searched = list.affiliations.size() < kSearched;
  const auto known = searched ? std::ranges::find(list.affiliations, place, &bib::Affiliation::text) : list.affiliations.end();
  const auto index = static_cast<std::uint32_t>(known - list.affiliations.begin());
  if (known == list.affiliations.end()) list.affiliations.push_back({place, {}, {}, {}, {}});
  if (whose == Whose::last && !list.names.empty()) list.names.back().affiliations.push_back(index);
}

bool DraftBuilder::serial_number(std::string_view text, const bib::Origin& at) {
  bool found = false;
  const auto one = [&](std::string_view word) {
    for (const FieldId field : {FieldId::isbn, FieldId::issn}) {
      Result<bib::Code> number = bib::parse_code(field, word);
      if (!number) continue;
      if (!says(field, *number)) put_value(field, std::move(*number), at);
      return found = true;
    }
    return false;
  };
  if (text.size() > kLongestCode) return false;
  for (const std::string_view part : bibtex::cut(text, ";,/\r\n")) {
    if (one(part.substr(0, part.find('(')))) continue;
    for (const std::string_view word : bibtex::cut(part, " ")) one(word);
  }
  return found;
}

void DraftBuilder::link(std::string_view url, const bib::Origin& at) {
  const std::string text = nfc(squeeze(without_entities(url)));
  if (text.empty() || text.size() > kLongestCode) return keep("url", text, at);
  if (text.find("doi.org/10.") != std::string::npos && !has(FieldId::doi)) (void)put(FieldId::doi, text, at);
  const bib::Value value = bib::Code{text};
  if (!says(FieldId::url, value)) put_value(FieldId::url, value, at);
}

void DraftBuilder::keywords(std::string_view text, const bib::Origin& at) {
  std::size_t begin = 0;
  const auto add = [&](std::size_t end) {
    std::string word = words(text.substr(begin, end - begin));
    if (!word.empty()) put_value(FieldId::keyword, bib::Text{std::move(word), {}}, at);
    begin = end + 1;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (const std::size_t length = entity_length(text.substr(i)); length > 0) i += length - 1;
    else if (text[i] == ';' || text[i] == '\r' || text[i] == '\n') add(i);
  }
  add(text.size());
}

void DraftBuilder::pages(std::string_view first, std::string_view last, const bib::Origin& at) {
  std::string range = squeeze(first);
  if (!trim(last).empty() && trim(last) != range) range += (range.empty() ? "" : "–") + squeeze(last);
  if (!range.empty()) put_value(FieldId::page, bib::Code{nfc(bibtex::normal_range(range))}, at);
}

bib::Work DraftBuilder::finish() {
  for (People& people : people_) {
    if (people.list.names.empty() && !people.list.others) {
      for (const bib::Affiliation& place : people.list.affiliations) keep("address", place.text, people.at);
      continue;
    }
    for (bib::Contributor& person : people.list.names) {
      if (people.list.names.size() == 1 && person.affiliations.empty()) {
        for (std::uint32_t i = 0; i < people.list.affiliations.size(); ++i) person.affiliations.push_back(i);
      }
    }
    statements_.push_back({people.field, std::move(people.list), people.at, {}});
  }
  std::ranges::stable_sort(statements_, {}, &bib::Statement::field);
  bib::Work out;
  out.type = type;
  for (bib::Statement& s : statements_) out.add(s.field, std::move(s.value), std::move(s.origin));
  *this = DraftBuilder(format_);
  return out;
}

std::string entry_name(const bib::Work& work) {
  const std::string doi = work.text(FieldId::doi);
  if (!doi.empty()) return doi;
  return ellipsis(fold_key(ellipsis(work.text(FieldId::title), 4 * kLongestEntryName)), kLongestEntryName);
}

std::optional<bib::WorkType> type_named_by(std::string_view genre) {
  if (genre.empty() || genre.size() > 100) return std::nullopt;
  if (const std::optional<bib::WorkType> type = bibtex::type_of_genre(genre)) return type;
  const std::string key = fold_key(genre);
  for (const bib::WorkTypeRow& row : bib::work_types()) {
    if (fold_key(row.label) == key && row.type != bib::WorkType::unknown && row.type != bib::WorkType::other) return row.type;
  }
  return std::nullopt;
}

}  // namespace colophon::formats

// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/entry_decoder.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "formats/bibtex/names.hpp"
#include "formats/bibtex/tex.hpp"
#include "formats/bibtex/values.hpp"

#include <fmt/format.h>

namespace colophon::formats::bibtex {
namespace {

using bib::FieldId;
using bib::WorkType;

constexpr std::size_t kLongestCode = 2'000;
constexpr std::size_t kMostLanguages = 20;

std::string excerpt(std::string_view bytes) { return printable(ellipsis(to_utf8(bytes.substr(0, 240)), 60)); }

struct Archive {
  std::string_view type;
  FieldId field;
};
constexpr std::array kArchives = {Archive{"arxiv", FieldId::arxiv}, Archive{"pubmed", FieldId::pmid},
                                  Archive{"pmid", FieldId::pmid},   Archive{"pmc", FieldId::pmcid},
                                  Archive{"hdl", FieldId::handle},  Archive{"handle", FieldId::handle}};

bool holds(const std::vector<Given>& given, std::string_view name) {
  return std::ranges::any_of(given, [&](const Given& g) { return g.name == name && !trim(g.tex).empty(); });
}

}  // namespace

const std::array<EntryDecoder::Decode, static_cast<std::size_t>(Form::extra) + 1> EntryDecoder::kDecode = [] {
  std::array<Decode, static_cast<std::size_t>(Form::extra) + 1> out{};
  const auto set = [&](Form form, Decode decode) { out[static_cast<std::size_t>(form)] = decode; };
  set(Form::title, &EntryDecoder::decode_title);
  set(Form::rich, &EntryDecoder::decode_rich_text);
  set(Form::text, &EntryDecoder::decode_text);
  set(Form::list, &EntryDecoder::decode_list);
  set(Form::names, &EntryDecoder::decode_names);
  set(Form::date, &EntryDecoder::decode_date);
  set(Form::pages, &EntryDecoder::decode_pages);
  set(Form::code, &EntryDecoder::decode_code);
  set(Form::identifier, &EntryDecoder::decode_identifier);
  set(Form::url, &EntryDecoder::decode_url);
  set(Form::how, &EntryDecoder::decode_how);
  set(Form::keywords, &EntryDecoder::decode_keywords);
  set(Form::language, &EntryDecoder::decode_language);
  set(Form::genre, &EntryDecoder::decode_genre);
  set(Form::funding, &EntryDecoder::decode_funding);
  set(Form::link, &EntryDecoder::decode_link);
  set(Form::parent, &EntryDecoder::decode_link);
  set(Form::extra, &EntryDecoder::decode_extra);
  return out;
}();

// --- what is read when ---------------------------------------------------------------------------------------------------

void EntryDecoder::decode(const Entry& entry, const Chunk& chunk, std::uint32_t number, bib::Work& out) {
  begin(chunk, out);
  const std::vector<Given>& given = fields_.gather(entry, number, type_);
  out.reserve(given.size() + 2);
  plan(given);
  for (const std::uint64_t job : jobs_) run(job, given);
  finish(entry, chunk);
}

void EntryDecoder::begin(const Chunk& chunk, bib::Work& out) {
  out.clear();
  work_ = &out;
  mapped_type_ = mapping_of_type(chunk.word);
  type_ = mapped_type_ ? mapped_type_->type : WorkType::other;
  type_begin_ = chunk.begin + 1;
  typed_ = false;
  decoded_.reset();
  jobs_.clear(), extras_.clear(), decoding_.clear();
  year_ = month_ = day_ = number_ = eprint_ = eprint_type_ = subcontainer_ = main_title_ = std::nullopt;
  archived_ = std::nullopt;
  container_ = nullptr;
}

void EntryDecoder::plan(const std::vector<Given>& given) {
  for (std::uint32_t i = 0; i < given.size(); ++i) {
    const Given& field = given[i];
    if (!field.mapping) {
      decode_extra(field);
      if (!field.own || field.known->told) continue;
      field.known->told = true;
      reports_.add(field.begin, Severity::note, "bibtex.unknown-field",
                   fmt::format("the field “{}” has no place of its own", printable(ellipsis(field.name, 60))),
                   "kept as a further field; said once a file");
    } else if (is_organizer(field, given)) {
      decode_extra(field);
    } else if (!put_aside(field)) {
      if (!container_ && field.mapping->field == FieldId::container_title) container_ = &field;
      add_job(is_venue(field, given) ? FieldId::event_place : field.mapping->field, i);
    }
  }
  settle_type(given);
  plan_composed();
  std::ranges::sort(jobs_);
}

// Of a conference with the publisher's address, the other place is where it was held.
bool EntryDecoder::is_venue(const Given& field, const std::vector<Given>& given) const {
  const bool conference = type_ == WorkType::conference_paper || type_ == WorkType::proceedings || type_ == WorkType::abstract;
  return conference && field.name == "location" && holds(given, "address");
}

// Beside a publisher, an organization is who held the conference or sponsored the manual (btxdoc.tex section 3.2).
bool EntryDecoder::is_organizer(const Given& field, const std::vector<Given>& given) const {
  return field.name == "organization" && holds(given, "publisher");
}

// What is read together with other fields. Of a field given twice the first counts, as everywhere.
bool EntryDecoder::put_aside(const Given& field) {
  switch (field.mapping->form) {
    case Form::year: return set_aside(year_, field), true;
    case Form::month: return set_aside(month_, field), true;
    case Form::day: return set_aside(day_, field), true;
    case Form::number: return set_aside(number_, field), true;
    case Form::eprint: return set_aside(eprint_, field), true;
    case Form::eprint_type: return set_aside(eprint_type_, field), true;
    case Form::subcontainer: return set_aside(subcontainer_, field), true;
    case Form::main_title: return set_aside(main_title_, field), true;
    case Form::subtype: {
      const std::optional<WorkType> type = type_of_genre(decode_plain(field.tex));
      if (!type) return decode_extra(field), true;
      type_ = *type;
      return typed_ = true;
    }
    default: return false;
  }
}

void EntryDecoder::set_aside(std::optional<Given>& slot, const Given& field) {
  if (!slot) slot = field;
  else if (field.own) keep_second(field);
}

// The type depends on a genre and on the archive of a preprint; where a number belongs depends on the type.
void EntryDecoder::settle_type(const std::vector<Given>& given) {
  const bool refines =
      type_ != WorkType::thesis && type_ != WorkType::article && type_ != WorkType::chapter && type_ != WorkType::book;
  for (const std::uint64_t job : jobs_) {
    if (static_cast<FieldId>(job >> 32) != FieldId::genre || typed_ || !refines) continue;
    std::string genre = decode_plain(given[job & UINT32_MAX].tex);
    if (const std::string_view known = genre_of_bibstring(genre); !known.empty()) genre = known;
    if (const std::optional<WorkType> type = type_of_genre(genre); type && *type != WorkType::report) type_ = *type;
    break;
  }
  if (!eprint_) return;
  const std::string type = eprint_type_ ? ascii_lower(decode_plain(eprint_type_->tex)) : "";
  const auto row = std::ranges::find(kArchives, type.empty() ? "arxiv" : type, &Archive::type);
  archive_ = row == kArchives.end() ? FieldId::arxiv : row->field;
  if (row == kArchives.end() || eprint_->tex.size() > kLongestCode) return;
  if (Result<bib::Code> code = bib::parse_code(archive_, decode_verbatim(eprint_->tex))) archived_ = std::move(*code);
  if (archived_ && archive_ == FieldId::arxiv && type_ == WorkType::other && !typed_) type_ = WorkType::preprint;
}

void EntryDecoder::plan_composed() {
  if (year_ || month_ || day_) add_job(FieldId::issued, Composed::date);
  if (eprint_ || eprint_type_) add_job(eprint_ ? archive_ : FieldId::arxiv, Composed::eprint);
  if (main_title_) add_job(FieldId::container_title, Composed::main_title);
  if (mapped_type_ && !mapped_type_->genre.empty()) add_job(FieldId::genre, Composed::genre);
  if (!number_) return;
  const bool series = fields_.taken(FieldId::collection_title) || is_bookish(type_);
  const bool in_series = series && !fields_.taken(FieldId::collection_number);
  add_job(has_issues(type_) ? FieldId::issue : in_series ? FieldId::collection_number : FieldId::number, Composed::number);
}

void EntryDecoder::run(std::uint64_t job, const std::vector<Given>& given) {
  target_ = static_cast<FieldId>(job >> 32);
  const auto index = static_cast<std::uint32_t>(job);
  if (index < given.size()) return run_field(given[index]);
  switch (static_cast<Composed>(index)) {
    case Composed::date: return compose_date();
    case Composed::number: return compose_number();
    case Composed::eprint: return compose_eprint();
    case Composed::main_title: return compose_main_title();
    case Composed::genre: return compose_genre();
  }
}

void EntryDecoder::run_field(const Given& field) {
  const bool single = bib::row(target_).cardinality == bib::Cardinality::one;
  if (single && has(target_)) return keep_second(field);
  (this->*kDecode[static_cast<std::size_t>(field.mapping->form)])(field);
}

void EntryDecoder::finish(const Entry& entry, const Chunk& chunk) {
  if (subcontainer_) decode_extra(*subcontainer_);
  for (const std::string& name : decoding_.unknown) {
    if (reports_.first("command " + name))
      reports_.add(chunk.begin, Severity::note, "bibtex.unknown-command",
                   fmt::format("the TeX command “\\{}” is not known", excerpt(name)), "kept as it is; said once a file");
  }
  for (const std::string_view text : entry.stray) {
    const auto at = static_cast<std::size_t>(text.data() - file_.text().data());
    extras_.push_back({"stray", text, at, at + text.size()});
  }
  if (!mapped_type_) {
    extras_.push_back({"entrytype", chunk.word, type_begin_, type_begin_ + chunk.word.size()});
    if (reports_.first("type " + ascii_lower(chunk.word)))
      reports_.add(chunk.begin, Severity::note, "bibtex.unknown-type",
                   fmt::format("the entry type “{}” is not known", excerpt(chunk.word)), "read as “other”; said once a file");
  }
  work_->type = type_;
  if (!entry.key.empty())
    keep(FieldId::citation_key, bib::Code{to_utf8(entry.key)},
         {.name = {}, .tex = {}, .begin = entry.key_begin, .end = entry.key_begin + entry.key.size()});
  add_extras();
}

void EntryDecoder::add_extras() {
  if (!std::ranges::is_sorted(extras_, {}, &Kept::begin)) std::ranges::stable_sort(extras_, {}, &Kept::begin);
  for (const Kept& extra : extras_)
    keep(FieldId::extra, bib::Extra{"bibtex:" + to_utf8(extra.name), to_utf8(trim(extra.text))},
         {.name = {}, .tex = {}, .begin = extra.begin, .end = extra.end});
}

// --- what they stand on ----------------------------------------------------------------------------------------------------

template <class V>
void EntryDecoder::keep(FieldId field, V&& value, const Given& from) {
  if (bib::is_empty(value)) return;
  const bool spans = spans_ == Spans::keep;
  work_->append(field, std::forward<V>(value), spans ? static_cast<std::uint32_t>(from.begin) : 0,
                spans ? static_cast<std::uint32_t>(from.end) : 0);
  decoded_.set(static_cast<std::size_t>(field));
}

bool EntryDecoder::keep_identifier(FieldId field, std::string_view text, const Given& from) {
  if (text.size() > kLongestCode) return false;
  Result<bib::Code> code = bib::parse_code(field, text);
  if (code) keep(field, std::move(*code), from);
  return code.has_value();
}

void EntryDecoder::keep_extra(const Given& field, std::string_view why) {
  decode_extra(field);
  if (field.own)
    reports_.add(field.begin, Severity::warning, "bibtex.unread-value",
                 fmt::format("{} “{}” {}", field.name, excerpt(field.tex), why), "kept as a further field");
}

void EntryDecoder::keep_second(const Given& f) {
  decode_extra(f);
  if (f.own)
    reports_.add(f.begin, Severity::warning, "bibtex.duplicate-field",
                 fmt::format("a second value for “{}”", bib::name(f.mapping->field)),
                 "the first is taken, this one kept as a further field");
}

bib::RichText EntryDecoder::rich(std::string_view tex) { return decode_rich(tex, Braces::nocase, &decoding_); }
std::string EntryDecoder::plain(std::string_view tex) { return decode_plain(tex, &decoding_); }

// --- one function a form -----------------------------------------------------------------------------------------------------

void EntryDecoder::decode_title(const Given& f) {
  bib::RichText title = rich(f.tex);
  if (&f == container_ && subcontainer_ && !title.empty()) {
    title.append(": ");
    const bib::RichText subtitle = rich(subcontainer_->tex);
    for (const bib::Run& run : subtitle.runs()) title.append(run);
    subcontainer_.reset();
  }
  const bool of_volume = &f == container_ && main_title_ && !fields_.taken(FieldId::volume_title);
  keep(of_volume ? FieldId::volume_title : target_, std::move(title), f);
}

void EntryDecoder::decode_rich_text(const Given& f) { keep(target_, decode_rich(f.tex, Braces::drop, &decoding_), f); }
void EntryDecoder::decode_text(const Given& f) { keep(target_, bib::Text{plain(f.tex), {}}, f); }
void EntryDecoder::decode_pages(const Given& f) {
  keep(target_, bib::Code{is_plain_range(f.tex) ? normal_range(f.tex) : normal_range(plain(f.tex))}, f);
}
void EntryDecoder::decode_funding(const Given& f) { keep(target_, bib::Funding{plain(f.tex), {}, {}, {}}, f); }

void EntryDecoder::decode_code(const Given& f) {
  if (f.tex.size() > kLongestCode) return keep(target_, bib::Code{plain(f.tex)}, f);
  Result<bib::Code> code = bib::parse_code(target_, plain(f.tex));
  if (code) keep(target_, std::move(*code), f);
  else keep_extra(f, "is no " + std::string(bib::row(target_).label));
}

void EntryDecoder::decode_list(const Given& f) {
  const bool single = bib::row(target_).cardinality == bib::Cardinality::one;
  if (single || f.tex.find("and") == std::string_view::npos) return decode_text(f);
  for (const std::string_view one : split_list(f.tex)) keep(target_, bib::Text{plain(one), {}}, f);
}

void EntryDecoder::decode_names(const Given& f) {
  odd_.clear();
  const std::string converted = is_valid(f.tex) ? std::string() : from_windows_1252(f.tex);
  cut_names(converted.empty() ? f.tex : std::string_view(converted), cuts_);
  keep(target_, bibtex::decode_names(cuts_, &odd_, &decoding_), f);
  for (const std::string& name : odd_)
    reports_.add(f.begin, Severity::warning, "bibtex.odd-name", fmt::format("“{}” is not one name", excerpt(name)),
                 "part names with “and”");
}

// A tilde is EDTF's here, not TeX's.
void EntryDecoder::decode_date(const Given& f) {
  std::string text = to_utf8(f.tex);
  if (text.find('\\') != std::string::npos) text = plain(f.tex);
  std::erase_if(text, [](char c) { return c == '{' || c == '}'; });
  if (trim(text).empty()) return;
  const std::optional<bib::Date> date = loose_date(text);
  if (!date) return keep_extra(f, "is no date");
  keep(target_, bib::Date(*date), f);
  if (!date->known())
    reports_.add(f.begin, Severity::note, "bibtex.literal-date", fmt::format("“{}” is no date", excerpt(text)),
                 "kept as words; write 2019, 2019-03-07 or 2019/2021");
}

// One or several: "978-… (print), 978-… (online)".
void EntryDecoder::decode_identifier(const Given& f) {
  const FieldId field = target_;
  if (trim(f.tex).empty()) return;
  if (keep_identifier(field, decode_verbatim(f.tex.substr(0, kLongestCode + 1)), f)) return;
  bool all = f.tex.size() <= kLongestCode && (field == FieldId::isbn || field == FieldId::issn);
  if (all) {
    for (const std::string_view parts : cut(f.tex, ",;/\n")) {
      for (const std::string_view part : split_list(parts))
        all = keep_identifier(field, decode_plain(part.substr(0, part.find('('))), f) && all;
    }
  }
  if (!all) keep_extra(f, "is no valid " + std::string(bib::row(field).label));
}

void EntryDecoder::decode_url(const Given& f) {
  if (f.tex.find_first_of(" \t\r\n") == std::string_view::npos) return keep_url(f.tex, f);
  const std::vector<std::string_view> parts = cut(f.tex, " \t\r\n");
  const bool several = parts.size() < 100 && std::ranges::all_of(parts, [](std::string_view p) { return p.starts_with("http"); });
  if (!several) return keep_url(f.tex, f);
  for (const std::string_view part : parts) keep_url(part, f);
}

void EntryDecoder::keep_url(std::string_view tex, const Given& f) {
  std::string url = decode_verbatim(tex);
  if (!fields_.taken(FieldId::doi) && url.find("doi.org/10.") != std::string::npos) keep_identifier(FieldId::doi, url, f);
  keep(FieldId::url, bib::Code{std::move(url)}, f);
}

void EntryDecoder::decode_how(const Given& f) {
  const std::string_view text = trim(f.tex);
  const bool url = text.starts_with("http") || (text.starts_with("\\url{") && text.ends_with('}'));
  url&& cut(text, " \n").size() == 1 ? decode_url(f) : decode_text(f);
}

void EntryDecoder::decode_keywords(const Given& f) {
  const bool phrases = target_ == FieldId::project || target_ == FieldId::place;
  for (const std::string_view one : cut(f.tex, phrases ? ";" : ",;")) keep(target_, bib::Text{plain(one), {}}, f);
}

void EntryDecoder::decode_language(const Given& f) {
  const std::string words = plain(f.tex);
  std::vector<std::string_view> parts;
  for (const std::string_view part : split_list(words)) std::ranges::copy(cut(part, ",;/"), std::back_inserter(parts));
  if (parts.size() > kMostLanguages) return keep_extra(f, "is no language");
  for (const std::string_view word : parts) {
    const std::string_view tag = language_tag(word);
    if (tag.empty()) return keep_extra(f, "is no language");
    const auto there = work_->all(FieldId::language);
    const bool again =
        std::ranges::any_of(there, [&](const bib::Statement& s) { return std::get<bib::Code>(s.value).value == tag; });
    if (!again) keep(FieldId::language, bib::Code{std::string(tag)}, f);
  }
}

void EntryDecoder::decode_genre(const Given& f) {
  std::string genre = plain(f.tex);
  if (const std::string_view known = genre_of_bibstring(genre); !known.empty()) genre = known;
  keep(FieldId::genre, bib::Text{std::move(genre), {}}, f);
}

void EntryDecoder::decode_link(const Given& f) {
  const std::string_view relation = f.name == "entryset"                       ? "has-part"
                                    : f.name == "xdata" || f.name == "related" ? f.name
                                                                               : "part-of";
  for (const std::string_view key : cut(f.tex, f.name == "crossref" ? "" : ","))
    keep(FieldId::related, bib::Link{std::string(relation), "key", to_utf8(key), {}}, f);
}

// --- what several fields say together -----------------------------------------------------------------------------------------

void EntryDecoder::compose_date() {
  if (dated() || !year_) {
    for (const std::optional<Given>* part : {&year_, &month_, &day_}) {
      if (*part && (*part)->own) decode_extra(**part);
    }
    return;
  }
  const std::string text = plain(year_->tex);
  std::optional<bib::Date> date = loose_date(text);
  if (!date) return text.empty() ? void() : keep_extra(*year_, "is no year");
  if (!date->known())
    reports_.add(year_->begin, Severity::note, "bibtex.literal-date", fmt::format("“{}” is no year", excerpt(text)),
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

// An issue of a journal, a number in a series, or the number of a report.
void EntryDecoder::compose_number() {
  if (has(target_)) return decode_extra(*number_);
  std::string text = plain(number_->tex);
  keep(target_, bib::Code{target_ == FieldId::issue ? normal_range(text) : std::move(text)}, *number_);
}

void EntryDecoder::compose_eprint() {
  if (archived_) return keep(archive_, std::move(*archived_), *eprint_);
  const bool known =
      eprint_ && eprint_type_ && !eprint_type_->tex.empty() &&
      std::ranges::find(kArchives, ascii_lower(decode_plain(eprint_type_->tex)), &Archive::type) != kArchives.end();
  if (known) keep_extra(*eprint_, "is no valid identifier of its archive");
  else if (eprint_) decode_extra(*eprint_);
  if (eprint_type_) decode_extra(*eprint_type_);
}

// The work in several volumes is the container, the book in it the volume.
void EntryDecoder::compose_main_title() {
  if (container_ && fields_.taken(FieldId::volume_title)) return decode_extra(*main_title_);
  keep(FieldId::container_title, rich(main_title_->tex), *main_title_);
}

void EntryDecoder::compose_genre() {
  if (has(FieldId::genre)) return;
  keep(FieldId::genre, bib::Text{std::string(mapped_type_->genre), {}},
       {.name = {}, .tex = {}, .begin = type_begin_, .end = type_begin_ + std::string_view(mapped_type_->name).size()});
}

}  // namespace colophon::formats::bibtex

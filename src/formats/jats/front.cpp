// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "formats/jats/parts.hpp"
#include "formats/jats/vocabulary.hpp"

#include <fmt/format.h>

// journal-meta and article-meta, in the order of the DTD.
namespace colophon::formats::jats {
namespace {

using bib::RichText;
using bib::Statement;
using Taken = Writing::Taken;

// Numbers of a journal's issue and of a work in it, and the elements that hold them.
constexpr std::pair<FieldId, std::string_view> kIds[] = {{FieldId::doi, "doi"},
                                                         {FieldId::pmid, "pmid"},
                                                         {FieldId::pmcid, "pmcid"},
                                                         {FieldId::arxiv, "arxiv"},
                                                         {FieldId::handle, "handle"}};
// What Journal Publishing allows.
constexpr std::array<std::string_view, 24> kPublishingIds = {
    "accession", "archive", "ark",          "art-access-id", "arxiv",           "coden", "doaj",   "doi",
    "handle",    "index",   "isbn",         "manuscript",    "medline",         "mr",    "other",  "pii",
    "pmcid",     "pmid",    "publisher-id", "sici",          "std-designation", "zbl",   "custom", ""};
constexpr std::array<std::string_view, 22> kPublishingNotes = {"abbr",
                                                               "coi-statement",
                                                               "com",
                                                               "con",
                                                               "conflict",
                                                               "corresp",
                                                               "current-aff",
                                                               "deceased",
                                                               "edited-by",
                                                               "equal",
                                                               "financial-disclosure",
                                                               "on-leave",
                                                               "participating-researchers",
                                                               "presented-at",
                                                               "presented-by",
                                                               "present-address",
                                                               "previously-at",
                                                               "study-group-members",
                                                               "supplementary-material",
                                                               "supported-by",
                                                               "other",
                                                               ""};

bool is_no_address(const Taken& link) { return !link.text.starts_with("http"); }
// An id that the reader would take for one of ours is not written as an article's.
bool is_other_id(const Taken& id) {
  static constexpr std::array<std::string_view, 9> kOurs = {"doi",  "pmid",   "pmc", "pmcid", "arxiv",
                                                            "isbn", "handle", "url", "uri"};
  if (std::ranges::find(kOurs, id.kind) != kOurs.end() || ascii_lower(id.kind) != id.kind) return false;
  return !bib::Doi::parse(id.text) && !(id.kind.empty() && id.text.starts_with("http"));
}
bool is_publishing_id(const Taken& id) {
  return is_other_id(id) && std::ranges::find(kPublishingIds, std::string_view(id.kind)) != kPublishingIds.end();
}
bool is_publishing_note(const Taken& note) {
  return std::ranges::find(kPublishingNotes, std::string_view(note.kind)) != kPublishingNotes.end();
}

void write_rich(Writing& w, std::string_view element, const RichText& text) {
  w.xml.open(element, {{"xml:lang", w.lang_of(text.lang)}});
  const bool marks = !w.publishing() || element == "subtitle";  // Journal Publishing has none in names of journals and series
  if (marks) write_runs(w.xml, text, w.around);
  else w.xml.text(text.plain());
  w.xml.close();
}

void write_if(Writing& w, FieldId field, std::string_view element) {
  if (const RichText* text = w.work.rich(field)) write_rich(w, element, *text);
}

void write_all(Writing& w, FieldId field, std::string_view element) {
  for (const Statement& s : w.work.all(field)) w.xml.leaf(element, plain(s.value));
}

// The identifiers that are some.
std::vector<std::string> codes(const Writing& w, FieldId field) {
  std::vector<std::string> out;
  for (const Statement& s : w.work.all(field)) {
    if (const std::string code = plain(s.value); is_read_as_it_is(field, code)) out.push_back(code);
  }
  return out;
}

// --- journal -----------------------------------------------------------------------------------------------------------------

void write_publisher(Writing& w) {
  const auto names = w.work.all(FieldId::publisher), places = w.work.all(FieldId::publisher_place);
  if (names.empty() && places.empty()) return;
  w.xml.open("publisher");
  for (std::size_t i = 0; i < std::max(names.size(), places.size()); ++i) {
    w.xml.open("publisher-name").text(i < names.size() ? plain(names[i].value) : "").close();
    if (i < places.size()) w.xml.leaf("publisher-loc", plain(places[i].value));
  }
  w.xml.close();
}

void write_journal(Writing& w) {
  const std::vector<Taken> ids = w.take("journal-id");
  const bool titled = w.work.has(FieldId::container_title) || w.work.has(FieldId::container_short);
  const bool any = titled || !ids.empty() || w.work.has(FieldId::issn) || w.work.has(FieldId::publisher) ||
                   w.work.has(FieldId::publisher_place);
  if (!any && !w.publishing()) return;
  w.xml.open("journal-meta");
  for (const Taken& id : ids) w.xml.leaf("journal-id", id.text);
  if (ids.empty() && w.publishing()) w.xml.open("journal-id").close();
  if (titled) {
    w.xml.open("journal-title-group");
    write_if(w, FieldId::container_title, "journal-title");
    w.xml.leaf("abbrev-journal-title", w.text(FieldId::container_short));
    w.xml.close();
  }
  const std::vector<std::string> numbers = codes(w, FieldId::issn);
  for (const std::string& issn : numbers) w.xml.leaf("issn", issn);
  if (numbers.empty() && w.publishing()) w.xml.open("issn").close();
  write_publisher(w);
  w.xml.close();
}

// --- what it is called -------------------------------------------------------------------------------------------------------

void write_ids(Writing& w) {
  for (const auto& [field, kind] : kIds) {
    for (const std::string& id : codes(w, field)) w.xml.leaf("article-id", id, {{"pub-id-type", kind}});
  }
  for (const Taken& id : w.take("article-id", w.publishing() ? is_publishing_id : is_other_id))
    w.xml.leaf("article-id", id.text, {{"pub-id-type", id.kind}});
  w.xml.leaf("article-version", w.text(FieldId::version));
}

void write_categories(Writing& w) {
  const auto subjects = w.work.all(FieldId::subject);
  const RichText* series = w.work.rich(FieldId::collection_title);
  if (subjects.empty() && !series) return;
  w.xml.open("article-categories");
  if (!subjects.empty()) {
    w.xml.open("subj-group");
    write_all(w, FieldId::subject, "subject");
    w.xml.close();
  }
  if (series) write_rich(w, "series-title", *series);
  w.xml.close();
}

// An alternative title of another kind would be read as the short one, where there is none yet.
bool is_no_short_title(const Taken& title) {
  const std::string_view kind = title.kind;
  return !kind.empty() && std::ranges::none_of(std::array<std::string_view, 3>{"run", "short", "head"},
                                               [&](std::string_view word) { return kind.find(word) != std::string_view::npos; });
}

void write_titles(Writing& w) {
  w.xml.open("title-group").open("article-title");
  if (const RichText* title = w.work.rich(FieldId::title)) {
    if (!w.lang_of(title->lang).empty()) w.xml.attribute("xml:lang", title->lang);
    write_runs(w.xml, *title, w.around);
  }
  w.xml.close();
  write_if(w, FieldId::subtitle, "subtitle");
  for (const Statement& s : w.work.all(FieldId::translated_title)) {
    const auto& title = std::get<RichText>(s.value);
    w.xml.open("trans-title-group", {{"xml:lang", title.lang}}).open("trans-title");
    write_runs(w.xml, title, w.around);
    w.xml.close().close();
  }
  const RichText* short_title = w.work.rich(FieldId::short_title);
  if (short_title) {
    w.xml.open("alt-title", {{"alt-title-type", "short"}, {"xml:lang", w.lang_of(short_title->lang)}});
    write_runs(w.xml, *short_title, w.around);
    w.xml.close();
  }
  for (const Taken& one : w.take("alt-title", short_title ? nullptr : is_no_short_title))
    w.xml.leaf("alt-title", one.text, {{"alt-title-type", one.kind}});
  w.xml.close();
}

void write_notes(Writing& w) {
  const std::vector<Taken> letters = w.take("corresp");
  const std::vector<Taken> notes = w.take("author-notes", w.publishing() ? is_publishing_note : nullptr);
  if (letters.empty() && notes.empty()) return;
  w.xml.open("author-notes");
  for (const Taken& one : letters) w.xml.leaf("corresp", one.text);
  for (const Taken& one : notes) w.xml.open("fn", {{"fn-type", one.kind}}).open("p").text(one.text).close().close();
  w.xml.close();
}

// --- rights and links --------------------------------------------------------------------------------------------------------

std::string licence_address(const Writing& w) {
  const std::string licence = w.text(FieldId::license);
  if (const Result<bib::Licence> known = bib::Licence::parse(licence)) return known->url();
  return licence.starts_with("http") ? licence : std::string();
}

void write_permissions(Writing& w) {
  const std::string address = licence_address(w), copyright = w.text(FieldId::copyright);
  const std::vector<Taken> holders = w.take("copyright-holder"), texts = w.take("license");
  if (address.empty() && copyright.empty() && holders.empty() && texts.empty()) return;
  w.xml.open("permissions");
  w.xml.leaf("copyright-statement", copyright);
  for (const Taken& one : holders) w.xml.leaf("copyright-holder", one.text);
  for (std::size_t i = 0; i < std::max<std::size_t>(texts.size(), address.empty() ? 0 : 1); ++i) {
    const std::string_view href = i == 0 ? std::string_view(address) : std::string_view();
    w.xml.open("license", {{"xlink:href", href}});
    w.xml.leaf("ali:license_ref", href);
    if (i < texts.size()) w.xml.leaf("license-p", texts[i].text);
    w.xml.close();
  }
  w.xml.close();
}

void write_links(Writing& w) {
  for (const Statement& s : w.work.all(FieldId::url)) {
    if (const std::string address = plain(s.value); address.starts_with("http"))
      w.xml.open("self-uri", {{"xlink:href", address}}).close();
  }
  for (const Taken& one : w.take("self-uri", is_no_address)) w.xml.open("self-uri", {{"xlink:href", one.text}}).close();
  for (const Statement& s : w.work.all(FieldId::related)) {
    const auto& link = std::get<bib::Link>(s.value);
    const std::string_view type = related_type_of(link.relation);
    w.xml.open("related-article", {{"related-article-type", type.empty() ? "companion" : type},
                                   {"ext-link-type", link.scheme == "url" ? "uri" : std::string_view(link.scheme)},
                                   {"xlink:href", link.target}});
    w.xml.text(link.text).close();
  }
}

// Journal Publishing wants date and name, and them in order; what it cannot hold is in custom-meta.
void write_event(Writing& w) {
  const bib::Date* date = w.work.date(FieldId::event_date);
  const std::string name = w.text(FieldId::event_title), place = w.text(FieldId::event_place);
  if (date && !date->known()) date = nullptr;
  if (w.publishing() && (!date || name.empty())) return;
  const std::vector<Taken> dates = w.take("conf-date", nullptr, w.publishing() ? 0 : SIZE_MAX), sponsors = w.take("conf-sponsor");
  if (name.empty() && place.empty() && !date && dates.empty() && sponsors.empty()) return;
  w.xml.open("conference");
  if (date) w.xml.leaf("conf-date", to_edtf(*date));
  for (const Taken& one : dates) w.xml.leaf("conf-date", one.text);
  w.xml.leaf("conf-name", name).leaf("conf-loc", place);
  for (const Taken& one : sponsors) w.xml.leaf("conf-sponsor", one.text);
  w.xml.close();
}

void write_counts(Writing& w) {
  const std::string pages = w.text(FieldId::number_of_pages);
  if (!pages.empty() && std::ranges::all_of(pages, is_ascii_digit))
    w.xml.open("counts").open("page-count", {{"count", pages}}).close().close();
}

}  // namespace

std::string article_type(Writing& w) {
  const std::string genre = w.text(FieldId::genre);
  if (!genre.empty() && type_of_article(genre) == w.work.type && !is_plain_type(genre) && !w.restored.contains(FieldId::genre))
    return genre;
  return std::string(article_type_of(w.work.type));
}

std::vector<Taken> Writing::take(std::string_view name, bool (*fits)(const Taken&), std::size_t most) {
  std::vector<Taken> out;
  const std::string prefix = fmt::format("jats:{}", name);
  std::erase_if(extras, [&](const bib::Extra* extra) {
    const std::string_view full = extra->name;
    if (out.size() >= most || !full.starts_with(prefix)) return false;
    const std::string_view rest = full.substr(prefix.size());
    if (!rest.empty() && rest[0] != ':') return false;
    Taken one{std::string(rest.empty() ? rest : rest.substr(1)), extra->text};
    if (rest == ":" || !is_one_line(one.text) || !is_one_line(one.kind) || (fits && !fits(one))) return false;
    out.push_back(std::move(one));
    return true;
  });
  return out;
}

namespace {

void write_metadata(Writing& w) {
  write_ids(w);
  write_categories(w);
  write_titles(w);
  write_people(w);
  write_notes(w);
  write_issued(w);
  w.xml.leaf("volume", w.text(FieldId::volume)).leaf("issue", w.text(FieldId::issue));
  write_if(w, FieldId::volume_title, "issue-title");
  for (const std::string& isbn : codes(w, FieldId::isbn)) w.xml.leaf("isbn", isbn);
  for (const Taken& one : w.take("supplement", nullptr, 1)) w.xml.leaf("supplement", one.text);
  write_pages(w);
  write_history(w);
  write_permissions(w);
  write_links(w);
  write_abstracts(w);
  write_keywords(w);
  write_funding(w);
  write_event(w);
  write_counts(w);
  write_custom_meta(w);
}

}  // namespace

void write_front(Writing& w) {
  w.xml.open("front");
  write_journal(w);
  w.xml.open("article-meta");
  write_metadata(w);
  w.xml.close().close();
}

void write_front_stub(Writing& w) {
  w.xml.open("front-stub");
  write_metadata(w);
  w.xml.close();
}

}  // namespace colophon::formats::jats

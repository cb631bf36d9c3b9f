// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "bib/language_tag.hpp"
#include "formats/jats/parts.hpp"
#include "formats/jats/vocabulary.hpp"

#include <fmt/format.h>

// Which fields the elements of JATS hold exactly, and custom-meta for all others.
namespace colophon::formats::jats {
namespace {

using bib::RichText;
using bib::Statement;
using bib::Value;

// clang-format off
constexpr std::array kPlaces = {
    PlaceRow{FieldId::title,             "front/article-meta/title-group/article-title"},
    PlaceRow{FieldId::subtitle,          "front/article-meta/title-group/subtitle"},
    PlaceRow{FieldId::translated_title,  "front/article-meta/title-group/trans-title-group/trans-title"},
    PlaceRow{FieldId::short_title,       "front/article-meta/title-group/alt-title"},
    PlaceRow{FieldId::author,            "front/article-meta/contrib-group/contrib"},
    PlaceRow{FieldId::editor,            "front/article-meta/contrib-group/contrib"},
    PlaceRow{FieldId::translator,        "front/article-meta/contrib-group/contrib"},
    PlaceRow{FieldId::contributor,       "front/article-meta/contrib-group/contrib"},
    PlaceRow{FieldId::issued,            "front/article-meta/pub-date"},
    PlaceRow{FieldId::container_title,   "front/journal-meta/journal-title-group/journal-title"},
    PlaceRow{FieldId::container_short,   "front/journal-meta/journal-title-group/abbrev-journal-title"},
    PlaceRow{FieldId::volume_title,      "front/article-meta/issue-title"},
    PlaceRow{FieldId::volume,            "front/article-meta/volume"},
    PlaceRow{FieldId::issue,             "front/article-meta/issue"},
    PlaceRow{FieldId::page,              "front/article-meta/fpage, lpage, page-range"},
    PlaceRow{FieldId::article_number,    "front/article-meta/elocation-id"},
    PlaceRow{FieldId::number,            ""},
    PlaceRow{FieldId::part_number,       ""},
    PlaceRow{FieldId::chapter_number,    ""},
    PlaceRow{FieldId::edition,           ""},
    PlaceRow{FieldId::version,           "front/article-meta/article-version"},
    PlaceRow{FieldId::collection_title,  "front/article-meta/article-categories/series-title"},
    PlaceRow{FieldId::collection_number, ""},
    PlaceRow{FieldId::publisher,         "front/journal-meta/publisher/publisher-name"},
    PlaceRow{FieldId::publisher_place,   "front/journal-meta/publisher/publisher-loc"},
    PlaceRow{FieldId::event_title,       "front/article-meta/conference/conf-name"},
    PlaceRow{FieldId::event_place,       "front/article-meta/conference/conf-loc"},
    PlaceRow{FieldId::event_date,        "front/article-meta/conference/conf-date"},
    PlaceRow{FieldId::original_date,     ""},
    PlaceRow{FieldId::submitted,         "front/article-meta/history/date"},
    PlaceRow{FieldId::received,          "front/article-meta/history/date"},
    PlaceRow{FieldId::accepted,          "front/article-meta/history/date"},
    PlaceRow{FieldId::accessed,          ""},
    PlaceRow{FieldId::available,         ""},
    PlaceRow{FieldId::genre,             "@article-type"},
    PlaceRow{FieldId::medium,            ""},
    PlaceRow{FieldId::status,            ""},
    PlaceRow{FieldId::number_of_pages,   "front/article-meta/counts/page-count"},
    PlaceRow{FieldId::number_of_volumes, ""},
    PlaceRow{FieldId::doi,               "front/article-meta/article-id"},
    PlaceRow{FieldId::isbn,              "front/article-meta/isbn"},
    PlaceRow{FieldId::issn,              "front/journal-meta/issn"},
    PlaceRow{FieldId::arxiv,             "front/article-meta/article-id"},
    PlaceRow{FieldId::pmid,              "front/article-meta/article-id"},
    PlaceRow{FieldId::pmcid,             "front/article-meta/article-id"},
    PlaceRow{FieldId::handle,            "front/article-meta/article-id"},
    PlaceRow{FieldId::url,               "front/article-meta/self-uri"},
    PlaceRow{FieldId::abstract,          "front/article-meta/abstract, trans-abstract"},
    PlaceRow{FieldId::keyword,           "front/article-meta/kwd-group/kwd"},
    PlaceRow{FieldId::subject,           "front/article-meta/article-categories/subj-group/subject"},
    PlaceRow{FieldId::language,          "@xml:lang"},
    PlaceRow{FieldId::note,              ""},
    PlaceRow{FieldId::annotation,        "front/article-meta/abstract[@abstract-type=\"annotation\"]"},
    PlaceRow{FieldId::license,           "front/article-meta/permissions/license"},
    PlaceRow{FieldId::copyright,         "front/article-meta/permissions/copyright-statement"},
    PlaceRow{FieldId::access,            ""},
    PlaceRow{FieldId::peer_reviewed,     ""},
    PlaceRow{FieldId::funding,           "front/article-meta/funding-group/award-group"},
    PlaceRow{FieldId::project,           ""},
    PlaceRow{FieldId::place,             ""},
    PlaceRow{FieldId::related,           "front/article-meta/related-article"},
    PlaceRow{FieldId::reference,         "back/ref-list/ref/mixed-citation"},
    PlaceRow{FieldId::citation_key,      ""},
    PlaceRow{FieldId::extra,             ""},
};
// clang-format on

constexpr bool total() {
  for (std::size_t i = 0; i < kPlaces.size(); ++i) {
    if (static_cast<std::size_t>(kPlaces[i].field) != i) return false;
  }
  return kPlaces.size() == static_cast<std::size_t>(FieldId::extra) + 1;
}
static_assert(total(), "a row for each field, in the order of the table of fields");

bool is_event(FieldId field) {
  return field == FieldId::event_title || field == FieldId::event_place || field == FieldId::event_date;
}
bool has_place(FieldId field) { return !kPlaces[static_cast<std::size_t>(field)].place.empty(); }

// --- what comes back as it is ------------------------------------------------------------------------------------------------

bool is_plain_tag(const std::string& lang) { return bib::language_tag(lang) == lang; }

bool is_plain(const Writing& w, FieldId field, const bib::Text& text) {
  if (!is_plain_tag(text.lang)) return false;
  const bool cut = field == FieldId::keyword && (text.text.ends_with(',') || text.text.ends_with(';'));
  return !cut && is_one_line(text.text) && (text.lang.empty() || (field == FieldId::keyword && text.lang != w.lang));
}

bool is_plain_date(const bib::Date& date) {
  return date.known() && !date.to && !date.open_end && !date.from.approximate && !date.from.uncertain && date.from.year >= 1000 &&
         date.from.year < 3000;
}

// Titles have a language where it is not the article's; abstracts and translated titles have theirs always.
bool is_plain(const Writing& w, FieldId field, const RichText& text) {
  if (!is_plain_tag(text.lang)) return false;
  const bool own_lang = field == FieldId::abstract || field == FieldId::annotation || field == FieldId::translated_title;
  if (own_lang ? text.lang.empty() && !w.lang.empty() : !text.lang.empty() && text.lang == w.lang) return false;
  const bool lines = field == FieldId::abstract || field == FieldId::annotation;
  const std::string plain = text.plain();
  const auto breaks = [](const bib::Run& run) { return run.marks != 0 && run.text.find('\n') != std::string::npos; };
  const bool bare = w.publishing() &&
                    (field == FieldId::container_title || field == FieldId::volume_title || field == FieldId::collection_title);
  if (bare && std::ranges::any_of(text.runs(), [](const bib::Run& run) { return run.marks != 0; })) return false;
  const auto linked = [](const bib::Run& run) { return run.has(bib::Mark::math) && run.has(bib::Mark::link); };
  if (w.publishing() && std::ranges::any_of(text.runs(), linked)) return false;
  if (!is_plain_math(text) || std::ranges::any_of(text.runs(), breaks)) return false;
  return lines ? std::ranges::all_of(split(plain, '\n'), [](std::string_view line) { return !line.empty() && is_one_line(line); })
               : is_one_line(plain);
}

}  // namespace

bool is_read_as_it_is(FieldId field, const std::string& code) {
  const Result<bib::Code> read = bib::parse_code(field, code);
  return read && read->value == code;
}

namespace {

bool is_plain_code(const Writing& w, FieldId field, const std::string& code) {
  if (!is_one_line(code)) return false;
  switch (field) {
    case FieldId::url: return code.starts_with("http://") || code.starts_with("https://");
    case FieldId::language: return code == w.lang && w.work.all(field).size() == 1;
    case FieldId::number_of_pages: return std::ranges::all_of(code, is_ascii_digit);
    case FieldId::license: return (code.starts_with("http") || bib::Licence::parse(code)) && is_read_as_it_is(field, code);
    case FieldId::article_number: return !w.work.has(FieldId::page);
    case FieldId::page: return code.find(" –") == std::string::npos && code.find("– ") == std::string::npos;
    default: return is_read_as_it_is(field, code);
  }
}

bool is_plain_link(FieldId field, const bib::Link& link) {
  if (field == FieldId::reference) return is_plain_reference(link);
  const bool doi = bib::Doi::parse(link.target).has_value();
  const bool target = link.scheme == "doi"   ? doi
                      : link.scheme == "url" ? link.target.starts_with("http") && !doi
                                             : (link.scheme == "pmid" || link.scheme == "pmcid" || link.scheme.empty()) && !doi;
  return !related_type_of(link.relation).empty() && target && link.scheme.empty() == link.target.empty() &&
         is_one_line(link.text);
}

bool is_plain_funding(const bib::Funding& f) {
  const Result<bib::Doi> doi = bib::Doi::parse(f.funder_id);
  const Result<bib::Ror> ror = bib::Ror::parse(f.funder_id);
  if (doi ? doi->str() != f.funder_id : ror && ror->str() != f.funder_id) return false;
  return is_one_line(f.funder) && is_one_line(f.funder_id) && is_one_line(f.award) && is_one_line(f.recipient);
}

bool is_plain(const Writing& w, FieldId field, const Value& value) {
  switch (bib::row(field).kind) {
    case bib::FieldKind::text: return is_plain(w, field, std::get<bib::Text>(value));
    case bib::FieldKind::rich: return is_plain(w, field, std::get<RichText>(value));
    case bib::FieldKind::names: return is_plain_list(field, std::get<bib::NameList>(value), w.publishing());
    case bib::FieldKind::date:
      return field == FieldId::event_date ? std::get<bib::Date>(value).known() : is_plain_date(std::get<bib::Date>(value));
    case bib::FieldKind::code: return is_plain_code(w, field, std::get<bib::Code>(value).value);
    case bib::FieldKind::link: return is_plain_link(field, std::get<bib::Link>(value));
    case bib::FieldKind::funding: return is_plain_funding(std::get<bib::Funding>(value));
    case bib::FieldKind::extra: return true;
  }
  return false;
}

// --- writing -----------------------------------------------------------------------------------------------------------------

void write_meta(XmlOut& xml, std::string_view name, std::string_view text) {
  xml.open("custom-meta");
  xml.leaf("meta-name", name);
  xml.open("meta-value").text(text).close();
  xml.close();
}

// Plain text as it is; else JSON, in which no blank follows another.
std::string meta_text(const Json& value) {
  if (value.is_string() && is_one_line(value.as_string()) && !value.as_string().empty() &&
      std::string_view("{[\"").find(value.as_string()[0]) == std::string_view::npos)
    return value.as_string();
  std::string out = value.dump();
  for (std::size_t at; (at = out.find("  ")) != std::string::npos;) out.replace(at + 1, 1, "\\u0020");
  return out;
}

// "project" and "place" are names that others use too.
std::string meta_name(const Writing& w, FieldId field) {
  const auto bare = [](const Statement& s) {
    return std::get<bib::Text>(s.value).lang.empty() && meta_text(to_json(s.value)) == plain(s.value);
  };
  const bool common = (field == FieldId::project || field == FieldId::place) && std::ranges::all_of(w.work.all(field), bare);
  return common ? std::string(bib::name(field)) : fmt::format("colophon:{}", bib::name(field));
}

// A further field under its own name: those of JATS as they were read, those of other formats with the format's name.
void write_extra(XmlOut& xml, const bib::Extra& extra) {
  static constexpr std::string_view kOwn = "jats:";
  const std::string_view name = extra.name;
  const std::size_t colon = name.find(':');
  const bool of_jats = name.starts_with(kOwn);
  const std::string_view bare = of_jats ? name.substr(kOwn.size()) : name;
  const std::string_view next = bare.substr(0, bare.find(':'));
  const bool known = colon != std::string_view::npos && is_extra_prefix(name.substr(0, colon)) && !bare.empty() &&
                     bare != "project" && bare != "place";
  const bool own = of_jats && bare.find(':') != std::string_view::npos && (next == "colophon" || is_extra_prefix(next));
  if (is_one_line(extra.text) && is_one_line(name) && known && !own) write_meta(xml, bare, extra.text);
  else write_meta(xml, "colophon:extra", meta_text(to_json(Value(extra))));
}

}  // namespace

std::span<const PlaceRow> places() { return kPlaces; }

void find_restored(Writing& w) {
  const bib::Work& work = w.work;
  for (const Statement& s : work.statements()) {
    if (s.field == FieldId::extra || s.field == FieldId::genre) continue;
    if (!has_place(s.field) || !is_plain(w, s.field, s.value) || (w.publishing() && is_event(s.field)))
      w.restored.insert(s.field);
  }
  const std::string genre = work.text(FieldId::genre);
  const bool lang = !genre.empty() && !std::get<bib::Text>(work.all(FieldId::genre)[0].value).lang.empty();
  const bool by_genre = !genre.empty() && !lang && ascii_lower(genre) == genre && is_one_line(genre) &&
                        type_of_article(genre) == work.type && !is_plain_type(genre);
  const std::string_view type = article_type_of(work.type);
  const bool by_type = genre.empty() && type_of_article(type) == work.type && is_plain_type(type);
  if (!by_genre && !by_type) w.restored.insert(FieldId::genre);
}

void write_custom_meta(Writing& w) {
  const bool type = w.restored.contains(FieldId::genre);
  const bool values = std::ranges::any_of(w.restored, [&](FieldId field) { return w.work.has(field); });
  if (!type && !values && w.extras.empty()) return;
  w.xml.open("custom-meta-group");
  if (type) write_meta(w.xml, "colophon:type", bib::name(w.work.type));
  for (const FieldId field : w.restored) {
    for (const Statement& s : w.work.all(field)) write_meta(w.xml, meta_name(w, field), meta_text(to_json(s.value)));
  }
  for (const bib::Extra* extra : w.extras) write_extra(w.xml, *extra);
  w.xml.close();
}

}  // namespace colophon::formats::jats

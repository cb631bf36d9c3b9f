// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "formats/jats/vocabulary.hpp"
#include "formats_xml/builder.hpp"

// Identifiers, titles, rights, links and further fields of journal-meta and article-meta. Beside it: people, dates, abstracts, funding.
namespace colophon::formats_xml {
namespace {

struct FieldRow {
  El el;
  FieldId field;
};

// clang-format off
constexpr FieldRow kFields[] = {
    {El::journal_title,        FieldId::container_title},
    {El::abbrev_journal_title, FieldId::container_short},
    {El::issn,                 FieldId::issn},
    {El::issn_l,               FieldId::issn},
    {El::isbn,                 FieldId::isbn},
    {El::publisher_name,       FieldId::publisher},
    {El::publisher_loc,        FieldId::publisher_place},
    {El::volume,               FieldId::volume},
    {El::issue,                FieldId::issue},
    {El::issue_title,          FieldId::volume_title},
    {El::elocation_id,         FieldId::article_number},
    {El::edition,              FieldId::edition},
    {El::series_title,         FieldId::collection_title},
    {El::article_version,      FieldId::version},
    {El::conf_name,            FieldId::event_title},
    {El::conf_loc,             FieldId::event_place},
    {El::subject,              FieldId::subject},
    {El::copyright_statement,  FieldId::copyright},
};

struct IdRow {
  std::string_view kind;
  FieldId field;
};
constexpr IdRow kIds[] = {
    {"doi", FieldId::doi},   {"pmid", FieldId::pmid},   {"pmc", FieldId::pmcid},     {"pmcid", FieldId::pmcid},
    {"arxiv", FieldId::arxiv}, {"isbn", FieldId::isbn}, {"handle", FieldId::handle}, {"url", FieldId::url}, {"uri", FieldId::url},
};

constexpr std::pair<std::string_view, std::string_view> kRelations[] = {
    {"corrected-article", "corrects"},      {"retracted-article", "retracts"},      {"addended-article", "supplements"}, {"commentary-article", "comments-on"},
    {"companion", "related"},               {"translated-article", "is-translation-of"}, {"translation", "has-translation"},  {"preprint", "has-preprint"},
    {"object-of-concern", "concerns"},      {"correction-forward", "is-corrected-by"},   {"retraction-forward", "is-retracted-by"}, {"updated-article", "is-version-of"},
    {"published-article", "is-preprint-of"}, {"peer-reviewed-article", "reviews"},   {"reviewed-article", "reviews"},             {"article-reference", "related"}, {"letter", "related"},
};
// clang-format on

template <class Rows, class Key>
auto find_row(const Rows& rows, const Key& key) {
  return std::ranges::find_if(rows, [&](const auto& row) { return row.first == key; });
}

}  // namespace

void JatsBuilder::close_field() {
  const El el = top().el;
  if (el == El::copyright_year) {
    if (article().copyright_year.empty()) article().copyright_year = plain();
    return;
  }
  const FieldId field = std::ranges::find(kFields, el, &FieldRow::el)->field;
  const bib::FieldRow& row = bib::row(field);
  if (row.cardinality == bib::Cardinality::one && stated(field)) return extra(name(el), plain());
  switch (row.kind) {
    case bib::FieldKind::text: return state(field, bib::Text{plain(), {}});
    case bib::FieldKind::rich: return state(field, rich());
    default: return code(field, plain());
  }
}

void JatsBuilder::close_article_id() {
  const auto found = std::ranges::find(kIds, kind(), &IdRow::kind);
  const std::string text = plain();
  if (within(El::book_meta) && article().kind != "book") {  // the book's own
    if (Result<bib::Doi> doi = bib::Doi::parse(text)) state(FieldId::related, bib::Link{"part-of", "doi", doi->str(), {}});
    return;
  }
  if (found != std::end(kIds)) return code(found->field, text);
  if (Result<bib::Doi> doi = bib::Doi::parse(text)) return state(FieldId::doi, bib::Code{doi->str()});
  if (kind().empty() && text.starts_with("http")) return code(FieldId::url, text);
  extra(kinded("article-id"), text);
}

// --- titles ------------------------------------------------------------------------------------------------------------------

void JatsBuilder::close_title() {
  const El around = parent();
  if (top().el == El::title && around != El::title_group) return;  // of a group of keywords and the like
  if (within(El::collection_meta)) return state(FieldId::collection_title, rich());
  if (within(El::book_meta) && article().kind != "book") return state(FieldId::container_title, rich());
  if (stated(FieldId::title)) return extra("article-title", plain());
  state(FieldId::title, rich());
}

void JatsBuilder::close_subtitle() {
  if (within(El::collection_meta) || (within(El::book_meta) && article().kind != "book")) return extra("subtitle", plain());
  if (stated(FieldId::subtitle)) return extra("subtitle", plain());
  state(FieldId::subtitle, rich());
}

// Journals, issues and series have titles in other languages, too.
void JatsBuilder::close_translated() {
  if (!within(El::title_group) && !within(El::book_title_group)) return extra(name(top().el), plain());
  state(FieldId::translated_title, arena_.rich(top().begin, translated_lang()));
}

void JatsBuilder::close_translated_subtitle() {
  auto& facts = article().facts;
  const bool follows = !facts.empty() && facts.back().field == FieldId::translated_title;
  if (!within(El::title_group) && !within(El::book_title_group)) return extra(name(top().el), plain());
  if (!follows) return state(FieldId::translated_title, arena_.rich(top().begin, translated_lang()));
  auto& title = std::get<bib::RichText>(facts.back().value);
  const bib::RichText more = rich();
  if (more.empty()) return;
  title.append(": ");
  for (const bib::Run& run : more.runs()) title.append(run);
}

void JatsBuilder::close_alternative_title() {
  const auto has = [&](std::string_view part) { return kind().find(part) != std::string_view::npos; };
  const bool authors = has("author") || has("left");  // what stands over the left page: "ALAMU et al."
  const bool running = kind().empty() || has("run") || has("short") || has("head");
  if (running && !authors && !stated(FieldId::short_title)) return state(FieldId::short_title, rich());
  extra(kinded("alt-title"), plain());
}

// --- pages -------------------------------------------------------------------------------------------------------------------

void JatsBuilder::close_page() {
  Article& a = article();
  std::string& where = top().el == El::fpage ? a.first_page : top().el == El::lpage ? a.last_page : a.page_range;
  if (where.empty()) where = plain();
}

void JatsBuilder::open_page_count(const XmlAttributes& attributes) {
  if (!stated(FieldId::number_of_pages)) code(FieldId::number_of_pages, attributes.get("count"));
}

// --- rights and links --------------------------------------------------------------------------------------------------------

void JatsBuilder::open_license(const XmlAttributes& attributes) { license_href_ = attributes.get("href"); }

void JatsBuilder::close_license_ref() {
  const std::string text = plain();
  if (license_href_.empty() || !bib::Licence::parse(license_href_)) license_href_ = text;
  else if (text != license_href_) extra("license_ref", text);
}

// The address says more than the prose; an address in the prose more than none.
void JatsBuilder::close_license() {
  const std::string text = plain();
  if (!stated(FieldId::license)) {
    if (!license_href_.empty()) {
      code(FieldId::license, license_href_);
    } else if (const std::size_t at = text.find("creativecommons.org/"); at != std::string::npos) {
      code(FieldId::license, text.substr(at, text.find_first_of(" )>,;", at) - at));
    } else {
      for (const bib::RichText prose = rich(); const bib::Run& run : prose.runs()) {
        if (run.href.find("creativecommons.org/") != std::string::npos && !stated(FieldId::license))
          code(FieldId::license, run.href);
      }
    }
  }
  extra("license", text);
  license_href_.clear();
}

void JatsBuilder::open_self_uri(const XmlAttributes& attributes) {
  const std::string_view href = attributes.get("href");
  if (href.starts_with("http://") || href.starts_with("https://")) return code(FieldId::url, href);
  extra("self-uri", std::string(href));
}

void JatsBuilder::open_related(const XmlAttributes& attributes) {
  const std::string_view href = attributes.get("href");
  const std::string sort = ascii_lower(attributes.get("ext-link-type"));
  const auto relation = find_row(kRelations, kind());
  related_ = {relation != std::end(kRelations) ? std::string(relation->second) : "related", {}, {}, {}};
  if (Result<bib::Doi> doi = bib::Doi::parse(href)) related_.scheme = "doi", related_.target = doi->str();
  else if (sort == "pmid" || sort == "pubmed") related_.scheme = "pmid", related_.target = href;
  else if (sort == "pmcid" || sort == "pmc") related_.scheme = "pmcid", related_.target = href;
  else if (!href.empty()) related_.scheme = "url", related_.target = href;
}

void JatsBuilder::close_related() {
  related_.text = plain();
  state(FieldId::related, related_);
}

void JatsBuilder::close_product() { state(FieldId::related, bib::Link{"reviews", {}, {}, plain()}); }

// --- further fields ----------------------------------------------------------------------------------------------------------

void JatsBuilder::close_meta_name() { meta_name_ = plain(); }

void JatsBuilder::close_meta_value() {
  if (restore_meta(meta_name_, plain())) return;
  const std::string key = ascii_lower(meta_name_);
  if (key == "project" || key == "place")
    return state(key == "project" ? FieldId::project : FieldId::place, bib::Text{plain(), {}});
  extra(meta_name_.empty() ? "custom-meta" : meta_name_, plain());
}

// What our own writer kept where JATS has no place: "colophon:FIELD" in plain text or JSON, or a further field of another format.
bool JatsBuilder::restore_meta(std::string_view name, const std::string& text) {
  static constexpr std::string_view kOwn = "colophon:";
  if (!name.starts_with(kOwn)) {
    const std::size_t colon = name.find(':');
    const bool further = colon != std::string_view::npos && formats::jats::is_extra_prefix(name.substr(0, colon));
    if (further) state(FieldId::extra, bib::Extra{std::string(name), text});
    return further;
  }
  name.remove_prefix(kOwn.size());
  if (const std::optional<bib::WorkType> type = name == "type" ? bib::work_type_named(text) : std::nullopt)
    return article().restored_type = *type, true;
  const std::optional<FieldId> field = bib::field_named(name);
  const bool json = !text.empty() && std::string_view("{[\"").find(text[0]) != std::string_view::npos;
  const Result<Json> parsed = json ? Json::parse(text) : Result<Json>(Json(text));
  if (!field || !parsed) return false;
  Result<bib::Value> value = bib::value_from_json(*field, *parsed);
  if (!value || bib::is_empty(*value)) return false;
  if (*field == FieldId::extra) state(*field, std::move(*value));
  else article().restored.push_back({*field, std::move(*value), origin(), {}});
  return true;
}

void JatsBuilder::close_content_language() {
  const std::string language = plain();
  if (article().lang.empty()) article().lang = language;
  else if (language != article().lang) code(FieldId::language, language);
}

void JatsBuilder::close_extra() { extra(name(top().el), plain()); }

void JatsBuilder::open_note(const XmlAttributes& attributes) {
  const std::string id(attributes.get("id"));
  if (!id.empty() && !kind().empty()) article().note_kinds[id] = kind();
}

void JatsBuilder::close_note() {
  if (within(El::article_title) || within(El::subtitle)) return;  // a mark on the title
  extra(kinded(top().el == El::fn ? "author-notes" : "notes"), plain());
}

// --- at the end of an article ------------------------------------------------------------------------------------------------

void JatsBuilder::settle_metadata(Article& a) {
  settle_date(a);
  std::string pages = a.page_range;
  if (!a.first_page.empty())
    pages = a.last_page.empty() || a.last_page == a.first_page ? a.first_page : a.first_page + "–" + a.last_page;
  if (!pages.empty())
    a.facts.push_back({FieldId::page, bib::Code{squeeze(pages)}, {.line = a.line, .path = "article/front/article-meta"}, {}});
  if (a.lang.empty()) return;
  const auto others = std::ranges::find(a.facts, FieldId::language, &bib::Statement::field);
  a.facts.insert(others, {FieldId::language, bib::Code{a.lang}, {.line = a.line, .path = "article"}, {}});
}

}  // namespace colophon::formats_xml

// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "web/pages/body.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/words.hpp"

namespace colophon::web {
namespace {

using bib::FieldId;

// --- values --------------------------------------------------------------------------------------------------------------

template <class Identifier>
std::string url_of(std::string_view value) {
  const Result<Identifier> parsed = Identifier::parse(value);
  return parsed ? parsed->url() : "";
}

struct LinkRow {
  FieldId field;
  std::string (*url)(std::string_view value);
};
/// Fields whose values lead somewhere.
constexpr std::array kLinks = {
    LinkRow{FieldId::doi, url_of<bib::Doi>},
    LinkRow{FieldId::arxiv, url_of<bib::ArxivId>},
    LinkRow{FieldId::handle, url_of<bib::Handle>},
    LinkRow{FieldId::license, url_of<bib::Licence>},
    LinkRow{FieldId::url, [](std::string_view value) { return std::string(value); }},
    LinkRow{FieldId::pmid, [](std::string_view value) { return "https://pubmed.ncbi.nlm.nih.gov/" + std::string(value) + "/"; }},
    LinkRow{FieldId::pmcid,
            [](std::string_view value) { return "https://www.ncbi.nlm.nih.gov/pmc/articles/" + std::string(value) + "/"; }},
};

Html linked(std::string_view url, std::string_view text) {
  const Href href = Href::to(url);
  if (url.empty() || href.str() == "#") return Html().text(text);
  return Html().put("<a href=\"{}\" rel=\"noopener noreferrer\">{}</a>", href, text);
}

struct FilterRow {
  FieldId field;
  std::string_view facet;
};
/// Fields whose values lead to a search for them.
constexpr std::array kSearches = {FilterRow{FieldId::project, "project"}, FilterRow{FieldId::place, "place"},
                                  FilterRow{FieldId::language, "language"}};

Html searched(std::string_view facet, std::string_view value, std::string_view label) {
  SearchQuery query{.filters = {{std::string(facet), {std::string(value)}}}};
  return Html().put("<a href=\"{}\">{}</a>", Href::to(search_path(query)), label);
}

Html code_value(FieldId field, const std::string& value) {
  if (const auto row = std::ranges::find(kLinks, field, &LinkRow::field); row != kLinks.end())
    return linked(row->url(value), value);
  const std::string label = field == FieldId::language ? language_name(value) : value;
  if (const auto row = std::ranges::find(kSearches, field, &FilterRow::field); row != kSearches.end())
    return searched(row->facet, value, label);
  return Html().text(label);
}

Html link_value(const bib::Link& link) {
  const std::string url = link.scheme == "doi" ? url_of<bib::Doi>(link.target) : link.scheme == "url" ? link.target : "";
  Html out;
  if (!link.text.empty()) out.put("{} ", link.text);
  if (!url.empty() && link.text.find(link.target) == std::string::npos) out.put(linked(url, link.target));
  if (out.empty()) out.put("{}", link.target);
  return out;
}

Html value_html(const bib::Statement& statement) {
  if (const auto* text = std::get_if<bib::RichText>(&statement.value)) return rich(*text);
  if (const auto* code = std::get_if<bib::Code>(&statement.value)) return code_value(statement.field, code->value);
  if (const auto* link = std::get_if<bib::Link>(&statement.value)) return link_value(*link);
  const std::string text = bib::plain(statement.value);
  if (std::ranges::find(kSearches, statement.field, &FilterRow::field) != kSearches.end() ||
      std::ranges::find(kLinks, statement.field, &LinkRow::field) != kLinks.end())
    return code_value(statement.field, text);
  return Html().text(text);
}

std::string language_of(const bib::Value& value) {
  if (const auto* text = std::get_if<bib::Text>(&value)) return text->lang;
  if (const auto* rich_text = std::get_if<bib::RichText>(&value)) return rich_text->lang;
  return {};
}

// --- the head ------------------------------------------------------------------------------------------------------------

Html person(const bib::Contributor& contributor) {
  Html out;
  out.text(bib::display_form(contributor.name));
  if (const Result<bib::Orcid> orcid = bib::Orcid::parse(contributor.orcid)) {
    out.put(" <a class=\"tag\" href=\"{}\" rel=\"noopener noreferrer\">ORCID<span class=\"unseen\"> of {}</span></a>",
            Href::to(orcid->url()), bib::display_form(contributor.name));
  }
  return out;
}

Html people(const bib::NameList& list) {
  Html out;
  for (std::size_t i = 0; i < list.names.size(); ++i) {
    if (i > 0) out.put(", ");
    out.put(person(list.names[i]));
  }
  if (list.others) out.put(" and others");
  return out;
}

Html affiliations(const bib::NameList& list) {
  Html out;
  for (const bib::Affiliation& affiliation : list.affiliations) {
    const std::string& text = affiliation.text.empty() ? affiliation.institution : affiliation.text;
    out.put(out.empty() ? Html().text(text) : Html().put(" · {}", text));
  }
  return out;
}

Html tags(const app::WorkView& view) {
  const std::string reviewed = view.record.text(FieldId::peer_reviewed);
  const std::string language = view.record.text(FieldId::language);
  Html out;
  out.put("<div class=\"row\"><span class=\"tag\">{}</span>", bib::row(view.record.type).label);
  if (!language.empty()) out.put("<span class=\"tag\">{}</span>", language_name(language));
  if (reviewed == "yes" || reviewed == "true") out.put("<span class=\"tag open\">Peer reviewed</span>");
  if (!view.files.empty()) out.put("<span class=\"tag open\">Full text here</span>");
  return out.put("</div>\n");
}

Html record_head(const app::WorkView& view) {
  const bib::Work& work = view.record;
  const bib::NameList* authors = work.names(FieldId::author);
  const bib::NameList* shown = authors ? authors : work.names(FieldId::editor);
  Html out;
  const std::string title = work.full_title();
  const std::string lang = work.text(FieldId::language);
  out.put("<h1{}>{}</h1>\n", Attribute::lang(lang), title.empty() ? "Without title" : title);
  if (shown) out.put("<p class=\"byline\">{}{}</p>\n", people(*shown), authors ? "" : " (editing)");
  if (shown && !shown->affiliations.empty()) out.put("<p class=\"meta\">{}</p>\n", affiliations(*shown));
  return out.put(tags(view));
}

Html abstracts(const bib::Work& work) {
  Html out;
  for (const bib::Statement& statement : work.all(FieldId::abstract)) {
    out.put("<div class=\"abstract\"{}>{}</div>\n", Attribute::lang(language_of(statement.value)), value_html(statement));
  }
  return out.empty() ? out : Html().put("<h2>Abstract</h2>\n{}", out);
}

// --- details -------------------------------------------------------------------------------------------------------------

/// Shown elsewhere on the page.
constexpr std::array kElsewhere = {FieldId::title,     FieldId::subtitle, FieldId::author,      FieldId::abstract,
                                   FieldId::reference, FieldId::extra,    FieldId::citation_key};

/// Short values of one field share a line.
bool is_short(bib::FieldKind kind) { return kind == bib::FieldKind::text || kind == bib::FieldKind::code; }

Html values_html(std::span<const bib::Statement> values, bool one_line) {
  Html line;
  Html out;
  for (const bib::Statement& statement : values) {
    const Attribute lang = Attribute::lang(language_of(statement.value));
    if (one_line) line.put(line.empty() ? Html() : Html().put(" · ")).put("<span{}>{}</span>", lang, value_html(statement));
    if (!one_line) out.put("<dd{}>{}</dd>", lang, value_html(statement));
  }
  return one_line ? Html().put("<dd>{}</dd>", line) : out;
}

Html facts(const app::WorkView& view) {
  Html out;
  for (const bib::FieldRow& field : bib::fields()) {
    const auto values = view.record.all(field.id);
    if (values.empty() || std::ranges::find(kElsewhere, field.id) != kElsewhere.end()) continue;
    out.put("<dt>{}</dt>{}\n", field.label, values_html(values, is_short(field.kind) && values.size() > 1));
  }
  out.put("<dt>Permanent link</dt><dd><a href=\"/r/{}\">/r/{}</a></dd>\n", view.id, view.id);
  return Html().put("<h2>Details</h2>\n<dl class=\"facts\">\n{}</dl>\n", out);
}

Html list_details(const bib::Work& work, FieldId field, std::string_view label) {
  const auto values = work.all(field);
  Html out;
  if (values.empty()) return out;
  out.put("<details class=\"more\"><summary>{} ({})</summary>\n<ol>\n", label, values.size());
  for (const bib::Statement& statement : values) out.put("<li>{}</li>\n", value_html(statement));
  return out.put("</ol>\n</details>\n");
}

// --- where values come from ----------------------------------------------------------------------------------------------

struct KindRow {
  std::string_view kind;
  std::string_view label;
};
constexpr std::array kKinds = {KindRow{"person", "a person's edit"}, KindRow{"publication", "publication here"},
                               KindRow{"jats", "JATS article"}, KindRow{"bibliographic", "bibliographic entry"},
                               KindRow{"pdf", "PDF"}};

std::string kind_label(const std::string& kind) {
  const auto row = std::ranges::find(kKinds, kind, &KindRow::kind);
  return row == kKinds.end() ? kind : std::string(row->label);
}

std::string place_of(const bib::Origin& origin) {
  if (origin.page > 0) return "page " + std::to_string(origin.page);
  if (origin.line > 0) return "line " + std::to_string(origin.line);
  return {};
}

Html source_cell(const app::WorkView& view, const bib::Statement& statement) {
  const auto source = std::ranges::find(view.sources, statement.source, &app::SourceView::id);
  Html out;
  out.text(source == view.sources.end() ? statement.source : kind_label(source->kind));
  if (const std::string place = place_of(statement.origin); !place.empty()) out.put(", {}", place);
  if (!statement.source.empty()) out.put(" <span class=\"soft\">{}</span>", statement.source);
  return out;
}

Html origin_table(const app::WorkView& view, std::span<const bib::Statement> statements, std::string_view caption) {
  Html out;
  out.put(
      "<table><caption>{}</caption><thead><tr><th scope=\"col\">Field</th><th scope=\"col\">Value</th><th "
      "scope=\"col\">From</th></tr></thead><tbody>\n",
      caption);
  for (const bib::Statement& statement : statements) {
    if (statement.field == FieldId::reference) continue;
    out.put("<tr><td>{}</td><td{}>{}</td><td>{}</td></tr>\n", bib::row(statement.field).label,
            Attribute::lang(language_of(statement.value)), ellipsis(bib::plain(statement.value), 140),
            source_cell(view, statement));
  }
  return out.put("</tbody></table>\n");
}

Html provenance(const app::WorkView& view) {
  Html out;
  out.put("<details class=\"more\"><summary>Where each value comes from</summary>\n<div class=\"wide\">\n{}",
          origin_table(view, view.record.statements(), "What this page says, and which source says it"));
  if (!view.rejected.empty()) out.put(origin_table(view, view.rejected, "What other sources say, and was not taken"));
  return out.put("</div>\n</details>\n");
}

// --- the rail ------------------------------------------------------------------------------------------------------------

Html file_note(const app::FileView& file) {
  Html out;
  const auto part = [&](std::string_view text) {
    if (!text.empty()) out.put(out.empty() ? Html().text(text) : Html().put(" · {}", text));
  };
  part(spaced(file.role));
  part(file.stage == "unknown" ? "" : file.stage);
  part(file.size > 0 ? size_text(file.size) : "");
  part(file.licence);
  return out;
}

Html file_item(const app::WorkView& view, const app::FileView& file) {
  const bool pdf = file.media == "application/pdf";
  const Attribute look = Attribute::named("class").is(pdf ? "button go" : "button");
  return Html().put("<li><a href=\"/r/{}/file/{}\"{}>{}</a><br><span class=\"soft\">{}</span></li>\n", view.id, file.number, look,
                    pdf ? std::string("Read the PDF") : file.name, file_note(file));
}

Html files(const app::WorkView& view) {
  Html out;
  for (const app::FileView& file : view.files) out.put(file_item(view, file));
  const bool text = has_text(view);
  if (out.empty() && !text)
    return Html().put("<section><h2>Full text</h2><p class=\"soft\">{}</p></section>\n",
                      view.has_closed_text ? "Not open to you." : "Not held here, or not open.");
  Html section;
  section.put("<section><h2>Full text</h2>\n");
  if (!out.empty()) section.put("<ul class=\"files\">\n{}</ul>\n", out);
  if (text) section.put("<p class=\"row\"><a href=\"/r/{}/text\">Read and search the text</a></p>\n", view.id);
  if (!view.reviews.empty()) section.put("<p class=\"row\"><a href=\"/r/{}/reviews\">Read its peer review</a></p>\n", view.id);
  return section.put("</section>\n");
}

Html cite_box(const app::WorkView& view) {
  Html out;
  out.put("<section><h2>Cite</h2>\n<p class=\"cite\">{}</p>\n", citation(view.record));
  return out.put(
      "<p class=\"row\"><a href=\"/r/{}.bib\">BibTeX</a><a href=\"/r/{}.csl.json\">CSL JSON</a><a href=\"/r/{}.json\">All "
      "fields</a></p></section>\n",
      view.id, view.id, view.id);
}

/// Nothing where there is none.
Html similar_box(const app::WorkView& view, const std::vector<indexer::Hit>& similar) {
  Html out;
  if (similar.empty()) return out;
  out.put("<section><h2>Similar publications</h2>\n<ul class=\"files\">\n");
  for (const indexer::Hit& hit : similar) {
    const std::string year = hit.year ? std::to_string(hit.year) : "";
    out.put("<li><a href=\"/r/{}\"{}>{}</a><br><span class=\"soft\">{}</span></li>\n", hit.id, Attribute::lang(hit.language),
            hit.title.empty() ? "Without title" : ellipsis(hit.title, 120), byline(hit.authors, "", year));
  }
  return out.put("</ul>\n<p class=\"row\"><a href=\"{}\">More like this</a></p></section>\n",
                 Href::to(search_path({.like = view.id})));
}

// --- for citation managers -----------------------------------------------------------------------------------------------

struct MetaRow {
  FieldId field;
  std::string_view name;
};
constexpr std::array kMeta = {MetaRow{FieldId::container_title, "citation_journal_title"},
                              MetaRow{FieldId::volume, "citation_volume"},
                              MetaRow{FieldId::issue, "citation_issue"},
                              MetaRow{FieldId::doi, "citation_doi"},
                              MetaRow{FieldId::isbn, "citation_isbn"},
                              MetaRow{FieldId::publisher, "citation_publisher"},
                              MetaRow{FieldId::language, "citation_language"}};

Html citation_meta(const Frame& frame, const app::WorkView& view) {
  Html out;
  const auto meta = [&](std::string_view name, std::string_view content) {
    if (!content.empty()) out.put("<meta name=\"{}\" content=\"{}\">\n", name, content);
  };
  meta("citation_title", view.record.full_title());
  if (const bib::NameList* authors = view.record.names(FieldId::author)) {
    for (const bib::Contributor& author : authors->names) meta("citation_author", bib::sorted_form(author.name));
  }
  if (const bib::Date* issued = view.record.date(FieldId::issued)) meta("citation_publication_date", bib::to_edtf(*issued));
  for (const MetaRow& row : kMeta) meta(row.name, view.record.text(row.field));
  const auto pdf = std::ranges::find(view.files, "application/pdf", &app::FileView::media);
  if (pdf != view.files.end() && !frame.base_url.empty())
    meta("citation_pdf_url", frame.base_url + "/r/" + view.id + "/file/" + std::to_string(pdf->number));
  if (!frame.base_url.empty()) out.put("<link rel=\"canonical\" href=\"{}\">\n", Href::to(frame.base_url + "/r/" + view.id));
  return out;
}

/// What there is to read: the sections of the text.
Html in_the_text(const app::WorkView& view, const bib::Document& body) {
  const Html contents = body_contents(body, view.id);
  return contents.empty() ? contents : Html().put("<h2>In this text</h2>\n{}", contents);
}

}  // namespace

std::string citation(const bib::Work& work) {
  const bib::NameList* authors = work.names(FieldId::author);
  std::string out = authors ? bib::long_form(*authors) : std::string();
  const auto add = [&](std::string_view before, const std::string& text, std::string_view after = {}) {
    if (!text.empty()) out += (out.empty() ? "" : std::string(before)) + text + std::string(after);
  };
  const auto year = work.year();
  add(" ", year ? "(" + std::to_string(*year) + ")" : work.text(FieldId::issued));
  add(". ", work.full_title());
  add(". ", work.text(FieldId::container_title));
  add(" ", work.text(FieldId::volume));
  add(work.has(FieldId::volume) ? "" : " ", work.has(FieldId::issue) ? "(" + work.text(FieldId::issue) + ")" : "");
  add(", ", work.text(FieldId::page));
  if (!work.has(FieldId::container_title)) add(". ", work.text(FieldId::publisher));
  const std::string doi = url_of<bib::Doi>(work.text(FieldId::doi));
  add(". ", doi.empty() ? work.text(FieldId::url) : doi);
  return out;
}

Html record_page(const Frame& frame,
                 const app::WorkView& view,
                 const bib::Document& body,
                 const std::vector<indexer::Hit>& similar) {
  Html content;
  content.put("<div class=\"record\">\n<article>\n{}{}{}{}", record_head(view), abstracts(view.record), in_the_text(view, body),
              facts(view));
  content.put("{}{}{}</article>\n", list_details(view.record, FieldId::reference, "References"),
              list_details(view.record, FieldId::extra, "Further fields of its sources"), provenance(view));
  content.put("<aside class=\"rail\" aria-label=\"Full text, citation and what is like it\">\n{}{}{}</aside>\n</div>\n",
              files(view), cite_box(view), similar_box(view, similar));
  return page(frame, {.title = ellipsis(view.record.full_title(), 90), .meta = citation_meta(frame, view)}, content);
}

Html tombstone_page(const Frame& frame, const app::WorkView& view) {
  Html content;
  content.put("<h1>Withdrawn</h1>\n<p>The publication that stood here under <b>{}</b> was withdrawn.</p>\n", view.id);
  if (!view.reason.empty()) content.put("<p>{}</p>\n", view.reason);
  content.put("<p><a href=\"/\">To the beginning</a></p>\n");
  return page(frame, {.title = "Withdrawn"}, content);
}

}  // namespace colophon::web

// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/text.hpp"
#include "web/assets.hpp"
#include "web/pages/body.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/words.hpp"

namespace colophon::web {
namespace {

using bib::FieldId;

Html find_here(const app::WorkView& view, std::string_view query) {
  return Html().put(
      "<form class=\"find\" action=\"/r/{}/text\"><label class=\"unseen\" for=\"mark\">Words to mark in this text</label>"
      "<input type=\"search\" id=\"mark\" name=\"q\" value=\"{}\" placeholder=\"Words to mark\"><button>Mark</button></form>\n",
      view.id, query);
}

Html head(const app::WorkView& view, std::string_view lang) {
  const bib::NameList* authors = view.record.names(FieldId::author);
  const std::string title = view.record.full_title();
  Html out;
  out.put("<h1{}>{}</h1>\n", Attribute::lang(lang), title.empty() ? "Without title" : title);
  if (authors) out.put("<p class=\"byline\">{}</p>\n", bib::long_form(*authors));
  out.put("<p class=\"row tools\"><a href=\"/r/{}\">About this publication, and how to cite it</a>", view.id);
  const auto pdf = std::ranges::find(view.files, "application/pdf", &app::FileView::media);
  if (pdf != view.files.end()) out.put("<a href=\"/r/{}/file/{}\">Read the PDF</a>", view.id, pdf->number);
  if (!view.reviews.empty()) out.put("<a href=\"/r/{}/reviews\">Read its peer review</a>", view.id);
  return out.put("</p>\n");
}

Html abstracts(const bib::Work& work) {
  Html out;
  for (const bib::Statement& statement : work.all(FieldId::abstract)) {
    if (const auto* text = std::get_if<bib::RichText>(&statement.value))
      out.put("<div class=\"abstract\"{}>{}</div>\n", Attribute::lang(text->lang), rich(*text));
  }
  return out.empty() ? out : Html().put("<section id=\"abstract\">\n<h2 lang=\"en\">Abstract</h2>\n{}</section>\n", out);
}

}  // namespace

Html reading_page(const Frame& frame, const app::WorkView& view, const bib::Document& body, std::string_view query) {
  COLOPHON_ASSERT(!body.empty());
  const std::string title = view.record.full_title();
  const std::string lang = body.lang.empty() ? view.record.text(FieldId::language) : body.lang;
  Html content, style;
  style.put("<link rel=\"stylesheet\" href=\"{}\">\n", Href::to(asset_path("reading.css")));
  content.put("<div class=\"reading\">\n{}<article>\n{}{}", body_contents(body), head(view, lang), find_here(view, query));
  content.put(
      "<div class=\"text\"{}>\n{}{}</div>\n</article>\n</div>\n", Attribute::lang(lang), abstracts(view.record),
      body_html(body, {.query = query, .work = view.id, .files = view.files, .references = view.record.all(FieldId::reference)}));
  return page(frame, {.title = "Reading: " + ellipsis(title, 80), .query = std::string(query), .meta = style}, content);
}

}  // namespace colophon::web

// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.hpp"

#include <algorithm>

#include "web/pages/pages.hpp"
#include "web/pages/words.hpp"

namespace colophon::web {
namespace {

std::size_t position_of(const std::vector<bib::Passage>& passages, const TextPlace& place) {
  const auto matches = [&](const bib::Passage& p) {
    return place.page > 0 ? p.page == place.page : !place.section.empty() && p.section == place.section;
  };
  const auto found = std::ranges::find_if(passages, matches);
  if (found != passages.end()) return static_cast<std::size_t>(found - passages.begin());
  return place.position >= 1 && place.position <= passages.size() ? place.position - 1 : 0;
}

std::string label_of(const bib::Passage& passage, std::size_t position) {
  if (passage.page > 0 && passage.kind == "page") return "Page " + std::to_string(passage.page);
  if (!passage.section.empty())
    return passage.section +
           (passage.kind == "section" || passage.kind == "reference" || passage.kind.empty() ? "" : " (" + passage.kind + ")");
  return "Part " + std::to_string(position + 1);
}

Html passage_link(
    const app::WorkView& view, std::size_t position, std::string_view query, const Attribute& attribute, std::string_view label) {
  const bib::Passage& passage = view.passages[position];
  if (passage.page > 0 && passage.kind == "page")
    return Html().put("<a href=\"/r/{}/text?page={}&amp;q={}\"{}>{}</a>", view.id, passage.page, query, attribute, label);
  return Html().put("<a href=\"/r/{}/text?at={}&amp;q={}\"{}>{}</a>", view.id, position + 1, query, attribute, label);
}

Html contents(const app::WorkView& view, std::size_t current, std::string_view query) {
  Html out;
  out.put("<nav class=\"contents\" aria-label=\"Contents\"><ol>\n");
  for (std::size_t i = 0; i < view.passages.size(); ++i) {
    const Attribute mark = i == current ? Attribute::named("aria-current").is("page") : Attribute::none();
    out.put("<li>{}</li>\n", passage_link(view, i, query, mark, ellipsis(label_of(view.passages[i], i), 80)));
  }
  return out.put("</ol></nav>\n");
}

Html paragraphs(const bib::Passage& passage, std::string_view query) {
  WordMarker marker(query, passage.lang);
  Html out;
  for (const std::string_view paragraph : split(passage.text, '\n')) {
    if (!trim(paragraph).empty()) out.put("<p>{}</p>\n", marker.mark(trim(paragraph)));
  }
  return Html().put("<div class=\"text\"{}>\n{}</div>\n", Attribute::lang(passage.lang), out);
}

Html find_here(const app::WorkView& view, std::size_t position, std::string_view query) {
  return Html().put(
      "<form class=\"find\" action=\"/r/{}/text\"><input type=\"hidden\" name=\"at\" value=\"{}\"><label class=\"unseen\" "
      "for=\"mark\">Words to mark in this text</label>"
      "<input type=\"search\" id=\"mark\" name=\"q\" value=\"{}\" placeholder=\"Words to mark\"><button>Mark</button></form>\n",
      view.id, position + 1, query);
}

Html steps(const app::WorkView& view, std::size_t position, std::string_view query) {
  const auto pdf = std::ranges::find(view.files, "application/pdf", &app::FileView::media);
  const std::uint32_t page_number = view.passages[position].page;
  Html out;
  out.put("<div class=\"row tools\">");
  if (position > 0) out.put(passage_link(view, position - 1, query, Attribute::named("rel").is("prev"), "Previous"));
  if (position + 1 < view.passages.size())
    out.put(passage_link(view, position + 1, query, Attribute::named("rel").is("next"), "Next"));
  if (pdf != view.files.end() && page_number > 0)
    out.put("<a href=\"/r/{}/file/{}#page={}\">This page in the PDF</a>", view.id, pdf->number, page_number);
  return out.put("</div>\n");
}

}  // namespace

bool has_text(const app::WorkView& view) {
  return std::ranges::any_of(view.passages, [](const bib::Passage& passage) { return passage.kind != "record"; });
}

std::string section_at(const app::WorkView& view, const TextPlace& place) {
  const bool any = place.page > 0 || !place.section.empty() || place.position > 0;
  return any && !view.passages.empty() ? view.passages[position_of(view.passages, place)].anchor : std::string();
}

Html text_page(const Frame& frame, const app::WorkView& view, const TextPlace& place, std::string_view query) {
  COLOPHON_ASSERT(has_text(view));
  const std::size_t position = position_of(view.passages, place);
  const bib::Passage& passage = view.passages[position];
  const std::string label = label_of(passage, position);
  const std::string title = view.record.full_title();
  Html content;
  content.put("<div class=\"reading\">\n<div>\n<p class=\"meta\"><a href=\"/r/{}\">{}</a></p>\n{}</div>\n", view.id, title,
              contents(view, position, query));
  content.put("<article>\n<h1{}>{}</h1>\n{}{}{}{}</article>\n</div>\n", Attribute::lang(passage.lang), label,
              steps(view, position, query), find_here(view, position, query), paragraphs(passage, query),
              steps(view, position, query));
  return page(frame, {.title = ellipsis(label, 40) + " of " + ellipsis(title, 60), .query = std::string(query)}, content);
}

}  // namespace colophon::web

// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.hpp"
#include "bib/identifiers.hpp"
#include "web/assets.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/words.hpp"

namespace colophon::web {
namespace {

using bib::PeerReview;

Html written_by(const PeerReview& review) {
  Html out;
  for (const bib::Contributor& one : review.reviewers) {
    if (!out.empty()) out.put(", ");
    out.text(bib::display_form(one.name));
    if (const Result<bib::Orcid> orcid = bib::Orcid::parse(one.orcid))
      out.put(" <a class=\"tag\" href=\"{}\" rel=\"noopener noreferrer\">ORCID<span class=\"unseen\"> of {}</span></a>",
              Href::to(orcid->url()), bib::display_form(one.name));
  }
  return out.empty() ? Html().text("Not named") : out;
}

/// "Round 2 · major revision · 7 March 2026 · Jane Okafor"
Html facts(const PeerReview& review) {
  Html out;
  const auto part = [&](const Html& text) {
    if (!text.empty()) out.put(out.empty() ? text : Html().put(" · {}", text));
  };
  part(Html().text(review.title.empty() ? "" : bib::label(review.kind)));
  part(Html().text(review.round > 0 ? "round " + std::to_string(review.round) : ""));
  part(Html().text(spaced(review.recommendation)));
  part(Html().text(review.date ? bib::to_display(*review.date) : ""));
  part(written_by(review));
  return Html().put("<p class=\"soft\">{}</p>\n", out);
}

Html one(const PeerReview& review, std::size_t number) {
  Html text;
  for (const bib::RichText& paragraph : review.paragraphs)
    text.put("<p{}>{}</p>\n", Attribute::lang(paragraph.lang), rich(paragraph));
  const Html interests = review.competing_interests.empty()
                             ? Html()
                             : Html().put("<p><b>Competing interests:</b> {}</p>\n", review.competing_interests);
  const std::string id = "review" + std::to_string(number);
  Html out;
  out.put("<section class=\"review\" id=\"{}\" aria-labelledby=\"{}-title\">\n", id, id);
  out.put("<h2 id=\"{}-title\"{}>{}</h2>\n", id, Attribute::lang(review.title.empty() ? "" : review.lang),
          review.title.empty() ? std::string(bib::label(review.kind)) : review.title);
  return out.put("{}{}<div class=\"text\"{}>\n{}</div>\n</section>\n", facts(review), interests, Attribute::lang(review.lang),
                 text);
}

Html contents(const app::WorkView& view) {
  Html out;
  for (std::size_t i = 0; i < view.reviews.size(); ++i) {
    const PeerReview& review = view.reviews[i];
    const bool named = !review.title.empty();
    out.put("<li{}><a href=\"#review{}\">{}</a></li>\n", Attribute::lang(named ? review.lang : ""), i + 1,
            ellipsis(named ? review.title : std::string(bib::label(review.kind)), 90));
  }
  return Html().put("<nav class=\"contents\" aria-label=\"Contents\"><ol>\n{}</ol></nav>\n", out);
}

}  // namespace

Html reviews_page(const Frame& frame, const app::WorkView& view) {
  COLOPHON_ASSERT(!view.reviews.empty());
  const std::string title = view.record.full_title();
  Html content, style;
  style.put("<link rel=\"stylesheet\" href=\"{}\">\n", Href::to(asset_path("reading.css")));
  content.put("<div class=\"reading\">\n{}<article>\n<h1>Peer review of “<span{}>{}</span>”</h1>\n", contents(view),
              Attribute::lang(view.record.text(bib::FieldId::language)), title.empty() ? "a publication without title" : title);
  content.put(
      "<p class=\"soft\">As it was published with the article. Search does not look into it.</p>\n"
      "<p class=\"row tools\"><a href=\"/r/{}\">About this publication</a></p>\n",
      view.id);
  for (std::size_t i = 0; i < view.reviews.size(); ++i) content.put(one(view.reviews[i], i + 1));
  content.put("</article>\n</div>\n");
  return page(frame, {.title = "Peer review: " + ellipsis(title, 80), .meta = style}, content);
}

}  // namespace colophon::web

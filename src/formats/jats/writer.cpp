// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/jats/writer.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "bib/language_tag.hpp"
#include "formats/jats/parts.hpp"
#include "formats/jats/peer_review.hpp"

#include <fmt/format.h>

namespace colophon::formats {
namespace {

using namespace jats;

struct DtdRow {
  Style style;
  std::string_view number;
  std::string_view public_id, system_id;
};
constexpr DtdRow kDtds[] = {
    {{Version::v1_3, TagSet::archiving},
     "1.3",
     "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD with MathML3 v1.3 20210610//EN",
     "https://jats.nlm.nih.gov/archiving/1.3/JATS-archivearticle1-3-mathml3.dtd"},
    {{Version::v1_3, TagSet::publishing},
     "1.3",
     "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD with MathML3 v1.3 20210610//EN",
     "https://jats.nlm.nih.gov/publishing/1.3/JATS-journalpublishing1-3-mathml3.dtd"},
    {{Version::v1_4, TagSet::archiving},
     "1.4",
     "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD with MathML3 v1.4 20241031//EN",
     "https://jats.nlm.nih.gov/archiving/1.4/JATS-archivearticle1-4-mathml3.dtd"},
    {{Version::v1_4, TagSet::publishing},
     "1.4",
     "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD with MathML3 v1.4 20241031//EN",
     "https://jats.nlm.nih.gov/publishing/1.4/JATS-journalpublishing1-4-mathml3.dtd"},
};

const DtdRow& dtd_of(Style style) {
  return *std::ranges::find_if(
      kDtds, [&](const DtdRow& row) { return row.style.version == style.version && row.style.tags == style.tags; });
}

// xml:lang is a name token: "en", "pt-BR".
bool is_language_tag(std::string_view text) {
  return !text.empty() && bib::language_tag(text) == text &&
         std::ranges::all_of(text, [](char c) { return is_ascii_alpha(c) || is_ascii_digit(c) || c == '-'; });
}

std::string language_of(const bib::Work& work, const bib::Document* body) {
  const std::string stated = work.text(FieldId::language);
  if (is_language_tag(stated)) return stated;
  return stated.empty() && body && is_language_tag(body->lang) ? body->lang : std::string();
}

Writing begin(const bib::Work& work, const bib::Document* body, Style style, XmlOut xml) {
  Writing w{.work = work, .style = style, .lang = language_of(work, body), .xml = std::move(xml), .restored = {}, .extras = {}};
  find_restored(w);
  for (const bib::Statement& s : work.all(bib::FieldId::extra)) w.extras.push_back(&std::get<bib::Extra>(s.value));
  return w;
}

// A part of peer review, as an article within the article.
XmlOut write_review(const bib::PeerReview& review, Style style, XmlOut xml) {
  const Draft draft = draft_of(review);
  Writing w = begin(draft.work, draft.body ? &*draft.body : nullptr, style, std::move(xml));
  w.around.formulas_in_links = !w.publishing();
  w.xml.open("sub-article", {{"article-type", name(review.kind)}, {"id", w.xml.new_id("review")}, {"xml:lang", w.lang}});
  write_front_stub(w);
  if (draft.body) write_body(w, *draft.body);
  w.xml.close();
  return std::move(w.xml);
}

void write_article(Writing& w, const bib::Document* body, std::span<const bib::PeerReview> reviews) {
  const DtdRow& dtd = dtd_of(w.style);
  w.xml.prologue("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  w.xml.prologue(fmt::format("<!DOCTYPE article PUBLIC \"{}\"\n  \"{}\">\n", dtd.public_id, dtd.system_id));
  w.xml.open("article", {{"article-type", article_type(w)},
                         {"dtd-version", dtd.number},
                         {"xml:lang", w.lang},
                         {"xmlns:xlink", "http://www.w3.org/1999/xlink"},
                         {"xmlns:mml", "http://www.w3.org/1998/Math/MathML"},
                         {"xmlns:ali", "http://www.niso.org/schemas/ali/1.0/"}});
  static const bib::Document kNone;
  w.around = {targets_of(body ? *body : kNone), !w.publishing()};
  for (const auto& [id, type] : w.around.targets) w.xml.reserve_id(id);
  write_front(w);
  write_body(w, body ? *body : kNone);
  for (const bib::PeerReview& review : reviews) w.xml = write_review(review, w.style, std::move(w.xml));
  w.xml.close();
}

}  // namespace

JatsFile write_jats(const bib::Work& work, const bib::Document* body, Style style, std::span<const bib::PeerReview> reviews) {
  Writing w = begin(work, body, style, {});
  write_article(w, body, reviews);
  JatsFile out;
  if (const std::size_t dropped = w.xml.dropped())
    out.diagnostics.push_back(
        {Severity::warning,
         "jats.control-characters",
         fmt::format("{} that XML cannot hold {} left out",
                     dropped == 1 ? "a character" : std::to_string(dropped) + " characters", dropped == 1 ? "was" : "were"),
         {},
         {}});
  out.xml = w.xml.take();
  return out;
}

}  // namespace colophon::formats

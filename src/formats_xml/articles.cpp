// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <numeric>
#include <span>

#include "base/text.hpp"
#include "formats/jats/peer_review.hpp"
#include "formats/jats/vocabulary.hpp"
#include "formats_xml/builder.hpp"
#include "formats_xml/jats_reader.hpp"
#include "formats_xml/prepass.hpp"

#include <fmt/format.h>

// Articles and what stands inside them: companions, and reviewers' reports, which are left out.
namespace colophon::formats_xml {
namespace {

using bib::WorkType;

// clang-format off
// Parts of peer review: never a work, never anybody's text.
constexpr std::array<std::string_view, 13> kReviews = {
    "referee-report", "reviewer-report", "ref-report", "review-report", "decision-letter", "editor-report", "author-comment", "peer-review",
    "aggregated-review-documents", "reviewer-comment", "editorial-assessment", "referee-comment", "author-response"};

constexpr std::pair<std::string_view, std::string_view> kCompanions[] = {
    {"translation", "is-translation-of"}, {"reply", "is-reply-to"},          {"response", "is-reply-to"},  {"article-commentary", "comments-on"},
    {"discussion", "comments-on"},        {"correction", "corrects"},        {"addendum", "supplements"},  {"book-part", "part-of"},
    {"abstract", "part-of"},              {"chapter", "part-of"},
};

// What a companion without its own says with the article.
constexpr std::array kInherited = {FieldId::container_title, FieldId::container_short, FieldId::issn,      FieldId::publisher, FieldId::publisher_place,
                                   FieldId::volume,          FieldId::issue,           FieldId::issued,    FieldId::license,   FieldId::copyright};
// clang-format on

bool is_review(std::string_view kind) { return std::ranges::find(kReviews, kind) != kReviews.end(); }

std::string_view relation_of(std::string_view kind) {
  for (const auto& [name, relation] : kCompanions) {
    if (name == kind) return relation;
  }
  return "related";
}

}  // namespace

void JatsBuilder::open_article(const XmlAttributes& attributes) {
  if (!articles_.empty()) return;  // an article in an article is no JATS
  auto a = std::make_unique<Article>();
  a->facts.reserve(256);
  a->references.reserve(128);
  a->people.reserve(16);
  a->sections.reserve(8);
  const El el = top().el;
  a->kind = ascii_lower(attributes.get("article-type"));
  if (el == El::book) a->kind = "book";
  if (el == El::book_part || el == El::book_part_wrapper) a->kind = "book-part";
  a->lang = lang();
  a->line = top().line;
  articles_.push_back(std::move(a));
  frames_.back().owns = true;
}

void JatsBuilder::open_companion(const XmlAttributes& attributes) {
  if (articles_.empty()) return open_article(attributes);
  if (top().el == El::book_part && article().kind == "book-part") return;  // the part that the file wraps
  std::string kind = ascii_lower(attributes.get(top().el == El::response ? "response-type" : "article-type"));
  if (kind.empty()) kind = top().el == El::response ? "response" : top().el == El::book_part ? "book-part" : "";
  if (is_review(kind) && !keeps_reviews_) {
    reviews_left_out_ = true;
    remark_left_out(kind, top().line);
    skip_ = 1;
    return;
  }
  auto a = std::make_unique<Article>();
  a->kind = std::move(kind);
  a->lang = lang();
  a->line = top().line;
  a->companion = true;
  articles_.push_back(std::move(a));
  frames_.back().owns = true;
}

namespace {

// eLife's files up to 2016 call it a commentary.
bool is_letter_of_decision(const Article& a) {
  return a.kind == "article-commentary" && ascii_lower(a.work.text(FieldId::title)).starts_with("decision letter");
}

// Where each statement stands, in the order of fields, and of one field as they came.
std::vector<std::uint32_t> by_field(std::span<const bib::Statement> facts) {
  std::array<std::uint32_t, kFieldIds + 1> begin{};  // of each field's
  for (const bib::Statement& s : facts) ++begin[static_cast<std::size_t>(s.field) + 1];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<std::uint32_t> out(facts.size());
  for (std::uint32_t i = 0; i < facts.size(); ++i) out[begin[static_cast<std::size_t>(facts[i].field)]++] = i;
  return out;
}

}  // namespace

void JatsBuilder::close_article() {
  if (!top().owns) return;
  Article& a = article();
  settle_people(a);
  settle_metadata(a);
  settle_body(a);
  settle_work(a);
  if (a.companion && is_letter_of_decision(a)) a.kind = "decision-letter";
  std::unique_ptr<Article> closed = std::move(articles_.back());
  articles_.pop_back();
  if (articles_.empty()) finish_article(std::move(closed));
  else done_.push_back(std::move(closed));
}

void JatsBuilder::restore(Article& a) {
  const auto again = [&](const bib::Statement& s) {
    return std::ranges::find(a.restored, s.field, &bib::Statement::field) != a.restored.end();
  };
  if (!a.restored.empty()) std::erase_if(a.facts, again);
  a.facts.insert(a.facts.end(), std::make_move_iterator(a.restored.begin()), std::make_move_iterator(a.restored.end()));
  a.restored.clear();
}

// Statements in the order of fields, so that adding is appending; fields of cardinality one keep their first value.
void JatsBuilder::settle_work(Article& a) {
  a.work.type = a.companion && a.kind == "translation" ? WorkType::unknown : formats::jats::type_of_article(a.kind);
  const bool plain_type = a.kind.empty() || formats::jats::is_plain_type(a.kind);
  if (a.restored_type) a.work.type = *a.restored_type;
  else if (!plain_type) a.facts.push_back({FieldId::genre, bib::Text{a.kind, {}}, {.line = a.line, .path = "article"}, {}});
  restore(a);
  a.work.reserve(a.facts.size());
  for (const std::uint32_t i : by_field(a.facts)) {
    bib::Statement& s = a.facts[i];
    const bool again = !a.work.statements().empty() && a.work.statements().back().field == s.field;
    if (again && bib::row(s.field).cardinality == bib::Cardinality::one) continue;
    a.work.add(std::move(s));
  }
  a.facts.clear();
}

namespace {

void inherit(bib::Work& to, const bib::Work& from, FieldId field) {
  if (to.has(field)) return;
  for (const bib::Statement& s : from.all(field)) to.add(field, s.value, s.origin);
}

void settle_companion(Article& a, const bib::Work& main) {
  bib::Link link{std::string(relation_of(a.kind)), {}, {}, {}};
  if (main.has(FieldId::doi)) link.scheme = "doi", link.target = main.text(FieldId::doi);
  else link.text = main.full_title();
  a.work.add(FieldId::related, link, {.line = a.line, .path = "article/sub-article"});
  for (const FieldId field : kInherited) inherit(a.work, main, field);
  if (a.kind == "translation") {
    inherit(a.work, main, FieldId::author);
    if (a.work.type == WorkType::unknown) a.work.type = main.type;
  }
  if (a.kind == "book-part" || a.kind == "chapter") {
    if (const bib::RichText* title = main.rich(FieldId::title)) a.work.add(FieldId::container_title, *title);
    inherit(a.work, main, FieldId::isbn);
  }
}

// "Author response" beside decision letters answers them.
bool answers_reviews(const Article& a) {
  return (a.kind == "reply" || a.kind == "response") &&
         ascii_lower(a.work.text(FieldId::title)).find("response") != std::string::npos;
}

}  // namespace

void JatsBuilder::add_draft(Article& a) {
  formats::Draft& draft = drafts_.emplace_back();
  draft.child = static_cast<std::uint32_t>(drafts_.size() - 1);
  draft.line = a.line;
  draft.work = std::move(a.work);
  if (!a.body.empty()) draft.body = std::move(a.body);
}

void JatsBuilder::remark_left_out(const std::string& kind, std::uint32_t line) {
  remark(Severity::note, "jats.review-left-out", fmt::format("a part of peer review ({}) was left out", kind), line);
}

// The article goes before its companions.
void JatsBuilder::finish_article(std::unique_ptr<Article> main) {
  found_article_ = true;
  if (keeps_reviews_) done_.push_back(std::move(main));
  std::ranges::stable_sort(done_, {}, [](const auto& a) { return a->line; });
  if (keeps_reviews_) return finish_reviews();
  if (is_review(main->kind)) {  // a file of its own: as little a work as one that stands in an article
    remark_left_out(main->kind, main->line);
    done_.clear();
    return;
  }
  reviews_left_out_ = reviews_left_out_ || std::ranges::any_of(done_, [](const auto& a) { return is_review(a->kind); });
  std::erase_if(done_, [&](const auto& a) {
    const bool answer = reviews_left_out_ && answers_reviews(*a);
    if (answer) remark(Severity::note, "jats.review-left-out", "the authors' response to the reviewers was left out", a->line);
    else if (is_review(a->kind)) remark_left_out(a->kind, a->line);
    return answer || is_review(a->kind);
  });
  for (const auto& a : done_) settle_companion(*a, main->work);
  add_draft(*main);
  for (const auto& a : done_) add_draft(*a);
  done_.clear();
  reviews_left_out_ = false;
}

void JatsBuilder::finish_reviews() {
  const bool any = std::ranges::any_of(done_, [](const auto& a) { return is_review(a->kind); });
  for (const auto& a : done_) {
    const std::optional<bib::PeerReviewKind> kind = bib::peer_review_kind_of(a->kind);
    if (!kind || !(is_review(a->kind) || (any && answers_reviews(*a)))) continue;
    formats::Draft draft{.line = a->line};
    draft.work = std::move(a->work);
    if (!a->body.empty()) draft.body = std::move(a->body);
    reviews_.emplace_back(*kind, std::move(draft));
  }
  done_.clear();
}

namespace {

void keep(std::vector<Diagnostic> more, formats::Extraction& out) {
  out.diagnostics.insert(out.diagnostics.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

// All but what was built: outcome and remarks.
formats::Extraction parse(ZeroEnded bytes, JatsBuilder& builder) {
  formats::Extraction out;
  Prepared prepared = prepare_xml(bytes);
  out.diagnostics = std::move(prepared.diagnostics);
  const auto failed = [&](formats::Outcome outcome) {
    out.outcome = outcome;
    return std::move(out);
  };
  if (prepared.outcome != formats::Outcome::ok) return failed(prepared.outcome);
  XmlEnd end = parse_xml(prepared, builder);
  keep(std::move(end.diagnostics), out);
  if (end.outcome != formats::Outcome::ok) return failed(end.outcome);
  if (builder.found_article()) return out;
  out.diagnostics.push_back({Severity::error,
                             "jats.other-xml",
                             fmt::format("this XML holds no article: its root is <{}>", printable(ellipsis(builder.root(), 60))),
                             "JATS articles begin with <article>, BITS parts with <book-part>",
                             {{}, 1, 0, 0}});
  return failed(formats::Outcome::unsupported);
}

}  // namespace

formats::Extraction read_jats(ZeroEnded bytes) {
  JatsBuilder builder;
  formats::Extraction out = parse(bytes, builder);
  if (out.outcome != formats::Outcome::ok) return out;
  out.drafts = builder.take_drafts();
  keep(builder.take_diagnostics(), out);
  if (!out.drafts.empty()) return out;
  out.outcome = formats::Outcome::unsupported;
  out.diagnostics.push_back({Severity::error,
                             "jats.review-alone",
                             "this file is a part of peer review, which is no publication here",
                             "add the file of the article that it is about: reviews that stand in it are kept with it",
                             {{}, 1, 0, 0}});
  return out;
}

PeerReviews read_peer_reviews(ZeroEnded bytes) {
  JatsBuilder builder;
  builder.keep_reviews();
  formats::Extraction read = parse(bytes, builder);
  PeerReviews out{.outcome = read.outcome, .reviews = {}, .diagnostics = {}};
  if (read.outcome == formats::Outcome::ok) {
    for (const auto& [kind, draft] : builder.take_reviews()) out.reviews.push_back(formats::peer_review_of(kind, draft));
    keep(builder.take_diagnostics(), read);
  }
  out.diagnostics = std::move(read.diagnostics);
  return out;
}

}  // namespace colophon::formats_xml

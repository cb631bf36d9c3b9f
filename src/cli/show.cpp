// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/show.hpp"

#include <algorithm>

#include "cli/rows.hpp"

#include <fmt/format.h>

namespace colophon::cli {
namespace {

using bib::FieldId;

std::string size_text(std::uint64_t bytes) {
  if (bytes < 1024) return fmt::format("{} B", bytes);
  return bytes < (1u << 20) ? fmt::format("{:.0f} KiB", static_cast<double>(bytes) / 1024)
                            : fmt::format("{:.1f} MiB", static_cast<double>(bytes) / (1 << 20));
}

std::string value_text(const bib::Statement& s) {
  if (const auto* names = std::get_if<bib::NameList>(&s.value)) return bib::long_form(*names);
  if (const auto* date = std::get_if<bib::Date>(&s.value)) return bib::to_display(*date);
  return bib::plain(s.value);
}

void show_statements(Output& out, const std::vector<bib::Statement>& statements, app::Provenance provenance) {
  std::vector<Pieces> rows;
  FieldId before = FieldId::extra;
  for (const bib::Statement& s : statements) {
    const bool again = !rows.empty() && s.field == before;
    before = s.field;
    Pieces row{{again ? "" : std::string(bib::row(s.field).label), Style::dim}};
    if (provenance == app::Provenance::with) row.emplace_back(s.source, Style::dim);
    row.emplace_back(value_text(s));
    rows.push_back(std::move(row));
  }
  out.table(rows);
}

void show_files(Output& out, const app::WorkView& view) {
  if (view.files.empty()) return;
  out.line();
  std::vector<Pieces> rows;
  for (const app::FileView& f : view.files) {
    rows.push_back({{"File", Style::dim},
                    f.name,
                    f.stage == "unknown" ? f.role : fmt::format("{}, {}", f.role, f.stage),
                    size_text(f.size),
                    f.access});
  }
  out.table(rows);
}

void show_sources(Output& out, const app::WorkView& view) {
  out.line();
  out.line({{"Sources", Style::bold}});
  std::vector<Pieces> rows;
  for (const app::SourceView& s : view.sources) {
    rows.push_back({"  ",
                    {s.id, Style::bold},
                    s.kind == s.format ? s.kind : fmt::format("{}, {}", s.kind, s.format),
                    s.status,
                    to_string(s.added_at).substr(0, 10),
                    fmt::format("{}", fmt::join(s.origins, ", "))});
  }
  out.table(rows);
  if (view.rejected.empty()) return;
  out.line();
  out.line({{"Not chosen", Style::bold}});
  show_statements(out, view.rejected, app::Provenance::with);
}

// --- peer review ----------------------------------------------------------------------------------------------------------------

// "Review report, round 2, major revision, 7 March 2026, by Jane Okafor"
std::string review_line(const bib::PeerReview& review) {
  std::string out(bib::label(review.kind));
  if (review.round > 0) out += fmt::format(", round {}", review.round);
  if (!review.recommendation.empty()) out += fmt::format(", {}", review.recommendation);
  if (review.date) out += fmt::format(", {}", bib::to_display(*review.date));
  const std::string names = bib::long_form({review.reviewers, {}, false});
  return out + (names.empty() ? ", not named" : fmt::format(", by {}", names));
}

void show_review_counts(Output& out, const app::WorkView& view) {
  if (view.reviews.empty()) return;
  out.line();
  std::vector<Pieces> rows;
  for (const bib::PeerReview& review : view.reviews) rows.push_back({{"Peer review", Style::dim}, review_line(review)});
  out.table(rows);
}

void show_record(Output& out, const app::WorkView& view, app::Provenance provenance) {
  out.line({{view.id, Style::bold}, "  ", {bib::row(view.record.type).label, Style::dim}});
  if (view.state == store::WorkState::withdrawn) out.line({{"withdrawn", Style::bad}, ": ", view.reason});
  show_statements(out, view.record.statements(), provenance);
  show_files(out, view);
  show_review_counts(out, view);
  if (provenance == app::Provenance::with) show_sources(out, view);
}

// --- text -----------------------------------------------------------------------------------------------------------------------

Result<std::vector<bib::Passage>> wanted_passages(Invocation& call, const app::WorkView& view) {
  const std::int64_t page = call.values.number("page", 0);
  std::vector<bib::Passage> out;
  std::uint32_t last = 0;
  for (const bib::Passage& p : view.passages) {
    last = std::max(last, p.page);
    if (page == 0 || p.page == page) out.push_back(p);
  }
  if (!out.empty()) return out;
  if (view.passages.empty())
    return fail(Errc::not_found, fmt::format("{} has no text here", view.id), "add its JATS or PDF file", view.id);
  return fail(Errc::not_found, fmt::format("{} has no page {}", view.id, page),
              last ? fmt::format("its pages are 1 to {}", last) : "its text has sections, not pages: leave out --page", view.id);
}

Result<int> show_text(Invocation& call, const app::WorkView& view) {
  TRY_ASSIGN(const std::vector<bib::Passage> passages, wanted_passages(call, view));
  if (call.out.json()) {
    call.out.value(Json::object({{"v", 1}, {"id", view.id}, {"passages", bib::to_json(passages)}}));
    return kDone;
  }
  for (const bib::Passage& p : passages) {
    const std::string at = p.page ? fmt::format("page {}", p.page) : p.section;
    if (!at.empty()) call.out.line({{"— " + at + " —", Style::dim}});
    call.out.text(p.text);
    call.out.line();
  }
  return kDone;
}

Result<int> show_reviews(Invocation& call, const app::WorkView& view) {
  if (view.reviews.empty())
    return fail(Errc::not_found, fmt::format("{} has no open peer review here", view.id),
                "reviews are shown where they were published with the article's JATS file", view.id);
  if (call.out.json()) {
    call.out.value(app::reviews_json(view));
    return kDone;
  }
  for (const bib::PeerReview& review : view.reviews) {
    call.out.line({{review.title.empty() ? std::string(bib::label(review.kind)) : review.title, Style::bold}});
    call.out.line({{review_line(review), Style::dim}});
    if (!review.competing_interests.empty()) call.out.line({{"Competing interests: ", Style::dim}, review.competing_interests});
    for (const bib::RichText& paragraph : review.paragraphs) call.out.text(paragraph.plain());
    call.out.line();
  }
  return kDone;
}

Result<int> show(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  const app::Audience audience = call.values.has("public") ? app::Audience::visitor : app::Audience::signed_in;
  const std::string id = call.values.text("ID");
  TRY_ASSIGN(const app::Found found, app::find_work(*library, id));
  if (found.moved) call.out.note({"note: ", id, " is ", {found.id, Style::bold}, " now"});
  TRY_ASSIGN(const app::WorkView view, app::show_work(*library, id, audience));
  if (call.values.has("text") || call.values.has("page")) return show_text(call, view);
  if (call.values.has("reviews")) return show_reviews(call, view);
  const app::Provenance provenance = call.values.has("provenance") ? app::Provenance::with : app::Provenance::without;
  if (call.out.json()) call.out.value(app::work_json(view, provenance));
  else show_record(call.out, view, provenance);
  return kDone;
}

}  // namespace

Rows show_rows() {
  return {
      {.name = "show",
       .group = "Finding",
       .summary = "Show a work: its record, where each value comes from, or its text",
       .arguments = {{"ID", "the work's id, as search shows it"}},
       .options = {{"--provenance", Takes::nothing, "", "with the source of each value, all sources, and what was not chosen"},
                   {"--text", Takes::nothing, "", "the text, page by page or section by section"},
                   {"--reviews", Takes::nothing, "", "the peer review that was published with it"},
                   {"--page", Takes::number, "N", "only this page of the text"},
                   {"--public", Takes::nothing, "", "as a visitor of the web sees it"}},
       .examples = {"colophon show 4f7k2", "colophon show 4f7k2 --provenance", "colophon show 4f7k2 --text --page 7"},
       .run = show}};
}

}  // namespace colophon::cli

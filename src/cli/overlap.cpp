// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/overlap.hpp"

#include "cli/rows.hpp"

#include <fmt/format.h>

namespace colophon::cli {
namespace {

constexpr std::int64_t kMostWorks = 200;

std::string at(const indexer::HitPlace& place) {
  const std::string where = place.page ? fmt::format("p. {}", place.page) : place.section;
  return where.empty() ? where : fmt::format(" ({})", where);
}

void show_side(Output& out,
               std::string_view whose,
               const indexer::HitPlace& place,
               const std::vector<indexer::SnippetPart>& text) {
  Pieces line{{fmt::format("    {}{}: ", whose, at(place)), Style::dim}};
  for (const indexer::SnippetPart& part : text) line.emplace_back(part.text, part.marked ? Style::plain : Style::hit);
  out.line(line);
}

void show_work(Output& out, const app::OverlappingWork& work) {
  out.line({{work.found.id, Style::bold},
            "  ",
            work.year ? fmt::format("{:>4}", work.year) : "   –",
            "  ",
            {work.title, Style::bold},
            work.authors.empty() ? "" : "  " + work.authors});
  out.line(fmt::format("  {} in common, {:.1f} % of the text, in {}", counted(work.found.same, "word", "words"),
                       work.found.share * 100, counted(work.found.passages.size(), "passage", "passages")));
  for (const indexer::SharedPassage& passage : work.found.passages) {
    show_side(out, "here", passage.ours, passage.our_text);
    show_side(out, "there", passage.theirs, passage.their_text);
  }
}

Result<int> overlap(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  const app::Audience audience = call.values.has("public") ? app::Audience::visitor : app::Audience::signed_in;
  const std::int64_t limit = call.values.number("limit", 10);
  if (limit < 1 || limit > kMostWorks)
    return fail(Errc::usage, fmt::format("--limit is 1 to {}", kMostWorks), "leave it out for 10");
  TRY_ASSIGN(const app::ComparedText text, app::compared_text(*library, call.acting(), audience, call.values.text("TEXT")));
  TRY_ASSIGN(const app::OverlapView view, app::check_overlap(*library, text, audience, static_cast<std::size_t>(limit)));
  if (call.out.json()) call.out.value(app::overlap_json(view));
  else {
    for (const app::OverlappingWork& work : view.works) show_work(call.out, work);
    const std::string what = fmt::format("{} compared with {}", counted(view.words, "word", "words"),
                                         counted(static_cast<std::size_t>(view.documents), "text", "texts"));
    if (view.works.empty()) call.out.note(fmt::format("Nothing in common: {}.", what));
    else call.out.line({{what, Style::dim}});
  }
  return view.works.empty() ? kNothing : kDone;
}

}  // namespace

Rows overlap_rows() {
  return {{.name = "overlap",
           .group = "Finding",
           .summary = "Find works that share passages with a text, and show both wordings",
           .arguments = {{"TEXT", "a file (PDF, JATS, plain text), a work's id, or a submission's number (its editors only)"}},
           .options = {{"-l,--limit", Takes::number, "N", "show so many works (10)"},
                       {"--public", Takes::nothing, "", "compare with what a visitor of the web may read"}},
           .details =
               [] {
                 return std::string(
                     "Lists of references are left out; what many works say counts for little.\n"
                     "Words that differ between the two are marked. A quotation is an overlap, too: the judgement is yours.\n");
               },
           .examples = {"colophon overlap manuscript.pdf", "colophon overlap 4f7k2 --json",
                        "colophon overlap ART-7KQ2 --as brandwell"},
           .run = overlap}};
}

}  // namespace colophon::cli

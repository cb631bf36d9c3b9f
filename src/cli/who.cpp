// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/who.hpp"

#include "cli/rows.hpp"

#include <fmt/format.h>

namespace colophon::cli {
namespace {

constexpr std::int64_t kMostPeople = 200;

void show_expert(Output& out, const app::Expert& expert) {
  out.line({{fmt::format("{:.2f}", expert.score), Style::dim},
            "  ",
            {expert.name, Style::bold},
            expert.handle.empty() ? "" : fmt::format("  ({})", expert.handle),
            expert.orcid.empty() ? Piece("") : Piece("  " + expert.orcid, Style::dim)});
  for (const app::Expert::Evidence& work : expert.works)
    out.line({{fmt::format("        {}  {}  ", work.id, work.year ? fmt::format("{:>4}", work.year) : "   –"), Style::dim},
              work.title});
}

Result<int> who(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  const app::Audience audience = call.values.has("public") ? app::Audience::visitor : app::Audience::signed_in;
  const std::int64_t limit = call.values.number("limit", 10);
  if (limit < 1 || limit > kMostPeople)
    return fail(Errc::usage, fmt::format("--limit is 1 to {}", kMostPeople), "leave it out for 10");
  const std::string what = fmt::format("{}", fmt::join(call.values.texts("TEXT"), " "));
  TRY_ASSIGN(const app::ComparedText text, app::compared_words(*library, call.acting(), audience, what));
  TRY_ASSIGN(const std::vector<app::Expert> people,
             app::who_knows(*library, text, audience, {.limit = static_cast<std::size_t>(limit)}));
  if (call.out.json()) call.out.value(app::who_json(people));
  else if (people.empty()) call.out.note("Nobody's works in this library are about that.");
  else if (text.submission)
    call.out.note(
        fmt::format("For {}: without its authors, their recent co-authors, its editor, and who was asked already.", text.name));
  for (const app::Expert& expert : people) {
    if (!call.out.json()) show_expert(call.out, expert);
  }
  return people.empty() ? kNothing : kDone;
}

}  // namespace

Rows who_rows() {
  return {
      {.name = "who",
       .group = "Finding",
       .summary = "Find who works on something, by what they published; for a submission, who could review it",
       .arguments = {{"TEXT", "words, a file, a work's id, or a submission's number (its editors only)", Arity::some}},
       .options = {{"-l,--limit", Takes::number, "N", "show so many people (10)"},
                   {"--public", Takes::nothing, "", "go by what a visitor of the web may read"}},
       .details =
           [] {
             return std::string(
                 "The score is the mean of a person's three works most like the text, 1 being the text itself.\n"
                 "Only works of this library count, never who reviewed what.\n"
                 "Names are one person by ORCID iD, else by the name as printed.\n");
           },
       .examples = {"colophon who heat and informal work", "colophon who manuscript.pdf", "colophon who ART-7KQ2 --as brandwell"},
       .run = who}};
}

}  // namespace colophon::cli

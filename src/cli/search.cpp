// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/search.hpp"

#include <algorithm>

#include "app/show.hpp"
#include "app/submission_search.hpp"
#include "cli/rows.hpp"
#include "indexer/family.hpp"
#include "indexer/schema.hpp"

#include <fmt/format.h>

namespace colophon::cli {
namespace {

constexpr std::size_t kShownFacetValues = 6;

// What is searched, as it is counted and asked for.
struct Searched {
  std::string_view one, many, title, command;
  std::string count(std::size_t n) const { return counted(n, one, many); }
};
constexpr Searched kWorks{"work", "works", "Works", "colophon search "};
constexpr Searched kVersions{"version", "versions", "Versions", "colophon search --submissions "};
const Searched& searched(const Invocation& call) { return call.values.has("submissions") ? kVersions : kWorks; }

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, " ")); }

// Arguments are the words of one query. The shell takes quotes away: a phrase is written '"heat plan"'.
Result<indexer::SearchRequest> request_of(Invocation& call) {
  indexer::SearchRequest out;
  out.text = joined(call.values.texts("QUERY"));
  out.like = call.values.text("like");
  out.limit = static_cast<std::size_t>(call.values.number("limit", 10));
  out.offset = static_cast<std::size_t>(call.values.number("offset", 0));
  if (call.values.has("sort")) out.sort = indexer::sort_named(call.values.text("sort")).value_or(indexer::Sort::relevance);
  if (out.limit > 1000) return fail(Errc::usage, "--limit is at most 1000", "go on with --offset 1000, or use “colophon export”");
  out.explain = call.values.has("explain");
  out.advise = out.nearest = true;
  out.broaden = call.values.has("broaden");
  out.collapse = !call.values.has("all-versions");
  out.facets = call.values.texts("facet");
  if (out.facets.empty())
    out.facets = call.out.json() ? std::vector<std::string>{"type", "year", "language", "project", "place"}
                                 : std::vector<std::string>{"type", "year"};
  return out;
}

std::string shell_word(const std::string& query) {
  const bool plain = query.find_first_of(" \"'()*|~<>$\\!&;?#-") == std::string::npos;
  std::string out;
  for (const char c : query) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return plain ? query : "'" + out + "'";
}

std::string where(const indexer::Hit& hit) {
  std::string out = hit.section;
  if (hit.page) out += fmt::format("{}p. {}", out.empty() ? "" : ", ", hit.page);
  if (hit.more.empty()) return out;
  return fmt::format("{}{}(+{})", out, out.empty() ? "" : " ", hit.more.size());
}

void show_hit(Output& out, const indexer::Hit& hit, const Searched& what) {
  out.line({{hit.id, Style::bold},
            "  ",
            hit.year ? fmt::format("{:>4}", hit.year) : "   –",
            "  ",
            {hit.title, Style::bold},
            hit.authors.empty() ? "" : "  " + hit.authors});
  Pieces snippet{std::string(hit.id.size() + 8, ' ')};
  for (const indexer::SnippetPart& part : hit.snippet) snippet.emplace_back(part.text, part.marked ? Style::hit : Style::dim);
  if (const std::string at = where(hit); !at.empty()) snippet.emplace_back("  " + at, Style::dim);
  if (snippet.size() > 1) out.line(snippet);
  if (hit.versions == 0) return;
  const std::string others =
      fmt::format("{}and {}: ", std::string(hit.id.size() + 8, ' '), counted(hit.versions, "other version", "other versions"));
  out.line({{others + std::string(what.command) + shell_word(indexer::family_query(hit.family)), Style::dim}});
}

void show_facets(Output& out, const indexer::ResultPage& page) {
  for (const auto& [name, values] : page.facets) {
    Pieces pieces{" ", {name + ":", Style::bold}};
    for (std::size_t i = 0; i < std::min(values.size(), kShownFacetValues); ++i) {
      pieces.emplace_back(fmt::format("{}{} {}", i ? " · " : " ", indexer::label_of(page, values[i].value), values[i].count));
    }
    if (values.size() > kShownFacetValues)
      pieces.emplace_back(fmt::format(" · {} more", values.size() - kShownFacetValues), Style::dim);
    if (!values.empty()) out.line(pieces);
  }
}

void show_page(Output& out, const indexer::ResultPage& page, const indexer::SearchRequest& request, const Searched& what) {
  for (const indexer::Hit& hit : page.hits) show_hit(out, hit, what);
  show_facets(out, page);
  const std::size_t last = request.offset + page.hits.size();
  std::string count = fmt::format("{}{}", page.exact ? "" : "about ", what.count(page.total));
  if (page.hits.size() < page.total) count += fmt::format(", {} to {} shown", request.offset + 1, last);
  if (page.more) count += fmt::format("; go on with --offset {}", last);
  out.line({{count, Style::dim}});
}

void show_nearest(Output& out, const indexer::ResultPage& page, const Searched& what) {
  if (page.nearest.empty()) return;
  out.line({{fmt::format("{} {} some of the words:", what.title, page.hits.empty() ? "with" : "that lack"), Style::dim}});
  for (const indexer::Hit& hit : page.nearest) show_hit(out, hit, what);
}

// --- notes and help ------------------------------------------------------------------------------------------------------

void show_advice(Output& out, const indexer::AdviceList& list, const Searched& what) {
  using Kind = indexer::Advice::Kind;
  for (const std::string& part : list.nowhere) out.note(Pieces{{"  in no work: ", Style::dim}, part});
  for (const indexer::Advice& one : list.advice) {
    const std::string works = what.count(one.works);
    const std::string command = std::string(what.command) + shell_word(one.query);
    if (one.kind == Kind::spelling) out.note(Pieces{"Did you mean ", {one.query, Style::bold}, fmt::format("? ({})", works)});
    else if (one.kind == Kind::without)
      out.note(Pieces{fmt::format("  without {}: {}  ", one.about, works), {command, Style::dim}});
    else
      out.note(
          {fmt::format("  {}: {}  ", one.kind == Kind::wider ? "less strictly" : "any of it", works), {command, Style::dim}});
  }
}

// Each part of the search with what it added to the score of the first hit.
void show_explanation(Output& out, const indexer::ResultPage& page, const Searched& what) {
  out.note(Pieces{"understood as ", {page.understood.empty() ? "everything" : page.understood, Style::bold}});
  out.note(Pieces{"  ", {page.form, Style::dim}});
  if (!page.explanation) return;
  out.note(Pieces{fmt::format("weights in the first hit, {} {}", page.explanation->id, page.explanation->title)});
  for (const indexer::ExplainedPart& part : page.explanation->parts) {
    const std::string works = part.works ? fmt::format("  ({})", what.count(part.works)) : "";
    out.note(
        Pieces{fmt::format("{:>8.3f}  {}{}", part.weight, std::string(2 * static_cast<std::size_t>(part.depth), ' '), part.what),
               {works, Style::dim}});
  }
}

Result<indexer::ResultPage> found_in_submissions(Invocation& call, app::Library& library, const indexer::SearchRequest& request) {
  if (!request.like.empty()) return fail(Errc::usage, "--like names a work, and submissions are none", "search for its words");
  if (call.values.has("public"))
    return fail(Errc::usage, "a visitor sees no submissions", "leave --public or --submissions away");
  return app::search_submissions(library, call.acting(), request);
}

Result<indexer::ResultPage> found_in_works(Invocation& call, app::Library& library, indexer::SearchRequest& request) {
  if (!request.like.empty()) {
    TRY_ASSIGN(const app::Found found, app::find_work(library, request.like));
    request.like = found.id;
  }
  const app::Audience audience = call.values.has("public") ? app::Audience::visitor : app::Audience::signed_in;
  return app::search(library, audience, request);
}

Result<int> search(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  TRY_ASSIGN(indexer::SearchRequest request, request_of(call));
  const Searched& what = searched(call);
  TRY_ASSIGN(const indexer::ResultPage page, call.values.has("submissions") ? found_in_submissions(call, *library, request)
                                                                            : found_in_works(call, *library, request));
  for (const indexer::query::Note& note : page.notes) call.out.note({{"note: ", Style::warn}, note.text});
  if (request.explain && !call.out.json()) show_explanation(call.out, page, what);
  if (call.out.json()) {
    call.out.value(indexer::to_json(page));
  } else if (page.hits.empty()) {
    const bool beyond = page.total > 0;
    call.out.note(
        beyond ? fmt::format("Nothing there: {} in all.", what.count(page.total))
               : fmt::format("Nothing found for {}.{}", request.text.empty() ? "this" : "“" + request.text + "”",
                             page.advice == indexer::AdviceList{} ? " Try fewer words, or see “colophon help search”." : ""));
  } else {
    show_page(call.out, page, request, what);
  }
  if (!call.out.json()) show_nearest(call.out, page, what), show_advice(call.out, page.advice, what);
  return page.hits.empty() ? kNothing : kDone;
}

std::string query_help() {
  std::string out =
      "Words must all occur, in any form; \"words in quotes\" follow each other; OR, -word and (…) work as expected.\n"
      "heat near/8 city: at most 8 words apart; adapt*, wom*n, *proofing: any letters for the star;\n"
      "~heatwave, ~\"heat wave\": or any other name of it in the thesaurus, in any language.\nFields:\n";
  for (const indexer::Row& row : indexer::rows()) out += fmt::format("  {:<34} {}\n", row.example, row.help);
  out += "\nWhat begins with a hyphen goes behind “--”, or stands in quotes with the rest.\n";
  return out;
}

}  // namespace

Rows search_rows() {
  return {
      {.name = "search",
       .group = "Finding",
       .summary = "Find works, to the page",
       .arguments = {{"QUERY", "words, phrases and fields; nothing: the newest works", Arity::any}},
       .options = {{"-l,--limit", Takes::number, "N", "show so many (10)"},
                   {"--offset", Takes::number, "N", "leave out the first N"},
                   {"--sort", Takes::text, "relevance|newest|oldest|title", "in which order"},
                   {"--facet", Takes::text, "year|type|language|project|place|concept", "count the works by this", Times::many},
                   {"--like", Takes::text, "ID", "works like this one; QUERY narrows them down"},
                   {"--public", Takes::nothing, "", "as a visitor of the web sees it"},
                   {"--submissions", Takes::nothing, "", "in submissions, for the staff of their workflow (with --as PERSON)"},
                   {"--all-versions", Takes::nothing, "",
                    "each version of a work for itself; else the best of them stands for all"},
                   {"--broaden", Takes::nothing, "", "also works with the words that tell the first hits apart"},
                   {"--explain", Takes::nothing, "", "tell how the query was understood, and what each part of it weighs"}},
       .details = query_help,
       .examples = {"colophon search heat action plan", "colophon search '\"loss and damage\" year:2020..' --facet place",
                    "colophon search flood --facet concept", "colophon search author:meerow --sort newest --json"},
       .run = search}};
}

}  // namespace colophon::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/saved.hpp"

#include "app/submission_search.hpp"
#include "app/suggest.hpp"
#include "app/thesaurus.hpp"
#include "cli/rows.hpp"

#include <fmt/format.h>

namespace colophon::cli {
namespace {

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, " ")); }

std::string day(const Invocation&, app::Library& library, Instant at) {
  return date_in_zone(at, library.settings().text("library.time_zone"));
}

// --- saved searches --------------------------------------------------------------------------------------------------------

Result<int> add(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  const std::string name = call.values.text("NAME");
  TRY_ASSIGN(const auto notes, app::save_search(*library, call.acting(), name, joined(call.values.texts("QUERY"))));
  for (const indexer::query::Note& note : notes) call.out.note(Pieces{{"note: ", Style::warn}, note.text});
  if (call.out.json()) call.out.value(Json::object({{"v", 1}, {"saved", name}}));
  else call.out.line({"saved ", {name, Style::bold}, "; what comes from now on is new to it"});
  return kDone;
}

Result<int> list(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  Json all = Json::array();
  std::vector<Pieces> rows;
  for (const app::SavedView& one : app::saved_searches(*library, call.acting())) {
    all.push(Json::object(
        {{"name", one.name}, {"query", one.query}, {"made", to_string(one.made_at)}, {"seen", to_string(one.seen_at)}}));
    rows.push_back({{one.name, Style::bold}, one.query, {"run " + day(call, *library, one.seen_at), Style::dim}});
  }
  if (call.out.json()) return call.out.value(Json::object({{"v", 1}, {"searches", std::move(all)}})), kDone;
  if (rows.empty()) return call.out.note("There are none yet. Keep one with “colophon saved add NAME QUERY”."), kNothing;
  call.out.table(rows);
  return kDone;
}

Json run_json(const app::SavedRun& run) {
  Json works = Json::array();
  for (const indexer::Hit& hit : run.hits)
    works.push(Json::object(
        {{"id", hit.id}, {"title", hit.title}, {"authors", hit.authors}, {"year", hit.year ? Json(hit.year) : Json()}}));
  return Json::object({{"name", run.search.name}, {"query", run.search.query}, {"works", std::move(works)}});
}

void show_run(Output& out, const app::SavedRun& run) {
  out.line({{run.search.name, Style::bold},
            run.hits.empty() ? ": nothing new" : fmt::format(": {} new", counted(run.hits.size(), "work", "works"))});
  for (const indexer::Hit& hit : run.hits) {
    out.line({"  ",
              {hit.id, Style::bold},
              hit.year ? fmt::format("  {}  ", hit.year) : "     –  ",
              hit.title,
              hit.authors.empty() ? "" : "  " + hit.authors});
  }
}

// One by name, or all of the person's.
Result<int> run(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  std::vector<std::string> names = call.values.texts("NAME");
  if (names.empty()) {
    for (const app::SavedView& one : app::saved_searches(*library, call.acting())) names.push_back(one.name);
  }
  const app::Seen seen = call.values.has("keep") ? app::Seen::keep : app::Seen::mark;
  Json all = Json::array();
  std::size_t found = 0;
  for (const std::string& name : names) {
    TRY_ASSIGN(const app::SavedRun one, app::run_saved(*library, call.acting(), name, seen));
    found += one.hits.size();
    if (call.out.json()) all.push(run_json(one));
    else show_run(call.out, one);
  }
  if (call.out.json()) call.out.value(Json::object({{"v", 1}, {"searches", std::move(all)}}));
  else if (names.empty()) call.out.note("There are no saved searches. Keep one with “colophon saved add NAME QUERY”.");
  return found ? kDone : kNothing;
}

Result<int> remove(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  const std::string name = call.values.text("NAME");
  TRY(app::remove_saved(*library, call.acting(), name));
  if (call.out.json()) call.out.value(Json::object({{"v", 1}, {"removed", name}}));
  else call.out.line({"removed ", {name, Style::bold}});
  return kDone;
}

// --- suggestions -----------------------------------------------------------------------------------------------------------

Result<int> suggest(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  const app::Audience audience = call.values.has("public") ? app::Audience::visitor : app::Audience::signed_in;
  if (call.values.has("submissions") && call.values.has("public"))
    return fail(Errc::usage, "a visitor sees no submissions", "leave --public or --submissions away");
  const std::string text = joined(call.values.texts("TEXT"));
  TRY_ASSIGN(const std::vector<app::Suggestion> found, call.values.has("submissions")
                                                           ? app::suggest_submissions(*library, call.acting(), text)
                                                           : app::suggest(*library, audience, text));
  if (call.out.json()) return call.out.value(app::suggestions_json(found)), found.empty() ? kNothing : kDone;
  std::vector<Pieces> rows;
  for (const app::Suggestion& one : found)
    rows.push_back(
        {{one.kind, Style::dim}, {one.text, Style::bold}, one.query == one.text ? "" : one.query, std::to_string(one.works)});
  if (rows.empty()) return call.out.note("Nothing begins so."), kNothing;
  call.out.table(rows);
  return kDone;
}

// --- thesaurus -------------------------------------------------------------------------------------------------------------

Result<int> list_vocabularies(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  Json all = Json::array();
  std::vector<Pieces> rows;
  for (const app::LoadedVocabulary& one : app::list_vocabularies(*library)) {
    all.push(Json::object({{"name", one.name}, {"concepts", one.concepts}}));
    rows.push_back({{one.name, Style::bold}, counted(one.concepts, "concept", "concepts")});
  }
  if (call.out.json()) return call.out.value(Json::object({{"v", 1}, {"vocabularies", std::move(all)}})), kDone;
  call.out.table(rows);
  return kDone;
}

Result<int> load_vocabulary(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  TRY_ASSIGN(const app::LoadedVocabulary one, app::load_vocabulary(*library, call.acting(), call.values.text("FILE")));
  if (call.out.json()) call.out.value(Json::object({{"v", 1}, {"name", one.name}, {"concepts", one.concepts}}));
  else call.out.line({"loaded ", {one.name, Style::bold}, ": " + counted(one.concepts, "concept", "concepts")});
  TRY(make_searchable(*library, call.out));
  return kDone;
}

Result<int> remove_vocabulary(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  const std::string name = call.values.text("NAME");
  TRY(app::remove_vocabulary(*library, call.acting(), name));
  if (call.out.json()) call.out.value(Json::object({{"v", 1}, {"removed", name}}));
  else call.out.line({"removed ", {name, Style::bold}});
  TRY(make_searchable(*library, call.out));
  return kDone;
}

std::string ending(const std::string& iri) { return iri.substr(iri.find_last_of("/#:") + 1); }

Pieces listed(std::string_view name, const std::vector<std::string>& iris) {
  std::vector<std::string> short_names;
  for (const std::string& iri : iris) short_names.push_back(ending(iri));
  return {{fmt::format("  {:<9}", name), Style::dim}, joined(short_names)};
}

Json concept_json(const bib::Concept& one) {
  const auto labels = [](const std::vector<bib::Concept::Label>& list) {
    Json out = Json::array();
    for (const bib::Concept::Label& label : list) out.push(Json::object({{"text", label.text}, {"lang", label.language}}));
    return out;
  };
  const auto iris = [](const std::vector<std::string>& list) {
    Json out = Json::array();
    for (const std::string& iri : list) out.push(iri);
    return out;
  };
  return Json::object({{"id", one.id},
                       {"preferred", labels(one.preferred)},
                       {"other", labels(one.other)},
                       {"broader", iris(one.broader)},
                       {"related", iris(one.related)},
                       {"matches", iris(one.matches)}});
}

Result<int> show_concept(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  const std::string text = joined(call.values.texts("TEXT"));
  const auto thesaurus = app::thesaurus(*library);
  const auto found = thesaurus->named(text);
  Json all = Json::array();
  for (const bib::Concept* one : found) all.push(concept_json(*one));
  if (call.out.json())
    return call.out.value(Json::object({{"v", 1}, {"concepts", std::move(all)}})), found.empty() ? kNothing : kDone;
  for (const bib::Concept* one : found) {
    call.out.line({{ending(one->id), Style::bold}});
    for (const auto* list : {&one->preferred, &one->other}) {
      for (const bib::Concept::Label& label : *list)
        call.out.line({{fmt::format("  {:<9}", label.language), Style::dim},
                       {label.text, list == &one->preferred ? Style::bold : Style::plain}});
    }
    if (!one->broader.empty()) call.out.line(listed("broader", one->broader));
    if (!one->related.empty()) call.out.line(listed("related", one->related));
    if (!one->matches.empty()) call.out.line(listed("matches", one->matches));
  }
  if (found.empty()) call.out.note(fmt::format("The thesaurus has no “{}”.", text));
  return found.empty() ? kNothing : kDone;
}

constexpr std::string_view kGroup = "Finding";

}  // namespace

Rows saved_rows() {
  return {{.name = "saved add",
           .group = kGroup,
           .summary = "Keep a search, to be told of new works",
           .arguments = {{"NAME", "a name of your own for it"}, {"QUERY", "as for “colophon search”", Arity::some}},
           .examples = {"colophon saved add heat '~\"heat wave\" year:2024..'"},
           .run = add},
          {.name = "saved list",
           .group = kGroup,
           .summary = "List the searches that you keep",
           .examples = {"colophon saved list"},
           .run = list},
          {.name = "saved run",
           .group = kGroup,
           .summary = "Show the works that came since a kept search was last run",
           .arguments = {{"NAME", "of the search; nothing: all of them", Arity::optional}},
           .options = {{"--keep", Takes::nothing, "", "do not mark them as seen"}},
           .examples = {"colophon saved run", "colophon saved run heat --keep"},
           .run = run},
          {.name = "saved remove",
           .group = kGroup,
           .summary = "Forget a kept search",
           .arguments = {{"NAME", "of the search"}},
           .examples = {"colophon saved remove heat"},
           .run = remove}};
}

Rows suggest_rows() {
  return {
      {.name = "suggest",
       .group = kGroup,
       .summary = "Complete what was typed so far: titles, authors, concepts, words",
       .arguments = {{"TEXT", "the beginning of a word, or several words", Arity::some}},
       .options = {{"--public", Takes::nothing, "", "as a visitor of the web sees it"},
                   {"--submissions", Takes::nothing, "", "from submissions, for the staff of their workflow (with --as PERSON)"}},
       .examples = {"colophon suggest heat act"},
       .run = suggest}};
}

Rows thesaurus_rows() {
  return {{.name = "thesaurus list",
           .group = kGroup,
           .summary = "List the vocabularies that searches know",
           .examples = {"colophon thesaurus list"},
           .run = list_vocabularies},
          {.name = "thesaurus show",
           .group = kGroup,
           .summary = "Show the concepts that a text names",
           .arguments = {{"TEXT", "a label, in any language", Arity::some}},
           .examples = {"colophon thesaurus show heat wave"},
           .run = show_concept},
          {.name = "thesaurus load",
           .group = kGroup,
           .summary = "Load a SKOS vocabulary in Turtle",
           .arguments = {{"FILE", "the vocabulary; its name without .ttl becomes the vocabulary's"}},
           .examples = {"colophon thesaurus load gemet.ttl"},
           .run = load_vocabulary},
          {.name = "thesaurus remove",
           .group = kGroup,
           .summary = "Remove a vocabulary that was loaded",
           .arguments = {{"NAME", "of the vocabulary"}},
           .examples = {"colophon thesaurus remove gemet"},
           .run = remove_vocabulary}};
}

}  // namespace colophon::cli

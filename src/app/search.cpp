// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/search.hpp"

#include "app/index_consumer.hpp"
#include "app/thesaurus.hpp"

namespace colophon::app {
namespace {

Result<indexer::ResultPage> search_once(Library& library, Audience audience, const indexer::SearchRequest& request) {
  const std::vector<std::filesystem::path> open = open_folders(library, audience, indexer::Content::works);
  TRY_ASSIGN(indexer::Searcher searcher, indexer::Searcher::open(open));
  const Instant now = library.clock().now();
  const indexer::PassageSource passages = [&](std::string_view id) -> std::vector<bib::Passage> {
    const std::optional<store::SourceId> source = library.store().sources().with_short_id(id);
    const std::optional<store::WorkId> work = source ? library.store().works().of_source(*source) : std::nullopt;
    return work ? passages_for(library.store(), *work, audience, now) : std::vector<bib::Passage>{};
  };
  indexer::SearchRequest filled = request;
  filled.other_names = other_names(library);
  filled.today = date_in_zone(now, library.settings().text("library.time_zone"));
  return searcher.search(filled, passages);
}

Json hit_json(const indexer::Hit& hit) {
  Json snippet = Json::array();
  for (const indexer::SnippetPart& part : hit.snippet) snippet.push(Json::object({{"text", part.text}, {"marked", part.marked}}));
  Json out = Json::object({{"id", hit.id}, {"title", hit.title}, {"authors", hit.authors}});
  out.set("year", hit.year ? Json(hit.year) : Json()).set("type", hit.type);
  out.set("page", hit.page ? Json(hit.page) : Json()).set("section", hit.section.empty() ? Json() : Json(hit.section));
  return out.set("snippet", std::move(snippet));
}

}  // namespace

Result<indexer::ResultPage> search(Library& library, Audience audience, const indexer::SearchRequest& request) {
  return with_indexes(library, [&] { return search_once(library, audience, request); });
}

Json search_json(const indexer::ResultPage& page) {
  Json hits = Json::array(), facets = Json::object();
  for (const indexer::Hit& hit : page.hits) hits.push(hit_json(hit));
  Json nearest = Json::array();
  for (const indexer::Hit& hit : page.nearest) nearest.push(hit_json(hit));
  for (const auto& [name, values] : page.facets) {
    Json list = Json::array();
    for (const indexer::FacetValue& value : values) list.push(Json::object({{"value", value.value}, {"count", value.count}}));
    facets.set(name, std::move(list));
  }
  Json out = Json::object({{"v", 1}, {"total", page.total}});
  if (!page.exact) out.set("about", true);
  out.set("hits", std::move(hits)).set_if("nearest", std::move(nearest));
  out.set("facets", std::move(facets)).set("understood", page.understood);
  Json notes = Json::array();
  for (const indexer::query::Note& note : page.notes) notes.push(Json::object({{"code", note.code}, {"text", note.text}}));
  out.set_if("notes", std::move(notes));
  if (page.explanation) out.set("explanation", indexer::to_json(*page.explanation));
  if (page.advice != indexer::AdviceList{}) out.set("help", indexer::to_json(page.advice));
  return out;
}

}  // namespace colophon::app

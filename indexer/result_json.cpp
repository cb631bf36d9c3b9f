// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/searcher.hpp"

namespace colophon::indexer {
namespace {

Json hit_json(const Hit& hit) {
  Json snippet = Json::array();
  for (const SnippetPart& part : hit.snippet) snippet.push(Json::object({{"text", part.text}, {"marked", part.marked}}));
  Json out = Json::object({{"id", hit.id}, {"title", hit.title}, {"authors", hit.authors}});
  out.set("year", hit.year ? Json(hit.year) : Json()).set("type", hit.type);
  out.set("page", hit.page ? Json(hit.page) : Json()).set("section", hit.section.empty() ? Json() : Json(hit.section));
  if (hit.file) out.set("file", hit.file);
  out.set("snippet", std::move(snippet));
  return out.set_if("family", hit.family).set_if("versions", hit.versions ? Json(hit.versions) : Json());
}

}  // namespace

const std::string& label_of(const ResultPage& page, const std::string& value) {
  const auto found = page.labels.find(value);
  return found == page.labels.end() ? value : found->second;
}

Json to_json(const ResultPage& page) {
  Json hits = Json::array(), facets = Json::object();
  for (const Hit& hit : page.hits) hits.push(hit_json(hit));
  Json nearest = Json::array();
  for (const Hit& hit : page.nearest) nearest.push(hit_json(hit));
  for (const auto& [name, values] : page.facets) {
    Json list = Json::array();
    for (const FacetValue& value : values) {
      Json one = Json::object({{"value", value.value}, {"count", value.count}});
      if (const auto label = page.labels.find(value.value); label != page.labels.end()) one.set("label", label->second);
      list.push(std::move(one));
    }
    facets.set(name, std::move(list));
  }
  Json out = Json::object({{"v", 1}, {"total", page.total}});
  if (!page.exact) out.set("about", true);
  if (page.partial) out.set("partial", true);
  out.set("hits", std::move(hits)).set_if("nearest", std::move(nearest));
  out.set("facets", std::move(facets)).set("understood", page.understood);
  Json notes = Json::array();
  for (const query::Note& note : page.notes) notes.push(Json::object({{"code", note.code}, {"text", note.text}}));
  out.set_if("notes", std::move(notes));
  if (page.explanation) out.set("explanation", to_json(*page.explanation));
  if (page.advice != AdviceList{}) out.set("help", to_json(page.advice));
  return out;
}

}  // namespace colophon::indexer

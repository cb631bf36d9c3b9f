// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/search.hpp"

#include <algorithm>
#include <map>

#include "app/index_consumer.hpp"
#include "app/thesaurus.hpp"
#include "app/work_text.hpp"
#include "indexer/printed_page.hpp"

namespace colophon::app {
namespace {

using TextsOfHits = std::map<std::string, OpenTexts, std::less<>>;  // by their ids

// A text without pages may have been printed with some.
void find_printed_pages(const TextsOfHits& texts, std::vector<indexer::Hit>& hits) {
  for (indexer::Hit& hit : hits) {
    const auto open = texts.find(hit.id);
    if (!hit.in_text || hit.page > 0 || open == texts.end()) continue;
    const std::optional<PrintedText> printed = open->second.printed();
    if (!printed) continue;
    hit.page = indexer::printed_page(indexer::sentence_of(hit.snippet), printed->pages);
    if (hit.page > 0) hit.file = printed->file;
  }
}

// Concepts that were counted or chosen go by their labels.
void call_concepts(const indexer::Thesaurus& thesaurus, const indexer::SearchRequest& request, indexer::ResultPage& page) {
  const auto call = [&](const std::string& id) { page.labels[id] = thesaurus.label_of(id, request.language); };
  if (const auto facet = page.facets.find("concept"); facet != page.facets.end())
    for (const indexer::FacetValue& value : facet->second) call(value.value);
  for (const indexer::Filter& filter : request.filters) {
    if (filter.name == "concept") std::ranges::for_each(filter.values, call);
  }
}

Result<indexer::ResultPage> search_once(Library& library, Audience audience, const indexer::SearchRequest& request, Hosts hosts) {
  const std::vector<std::filesystem::path> open = open_folders(library, audience, indexer::Content::works);
  const Instant now = library.clock().now();
  store::Store& store = library.store();
  TextsOfHits texts;
  const indexer::HitPassages passages = [&](std::string_view id, std::size_t text_of) -> std::vector<bib::Passage> {
    const std::optional<store::WorkId> work = store.works().with_short_id(id);
    if (!work) return {};
    return texts.insert_or_assign(std::string(id), OpenTexts(store, *work, audience, now)).first->second.passages(text_of);
  };
  return store.read([&]() -> Result<indexer::ResultPage> {
    TRY_ASSIGN(indexer::ResultPage page,
               search_in(library, open, passages, request, hosts == Hosts::asked ? hosts_of(library) : indexer::HostsOfShards{}));
    find_printed_pages(texts, page.hits);
    find_printed_pages(texts, page.nearest);
    return page;
  });
}

}  // namespace

Result<indexer::ResultPage> search_in(Library& library,
                                      const std::vector<std::filesystem::path>& open,
                                      const indexer::HitPassages& passages,
                                      const indexer::SearchRequest& request,
                                      const indexer::HostsOfShards& hosts) {
  TRY_ASSIGN(indexer::Searcher searcher, indexer::Searcher::open(open, hosts));
  indexer::SearchRequest filled = request;
  filled.other_names = other_names(library);
  filled.concepts = concepts_named(library);
  filled.today = date_in_zone(library.clock().now(), library.settings().text("library.time_zone"));
  TRY_ASSIGN(indexer::ResultPage page, searcher.search(filled, passages));
  call_concepts(*thesaurus(library), filled, page);
  return page;
}

Result<indexer::ResultPage> search(Library& library, Audience audience, const indexer::SearchRequest& request, Hosts hosts) {
  return with_indexes(library, [&] { return search_once(library, audience, request, hosts); });
}

}  // namespace colophon::app

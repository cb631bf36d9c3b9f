// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "app/show.hpp"
#include "indexer/searcher.hpp"
#include "web/layout.hpp"
#include "web/request.hpp"

namespace colophon::web {

/// The pages: pure functions from what the viewer may see to HTML. Nothing here looks anything up.

// --- search --------------------------------------------------------------------------------------------------------------

inline constexpr std::size_t kHitsPerPage = 20;
inline constexpr std::size_t kLastPage = 500;  ///< deeper pages cost more than they tell

/// A search as its address says it: /search?q=heat+plan&f.type=report&f.type=thesis&sort=newest&page=2
struct SearchQuery {
  std::string text;
  std::string like = {};        ///< a work's id: publications like it
  std::string like_title = {};  ///< of that work; no part of the address
  indexer::Sort sort = indexer::Sort::relevance;
  std::vector<indexer::Filter> filters;  ///< in the order of the facets, without empty ones
  std::size_t page = 1;
  bool explain = false;  ///< with the weight of each part
  bool broaden = false;  ///< also works with the words of the first hits

  bool has(std::string_view facet, std::string_view value) const;
  /// The same without this filter value, on the first page.
  SearchQuery without(std::string_view facet, std::string_view value) const;
};
SearchQuery search_query(const Parameters& parameters);
/// The address, with only what differs from the defaults.
std::string search_path(const SearchQuery& query);
/// The address of the feed of the same search (feed.cpp).
std::string feed_path(const SearchQuery& query);
/// For windows and feeds.
std::string search_title(const SearchQuery& query);
/// With all facets counted.
indexer::SearchRequest search_request(const SearchQuery& query);
/// The facets' names in the order in which they are shown.
const std::vector<std::string>& facet_names();

/// `completions` are other queries that the text may have been meant to become.
Html search_page(const Frame& frame,
                 const SearchQuery& query,
                 const indexer::ResultPage& result,
                 const std::vector<std::string>& completions = {});
/// The list of hits alone; `query` goes into the links to pages, so that its words are marked there.
Html hit_list(const std::vector<indexer::Hit>& hits, std::string_view query);

// --- feed ----------------------------------------------------------------------------------------------------------------

/// A publication in a feed.
struct FeedEntry {
  indexer::Hit hit;
  Instant added;  ///< when it came into the library
};
struct FeedView {
  SearchQuery query;
  std::string library;             ///< its id: part of what names of entries are made from, and not shown
  std::vector<FeedEntry> entries;  ///< in the order in which they are shown
};
inline constexpr std::size_t kFeedEntries = 25;
/// The newest works of the search.
indexer::SearchRequest feed_request(const SearchQuery& query);
/// An Atom feed (RFC 4287). Names of feed and entries are UUIDs (RFC 9562, version 8) and stay when the server moves.
Html feed(const Frame& frame, const FeedView& view);

// --- home ----------------------------------------------------------------------------------------------------------------

struct HomeView {
  std::uint64_t works = 0;
  std::uint64_t full_texts = 0;      ///< files that everybody may open; 0 is not shown
  std::vector<indexer::Hit> latest;  ///< newest first
};
Html home_page(const Frame& frame, const HomeView& view);

// --- one publication -----------------------------------------------------------------------------------------------------

/// `body`: what the viewer may read of a structured text; its contents are shown. `similar`: publications like it, the likest first.
Html record_page(const Frame& frame,
                 const app::WorkView& view,
                 const bib::Document& body = {},
                 const std::vector<indexer::Hit>& similar = {});
/// For a withdrawn publication: that it was there, why it is not, and nothing of its content.
Html tombstone_page(const Frame& frame, const app::WorkView& view);
/// "Author, A.; Author, B. (2024). Title. Container 98(2), 104–121. https://doi.org/…"
std::string citation(const bib::Work& work);

/// Where in the text: by PDF page, by heading path, or by position from 1; the first that is set and there, else the beginning.
struct TextPlace {
  std::uint32_t page = 0;
  std::string section;
  std::size_t position = 0;
};
/// True when there is more to read than the record itself.
bool has_text(const app::WorkView& view);
/// The whole of a structured text on one page. REQUIRES: body is not empty.
Html reading_page(const Frame& frame, const app::WorkView& view, const bib::Document& body, std::string_view query);
/// The peer review that was published with it. REQUIRES: view.reviews is not empty.
Html reviews_page(const Frame& frame, const app::WorkView& view);
/// The section of the reading view that a place is in: "s2.1"; empty for none.
std::string section_at(const app::WorkView& view, const TextPlace& place);
/// One passage: what is left for pages. REQUIRES: has_text(view).
Html text_page(const Frame& frame, const app::WorkView& view, const TextPlace& place, std::string_view query);

}  // namespace colophon::web

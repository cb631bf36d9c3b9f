// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "indexer/family.hpp"
#include "indexer/schema.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/words.hpp"

#include <fmt/format.h>

namespace colophon::web {
namespace {

constexpr std::size_t kValuesShown = 8;    ///< of a facet before the rest is folded away
constexpr std::size_t kValuesFolded = 60;  ///< at most

struct FacetRow {
  std::string_view name;
  std::string_view label;
  std::string (*value)(std::string_view);
};
std::string as_is(std::string_view value) { return std::string(value); }
constexpr std::array kFacets = {
    FacetRow{"type", "Type", type_label},  FacetRow{"year", "Year", as_is},   FacetRow{"language", "Language", language_name},
    FacetRow{"project", "Project", as_is}, FacetRow{"place", "Place", as_is}, FacetRow{"concept", "Concept", as_is},
};

struct SortRow {
  indexer::Sort sort;
  std::string_view label;
};
constexpr std::array kSorts = {SortRow{indexer::Sort::relevance, "Relevance"}, SortRow{indexer::Sort::newest, "Newest"},
                               SortRow{indexer::Sort::oldest, "Oldest"}, SortRow{indexer::Sort::title, "Title"}};

Parameters parameters_of(const SearchQuery& query) {
  Parameters out;
  if (!query.text.empty()) out.add("q", query.text);
  if (!query.like.empty()) out.add("like", query.like);
  for (const indexer::Filter& filter : query.filters) {
    for (const std::string& value : filter.values) out.add("f." + filter.name, value);
  }
  if (query.sort != indexer::Sort::relevance) out.add("sort", std::string(name(query.sort)));
  if (query.page > 1) out.add("page", std::to_string(query.page));
  if (query.explain) out.add("explain", "1");
  if (query.broaden) out.add("broaden", "1");
  return out;
}

SearchQuery on_page(SearchQuery query, std::size_t number) {
  query.explain = false;
  query.page = number;
  return query;
}

SearchQuery sorted_by(SearchQuery query, indexer::Sort sort) {
  query.sort = sort;
  return on_page(std::move(query), 1);
}

// --- hits ----------------------------------------------------------------------------------------------------------------

Html place_link(std::string_view id, std::uint32_t number, std::string_view section, std::string_view query) {
  Html out;
  if (number > 0) return out.put("<a href=\"/r/{}/text?page={}&amp;q={}\">p. {}</a>", id, number, query, number);
  if (!section.empty()) out.put("<a href=\"/r/{}/text?section={}&amp;q={}\">{}</a>", id, section, query, ellipsis(section, 60));
  return out;
}

/// Where the snippet stands: in the text that is read here, and in the PDF where that is another file.
Html place_links(const indexer::Hit& hit, std::string_view query) {
  if (hit.file == 0) return place_link(hit.id, hit.page, hit.section, query);
  const Html section = place_link(hit.id, 0, hit.section, query);
  return Html().put("{}{}<a href=\"/r/{}/file/{}#page={}\">p. {} of the PDF</a>", section, section.empty() ? "" : ", ", hit.id,
                    hit.file, hit.page, hit.page);
}

Html more_places(const indexer::Hit& hit, std::string_view query) {
  Html out;
  if (hit.more.empty()) return out;
  out.put("<details><summary>{}</summary><p class=\"row\">", counted(hit.more.size(), "more place", "more places"));
  for (const indexer::HitPlace& place : hit.more) out.put(place_link(hit.id, place.page, place.section, query));
  return out.put("</p></details>");
}

Html versions_link(const indexer::Hit& hit) {
  if (hit.versions == 0) return {};
  return Html().put("<a href=\"{}\">and {}</a>", Href::to(search_path({.text = indexer::family_query(hit.family)})),
                    counted(hit.versions, "other version", "other versions"));
}

Html hit_item(const indexer::Hit& hit, std::string_view query) {
  const std::string year = hit.year ? std::to_string(hit.year) : "";
  Html out;
  out.put("<li>\n<h2><a href=\"/r/{}\"{}>{}</a></h2>\n", hit.id, Attribute::lang(hit.language),
          hit.title.empty() ? "Without title" : hit.title);
  out.put("<p class=\"meta\">{}</p>\n", byline(hit.authors, hit.container, year));
  if (!hit.snippet.empty())
    out.put("<p class=\"snippet\"{}>{} {}</p>\n", Attribute::lang(hit.language), marked(hit.snippet), place_links(hit, query));
  out.put("<div class=\"row\"><span class=\"tag\">{}</span>", type_label(hit.type));
  if (!hit.language.empty()) out.put("<span class=\"tag\">{}</span>", language_name(hit.language));
  return out.put("{}{}</div>\n</li>\n", versions_link(hit), more_places(hit, query));
}

// --- filters -------------------------------------------------------------------------------------------------------------

// What people call a value.
std::string called(const FacetRow& facet, const std::string& value, const indexer::ResultPage& result) {
  return facet.value(indexer::label_of(result, value));
}

Html facet_value(const FacetRow& facet, const indexer::FacetValue& value, bool chosen, const indexer::ResultPage& result) {
  return Html().put(
      "<label><input type=\"checkbox\" name=\"f.{}\" value=\"{}\"{}><span>{}</span><span class=\"count\">{}</span></label>\n",
      facet.name, value.value, Attribute::named("checked").when(chosen), called(facet, value.value, result), value.count);
}

/// Chosen values first, those without a match too.
std::vector<indexer::FacetValue> values_of(const FacetRow& facet, const SearchQuery& query, const indexer::ResultPage& result) {
  const auto found = result.facets.find(std::string(facet.name));
  std::vector<indexer::FacetValue> out = found == result.facets.end() ? std::vector<indexer::FacetValue>() : found->second;
  for (const indexer::Filter& filter : query.filters) {
    if (filter.name != facet.name) continue;
    for (const std::string& value : filter.values) {
      if (std::ranges::find(out, value, &indexer::FacetValue::value) == out.end()) out.push_back({value, 0});
    }
  }
  std::ranges::stable_partition(out, [&](const indexer::FacetValue& v) { return query.has(facet.name, v.value); });
  return out;
}

Html facet_box(const FacetRow& facet, const SearchQuery& query, const indexer::ResultPage& result) {
  const std::vector<indexer::FacetValue> values = values_of(facet, query, result);
  Html out;
  if (values.empty()) return out;
  out.put("<fieldset class=\"facet\"><legend>{}</legend>\n", facet.label);
  const std::size_t shown = values.size() <= kValuesShown + 2 ? values.size() : kValuesShown;
  const auto put = [&](const indexer::FacetValue& value) {
    out.put(facet_value(facet, value, query.has(facet.name, value.value), result));
  };
  for (std::size_t i = 0; i < shown; ++i) put(values[i]);
  if (shown < values.size()) {
    const std::size_t last = std::min(values.size(), shown + kValuesFolded);
    out.put("<details><summary>{}</summary>\n", last < values.size() ? fmt::format("{} more of {}", last - shown, values.size())
                                                                     : fmt::format("{} more", last - shown));
    for (std::size_t i = shown; i < last; ++i) put(values[i]);
    out.put("</details>\n");
  }
  return out.put("</fieldset>\n");
}

Html filters(const SearchQuery& query, const indexer::ResultPage& result) {
  Html boxes;
  for (const FacetRow& facet : kFacets) boxes.put(facet_box(facet, query, result));
  Html out;
  if (boxes.empty()) return out;
  out.put(
      "<form class=\"side\" id=\"filters\" action=\"/search\" aria-label=\"Filters\">\n<input type=\"hidden\" name=\"q\" "
      "value=\"{}\">",
      query.text);
  if (!query.like.empty()) out.put("<input type=\"hidden\" name=\"like\" value=\"{}\">", query.like);
  if (query.sort != indexer::Sort::relevance) out.put("<input type=\"hidden\" name=\"sort\" value=\"{}\">", name(query.sort));
  return out.put("\n{}<button>Apply filters</button>\n</form>\n", boxes);
}

Html chip(std::string_view label, const SearchQuery& without) {
  return Html().put("<li class=\"chip\">{}<a href=\"{}\" aria-label=\"Remove the filter {}\">×</a></li>\n", label,
                    Href::to(search_path(without)), label);
}

Html chips(const SearchQuery& query, const indexer::ResultPage& result) {
  Html out;
  if (!query.like.empty()) {
    SearchQuery without = on_page(query, 1);
    without.like.clear();
    out.put(chip("Like “" + ellipsis(query.like_title, 60) + "”", without));
  }
  for (const FacetRow& facet : kFacets) {
    for (const indexer::Filter& filter : query.filters) {
      if (filter.name != facet.name) continue;
      for (const std::string& value : filter.values) {
        out.put(chip(std::string(facet.label) + ": " + called(facet, value, result), query.without(filter.name, value)));
      }
    }
  }
  return out.empty() ? out : Html().put("<ul class=\"chips\" aria-label=\"Filters in force\">\n{}</ul>\n", out);
}

// --- around the list -----------------------------------------------------------------------------------------------------

Html tools(const SearchQuery& query, bool filterable) {
  Html out;
  out.put("<div class=\"row tools\"><span id=\"sort\">Sort</span>");
  for (const SortRow& row : kSorts) {
    if (row.sort == indexer::Sort::relevance && query.text.empty() && query.like.empty()) continue;
    const Attribute current = query.sort == row.sort ? Attribute::named("aria-current").is("true") : Attribute::none();
    out.put("<a href=\"{}\"{}>{}</a>", Href::to(search_path(sorted_by(query, row.sort))), current, row.label);
  }
  if (filterable) out.put("<a class=\"narrow\" href=\"#filters\">Filters</a>");
  return out.put("</div>\n");
}

Html notes(const indexer::ResultPage& result) {
  Html out;
  const auto understood = std::ranges::subrange(result.notes.begin() + (result.partial ? 1 : 0), result.notes.end());
  if (result.partial) out.put("<p class=\"partial\" role=\"status\">{}</p>\n", result.notes.front().text);
  if (understood.empty()) return out;
  out.put("<ul class=\"notes\" aria-label=\"How the search was understood\">\n");
  for (const auto& note : understood) out.put("<li>{}</li>\n", note.text);
  return out.put("</ul>\n");
}

Html query_link(std::string_view query) {
  Parameters parameters;
  parameters.add("q", std::string(query));
  return Html().put("<a href=\"{}\">{}</a>", Href::to("/search?" + parameters.encoded()), query);
}

Html did_you_mean(const indexer::ResultPage& result) {
  Html out;
  for (const indexer::Advice& one : result.advice.advice) {
    if (one.kind == indexer::Advice::Kind::spelling)
      out.put("<p class=\"mean\">Did you mean {}? <span class=\"soft\">{}</span></p>\n", query_link(one.query),
              counted(one.works, "publication", "publications"));
  }
  return out;
}

Html weights(const SearchQuery& query, const indexer::ResultPage& result) {
  Html out;
  if (!result.explanation) {
    SearchQuery asked = query;
    asked.explain = true;
    if (!result.hits.empty()) out.put("<p><a href=\"{}\">Show what each part weighs</a></p>\n", Href::to(search_path(asked)));
    return out;
  }
  out.put(
      "<div class=\"wide\"><table><caption>Weights in the first hit, {}</caption><thead><tr><th scope=\"col\">Part</th>"
      "<th scope=\"col\">Publications</th><th scope=\"col\">Weight</th></tr></thead><tbody>\n",
      ellipsis(result.explanation->title, 80));
  for (const indexer::ExplainedPart& part : result.explanation->parts) {
    std::string indent;
    for (int i = 0; i < part.depth; ++i) indent += "\u2003";
    out.put("<tr><td>{}{}</td><td class=\"count\">{}</td><td class=\"count\">{}</td></tr>\n", indent, part.what,
            part.works ? std::to_string(part.works) : std::string(), fmt::format("{:.3f}", part.weight));
  }
  return out.put("</tbody></table></div>\n");
}

Html broader(const SearchQuery& query, const indexer::ResultPage& result) {
  Html out;
  if (query.broaden || query.text.empty() || result.hits.empty()) return out;
  SearchQuery asked = on_page(query, 1);
  asked.broaden = true;
  return out.put("<p><a href=\"{}\">Broaden this search</a> with the words of its first hits</p>\n",
                 Href::to(search_path(asked)));
}

Html how_searched(const SearchQuery& query, const indexer::ResultPage& result) {
  Html out;
  out.put("<details class=\"how\"{}><summary>How this was searched</summary>\n<p><code>{}</code></p>\n",
          Attribute::named("open").when(result.explanation.has_value()),
          !result.understood.empty() ? result.understood
          : query.like.empty()       ? "everything"
                                     : "the words of the publication");
  out.put(weights(query, result));
  if (!result.exact) out.put("<p>The number of publications is an estimate.</p>\n");
  return out.put(
      "<p>Two or three words must all be there, in any form; of more, most. Titles count most. <a href=\"#help\">How to "
      "search</a></p>\n</details>\n");
}

Html help_rows() {
  Html out;
  for (const indexer::Row& row : indexer::rows()) {
    if (!row.example.empty())
      out.put("<tr><td><a href=\"/search?q={}\">{}</a></td><td>{}</td></tr>\n", row.example, row.example, row.help);
  }
  return out;
}

Html help(bool open) {
  Html out;
  out.put("<details class=\"help\" id=\"help\"{}><summary>How to search</summary>\n<ul>\n", Attribute::named("open").when(open));
  out.put("<li>Words are found in every form: <i>city</i> finds <i>cities</i>. All of them must be there.</li>\n");
  out.put(
      "<li><b>\"heat action plan\"</b> in quotes: these words in this order. <b>heat near/8 city</b>: at most eight words "
      "apart.</li>\n"
      "<li><b>flood OR drought</b>: either. <b>-coast</b>: without. <b>resilien*</b>, <b>wom*n</b>: any letters for the "
      "star.</li>\n"
      "<li><b>~\"heat wave\"</b>: this or any other name of it in the thesaurus, in any language.</li>\n</ul>\n");
  return out.put(
      "<div class=\"wide\"><table><thead><tr><th scope=\"col\">Write</th><th scope=\"col\">to "
      "find</th></tr></thead><tbody>\n{}</tbody></table></div>\n</details>\n",
      help_rows());
}

struct AdviceRow {
  indexer::Advice::Kind kind;
  std::string_view before;
};
constexpr std::array kAdvice = {AdviceRow{indexer::Advice::Kind::without, "With one part left out,"},
                                AdviceRow{indexer::Advice::Kind::wider, "Less strictly,"},
                                AdviceRow{indexer::Advice::Kind::either, "With any of it,"}};

Html nothing_found(const SearchQuery& query, const indexer::ResultPage& result) {
  Html out;
  out.put("<p>No publication has all of this.</p>\n<ul class=\"help\">\n");
  if (!query.filters.empty()) {
    SearchQuery wider = query;
    wider.filters.clear();
    out.put("<li><a href=\"{}\">Search without filters</a></li>\n", Href::to(search_path(on_page(wider, 1))));
  }
  if (query.page > 1) out.put("<li><a href=\"{}\">Go to the first page</a></li>\n", Href::to(search_path(on_page(query, 1))));
  for (const std::string& part : result.advice.nowhere) out.put("<li><b>{}</b> is in no publication.</li>\n", part);
  for (const indexer::Advice& one : result.advice.advice) {
    const auto row = std::ranges::find(kAdvice, one.kind, &AdviceRow::kind);
    if (row != kAdvice.end())
      out.put("<li>{} {}: {}</li>\n", row->before, query_link(one.query), counted(one.works, "publication", "publications"));
  }
  return out.put("<li>Check the spelling, or try fewer or other words.</li>\n</ul>\n");
}

Html nearest(const SearchQuery& query, const indexer::ResultPage& result) {
  if (result.nearest.empty()) return {};
  return Html().put("<section aria-labelledby=\"nearest\"><h2 id=\"nearest\">{}</h2>\n{}</section>\n",
                    result.hits.empty() ? "Publications with some of the words" : "Publications that lack some of the words",
                    hit_list(result.nearest, query.text));
}

Html paging(const SearchQuery& query, const indexer::ResultPage& result) {
  // Versions of one work are one hit: there may be fewer pages than works fill.
  const std::size_t filled = std::min((result.total + kHitsPerPage - 1) / kHitsPerPage, kLastPage);
  const std::size_t last = result.more ? filled : std::min(filled, query.page);
  Html out;
  if (last <= 1 && query.page <= 1) return out;
  out.put("<nav class=\"row pages\" aria-label=\"Pages of results\">");
  if (query.page > 1)
    out.put("<a class=\"button\" rel=\"prev\" href=\"{}\">Previous page</a>",
            Href::to(search_path(on_page(query, query.page - 1))));
  if (query.page < last)
    out.put("<a class=\"button\" rel=\"next\" href=\"{}\">Next page</a>", Href::to(search_path(on_page(query, query.page + 1))));
  return out.put("<span class=\"soft\">Page {} of {}</span></nav>\n", query.page, last);
}

/// A way to be told what comes, without an account.
Html follow(const SearchQuery& query) {
  return Html().put("<p><a href=\"{}\" type=\"application/atom+xml\">Follow this search</a> in a feed reader</p>\n",
                    Href::to(feed_path(query)));
}

std::string heading(const SearchQuery& query, const indexer::ResultPage& result) {
  const std::string count = (result.exact ? "" : "About ") + counted(result.total, "publication", "publications");
  if (!query.like.empty() && query.text.empty() && result.total > 0)
    return "Publications like “" + ellipsis(query.like_title, 80) + "”";
  if (result.total == 0) return query.text.empty() ? "No publications" : "Nothing for “" + ellipsis(query.text, 80) + "”";
  return query.text.empty() ? count : count + " for “" + ellipsis(query.text, 80) + "”";
}

}  // namespace

bool SearchQuery::has(std::string_view facet, std::string_view value) const {
  return std::ranges::any_of(
      filters, [&](const indexer::Filter& f) { return f.name == facet && std::ranges::find(f.values, value) != f.values.end(); });
}

SearchQuery SearchQuery::without(std::string_view facet, std::string_view value) const {
  SearchQuery out = on_page(*this, 1);
  for (indexer::Filter& filter : out.filters) {
    if (filter.name == facet) std::erase(filter.values, value);
  }
  std::erase_if(out.filters, [](const indexer::Filter& f) { return f.values.empty(); });
  return out;
}

const std::vector<std::string>& facet_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> out;
    for (const FacetRow& facet : kFacets) out.emplace_back(facet.name);
    return out;
  }();
  return names;
}

SearchQuery search_query(const Parameters& parameters) {
  SearchQuery out{.text = squeeze(parameters.get("q")),
                  .sort = indexer::sort_named(parameters.get("sort")).value_or(indexer::Sort::relevance)};
  out.like = parameters.get("like");
  out.page = std::min(parameters.number("page", 1, 1), kLastPage);
  out.explain = parameters.get("explain") == "1";
  out.broaden = parameters.get("broaden") == "1";
  for (const std::string& facet : facet_names()) {
    indexer::Filter filter{facet, {}};
    for (const std::string& value : parameters.all("f." + facet)) {
      if (!value.empty() && std::ranges::find(filter.values, value) == filter.values.end()) filter.values.push_back(value);
    }
    if (!filter.values.empty()) out.filters.push_back(std::move(filter));
  }
  return out;
}

namespace {
std::string path_with(std::string_view path, const SearchQuery& query) {
  const std::string parameters = parameters_of(query).encoded();
  return std::string(path) + (parameters.empty() ? "" : "?" + parameters);
}
}  // namespace

std::string search_path(const SearchQuery& query) { return path_with("/search", query); }

std::string feed_path(const SearchQuery& query) {
  SearchQuery all = on_page(query, 1);
  all.sort = indexer::Sort::relevance;
  all.broaden = false;
  return path_with("/search.atom", all);
}

indexer::SearchRequest search_request(const SearchQuery& query) {
  return {.text = query.text,
          .like = query.like,
          .offset = (query.page - 1) * kHitsPerPage,
          .limit = kHitsPerPage,
          .sort = query.sort,
          .filters = query.filters,
          .facets = facet_names(),
          .explain = query.explain,
          .advise = true,
          .nearest = true,
          .broaden = query.broaden,
          .collapse = true};
}

std::string search_title(const SearchQuery& query) {
  if (!query.text.empty()) return ellipsis(query.text, 60);
  return query.like.empty() ? "All publications" : "Like “" + ellipsis(query.like_title, 60) + "”";
}

Html hit_list(const std::vector<indexer::Hit>& hits, std::string_view query) {
  Html out;
  out.put("<ol class=\"hits\">\n");
  for (const indexer::Hit& hit : hits) out.put(hit_item(hit, query));
  return out.put("</ol>\n");
}

Html search_page(const Frame& frame,
                 const SearchQuery& query,
                 const indexer::ResultPage& result,
                 const std::vector<std::string>& completions) {
  const Html side = filters(query, result);
  Html content;
  content.put("<div class=\"split\">\n<div class=\"results\">\n<h1>{}</h1>\n{}{}{}", heading(query, result), chips(query, result),
              notes(result), result.total > 0 || query.page > 1 ? tools(query, !side.empty()) : Html());
  content.put(did_you_mean(result));
  content.put(how_searched(query, result));
  content.put(result.hits.empty() ? nothing_found(query, result) : hit_list(result.hits, query.text));
  content.put("{}{}{}{}{}</div>\n{}</div>\n", paging(query, result), nearest(query, result), broader(query, result),
              follow(query), help(result.hits.empty()), side);
  const std::string title = search_title(query);
  const std::string page_mark = query.page > 1 ? ", page " + std::to_string(query.page) : "";
  Html robots;
  robots.put("<meta name=\"robots\" content=\"noindex, follow\">\n");
  robots.put("<link rel=\"alternate\" type=\"application/atom+xml\" title=\"{}\" href=\"{}\">\n", title,
             Href::to(feed_path(query)));
  return page(frame, {.title = title + page_mark, .query = query.text, .meta = robots, .completions = completions}, content);
}

}  // namespace colophon::web

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "indexer/bulk.hpp"
#include "support.hpp"

#include <fmt/format.h>

/// Works, requests and their answers as text: what an index in shards is compared with one database by.
namespace colophon::indexer::test {

inline constexpr std::array kThemes = {"heat",   "flood",     "city",    "plans",  "adaptation", "governance",
                                       "risk",   "river",     "finance", "shade",  "towns",      "housing",
                                       "water",  "transport", "energy",  "equity", "coastal",    "insurance",
                                       "health", "trees",     "justice", "data",   "mobility",   "waste"};

// Texts of a few themes, so that there is something to learn; every tenth work is a version of the one before.
inline std::vector<EntryData> themed_works(std::size_t count) {
  std::mt19937 random(11);
  std::vector<EntryData> out;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t theme = random() % 5;
    const auto text = [&](std::size_t words) {
      std::string words_of_it;
      while (words--)
        words_of_it += std::string(kThemes[(theme * 4 + random() % 9) % kThemes.size()]) + (random() % 9 ? " " : ", ");
      return words_of_it;
    };
    EntryData one = work(fmt::format("w{:04}", i), text(6), static_cast<int>(2000 + random() % 25), text(30));
    one.change = i + 1;
    one.record.type = random() % 2 ? bib::WorkType::report : bib::WorkType::article;
    one.record.add(bib::FieldId::doi, bib::Code{fmt::format("10.1000/{}", i)});
    if (i % 10 == 9)
      one.record.add(bib::FieldId::related, bib::Link{"has-preprint", "doi", fmt::format("10.1000/{}", i - 1), {}});
    if (random() % 3 == 0) one.record.add(bib::FieldId::project, bib::Text{kThemes[random() % 4], ""});
    for (std::uint32_t p = 1; p <= random() % 4; ++p) one.passages.push_back(page(p, text(60)));
    out.push_back(std::move(one));
  }
  return out;
}

inline Identity in_shards(std::size_t shards, Content content = Content::works) {
  return {"library", "public", content, {}, shards};
}

// What people see of it, a hit a line; scores to eight digits, for hosts do not round weights.
inline std::string answer(Searcher& searcher, SearchRequest request, const std::vector<EntryData>& works) {
  const auto plain = searcher.search(request);
  if (!plain) return plain.error().message;
  request.facets = {"type", "year", "project"};
  request.advise = request.nearest = request.explain = true;
  auto page = searcher.search(request, source_of(works));
  if (!page) return page.error().message;
  std::string out = fmt::format("{} {} {}\n", plain->total, plain->exact, plain->hits.size());
  const auto list = [&](const std::vector<Hit>& hits) {
    for (const Hit& hit : hits)
      out += fmt::format("{} {:.8f} p{} {} {} {}\n", hit.id, hit.score, hit.page, hit.more.size(), hit.versions,
                         marked(hit.snippet));
  };
  list(std::exchange(page->hits, {}));
  out += "nearest\n";
  list(std::exchange(page->nearest, {}));
  if (const auto explained = std::exchange(page->explanation, std::nullopt)) {
    for (const auto& part : explained->parts)
      out += fmt::format("{} {} {} {:.8f}\n", part.depth, part.what, part.works, part.weight);
  }
  return out + to_json(*page).dump();
}
inline std::vector<SearchRequest> requests() {
  std::vector<SearchRequest> out;
  for (const char* text :
       {"", "heat", "heat plans", "\"heat plans\"", "heat near/3 river", "heat plans shade towns governance", "adapt* -flood",
        "flood OR \"coastal insurance\"", "title:heat year:2005..2015", "type:report finance", "governence", "project:heat",
        "family:10.1000/8", "zebra", "heat zebra", "-heat", "transport energy equity coastal insurance health trees"})
    out.push_back({.text = text});
  for (const Sort sort : {Sort::newest, Sort::oldest, Sort::title}) out.push_back({.text = "heat", .sort = sort});
  out.push_back({.text = "risk", .collapse = true});
  out.push_back({.text = "risk", .offset = 20, .limit = 30});
  out.push_back({.text = "risk", .filters = {{"type", {"article"}}}});
  out.push_back({.text = "river trees", .broaden = true});
  out.push_back({.text = "", .like = "w0007"});
  return out;
}

}  // namespace colophon::indexer::test

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/overlap.hpp"

#include "app/index_consumer.hpp"
#include "app/show.hpp"
#include "indexer/overlap/prose.hpp"

namespace colophon::app {
namespace {

Result<indexer::OverlapReport> find_once(Library& library, const ComparedText& text, Audience audience, std::size_t limit) {
  TRY_ASSIGN(indexer::OverlapFinder finder,
             indexer::OverlapFinder::open(open_folders(library, audience, indexer::Content::fingerprints)));
  indexer::OverlapOptions options;
  options.limit = limit;
  if (!text.id.empty()) options.less.push_back(text.id);
  const std::vector<bib::Passage> prose = indexer::prose_of(text.record, text.passages);
  return finder.find(prose, [&](std::string_view id) { return prose_for(library, id, audience); }, options);
}

Result<OverlappingWork> shown(Library& library, indexer::OverlapWork found, Audience audience) {
  TRY_ASSIGN(const WorkView view, show_work(library, found.id, audience));
  const bib::NameList* people = view.record.names(bib::FieldId::author);
  return OverlappingWork{std::move(found), view.record.full_title(), people ? bib::short_form(*people) : std::string(),
                         view.record.year().value_or(0)};
}

Json parts_json(const std::vector<indexer::SnippetPart>& parts) {
  Json out = Json::array();
  for (const indexer::SnippetPart& part : parts) out.push(Json::object({{"text", part.text}, {"marked", part.marked}}));
  return out;
}
Json side_json(const indexer::HitPlace& place, const std::vector<indexer::SnippetPart>& text) {
  Json out = Json::object();
  out.set("page", place.page ? Json(place.page) : Json()).set("section", place.section.empty() ? Json() : Json(place.section));
  return out.set("text", parts_json(text)), out;
}

}  // namespace

Result<OverlapView> check_overlap(Library& library, const ComparedText& text, Audience audience, std::size_t limit) {
  TRY_ASSIGN(indexer::OverlapReport report, with_indexes(library, [&] { return find_once(library, text, audience, limit); }));
  OverlapView out{text.name, report.words, report.documents, {}};
  for (indexer::OverlapWork& work : report.works) {
    TRY_ASSIGN(OverlappingWork one, shown(library, std::move(work), audience));
    out.works.push_back(std::move(one));
  }
  return out;
}

Json overlap_json(const OverlapView& view) {
  Json works = Json::array();
  for (const OverlappingWork& work : view.works) {
    Json passages = Json::array();
    for (const indexer::SharedPassage& passage : work.found.passages) {
      passages.push(Json::object({{"words", passage.words},
                                  {"same", passage.same},
                                  {"ours", side_json(passage.ours, passage.our_text)},
                                  {"theirs", side_json(passage.theirs, passage.their_text)}}));
    }
    Json one = Json::object({{"id", work.found.id}, {"title", work.title}, {"authors", work.authors}});
    one.set("year", work.year ? Json(work.year) : Json()).set("same", work.found.same).set("share", work.found.share);
    works.push(std::move(one.set("passages", std::move(passages))));
  }
  return Json::object({{"v", 1},
                       {"name", view.name},
                       {"words", view.words},
                       {"documents", static_cast<std::int64_t>(view.documents)},
                       {"works", std::move(works)}});
}

}  // namespace colophon::app

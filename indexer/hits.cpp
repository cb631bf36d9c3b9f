// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/hits.hpp"

#include <algorithm>

#include "indexer/classes.hpp"
#include "indexer/form_terms.hpp"
#include "indexer/locate.hpp"
#include "indexer/matching.hpp"
#include "indexer/profile.hpp"
#include "indexer/slot_values.hpp"
#include "indexer/terms.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

constexpr std::size_t kNoPassage = SIZE_MAX;

std::vector<std::uint32_t> documents_of(const std::vector<Score>& works) {
  std::vector<std::uint32_t> out;
  for (const Score& work : works) out.push_back(work.document);
  return out;
}

void add_place(Hit& hit, const bib::Passage& passage) {
  const HitPlace place{passage.page, passage.section};
  const bool known = place == HitPlace{hit.page, hit.section} || std::ranges::find(hit.more, place) != hit.more.end();
  if (!known) hit.more.push_back(place);
}

Hit hit_of(Card&& card) {
  Hit out;
  out.id = std::move(card.id), out.title = std::move(card.title), out.authors = std::move(card.authors), out.year = card.year;
  out.type = std::move(card.type), out.language = std::move(card.language), out.container = std::move(card.container);
  return out;
}

// The hits of one page; by rising numbers of the documents.
class Hits {
 public:
  Hits(const HitContext& with, const HitPassages& source, const std::vector<std::uint32_t>& documents)
      : with_(with),
        source_(source),
        page_maps_(slot_values(Slot::page_map, documents, with.all)),
        terms_(with.all, with.sought, with.languages, with.analyser, with_text(documents)),
        matcher_(with.sought, with.languages, with.analyser) {
    if (with.families) families_ = slot_values(Slot::family, documents, with.all);
  }

  Hit hit(std::size_t i, const Score& work) {
    Card card = card_from_data(with_.all.get_document(work.document, Xapian::DOC_ASSUME_VALID).get_data());
    const std::string lead = std::move(card.lead);
    Hit out = hit_of(std::move(card));
    out.score = work.weight;
    if (with_.families) add_versions(out, families_[i]);
    place(out, work.document, page_maps_[i], lead);
    return out;
  }

 private:
  std::vector<std::uint32_t> with_text(const std::vector<std::uint32_t>& documents) const {
    std::vector<std::uint32_t> out;
    for (std::size_t i = 0; i < documents.size(); ++i) {
      if (!page_maps_[i].empty()) out.push_back(documents[i]);
    }
    return out;
  }

  void place(Hit& hit, std::uint32_t document, const std::string& map, const std::string& lead) {
    const Located at = map.empty() ? Located{} : locate(document, map, with_.word_places.of(document), with_.sought, terms_);
    const std::vector<bib::Passage> passages =
        source_ && (at.best >= 0 || !at.more.empty())
            ? source_(hit.id, at.best >= 0 ? static_cast<std::size_t>(at.best) : kNoPassage)
            : std::vector<bib::Passage>{};
    const bool same = passages.size() == decode_page_map(map).size();
    if (same && at.best >= 0) {
      const bib::Passage& best = passages[static_cast<std::size_t>(at.best)];
      hit.page = best.page;
      hit.section = best.section;
      hit.in_text = true;
      hit.snippet = snippet(best.text, matcher_, with_.analyser);
    } else {
      hit.snippet = snippet(lead, matcher_, with_.analyser);
    }
    for (const int other : at.more) {
      if (same) add_place(hit, passages[static_cast<std::size_t>(other)]);
    }
  }

  void add_versions(Hit& hit, const std::string& id) const {
    if (id.empty()) return;
    const std::string family = with_.families->name(id);
    std::vector<std::string> terms;
    for (const std::string& one : with_.families->ids(family)) terms.push_back(value_term(*row_named("family"), one));
    const std::size_t versions = works_with(terms, with_.all, with_.classes);
    if (versions > 1) hit.family = family, hit.versions = versions - 1;
  }

  const HitContext& with_;
  const HitPassages& source_;
  std::vector<std::string> page_maps_, families_;
  FormTerms terms_;
  Matcher matcher_;
};

}  // namespace

std::vector<Hit> hits_of(const std::vector<Score>& works, const HitContext& with, const HitPassages& source) {
  const std::vector<std::uint32_t> documents = documents_of(works);
  Hits hits(with, source, documents);
  std::vector<Hit> out(works.size());
  for (const std::size_t i : by_number(documents)) out[i] = hits.hit(i, works[i]);
  return out;
}

}  // namespace colophon::indexer

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/work_text.hpp"

#include <algorithm>
#include <map>

#include "review/open_review.hpp"

namespace colophon::app {
namespace {

using store::WorkId;

bool may_read(Audience audience, const bib::Access& access, Instant now) {
  const bib::AudienceClass needed = bib::audience(access, now);
  return needed == bib::AudienceClass::public_ || (needed == bib::AudienceClass::signed_in && audience == Audience::signed_in);
}

// The files of a work by the source that they came with.
std::map<store::SourceId, std::vector<bib::Access>> access_by_source(store::Store& store, WorkId work) {
  std::map<store::SourceId, std::vector<bib::Access>> out;
  for (const store::FileRow& file : store.works().files_of(work)) out[file.source].push_back(file.access);
  return out;
}

// The texts that may stand for the work, the best first: JATS before PDF before others, the older first; open to the audience.
std::vector<store::TextRow> open_texts(store::Store& store, WorkId work, Audience audience, Instant now) {
  std::vector<store::TextRow> out = store.works().texts_of(work);
  const auto access = access_by_source(store, work);
  std::erase_if(out, [&](const store::TextRow& text) {
    const auto rules = access.find(text.source);
    return rules == access.end() ||
           std::ranges::none_of(rules->second, [&](const bib::Access& a) { return may_read(audience, a, now); });
  });
  std::ranges::stable_sort(out, {}, &store::TextRow::kind);
  return out;
}

}  // namespace

std::optional<store::SourceId> text_source(store::Store& store, WorkId work, Audience audience, Instant now) {
  const std::vector<store::TextRow> texts = open_texts(store, work, audience, now);
  return texts.empty() ? std::nullopt : std::optional(texts.front().source);
}

std::optional<PrintedText> printed_text(store::Store& store, WorkId work, Audience audience, Instant now) {
  const std::vector<store::TextRow> texts = open_texts(store, work, audience, now);
  const auto pdf = std::ranges::find(texts, bib::SourceKind::pdf, &store::TextRow::kind);
  if (pdf == texts.end()) return std::nullopt;
  for (const store::FileRow& file : store.works().files_of(work)) {
    if (file.source != pdf->source || file.media != "application/pdf" || !may_read(audience, file.access, now)) continue;
    Result<std::vector<bib::Passage>> pages = store.works().passages(pdf->source);
    return pages ? std::optional(PrintedText{file.id, std::move(*pages)}) : std::nullopt;
  }
  return std::nullopt;
}

std::vector<bib::Passage> passages_for(
    store::Store& store, WorkId work, Audience audience, Instant now, std::optional<std::size_t> text_of) {
  const std::optional<store::SourceId> source = text_source(store, work, audience, now);
  if (!source) return {};
  Result<std::vector<bib::Passage>> out = store.works().passages(*source, text_of);
  return out ? std::move(*out) : std::vector<bib::Passage>{};
}

bib::Document body_for(store::Store& store, WorkId work, Audience audience, Instant now) {
  const std::optional<store::SourceId> source = text_source(store, work, audience, now);
  if (!source) return {};
  Result<bib::Document> out = store.works().body(*source);
  return out ? std::move(*out) : bib::Document{};
}

std::vector<bib::PeerReview> reviews_for(store::Store& store, WorkId work, Audience audience, Instant now) {
  const std::optional<store::SourceId> id = text_source(store, work, audience, now);
  const std::optional<store::Source> source = id ? store.sources().get(*id) : std::nullopt;
  if (!source) return {};
  Result<std::vector<bib::PeerReview>> kept = store.works().reviews(*id);
  return kept ? review::open_reviews(source->work, std::move(*kept)) : std::vector<bib::PeerReview>{};
}

}  // namespace colophon::app

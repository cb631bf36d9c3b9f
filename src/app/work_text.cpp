// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/work_text.hpp"

#include <algorithm>

#include "review/open_review.hpp"

namespace colophon::app {
namespace {

using store::WorkId;

bool may_read(Audience audience, const bib::Access& access, Instant now) {
  const bib::AudienceClass needed = bib::audience(access, now);
  return needed == bib::AudienceClass::public_ || (needed == bib::AudienceClass::signed_in && audience == Audience::signed_in);
}

}  // namespace

OpenTexts::OpenTexts(store::Store& store, WorkId work, Audience audience, Instant now)
    : store_(&store), texts_(store.works().texts_of(work)), files_(store.works().files_of(work)) {
  std::erase_if(files_, [&](const store::FileRow& file) { return !may_read(audience, file.access, now); });
  std::erase_if(texts_, [&](const store::TextRow& text) {
    return std::ranges::find(files_, text.source, &store::FileRow::source) == files_.end();
  });
  std::ranges::stable_sort(texts_, {}, &store::TextRow::kind);
}

std::optional<store::SourceId> OpenTexts::source() const {
  return texts_.empty() ? std::nullopt : std::optional(texts_.front().source);
}

std::vector<bib::Passage> OpenTexts::passages(std::optional<std::size_t> text_of) const {
  if (texts_.empty()) return {};
  Result<std::vector<bib::Passage>> out = store_->works().passages(texts_.front().source, text_of);
  return out ? std::move(*out) : std::vector<bib::Passage>{};
}

std::optional<PrintedText> OpenTexts::printed() const {
  const auto pdf = std::ranges::find(texts_, bib::SourceKind::pdf, &store::TextRow::kind);
  if (pdf == texts_.end()) return std::nullopt;
  const auto file = std::ranges::find_if(
      files_, [&](const store::FileRow& one) { return one.source == pdf->source && one.media == "application/pdf"; });
  if (file == files_.end()) return std::nullopt;
  Result<std::vector<bib::Passage>> pages = store_->works().passages(pdf->source);
  return pages ? std::optional(PrintedText{file->id, std::move(*pages)}) : std::nullopt;
}

std::optional<store::SourceId> text_source(store::Store& store, WorkId work, Audience audience, Instant now) {
  return OpenTexts(store, work, audience, now).source();
}

std::vector<bib::Passage> passages_for(
    store::Store& store, WorkId work, Audience audience, Instant now, std::optional<std::size_t> text_of) {
  return OpenTexts(store, work, audience, now).passages(text_of);
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

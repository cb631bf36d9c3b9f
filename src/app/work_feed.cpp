// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/index_feed.hpp"
#include "app/work_text.hpp"

namespace colophon::app {
namespace {

using store::WorkRow;
using store::WorkState;

// A work as one class of index shows it; nothing when it does not stand there.
std::optional<indexer::EntryData> entry_of(store::Store& store, const WorkRow& row, std::string_view index_class, Instant now) {
  if (row.state != WorkState::live || (index_class == kSignedInClass && !row.has_files)) return std::nullopt;
  Result<bib::Work> record = row.work();
  if (!record) return std::nullopt;
  std::optional<store::SourceId> open, closed;
  if (row.has_files) {
    open = text_source(store, row.id, Audience::visitor, now);
    closed = text_source(store, row.id, Audience::signed_in, now);
  }
  const bool twin = open != closed;  // signed-in readers have another, fuller text
  if (index_class == kSignedInClass && !twin) return std::nullopt;
  const auto text = index_class == kSignedInClass ? closed : open;
  indexer::EntryData out{row.short_id, row.change, std::move(*record), {}, {}, {}};
  if (twin && index_class == kPublicClass) out.twin = kSignedInClass;
  if (text) out.extra_terms.push_back({"access", text == open ? "open" : "signed-in"});
  if (text) {
    if (Result<std::vector<bib::Passage>> passages = store.works().passages(*text)) out.passages = std::move(*passages);
  }
  return out;
}

std::uint64_t last(store::Store& store) { return store.works().last_change(); }

std::uint64_t waiting(store::Store& store, std::uint64_t after) {
  const std::uint64_t newest = last(store);
  return newest > after ? newest - after : 0;
}

std::vector<Changed> read(store::Store& store, const IndexFolder& folder, Instant now, const FeedRange& range) {
  std::vector<Changed> out;
  for (WorkRow& row : store.works().changed_after(range.after, range.limit, range.part, range.parts)) {
    Changed one{row.change, row.short_id, {}};
    one.entry = [&store, row = std::move(row), index_class = folder.index_class, now] {
      return entry_of(store, row, index_class, now);
    };
    out.push_back(std::move(one));
  }
  return out;
}

Status prepare(Library&, std::uint64_t) { return {}; }  // passages are kept when files are added

}  // namespace

const Feed kWorkFeed{last, waiting, read, prepare};

}  // namespace colophon::app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/index_consumer.hpp"
#include "indexer/entry.hpp"

namespace colophon::app {

/// Something that changed, as one index shows it.
struct Changed {
  std::uint64_t change = 0;
  std::string id;                                            ///< of the document
  std::function<std::optional<indexer::EntryData>()> entry;  ///< nothing: it does not stand in this index
};

/// What to read of a feed: the first `limit` changes above `after`; of `parts` parts only one.
struct FeedRange {
  std::uint64_t after = 0;
  std::size_t limit = 0;
  std::size_t part = 0, parts = 1;
};

/// What an index is made of, in order of change: works, or versions of submissions. Numbers of changes only grow; a document is a function
/// of what it is read from, so that an index made anew is the one that was kept.
struct Feed {
  std::uint64_t (*last)(store::Store&);                          ///< the highest number; 0 when there is none
  std::uint64_t (*waiting)(store::Store&, std::uint64_t after);  ///< how many changes are above a number
  /// The store must outlive what is given back.
  std::vector<Changed> (*read)(store::Store&, const IndexFolder&, Instant now, const FeedRange&);
  /// Reads the files that documents above a number need, and keeps what they say.
  Status (*prepare)(Library&, std::uint64_t after);
};
extern const Feed kWorkFeed;     ///< work_feed.cpp
extern const Feed kVersionFeed;  ///< version_feed.cpp
inline const Feed& feed_of(const IndexFolder& folder) { return folder.workflow.empty() ? kWorkFeed : kVersionFeed; }

}  // namespace colophon::app

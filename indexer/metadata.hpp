// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string_view>

namespace colophon::indexer::metadata {

/// Keys of what an index says about itself, committed with its documents.
inline constexpr std::string_view kSchema = "colophon.schema";
inline constexpr std::string_view kWatermark = "colophon.watermark";
inline constexpr std::string_view kLibrary = "colophon.library";
inline constexpr std::string_view kClass = "colophon.class";
/// Bytes of all files when they were last written without gaps.
inline constexpr std::string_view kCompacted = "colophon.compacted";
inline constexpr std::string_view kContent = "colophon.content";
/// Which identifiers are of versions of one work (families.hpp).
inline constexpr std::string_view kFamilies = "colophon.families";
/// Of the thesaurus whose concepts the documents name.
inline constexpr std::string_view kThesaurus = "colophon.thesaurus";
/// Which shard it is, of how many (shards.hpp).
inline constexpr std::string_view kShard = "colophon.shard";
/// A number that grows with every commit: who has a copy with the same UUID and number has the same documents.
inline constexpr std::string_view kCommit = "colophon.commit";
/// Documents that changed since an earlier commit (changed.hpp).
inline constexpr std::string_view kChanged = "colophon.changed";

inline constexpr std::string_view kChecksumFile = "checksums";
inline constexpr std::string_view kTopicsFile = "topics";
inline constexpr std::string_view kFrequentFile = "frequent";

}  // namespace colophon::indexer::metadata

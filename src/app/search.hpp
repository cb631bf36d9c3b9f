// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/library.hpp"
#include "indexer/searcher.hpp"

namespace colophon::app {

/// For whom something is shown: a visitor of the web, or somebody signed in (the system user at the command line is one).
enum class Audience : std::uint8_t { visitor, signed_in };

/// Whether the hosts that index.shards names take part. Without them nothing is missing when one is silent.
enum class Hosts : bool { none, asked };

/// Searches exactly the indexes that the audience may open. Errors as in indexer/searcher.hpp; an index that is missing or damaged is
/// rebuilt first. A query is never an error. A hit in a structured text shows the page of the work's PDF on which its sentence begins, where
/// the audience may open one.
Result<indexer::ResultPage> search(Library& library,
                                   Audience audience,
                                   const indexer::SearchRequest& request,
                                   Hosts hosts = Hosts::asked);

/// The same once, in the indexes of these folders; `passages` are as they stand there.
Result<indexer::ResultPage> search_in(Library& library,
                                      const std::vector<std::filesystem::path>& open,
                                      const indexer::HitPassages& passages,
                                      const indexer::SearchRequest& request,
                                      const indexer::HostsOfShards& hosts = {});

/// The passages of a work that the audience may read, in the order in which they are indexed: those of its one text source (JATS
/// before PDF) whose file is open to them, else one passage "record". With `text_of`, only that passage has its text.
std::vector<bib::Passage> passages_for(
    store::Store& store, store::WorkId work, Audience audience, Instant now, std::optional<std::size_t> text_of = {});
/// The body of the same text where it is a structured one; else empty.
bib::Document body_for(store::Store& store, store::WorkId work, Audience audience, Instant now);

/// The open peer review of the same source, as review/open_review.hpp has it; else nothing.
std::vector<bib::PeerReview> reviews_for(store::Store& store, store::WorkId work, Audience audience, Instant now);

}  // namespace colophon::app

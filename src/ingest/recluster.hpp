// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <set>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace colophon::ingest {

/// What happened to a work.
struct WorkChange {
  store::WorkId work;
  bool created = false;  ///< it did not exist before
  bool changed = false;  ///< its record, sources or state differ from before
};

/// Brings works in line with the sources after some of them changed: finds the component of sources that are linked to the touched ones
/// by match keys, decisions, anchors or supersession, parts it anew, folds each part, writes the records that differ, and
/// gives them change numbers. Within the caller's transaction. The outcome depends on the sources and on what people said,
/// not on the order of events; only the names of works follow the oldest source.
std::vector<WorkChange> recluster(store::Store& store, const std::set<store::SourceId>& touched, Instant now);

/// The current assertions of a work, for folding.
std::vector<bib::Assertion> assertions_of(store::Store& store, store::WorkId work);

/// A new source that shares no key with any other becomes a work of its own without looking further: the common case.
WorkChange found_work(store::Store& store, const store::Source& source, std::uint64_t change);

/// Gives a work whose files' rules or embargoes changed a new change number, so that the index moves it.
void reclass(store::Store& store, store::WorkId work, Instant now);
/// Gives all works whose embargo ended by `now` a new change number, so that the index moves them. The number of works.
std::size_t reclass_due(store::Store& store, Instant now);

}  // namespace colophon::ingest

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <set>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace colophon::ingest {

/// A source on its way into the store.
struct NewSource {
  store::Source source;  ///< id, short_id, status and added_at are filled here
  std::string path;      ///< with local_id its origin: "/papers/a.bib" and "smith2019"
  std::string local_id;
  std::vector<bib::Passage> passages;
  bib::Document body;                    ///< of a structured text; else empty
  std::vector<bib::PeerReview> reviews;  ///< that stand in an article
  std::vector<store::FileRow> files;     ///< files that come with it; `source` is filled here
};

enum class Taken : std::uint8_t {
  added,      ///< a new work
  updated,    ///< the record or the sources of a work changed
  unchanged,  ///< everything was known
};
std::string_view name(Taken taken);

struct Outcome {
  Taken taken = Taken::unchanged;
  store::SourceId source;
  store::WorkId work;
  std::string work_id;               ///< the work's short id
  std::vector<std::string> changes;  ///< when it supersedes another source: the names of the fields that differ
};

/// Takes sources into the store within the caller's transaction: find each by key, move origins, supersede, then bring the works
/// in line. take() for each, then finish() once; outcomes are in the order of take().
class Assimilation {
 public:
  Assimilation(store::Store& store, Instant now) : store_(store), now_(now), change_(store.works().last_change()) {}

  void take(NewSource&& incoming);
  /// An origin that gives nothing any more, such as a person's edit undone: what it gave is superseded, or removed.
  void drop(const std::string& path, const std::string& local_id);
  /// A newer reading of a file gives no more than `children` sources: those that an older one gave behind them are removed.
  void keep_children(const Sha256& blob, std::uint32_t children);
  std::vector<Outcome> finish();

 private:
  struct Step {
    Outcome outcome;
    bool founded = false;  ///< became a work of its own at once
    bool touched = false;
  };
  store::SourceId insert(NewSource& incoming, Step& step);
  void know_again(NewSource& incoming, const store::Sources::Known& known, Step& step);
  void move_origin(const NewSource& incoming, store::SourceId to, Step& step);
  void retire(store::SourceId old, std::optional<store::SourceId> successor);

  store::Store& store_;
  Instant now_;
  std::uint64_t change_;
  std::vector<Step> steps_;
  std::set<store::SourceId> touched_;
};

/// The names of the fields in which two descriptions differ, in the order of the table; "type" first.
std::vector<std::string> changed_fields(const bib::Work& before, const bib::Work& after);

}  // namespace colophon::ingest

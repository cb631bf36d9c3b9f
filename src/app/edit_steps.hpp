// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "app/library.hpp"
#include "app/show.hpp"
#include "ingest/assimilate.hpp"

namespace colophon::app {

/// What all edits by people have in common, within the caller's transaction: an edit of one work is one source a field, so that each
/// can be superseded and taken back alone, and an object of the event that tells how.

/// What a person says of one field (or "type"): its values, or that there are none.
struct FieldEdit {
  std::string field;
  bib::Work work;
  std::vector<bib::FieldId> none;
};

/// The work that is edited and its oldest source, to which edits are anchored.
struct EditTarget {
  Found found;
  store::Source anchor;
};
/// Errc::not_found as find_work().
Result<EditTarget> edit_target(Library& library, std::string_view id);

/// The record of a work as it stands in the transaction.
bib::Work record_of(store::Store& store, store::WorkId work);

/// Takes the edits; {"anchor","fields":[{"field","key","path","replaced"?}]} for the event.
Json take_edits(Library& library, ingest::Assimilation& assimilation, const EditTarget& target, std::vector<FieldEdit> edits);
/// Whether each field still comes from this edit. A later edit of the same field must be taken back before it.
bool still_stands(store::Store& store, const Json& edit);
/// What each field's origin said before comes back.
void take_back(store::Store& store, ingest::Assimilation& assimilation, const Json& edit);

/// One event of the stream "corpus".
Status record_corpus_event(Library& library, const Acting& acting, std::string_view kind, Json payload);

}  // namespace colophon::app

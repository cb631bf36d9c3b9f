// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/library.hpp"
#include "app/show.hpp"

namespace colophon::app {

/// One assignment of an edit: field name ("title", or "type") and text as bib::parse_value reads it; several values of a field
/// that may have many are several assignments; an empty text says that there is none.
using FieldEdits = std::vector<std::pair<std::string, std::string>>;

struct EditOutcome {
  std::string id;
  std::vector<std::string> fields;  ///< that changed in the record
};

/// A person's edit: replaces the fields, each as a source of its own that outranks all others. One event, one transaction.
/// Errors: not_found, invalid (which field, how to write it), usage (no such field, with the nearest one).
Result<EditOutcome> edit_work(Library& library, const Acting& acting, std::string_view id, const FieldEdits& edits);
/// Takes back the last edit of this work that is still in force (edits before it return one by one). Errc::not_found when there is none.
Result<EditOutcome> undo_edit(Library& library, const Acting& acting, std::string_view id);
/// Leaves a tombstone with a reason; search no longer finds it. Errc::conflict when it is withdrawn already.
Result<EditOutcome> withdraw_work(Library& library, const Acting& acting, std::string_view id, std::string_view reason);
/// People's word on two works: the same, or not. Errc::conflict when it would change nothing.
Result<EditOutcome> decide_pair(
    Library& library, const Acting& acting, std::string_view a, std::string_view b, store::Verdict verdict);

}  // namespace colophon::app

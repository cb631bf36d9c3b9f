// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/edit.hpp"

#include <algorithm>
#include <map>

#include "app/edit_steps.hpp"
#include "base/text.hpp"
#include "ingest/recluster.hpp"

#include <fmt/format.h>

namespace colophon::app {
namespace {

using bib::FieldId;

constexpr std::string_view kTypeField = "type";

Result<FieldId> field_of(std::string_view name) {
  if (const std::optional<FieldId> field = bib::field_named(name)) return *field;
  std::vector<std::string> names{std::string(kTypeField)};
  for (const bib::FieldRow& row : bib::fields()) names.emplace_back(row.name);
  const std::string_view near = nearest(name, names);
  return fail(Errc::usage, fmt::format("there is no field “{}”", printable(name)),
              near.empty() ? "“colophon show ID --json” names the fields" : fmt::format("did you mean “{}”?", near));
}

Result<std::vector<FieldEdit>> parse_edits(const FieldEdits& edits) {
  std::map<std::string, FieldEdit> by_field;
  for (const auto& [name, text] : edits) {
    FieldEdit& edit = by_field[name];
    edit.field = name;
    if (name == kTypeField) {
      const std::optional<bib::WorkType> type = bib::work_type_named(text);
      if (!type)
        return fail(Errc::invalid, fmt::format("“{}” is no type of work", printable(text)),
                    "for example article, report, policy-brief, thesis, chapter");
      edit.work.type = *type;
      continue;
    }
    TRY_ASSIGN(const FieldId field, field_of(name));
    if (trim(text).empty()) {
      edit.none = {field};
      continue;
    }
    Result<bib::Value> value = bib::parse_value(field, text);
    if (!value) {
      value.error().where = name;
      return std::unexpected(value.error());
    }
    edit.work.add(field, std::move(*value));
  }
  std::vector<FieldEdit> out;
  for (auto& [name, edit] : by_field) out.push_back(std::move(edit));
  return out;
}

EditOutcome outcome_of(Library& library, const EditTarget& target, const bib::Work& before) {
  return {target.found.id, ingest::changed_fields(before, record_of(library.store(), target.found.work))};
}

// The edits of a work in the ledger, newest first, without those that were undone.
std::optional<Json> last_edit(Library& library, const std::vector<store::SourceId>& members) {
  std::vector<std::string> ids;
  for (const store::SourceId member : members) ids.push_back(library.store().sources().short_id(member));
  std::map<std::string, std::size_t> undone;  // of each anchor: works that were edited apart may be one now
  std::vector<store::LedgerEvent> events = library.store().ledger().stream("corpus");
  for (auto it = events.rbegin(); it != events.rend(); ++it) {
    const std::string& anchor = it->payload["anchor"].as_string();
    if (std::ranges::find(ids, anchor) == ids.end()) continue;
    if (it->kind == "edit-undone") ++undone[anchor];
    else if (it->kind == "edited" && undone[anchor] > 0) --undone[anchor];
    else if (it->kind == "edited") return it->payload;
  }
  return std::nullopt;
}

}  // namespace

Result<EditOutcome> edit_work(Library& library, const Acting& acting, std::string_view id, const FieldEdits& edits) {
  TRY_ASSIGN(std::vector<FieldEdit> parsed, parse_edits(edits));
  if (parsed.empty()) return fail(Errc::usage, "there is nothing to set", "write --set field=value");
  return library.store().write([&]() -> Result<EditOutcome> {
    TRY_ASSIGN(const EditTarget target, edit_target(library, id));
    const bib::Work before = record_of(library.store(), target.found.work);
    ingest::Assimilation assimilation(library.store(), library.clock().now());
    Json payload = take_edits(library, assimilation, target, std::move(parsed));
    assimilation.finish();
    TRY(record_corpus_event(library, acting, "edited", std::move(payload)));
    return outcome_of(library, target, before);
  });
}

Result<EditOutcome> undo_edit(Library& library, const Acting& acting, std::string_view id) {
  return library.store().write([&]() -> Result<EditOutcome> {
    TRY_ASSIGN(const EditTarget target, edit_target(library, id));
    const std::optional<Json> edit = last_edit(library, library.store().works().members(target.found.work));
    if (!edit)
      return fail(Errc::not_found, fmt::format("no edit of {} is in force", target.found.id),
                  "“colophon show ID --provenance” shows where each value comes from");
    if (!still_stands(library.store(), *edit))
      return fail(Errc::conflict, fmt::format("{} was changed by a spreadsheet after that edit", target.found.id),
                  "take the import back first (colophon import --undo), or set the field anew");
    const bib::Work before = record_of(library.store(), target.found.work);
    ingest::Assimilation assimilation(library.store(), library.clock().now());
    take_back(library.store(), assimilation, *edit);
    assimilation.finish();
    TRY(record_corpus_event(library, acting, "edit-undone", Json::object({{"anchor", (*edit)["anchor"].as_string()}})));
    return outcome_of(library, target, before);
  });
}

Result<EditOutcome> withdraw_work(Library& library, const Acting& acting, std::string_view id, std::string_view reason) {
  if (trim(reason).empty())
    return fail(Errc::usage, "a withdrawal needs a reason", "write --reason TEXT; it stands on the page that remains");
  return library.store().write([&]() -> Result<EditOutcome> {
    TRY_ASSIGN(const Found found, find_work(library, id));
    std::optional<store::WorkRow> row = library.store().works().get(found.work);
    if (!row || row->state != store::WorkState::live)
      return fail(Errc::conflict, fmt::format("{} is withdrawn already", found.id), "“colophon show ID” says why");
    row->state = store::WorkState::withdrawn;
    row->reason = nfc(squeeze(reason));
    row->change = library.store().works().last_change() + 1;
    library.store().works().put(*row);
    TRY(record_corpus_event(library, acting, "withdrawn", Json::object({{"work", found.id}, {"reason", row->reason}})));
    return EditOutcome{found.id, {}};
  });
}

Result<EditOutcome> decide_pair(
    Library& library, const Acting& acting, std::string_view a, std::string_view b, store::Verdict verdict) {
  return library.store().write([&]() -> Result<EditOutcome> {
    store::Sources sources = library.store().sources();
    TRY_ASSIGN(const Found first, find_work(library, a));
    TRY_ASSIGN(const Found second, find_work(library, b));
    const bool same = verdict == store::Verdict::same;
    if ((first.work == second.work) == same && same) return fail(Errc::conflict, "these are one work already", "nothing to do");
    const std::optional<store::SourceId> x = sources.with_short_id(ascii_lower(a)), y = sources.with_short_id(ascii_lower(b));
    if (!x || !y || *x == *y)
      return fail(Errc::usage, "give the ids of two sources", "“colophon show ID --provenance” lists a work's sources");
    sources.decide({*x, *y, verdict});
    ingest::recluster(library.store(), {*x, *y}, library.clock().now());
    TRY(record_corpus_event(library, acting, same ? "said-same" : "said-apart",
                            Json::object({{"a", sources.short_id(*x)}, {"b", sources.short_id(*y)}})));
    TRY_ASSIGN(const Found after, find_work(library, a));
    return EditOutcome{after.id, {}};
  });
}

}  // namespace colophon::app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sheet_plan.hpp"

#include <algorithm>

#include "base/crockford.hpp"
#include "base/text.hpp"
#include "dedup/match_keys.hpp"
#include "ingest/recluster.hpp"

#include <fmt/format.h>

namespace colophon::app {
namespace {

using bib::FieldId;
using formats::Cell;
using formats::Target;
using Kind = Target::Kind;

constexpr std::string_view kCellCodes[] = {"bad-identifier", "bad-date", "odd-names", "rounded", "formula-error", "unknown-type"};

// A doubt about one cell; the others are about the row.
bool is_about_a_cell(const SheetDoubt& doubt) { return std::ranges::find(kCellCodes, doubt.code) != std::end(kCellCodes); }

bool is_blank_text(std::string_view text) { return trim(text).empty(); }

// A field as edits and JSON call it: all further fields are one.
std::string shown_field(const Target& target) {
  return target.kind == Kind::extra ? std::string(bib::name(FieldId::extra)) : formats::name_of(target);
}

bool share_a_doi(const bib::Work& a, const bib::Work& b) {
  if (!a.has(FieldId::doi) || !b.has(FieldId::doi)) return true;  // nothing speaks against it
  return std::ranges::any_of(a.all(FieldId::doi), [&](const bib::Statement& s) {
    return std::ranges::find(b.all(FieldId::doi), s.value, &bib::Statement::value) != b.all(FieldId::doi).end();
  });
}

}  // namespace

std::string_view name(RowStatus status) {
  static constexpr std::string_view kNames[] = {"new", "changed", "unchanged", "doubtful"};
  return kNames[static_cast<std::size_t>(status)];
}

// What the cells of one target say together: columns that unite in one field are read as one cell.
struct SheetPlanner::Field {
  const formats::Column* column = nullptr;
  Cell cell;
};

void SheetPlanner::doubt(PlannedRow& out, std::string code, std::string message, const formats::Column* column) const {
  SheetDoubt one{"", "", std::move(code), std::move(message)};
  if (column) one.column = formats::column_name(column->index), one.header = column->header;
  out.report.doubts.push_back(std::move(one));
}

std::optional<PlannedRow> SheetPlanner::plan(const formats::SheetRow& row) {
  std::optional<formats::RowDraft> draft = formats::read_row(columns_, row);
  if (!draft) return std::nullopt;
  PlannedRow out;
  out.report.number = draft->number;
  out.report.title = draft->work.full_title();
  if (draft->id.empty()) plan_source(*draft, out);
  else plan_edit(*draft, out);
  return out;
}

// --- rows of an export -------------------------------------------------------------------------------------------------------

std::vector<SheetPlanner::Field> SheetPlanner::fields_of(const formats::RowDraft& draft) const {
  std::vector<Field> out;
  for (std::size_t i = 0; i < draft.cells.size(); ++i) {
    const formats::Column& column = columns_.columns[i];
    if (column.target.kind == Kind::id || column.target.kind == Kind::stamp || column.target.kind == Kind::nothing) continue;
    const auto same = std::ranges::find_if(out, [&](const Field& f) { return f.column->target == column.target; });
    if (same == out.end()) out.push_back({&column, draft.cells[i]});
    else if (!is_blank_text(draft.cells[i].text))
      same->cell.text += (is_blank_text(same->cell.text) ? "" : "\n") + draft.cells[i].text;
  }
  return out;
}

void SheetPlanner::plan_edit(const formats::RowDraft& draft, PlannedRow& out) {
  const auto left = [&](std::string code, std::string message) {
    doubt(out, std::move(code), std::move(message));
    out.report.status = RowStatus::doubtful;
  };
  out.report.id = draft.id;
  const Result<std::string> typed = parse_crockford_id(draft.id);
  Result<EditTarget> target = typed ? edit_target(library_, *typed) : std::unexpected(typed.error());
  if (!target) return left("unknown-id", fmt::format("there is no work “{}” in this library", printable(draft.id)));
  const std::optional<store::WorkRow> row = library_.store().works().get(target->found.work);
  if (!row || row->state != store::WorkState::live) return left("unknown-id", fmt::format("{} is withdrawn", target->found.id));
  const formats::Stamp stamp(*typed, draft.stamp);
  if (stamp.present() && !stamp.fits())
    return left("shuffled", "the cells of this row come from different rows: perhaps one column was sorted alone");
  out.report.id = target->found.id;
  const auto [other, first] = edited_.emplace(target->found.work, draft.number);
  if (!first) return left("duplicate", fmt::format("row {} is about the same work", other->second));
  const bib::Work record = record_of(library_.store(), target->found.work);
  out.report.title = record.full_title();
  for (const Field& field : fields_of(draft)) compare(field, record, stamp, out);
  out.target = std::move(*target);
  out.report.status = !out.edits.empty()           ? RowStatus::changed
                      : !out.report.doubts.empty() ? RowStatus::doubtful
                                                   : RowStatus::unchanged;
}

// Three ways: what the sheet says, what it said when it was exported, what the record says now.
void SheetPlanner::compare(const Field& field, const bib::Work& record, const formats::Stamp& stamp, PlannedRow& out) {
  const Target& target = field.column->target;
  const std::string before = formats::cell_text(record, target);
  const std::string now = nfc(field.cell.text);
  if (squeeze(now) == squeeze(before)) return;
  const bool was_so = stamp.said(target, before);
  if (is_blank_text(now)) {
    if (stamp.present() && !was_so) return;  // it was empty in the export, or the library says something else now
    if (request_.emptied == ImportRequest::Emptied::clear) return assert_none(field, record, out);
    ++emptied_;
    return;
  }
  if (stamp.said(target, now)) return;  // untouched: the library changed meanwhile
  const formats::CellReading reading = formats::read_cell(target, field.cell);
  if (reading.doubt) return doubt(out, reading.doubt->code, reading.doubt->message, field.column);
  std::optional<FieldEdit> edit = changed(field, record, reading, out);
  if (!edit) return;  // the same in other words
  if (stamp.present() && !before.empty() && !was_so)
    return doubt(out, "conflict",
                 fmt::format("changed here, and in the library since the export: it says “{}” now", ellipsis(before, 60)),
                 field.column);
  take(field, record, std::move(*edit), out);
}

// What a person says by this cell; nothing when the record says it already.
std::optional<FieldEdit> SheetPlanner::changed(const Field& field,
                                               const bib::Work& record,
                                               const formats::CellReading& reading,
                                               const PlannedRow& so_far) {
  const Target& target = field.column->target;
  FieldEdit edit{shown_field(target), {}, {}};
  if (target.kind == Kind::type) {
    if (*reading.type == record.type) return std::nullopt;
    edit.work.type = *reading.type;
    return edit;
  }
  if (target.kind == Kind::extra) return changed_extra(target, record, reading, so_far);
  const auto before = record.all(target.field);
  for (bib::Value& value : formats::carried_over(target.field, before, reading.values))
    edit.work.add(target.field, std::move(value));
  const auto after = edit.work.all(target.field);
  if (std::ranges::equal(before, after, {}, &bib::Statement::value, &bib::Statement::value)) return std::nullopt;
  return edit;
}

// One edit holds all further fields, for it replaces them all.
FieldEdit SheetPlanner::changed_extra(const Target& target,
                                      const bib::Work& record,
                                      const formats::CellReading& reading,
                                      const PlannedRow& so_far) {
  FieldEdit edit{std::string(bib::name(FieldId::extra)), {}, {}};
  const auto standing = std::ranges::find(so_far.edits, edit.field, &FieldEdit::field);
  const bib::Work& from = standing == so_far.edits.end() ? record : standing->work;
  for (const bib::Statement& s : from.all(FieldId::extra)) {
    if (std::get<bib::Extra>(s.value).name != target.extra) edit.work.add(FieldId::extra, s.value);
  }
  for (const bib::Value& value : reading.values) edit.work.add(FieldId::extra, value);
  if (!edit.work.has(FieldId::extra)) edit.none = {FieldId::extra};
  return edit;
}

void SheetPlanner::take(const Field& field, const bib::Work& record, FieldEdit edit, PlannedRow& out) {
  const formats::Column& column = *field.column;
  out.report.cells.push_back({formats::column_name(column.index), column.header, shown_field(column.target),
                              formats::cell_text(record, column.target), formats::cell_text(edit.work, column.target)});
  std::erase_if(out.edits, [&](const FieldEdit& earlier) { return earlier.field == edit.field; });
  out.edits.push_back(std::move(edit));
}

void SheetPlanner::assert_none(const Field& field, const bib::Work& record, PlannedRow& out) {
  const Target& target = field.column->target;
  if (target.kind == Kind::type) return doubt(out, "unknown-type", "a work is never without a type", field.column);
  if (target.kind == Kind::extra) return take(field, record, changed_extra(target, record, {}, out), out);
  take(field, record, {shown_field(target), {}, {target.field}}, out);
}

// --- rows of their own -------------------------------------------------------------------------------------------------------

void SheetPlanner::plan_source(formats::RowDraft& draft, PlannedRow& out) {
  const Sha256 key = draft.key(columns_);
  for (const formats::RowDoubt& d : draft.doubts)
    doubt(out, d.doubt.code, d.doubt.message, d.column ? &columns_.columns[*d.column] : nullptr);
  const std::string local_id = unique_id(draft);
  find_duplicates(draft, key, out);
  const bool repeats = std::ranges::find(out.report.doubts, "duplicate", &SheetDoubt::code) != out.report.doubts.end();
  if (!repeats && is_known(key, out)) return;

  store::Store& store = library_.store();
  const std::optional<store::SourceId> superseded = store.sources().at_origin(path_, local_id);
  std::set<store::WorkId> works = matches(draft.work);
  if (works.size() > 1) doubt(out, "ambiguous", fmt::format("it could be any of {} works in the library", works.size()));
  if (superseded && works.empty()) {
    if (const auto work = store.works().of_source(*superseded)) works.insert(*work);
  }
  const bool take_doubts = request_.doubtful == ImportRequest::Doubtful::take;
  const bool taken =
      std::ranges::all_of(out.report.doubts, [&](const SheetDoubt& d) { return take_doubts && is_about_a_cell(d); });
  out.report.status = !taken ? RowStatus::doubtful : works.empty() ? RowStatus::fresh : RowStatus::changed;
  if (!works.empty()) out.report.id = store.sources().short_id(store::SourceId(works.begin()->value));
  if (!taken) return;
  show_changes(works.empty() ? std::nullopt : std::optional(*works.begin()), superseded, draft, key, out);
  ingest::NewSource source;
  source.path = path_;
  source.local_id = local_id;
  source.source.key = key;
  source.source.kind = formats::row(format_).kind;
  source.source.format = formats::row(format_).name;
  source.source.line = draft.number;
  source.source.local_id = local_id;
  source.source.reader_version = formats::row(format_).reader_version;
  source.source.work = std::move(draft.work);
  out.source = std::move(source);
}

// Rows that name the same thing in one sheet get names of their own, in their order.
std::string SheetPlanner::unique_id(const formats::RowDraft& draft) {
  std::string out = draft.local_id();
  if (const std::size_t n = ++local_ids_[out]; n > 1) out += fmt::format("~{}", n);
  return out;
}

bool SheetPlanner::is_known(const Sha256& key, PlannedRow& out) {
  store::Store& store = library_.store();
  const std::optional<store::Sources::Known> known = store.sources().find(key);
  if (!known || known->status != store::SourceStatus::current) return false;
  out.report.status = RowStatus::unchanged;
  out.report.doubts.clear();
  if (const auto work = store.works().of_source(known->id))
    out.report.id = store.sources().short_id(store::SourceId(work->value));
  return true;
}

void SheetPlanner::find_duplicates(const formats::RowDraft& draft, const Sha256& key, PlannedRow& out) {
  const auto [same, fresh] = keys_.emplace(key, draft.number);
  if (!fresh) return doubt(out, "duplicate", fmt::format("row {} says the same", same->second));
  for (const dedup::MatchKey& match : dedup::match_keys(draft.work)) {
    const auto [other, first] = match_keys_.emplace(match.text, draft.number);
    if (!first) return doubt(out, "duplicate", fmt::format("row {} describes the same work in other words", other->second));
  }
}

// The works that current sources with a key of this row belong to, hash collisions and different DOIs left out.
std::set<store::WorkId> SheetPlanner::matches(const bib::Work& work) {
  store::Store& store = library_.store();
  std::set<store::WorkId> out;
  for (const dedup::MatchKey& key : dedup::match_keys(work)) {
    for (const store::SourceId id : store.sources().with_match_key(key.hash())) {
      const std::optional<store::Source> source = store.sources().get(id);
      if (!source || source->status != store::SourceStatus::current || !share_a_doi(work, source->work)) continue;
      const std::vector<dedup::MatchKey> keys = dedup::match_keys(source->work);
      if (std::ranges::find(keys, key) == keys.end()) continue;
      if (const auto found = store.works().of_source(id)) out.insert(*found);
    }
  }
  return out;
}

void SheetPlanner::show_changes(std::optional<store::WorkId> work,
                                std::optional<store::SourceId> superseded,
                                const formats::RowDraft& draft,
                                const Sha256& key,
                                PlannedRow& out) {
  store::Store& store = library_.store();
  std::vector<bib::Assertion> assertions = work ? ingest::assertions_of(store, *work) : std::vector<bib::Assertion>();
  const bib::Work before = bib::fold(assertions).record;
  if (superseded) {
    const std::string old = store.sources().short_id(*superseded);
    std::erase_if(assertions, [&](const bib::Assertion& a) { return a.short_id == old; });
  }
  assertions.push_back({key, "", formats::row(format_).kind, draft.work, {}});
  const bib::Work after = bib::fold(assertions).record;
  for (const formats::Column& column : columns_.columns) {
    const Kind kind = column.target.kind;
    if (kind == Kind::id || kind == Kind::stamp || kind == Kind::nothing) continue;
    const std::string old = formats::cell_text(before, column.target), now = formats::cell_text(after, column.target);
    if (old != now)
      out.report.cells.push_back({formats::column_name(column.index), column.header, shown_field(column.target), old, now});
  }
}

}  // namespace colophon::app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/assimilate.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "dedup/match_keys.hpp"
#include "ingest/recluster.hpp"

namespace colophon::ingest {
namespace {

using store::SourceId;
using store::SourceStatus;

std::vector<std::uint64_t> hashes_of(const bib::Work& work) {
  std::vector<std::uint64_t> out;
  for (const dedup::MatchKey& key : dedup::match_keys(work)) out.push_back(key.hash());
  return out;
}

// Whether two sources say the same of a field; where they stand in their files plays no part.
bool same_values(const bib::Work& a, const bib::Work& b, bib::FieldId field) {
  return std::ranges::equal(a.all(field), b.all(field), {}, &bib::Statement::value, &bib::Statement::value);
}

}  // namespace

std::string_view name(Taken taken) {
  static constexpr std::array<std::string_view, 3> kNames = {"added", "updated", "unchanged"};
  return kNames[static_cast<std::size_t>(taken)];
}

std::vector<std::string> changed_fields(const bib::Work& before, const bib::Work& after) {
  std::vector<std::string> out;
  if (before.type != after.type) out.emplace_back("type");
  for (const bib::FieldRow& field : bib::fields()) {
    if (!same_values(before, after, field.id)) out.emplace_back(field.name);
  }
  return out;
}

void Assimilation::take(NewSource&& incoming) {
  Step step;
  const std::optional<store::Sources::Known> known = store_.sources().find(incoming.source.key);
  if (known) know_again(incoming, *known, step);
  else insert(incoming, step);
  steps_.push_back(std::move(step));
}

SourceId Assimilation::insert(NewSource& incoming, Step& step) {
  store::Sources sources = store_.sources();
  store::Source& source = incoming.source;
  const std::vector<std::uint64_t> hashes =
      source.kind == bib::SourceKind::person ? std::vector<std::uint64_t>{} : hashes_of(source.work);
  const bool alone =
      !source.anchor && std::ranges::all_of(hashes, [&](std::uint64_t hash) { return sources.with_match_key(hash).empty(); });
  source.status = SourceStatus::current;
  source.added_at = now_;
  const SourceId id = sources.insert(source);
  sources.set_match_keys(id, {}, hashes);
  store_.works().set_passages(id, source.reader_version, incoming.passages);
  store_.works().set_body(id, source.reader_version, incoming.body);
  store_.works().set_reviews(id, source.reader_version, incoming.reviews);
  for (store::FileRow& file : incoming.files) {
    file.source = id;
    store_.works().add_file(file);
  }
  step.outcome.source = id;
  const bool superseding = sources.at_origin(incoming.path, incoming.local_id).has_value();
  move_origin(incoming, id, step);
  step.touched = true;
  if (alone && !superseding && incoming.files.empty()) {
    step.founded = true;
    step.outcome.work = found_work(store_, source, ++change_).work;
    step.outcome.work_id = source.short_id;
  } else {
    touched_.insert(id);
  }
  return id;
}

void Assimilation::know_again(NewSource& incoming, const store::Sources::Known& known, Step& step) {
  store::Sources sources = store_.sources();
  step.outcome.source = known.id;
  if (known.reader_version < incoming.source.reader_version) {
    const std::optional<store::Source> before = sources.get(known.id);
    sources.set_match_keys(known.id, hashes_of(before->work), hashes_of(incoming.source.work));
    sources.set_draft(known.id, incoming.source.work, incoming.source.reader_version);
    store_.works().set_passages(known.id, incoming.source.reader_version, incoming.passages);
    store_.works().set_body(known.id, incoming.source.reader_version, incoming.body);
    store_.works().set_reviews(known.id, incoming.source.reader_version, incoming.reviews);
    step.touched = true;
  }
  if (known.status != SourceStatus::current) {
    sources.set_status(known.id, SourceStatus::current, {});
    step.touched = true;
  }
  move_origin(incoming, known.id, step);
  if (step.touched) touched_.insert(known.id);
}

void Assimilation::move_origin(const NewSource& incoming, SourceId to, Step& step) {
  store::Sources sources = store_.sources();
  const std::optional<SourceId> old = sources.at_origin(incoming.path, incoming.local_id);
  if (old == to) return;
  sources.set_origin(incoming.path, incoming.local_id, to);
  if (!old) return;
  const std::optional<store::Source> before = sources.get(*old);
  if (before) step.outcome.changes = changed_fields(before->work, incoming.source.work);
  step.touched = true;
  touched_.insert(to);
  if (!sources.has_origin(*old)) retire(*old, to);
}

void Assimilation::retire(SourceId old, std::optional<SourceId> successor) {
  store_.sources().set_status(old, successor ? SourceStatus::superseded : SourceStatus::removed, successor);
  touched_.insert(old);
}

void Assimilation::drop(const std::string& path, const std::string& local_id) {
  store::Sources sources = store_.sources();
  const std::optional<SourceId> old = sources.at_origin(path, local_id);
  if (!old) return;
  sources.drop_origin(path, local_id);
  if (!sources.has_origin(*old)) retire(*old, {});
}

void Assimilation::keep_children(const Sha256& blob, std::uint32_t children) {
  store::Sources sources = store_.sources();
  const std::vector<SourceId> all = sources.of_blob(blob);
  if (all.size() <= children) return;  // as almost always: none of them has to be read
  for (const SourceId id : all) {
    const std::optional<store::Source> source = sources.get(id);
    if (!source || source->child < children || source->status != SourceStatus::current) continue;
    for (const store::Origin& origin : sources.origins_of(id)) sources.drop_origin(origin.path, origin.local_id);
    retire(id, {});
  }
}

std::vector<Outcome> Assimilation::finish() {
  std::map<store::WorkId, WorkChange> changes;
  if (!touched_.empty()) {
    for (const WorkChange& change : recluster(store_, touched_, now_)) changes[change.work] = change;
  }
  std::set<store::WorkId> announced;
  std::vector<Outcome> out;
  for (Step& step : steps_) {
    Outcome& outcome = step.outcome;
    outcome.taken = step.founded ? Taken::added : Taken::unchanged;
    const bool settled = step.founded && touched_.empty();
    if (const auto work = settled ? std::nullopt : store_.works().of_source(outcome.source)) {
      const auto change = changes.find(*work);
      const bool created = change != changes.end() && change->second.created;
      if (!step.founded && step.touched)
        outcome.taken = created && announced.insert(*work).second ? Taken::added : Taken::updated;
      // It was a work of its own until a later source of this batch joined it to an older one.
      if (step.founded && work->value != outcome.source.value) outcome.taken = Taken::updated;
      if (outcome.work != *work) outcome.work_id = store_.sources().short_id(SourceId(work->value));
      outcome.work = *work;
    }
    out.push_back(std::move(outcome));
  }
  return out;
}

}  // namespace colophon::ingest

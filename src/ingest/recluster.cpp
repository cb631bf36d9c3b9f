// SPDX-License-Identifier: GPL-3.0-or-later
#include "ingest/recluster.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <span>

#include "dedup/cluster.hpp"

namespace colophon::ingest {
namespace {

using store::Source;
using store::SourceId;
using store::SourceStatus;
using store::WorkId;
using store::WorkRow;
using store::WorkState;

// The touched sources and everything that could belong with them.
class Component {
 public:
  Component(store::Store& store, const std::set<SourceId>& touched) : store_(store), touched_(touched) {
    for (const SourceId id : touched) visit(id);
    while (!waiting_.empty()) {
      const SourceId id = waiting_.back();
      waiting_.pop_back();
      expand(id);
    }
  }

  std::map<SourceId, Source>& sources() { return sources_; }
  const std::vector<store::PairDecision>& decisions() const { return decisions_; }

 private:
  void visit(SourceId id) {
    if (!sources_.contains(id)) {
      std::optional<Source> source = store_.sources().get(id);
      if (!source) return;
      sources_.emplace(id, std::move(*source));
      waiting_.push_back(id);
    }
  }

  void expand(SourceId id) {
    store::Sources table = store_.sources();
    const Source& source = sources_.at(id);
    // A source that was retired just now leaves those it shared keys with behind.
    if (source.status == SourceStatus::current || touched_.contains(id)) {
      for (const dedup::MatchKey& key : dedup::match_keys(source.work)) {
        for (const SourceId other : table.with_match_key(key.hash())) visit(other);
      }
    }
    // What people said of a superseded source holds for the one that came after it.
    for (const store::PairDecision& d : table.decisions_of(id)) {
      if (d.a == id) decisions_.push_back(d);
      visit(d.a == id ? d.b : d.a);
    }
    if (source.anchor) visit(*source.anchor);
    if (source.successor) visit(*source.successor);
    for (const SourceId other : table.predecessors(id)) visit(other);
    for (const SourceId other : table.anchored(id)) visit(other);
    if (const std::optional<WorkId> work = store_.works().of_source(id)) {
      for (const SourceId other : store_.works().members(*work)) visit(other);
    }
  }

  store::Store& store_;
  const std::set<SourceId>& touched_;
  std::map<SourceId, Source> sources_;
  std::vector<SourceId> waiting_;
  std::vector<store::PairDecision> decisions_;
};

// The current source that stands for this one: itself, its successor's, or for an edit that was undone its anchor's.
std::optional<SourceId> standing_for(const std::map<SourceId, Source>& sources, SourceId id) {
  for (std::size_t steps = 0; steps <= sources.size(); ++steps) {
    const auto found = sources.find(id);
    if (found == sources.end()) return std::nullopt;
    const Source& source = found->second;
    if (source.status == SourceStatus::current) return id;
    if (source.successor) id = *source.successor;
    else if (source.anchor) id = *source.anchor;
    else return std::nullopt;
  }
  return std::nullopt;
}

std::vector<std::string> dois_of(const bib::Work& work) {
  std::vector<std::string> out;
  for (const bib::Statement& s : work.all(bib::FieldId::doi)) out.push_back(std::get<bib::Code>(s.value).value);
  return out;
}

// The sources of each future work: current ones as the partition says, the others behind those that stand for them.
std::vector<std::vector<SourceId>> part(Component& component) {
  std::map<SourceId, Source>& sources = component.sources();
  std::vector<SourceId> current;
  std::map<SourceId, std::size_t> position;
  for (const auto& [id, source] : sources) {
    if (source.status == SourceStatus::current) position[id] = current.size(), current.push_back(id);
  }
  std::vector<dedup::Node> nodes;
  for (const SourceId id : current) {
    const Source& source = sources.at(id);
    dedup::Node node{source.key, {}, {}, {}};
    if (source.kind != bib::SourceKind::person) node.keys = dedup::match_keys(source.work), node.dois = dois_of(source.work);
    if (source.anchor) {
      if (const auto anchor = standing_for(sources, *source.anchor)) node.anchor = position.at(*anchor);
    }
    nodes.push_back(std::move(node));
  }
  std::vector<dedup::Said> said;
  for (const store::PairDecision& d : component.decisions()) {
    const auto a = standing_for(sources, d.a), b = standing_for(sources, d.b);
    if (a && b && *a != *b) said.push_back({position.at(*a), position.at(*b), d.verdict == store::Verdict::same});
  }
  std::vector<std::vector<SourceId>> out;
  std::map<SourceId, std::size_t> group_of;
  for (const std::vector<std::size_t>& group : dedup::cluster(nodes, said).groups) {
    out.emplace_back();
    for (const std::size_t at : group) out.back().push_back(current[at]), group_of[current[at]] = out.size() - 1;
  }
  for (const auto& [id, source] : sources) {
    if (source.status == SourceStatus::current) continue;
    if (const auto stands = standing_for(sources, id)) out[group_of.at(*stands)].push_back(id);
    else out.push_back({id});
  }
  for (std::vector<SourceId>& group : out) std::ranges::sort(group);
  return out;
}

std::optional<Instant> next_embargo(const std::vector<store::FileRow>& files, Instant now) {
  std::optional<Instant> out;
  for (const store::FileRow& file : files) {
    const auto& until = file.access.embargo_until;
    if (until && now < *until && (!out || *until < *out)) out = until;
  }
  return out;
}

bool differs(const std::optional<WorkRow>& before, const WorkRow& after) {
  return !before || before->record != after.record || before->state != after.state || before->reclass_at != after.reclass_at;
}

std::string folded_json(std::span<const bib::Assertion> assertions) { return to_json(bib::fold(assertions).record).dump(); }

bib::Assertion assertion_of(const Source& source) { return {source.key, source.short_id, source.kind, source.work, source.none}; }

// Change numbers are given out one after the other above the highest one.
class Writer {
 public:
  Writer(store::Store& store, const std::set<SourceId>& touched, Instant now)
      : store_(store), touched_(touched), now_(now), change_(store.works().last_change()) {}

  WorkChange write(const std::map<SourceId, Source>& sources, const std::vector<SourceId>& group) {
    const WorkId id(group.front().value);
    const std::optional<WorkRow> before = store_.works().get(id);
    std::vector<bib::Assertion> assertions;
    bool moved = !before;
    bool described = false;
    for (const SourceId member : group) {
      const Source& source = sources.at(member);
      if (source.status == SourceStatus::current)
        assertions.push_back(assertion_of(source)), described = described || source.kind != bib::SourceKind::person;
      moved = moved || touched_.contains(member) || store_.works().of_source(member) != id;
    }
    WorkRow row{id, {}, change_ + 1, WorkState::live, {}, {}, folded_json(assertions)};
    if (before && before->state == WorkState::withdrawn) row.state = before->state, row.reason = before->reason;
    if (!described) row.state = WorkState::empty;
    if (moved) {  // the row must stand before its members point to it
      store_.works().put(row);
      for (const SourceId member : group) store_.works().set_member(member, id);
    }
    row.reclass_at = next_embargo(store_.works().files_of(id), now_);
    if (!moved && !differs(before, row)) return {id, false, false};
    ++change_;
    store_.works().put(row);
    return {id, !before || before->state == WorkState::merged, true};
  }

  // A work whose sources all went to others leads there from now on.
  void close(WorkId id) {
    std::optional<WorkRow> row = store_.works().get(id);
    if (!row || row->state == WorkState::merged) return;
    row->state = WorkState::merged;
    row->change = ++change_;
    store_.works().put(*row);
  }

 private:
  store::Store& store_;
  const std::set<SourceId>& touched_;
  Instant now_;
  std::uint64_t change_;
};

}  // namespace

std::vector<bib::Assertion> assertions_of(store::Store& store, WorkId work) {
  std::vector<bib::Assertion> out;
  for (const SourceId id : store.works().members(work)) {
    const std::optional<Source> source = store.sources().get(id);
    if (source && source->status == SourceStatus::current) out.push_back(assertion_of(*source));
  }
  return out;
}

std::vector<WorkChange> recluster(store::Store& store, const std::set<SourceId>& touched, Instant now) {
  Component component(store, touched);
  std::set<WorkId> before;
  for (const auto& [id, source] : component.sources()) {
    if (const auto work = store.works().of_source(id)) before.insert(*work);
  }
  Writer writer(store, touched, now);
  std::vector<WorkChange> out;
  std::set<WorkId> after;
  for (const std::vector<SourceId>& group : part(component)) {
    out.push_back(writer.write(component.sources(), group));
    after.insert(out.back().work);
  }
  for (const WorkId id : before) {
    if (!after.contains(id)) writer.close(id);
  }
  return out;
}

WorkChange found_work(store::Store& store, const Source& source, std::uint64_t change) {
  const WorkId id(source.id.value);
  WorkRow row{id, {}, change, WorkState::live, {}, {}, folded_json(std::array{assertion_of(source)})};
  store.works().put(row);
  store.works().set_member(source.id, id);
  return {id, true, true};
}

void reclass(store::Store& store, WorkId work, Instant now) {
  std::optional<WorkRow> row = store.works().get(work);
  if (!row) return;
  row->change = store.works().last_change() + 1;
  row->reclass_at = next_embargo(store.works().files_of(work), now);
  store.works().put(*row);
}

std::size_t reclass_due(store::Store& store, Instant now) {
  const std::vector<WorkId> due = store.works().due(now);
  for (const WorkId id : due) reclass(store, id, now);
  return due.size();
}

}  // namespace colophon::ingest

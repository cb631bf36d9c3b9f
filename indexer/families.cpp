// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/families.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "indexer/metadata.hpp"
#include "indexer/schema.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

constexpr char kBetween = '\x1f';

// Identifiers that are one family or another (disjoint sets).
class Sets {
 public:
  const std::string& root(const std::string& id) {
    auto at = parents_.try_emplace(id, id).first;
    while (at->second != at->first) {  // a loop, for chains may be long; it halves the path that it goes
      const auto above = parents_.find(at->second);
      at->second = above->second;
      at = parents_.find(at->second);
    }
    return at->first;
  }
  void unite(const std::string& one, const std::string& other) {
    const std::string a = root(one), b = root(other);
    if (a != b) parents_[std::max(a, b)] = std::min(a, b);
  }
  std::map<std::string, std::vector<std::string>> all() {
    std::map<std::string, std::vector<std::string>> out;
    for (const auto& [id, parent] : parents_) out[root(id)].push_back(id);
    return out;
  }

 private:
  std::map<std::string, std::string> parents_;
};

// The links of an index's documents as sets of identifiers with a name each.
class Table {
 public:
  explicit Table(const Xapian::Database& index) : index_(index) {
    each_link(kEarlierPrefix, [&](const std::string& work, const std::string& target) { link(work, target, work); });
    each_link(kLaterPrefix, [&](const std::string& work, const std::string& target) { link(work, target, target); });
  }

  std::string text() {
    std::string out;
    for (const auto& [root, ids] : sets_.all()) {
      if (ids.size() < 2) continue;
      const std::string name = earliest(ids);
      for (const std::string& id : ids) out.append(id).append(1, kBetween).append(name).append(1, '\n');
    }
    return out;
  }

 private:
  std::string key(Xapian::docid document) const {
    return index_.get_document(document).get_value(static_cast<Xapian::valueno>(Slot::family));
  }

  template <class Use>
  void each_work(const std::string& term, Use use) const {
    for (auto at = index_.postlist_begin(term); at != index_.postlist_end(term); ++at) {
      if (const std::string known = key(*at); !known.empty()) use(known);
    }
  }

  template <class Use>
  void each_link(std::string_view prefix, Use use) const {
    const std::string begin(prefix);
    for (auto term = index_.allterms_begin(begin); term != index_.allterms_end(begin); ++term)
      each_work(*term, [&](const std::string& work) { use(work, (*term).substr(begin.size())); });
  }

  // A target stands for the works that have it as an identifier, whatever they are known by.
  void link(const std::string& work, const std::string& target, const std::string& later) {
    static const Row& kFamily = *row_named("family");
    if (work == target) return;  // a work without an identifier goes by that of the version that it names
    sets_.unite(work, target);
    later_.insert(later);
    each_work(value_term(kFamily, target), [&](const std::string& known) {
      if (known == target) return;
      sets_.unite(target, known);
      by_the_way_.insert(target);
      if (later == target) later_.insert(known);
    });
  }

  std::string earliest(const std::vector<std::string>& ids) const {
    const auto fits = [&](const std::string& id) { return !by_the_way_.contains(id) && !later_.contains(id); };
    const auto found = std::ranges::find_if(ids, fits);  // they are in order
    return found == ids.end() ? ids.front() : *found;
  }

  const Xapian::Database& index_;
  Sets sets_;
  std::set<std::string> later_, by_the_way_;
};

}  // namespace

void Families::note(std::span<Xapian::WritableDatabase> shards) {
  Xapian::Database index;
  for (const Xapian::WritableDatabase& shard : shards) index.add_database(shard);
  const std::string key(metadata::kFamilies), table = Table(index).text();
  for (Xapian::WritableDatabase& shard : shards) {
    if (shard.get_metadata(key) != table) shard.set_metadata(key, table);
  }
}

Families Families::of(std::span<const Xapian::Database> indexes) {
  Sets sets;
  std::set<std::string> named;
  std::string table;
  for (const Xapian::Database& index : indexes) {
    const std::string last = std::exchange(table, index.get_metadata(std::string(metadata::kFamilies)));
    if (table == last) continue;  // shards of one index have the same
    for (const std::string_view line : split(table, '\n')) {
      const std::size_t between = line.find(kBetween);
      if (between == std::string_view::npos) continue;
      const std::string name(line.substr(between + 1));
      sets.unite(std::string(line.substr(0, between)), name);
      named.insert(name);
    }
  }
  Families out;
  for (auto& [root, ids] : sets.all()) {
    const std::string name = *std::ranges::find_if(ids, [&](const std::string& id) { return named.contains(id); });
    for (const std::string& id : ids) out.names_.emplace(id, name);
    out.ids_.emplace(name, std::move(ids));
  }
  return out;
}

std::string Families::name(const std::string& id) const {
  const auto found = names_.find(id);
  return found == names_.end() ? id : found->second;
}

std::vector<std::string> Families::ids(const std::string& name) const {
  const auto found = ids_.find(name);
  return found == ids_.end() ? std::vector<std::string>{name} : found->second;
}

query::Node Families::spelt_out(const query::Node& query) const {
  query::Node out = query;
  for (query::Node& child : out.children) child = spelt_out(child);
  if (query.kind != query::NodeKind::value || query.field != "family") return out;
  static const Row& kFamily = *row_named("family");
  const std::string asked = value_term(kFamily, query.text).substr(kFamily.prefix.size() + 1);
  const std::vector<std::string> all = ids(name(asked));
  if (all.size() < 2) return out;
  out = {query::NodeKind::any_of, {}, {}, {}, {}};
  for (const std::string& id : all) out.children.push_back({query::NodeKind::value, "family", id, {}, {}});
  return out;
}

}  // namespace colophon::indexer

// SPDX-License-Identifier: GPL-3.0-or-later
#include "bib/fold.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace colophon::bib {
namespace {

constexpr std::array<std::pair<SourceKind, std::string_view>, 5> kKinds = {{{SourceKind::person, "person"},
                                                                            {SourceKind::publication, "publication"},
                                                                            {SourceKind::jats, "jats"},
                                                                            {SourceKind::bibliographic, "bibliographic"},
                                                                            {SourceKind::pdf, "pdf"}}};

// How much a source says about one field: the length of all it says. Marks count, so that rich text beats its plain copy.
std::size_t completeness(const Assertion& source, FieldId field) {
  std::size_t total = 0;
  for (const Statement& s : source.work.all(field)) total += to_json(s.value).dump().size();
  return total;
}

bool speaks(const Assertion& source, FieldId field) {
  return source.work.has(field) || std::ranges::find(source.none, field) != source.none.end();
}

using Ranked = std::vector<const Assertion*>;

// The sources that say something about the field, the one to believe first.
Ranked ranked(std::span<const Assertion> assertions, FieldId field) {
  struct Entry {
    SourceKind kind;
    std::size_t incompleteness;
    const Assertion* source;
  };
  std::vector<Entry> entries;
  for (const Assertion& a : assertions) {
    if (speaks(a, field)) entries.push_back({a.kind, ~completeness(a, field), &a});
  }
  std::ranges::sort(entries, [](const Entry& a, const Entry& b) {
    return std::tie(a.kind, a.incompleteness, a.source->key) < std::tie(b.kind, b.incompleteness, b.source->key);
  });
  Ranked out;
  for (const Entry& e : entries) out.push_back(e.source);
  return out;
}

Statement with_source(Statement statement, const Assertion& source) {
  statement.source = source.short_id;
  return statement;
}

void take(Folded& out, const Statement& statement, const Assertion& source) {
  out.record.add(statement.field, statement.value, statement.origin, source.short_id);
}

void fold_best(Folded& out, const Ranked& sources, FieldId field) {
  for (std::size_t i = 0; i < sources.size(); ++i) {
    for (const Statement& s : sources[i]->work.all(field)) {
      if (i == 0) take(out, s, *sources[i]);
      else out.rejected.push_back(with_source(s, *sources[i]));
    }
  }
}

void fold_unite(Folded& out, const Ranked& sources, FieldId field) {
  std::set<std::string> seen;
  for (const Assertion* source : sources) {
    for (const Statement& s : source->work.all(field)) {
      if (seen.insert(identity(field, s.value)).second) take(out, s, *source);
    }
  }
}

void fold_type(Folded& out, std::span<const Assertion> assertions) {
  const Assertion* best = nullptr;
  for (const Assertion& a : assertions) {
    if (a.work.type == WorkType::unknown) continue;
    if (!best || std::tie(a.kind, a.key) < std::tie(best->kind, best->key)) best = &a;
  }
  if (best) out.record.type = best->work.type;
}

}  // namespace

std::string_view name(SourceKind kind) { return kKinds[static_cast<std::size_t>(kind)].second; }

std::optional<SourceKind> source_kind_named(std::string_view name) {
  for (const auto& [kind, text] : kKinds) {
    if (text == name) return kind;
  }
  return std::nullopt;
}

Folded fold(std::span<const Assertion> assertions) {
  Folded out;
  fold_type(out, assertions);
  std::uint64_t used = 0;  // one bit a field: most records use a dozen of the table's rows
  static_assert(static_cast<std::size_t>(FieldId::extra) < 64);
  for (const Assertion& a : assertions) {
    for (const Statement& s : a.work.statements()) used |= std::uint64_t{1} << static_cast<unsigned>(s.field);
  }
  for (const FieldRow& field : fields()) {
    if (!(used >> static_cast<unsigned>(field.id) & 1)) continue;
    const Ranked sources = ranked(assertions, field.id);
    const bool by_person = sources.front()->kind == SourceKind::person;
    if (field.fold == FoldRule::best || by_person) fold_best(out, sources, field.id);
    else fold_unite(out, sources, field.id);
  }
  return out;
}

}  // namespace colophon::bib

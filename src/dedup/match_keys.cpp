// SPDX-License-Identifier: GPL-3.0-or-later
#include "dedup/match_keys.hpp"

#include <algorithm>
#include <array>

#include "base/digest.hpp"
#include "base/text.hpp"

namespace colophon::dedup {
namespace {

using bib::FieldId;
using bib::WorkType;

constexpr std::array kIdentifiers = {FieldId::doi, FieldId::arxiv, FieldId::pmid, FieldId::pmcid, FieldId::handle};

// Types whose ISBN is that of something larger.
constexpr std::array kParts = {
    WorkType::chapter, WorkType::conference_paper, WorkType::abstract, WorkType::article,      WorkType::reference_entry,
    WorkType::unknown, WorkType::preprint,         WorkType::poster,   WorkType::presentation, WorkType::review};

void add_identifiers(const bib::Work& work, FieldId field, std::vector<MatchKey>& out) {
  for (const bib::Statement& s : work.all(field))
    out.push_back({KeyKind::identifier, std::string(bib::name(field)) + ":" + std::get<bib::Code>(s.value).value});
}

}  // namespace

std::uint64_t MatchKey::hash() const { return fnv1a(text, fnv1a(kind == KeyKind::title ? "t" : "i")); }

std::vector<MatchKey> match_keys(const bib::Work& work) {
  std::vector<MatchKey> out;
  for (const FieldId field : kIdentifiers) add_identifiers(work, field, out);
  if (std::ranges::find(kParts, work.type) == kParts.end()) add_identifiers(work, FieldId::isbn, out);
  const std::string title = fold_key(work.full_title());
  const bib::NameList* authors = work.names(FieldId::author);
  const std::optional<int> year = work.year();
  if (!title.empty() && authors && !authors->names.empty() && year) {
    const std::string surname = bib::surname_key(authors->names[0].name);
    if (!surname.empty()) out.push_back({KeyKind::title, title + "|" + surname + "|" + std::to_string(*year)});
  }
  std::ranges::sort(out);
  const auto repeated = std::ranges::unique(out);
  out.erase(repeated.begin(), repeated.end());
  return out;
}

}  // namespace colophon::dedup

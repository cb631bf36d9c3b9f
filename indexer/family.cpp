// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/family.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "bib/identifiers.hpp"
#include "indexer/query/ast.hpp"
#include "indexer/schema.hpp"

namespace colophon::indexer {
namespace {

using bib::FieldId;

constexpr std::array<std::string_view, 2> kEarlier = {"has-preprint", "is-version-of"};
constexpr std::array<std::string_view, 3> kLater = {"is-preprint-of", "has-version", "is-updated-by"};

// One work, one text: arXiv's identifiers have DOIs.
std::string arxiv_doi(const bib::ArxivId& id) {
  const Result<bib::Doi> doi = bib::Doi::parse("10.48550/arXiv." + id.str());
  return doi ? doi->str() : std::string();
}

template <class Id>
std::string canonical(std::string_view text) {
  const Result<Id> id = Id::parse(text);
  return id ? id->str() : std::string();
}

std::string canonical_arxiv(std::string_view text) {
  const Result<bib::ArxivId> id = bib::ArxivId::parse(text);
  return id ? arxiv_doi(*id) : std::string();
}

// As links and fields name them.
struct IdentifierRow {
  std::string_view scheme;
  FieldId field;
  std::string (*canonical)(std::string_view);
};
constexpr std::array kIdentifiers = {
    IdentifierRow{"doi", FieldId::doi, canonical<bib::Doi>},
    IdentifierRow{"arxiv", FieldId::arxiv, canonical_arxiv},
    IdentifierRow{"pmid", FieldId::pmid, canonical<bib::Pmid>},
    IdentifierRow{"pmcid", FieldId::pmcid, canonical<bib::Pmcid>},
};

std::string of_link(const bib::Link& link) {
  for (const IdentifierRow& row : kIdentifiers) {
    if (row.scheme == link.scheme) return row.canonical(link.target);
  }
  if (link.scheme != "url") return {};
  const std::string doi = canonical<bib::Doi>(link.target);
  return doi.empty() ? canonical_arxiv(link.target) : doi;
}

// As terms have it.
std::string as_kept(const std::string& id) {
  static const Row& kFamily = *row_named("family");
  return id.empty() ? id : value_term(kFamily, id).substr(kFamily.prefix.size() + 1);
}

void add(std::vector<std::string>& list, const std::string& id) {
  std::string kept = as_kept(id);
  if (!kept.empty() && std::ranges::find(list, kept) == list.end()) list.push_back(std::move(kept));
}

}  // namespace

std::string VersionLinks::key() const {
  if (!own.empty()) return own.front();
  std::vector<std::string> named = earlier;
  named.insert(named.end(), later.begin(), later.end());
  return named.empty() ? std::string() : *std::ranges::min_element(named);
}

VersionLinks version_links(const bib::Work& record) {
  VersionLinks out;
  for (const IdentifierRow& row : kIdentifiers) {
    if (record.has(row.field)) add(out.own, row.canonical(record.text(row.field)));
  }
  for (const bib::Statement& statement : record.all(FieldId::related)) {
    const auto* link = std::get_if<bib::Link>(&statement.value);
    if (!link) continue;
    if (std::ranges::find(kEarlier, link->relation) != kEarlier.end()) add(out.earlier, of_link(*link));
    if (std::ranges::find(kLater, link->relation) != kLater.end()) add(out.later, of_link(*link));
  }
  return out;
}

std::string family_query(std::string_view family) {
  return query::to_query({query::NodeKind::value, "family", std::string(family), {}, {}});
}

}  // namespace colophon::indexer

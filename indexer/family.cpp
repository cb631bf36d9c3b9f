// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/family.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "bib/identifiers.hpp"
#include "indexer/query/ast.hpp"

namespace colophon::indexer {
namespace {

using bib::FieldId;

constexpr std::array<std::string_view, 2> kFromEarlier = {"has-preprint", "is-version-of"};

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

}  // namespace

std::string family_of(const bib::Work& record) {
  std::vector<std::string> earlier;
  for (const bib::Statement& statement : record.all(FieldId::related)) {
    const auto* link = std::get_if<bib::Link>(&statement.value);
    if (!link || std::ranges::find(kFromEarlier, link->relation) == kFromEarlier.end()) continue;
    if (std::string id = of_link(*link); !id.empty()) earlier.push_back(std::move(id));
  }
  if (!earlier.empty()) return *std::ranges::min_element(earlier);
  for (const IdentifierRow& row : kIdentifiers) {
    if (std::string own = record.has(row.field) ? row.canonical(record.text(row.field)) : std::string(); !own.empty()) return own;
  }
  return {};
}

std::string family_query(std::string_view family) {
  return query::to_query({query::NodeKind::value, "family", std::string(family), {}, {}});
}

}  // namespace colophon::indexer

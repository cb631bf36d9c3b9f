// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "bib/document.hpp"
#include "bib/work.hpp"

namespace colophon::indexer {

class ConceptFinder;

/// One more value for a row of the schema that the record itself does not hold: {"partner", "unu-ehs"}, {"place", "Germany"}
/// for a record that says Bonn. Unknown names are ignored.
struct ExtraTerm {
  std::string name;
  std::string value;
  friend bool operator==(const ExtraTerm&, const ExtraTerm&) = default;
};

/// What one document is made of; it depends on nothing else. `record` and `passages` must outlive the call.
/// `passages` are those that readers of this index may see, in the order that PassageSource (searcher.hpp) gives them;
/// one of kind "record" repeats the record and is not indexed twice, those of kind "reference" go under their own prefix.
struct Entry {
  std::string id;            ///< the work's short id, unique in the index
  std::uint64_t change = 0;  ///< the work's change number
  const bib::Work& record;
  std::span<const bib::Passage> passages;
  std::vector<ExtraTerm> extra_terms = {};
  std::string twin = {};                    ///< the class of the index that holds a fuller document of this work, or empty
  const ConceptFinder* concepts = nullptr;  ///< of the library's thesaurus; null: the document names none
};

/// An entry that owns its parts: what a bulk stream fills.
struct EntryData {
  std::string id;
  std::uint64_t change = 0;
  bib::Work record;
  std::vector<bib::Passage> passages;
  std::vector<ExtraTerm> extra_terms;
  std::string twin;
  const ConceptFinder* concepts = nullptr;

  Entry entry() const { return {id, change, record, passages, extra_terms, twin, concepts}; }
};

}  // namespace colophon::indexer

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/library.hpp"
#include "indexer/concepts.hpp"
#include "indexer/thesaurus.hpp"

namespace colophon::app {

/// The thesaurus of a library: the vocabulary that comes with the program (urban sustainability in English, German, Spanish, Portuguese
/// and French) and those that were loaded. Kept in memory until one is loaded or removed.
std::shared_ptr<const indexer::Thesaurus> thesaurus(Library& library);

/// What finds its concepts in texts, and a digest of it: an index whose documents name concepts is of one thesaurus.
struct Concepts {
  std::shared_ptr<const indexer::ConceptFinder> finder;
  std::string digest;
};
Concepts concepts(Library& library);

/// The names that stand for each other in searches: labels of concepts, names of partners, offices, projects, places and series. Looks up when
/// it is called; the library must outlive it.
indexer::query::OtherNames other_names(Library& library);

/// The same for the ids of the concepts that a text names.
indexer::query::ConceptsNamed concepts_named(Library& library);

struct LoadedVocabulary {
  std::string name;  ///< the file's name without ".ttl"
  std::size_t concepts = 0;
};
/// Loads a SKOS vocabulary in Turtle; one of the same name is replaced. Labels in other languages than those that are stemmed are not used.
/// Errors as in formats/skos.hpp; nothing is stored then.
Result<LoadedVocabulary> load_vocabulary(Library& library, const Acting& acting, const std::filesystem::path& file);
Status remove_vocabulary(Library& library, const Acting& acting, const std::string& name);
/// The built-in one first.
std::vector<LoadedVocabulary> list_vocabularies(Library& library);

}  // namespace colophon::app

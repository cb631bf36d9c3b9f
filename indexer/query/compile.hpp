// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "indexer/query/ast.hpp"
#include "indexer/query/dates.hpp"
#include "indexer/query/names.hpp"
#include "indexer/snippet.hpp"
#include "indexer/terms.hpp"
#include "indexer/weights.hpp"

namespace Xapian {
class Database;
class Query;
}  // namespace Xapian

namespace colophon::indexer::query {

/// Whether a work must have what the query's bare words and phrases ask for, or, as a wish, some of the words. Fields and what is
/// excluded always hold.
enum class Insist : bool { some, all };

struct CompileOptions {
  std::vector<std::string> languages = {"en"};  ///< in which words are stemmed: all that the documents are in
  std::size_t max_expansion = 100;              ///< words that a wildcard stands for at most, the most frequent ones
  OtherNames other_names = {};
  ConceptsNamed concepts = {};
  Day today = {1970, 1, 1};  ///< what periods are counted from
  Weights weights = {};
  Insist insist = Insist::all;
};

/// A query for Xapian and what it looks for, for snippets and pages.
struct Compiled {
  std::shared_ptr<Xapian::Query> query;
  std::vector<Sought> sought;  ///< what is not negated
  std::vector<Note> notes;
  bool ranked = false;  ///< has words, so that relevance means something
  bool some = false;    ///< some of its words are enough
};

/// A word is its stems, as one, and maybe its raw form at half the weight, so that exact forms stand above; a phrase, raw forms in order; a field, the
/// same terms with its prefix; a synonym, its own words OR all other names together at 0.7. Common words (stop words) beside others only add weight. `database` gives a wildcard's words.
/// Throws Xapian's errors: call inside the adapter's guard. Not thread-safe through the analyser.
Compiled compile(const Node& node, const CompileOptions& options, const Xapian::Database& database, Analyser& analyser);
/// Xapian's description, for tests and `--explain`.
std::string describe(const Compiled& compiled);

}  // namespace colophon::indexer::query

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "bib/document.hpp"
#include "indexer/advice.hpp"
#include "indexer/dictionary.hpp"
#include "indexer/explain.hpp"
#include "indexer/hosts.hpp"
#include "indexer/query/ast.hpp"
#include "indexer/query/names.hpp"
#include "indexer/snippet.hpp"
#include "indexer/weights.hpp"

namespace colophon::indexer {

enum class Sort : std::uint8_t { relevance, newest, oldest, title };
std::optional<Sort> sort_named(std::string_view name);
std::string_view name(Sort sort);

/// Works with any of the values; several filters must all hold.
struct Filter {
  std::string name;  ///< of a row of the schema: "type"
  std::vector<std::string> values;
};

struct SearchRequest {
  std::string text;       ///< in the query language (query/parser.hpp); empty is everything
  std::string like = {};  ///< a work's id: the works most like it, those of `text` among them when that has words
  std::size_t offset = 0;
  std::size_t limit = 10;       ///< at most 1,000
  Sort sort = Sort::relevance;  ///< without words, relevance means newest
  std::vector<Filter> filters = {};
  std::vector<std::string> facets = {};  ///< names of rows with a facet whose counts are wanted
  query::OtherNames other_names = {};    ///< for synonyms, concepts and authorities
  query::ConceptsNamed concepts = {};    ///< for concepts; without it they are looked for by their names
  std::string language = "en";           ///< in which values of facets are called by names
  std::string today = {};                ///< "2026-11-22": what “last month” is counted from; empty: as the system's clock has it
  std::optional<query::Node> saved = {};  ///< a query that was kept, instead of the text
  std::uint64_t changed_after = 0;        ///< only works with a later change
  bool explain = false;                   ///< each part of the search with its weight in the first hit shown
  bool advise = false;                    ///< spelling, and what to do where nothing was found
  bool nearest = false;                   ///< where hardly any work has all of the words, also those that have some
  bool broaden = false;                   ///< also works with the words that tell the first hits apart
  bool collapse = false;                  ///< of the versions of a work only the best hit is shown; none is hidden from family:…
  Weights weights = {};                   ///< others only to measure them
  /// Totals are exact up to here; beyond, too, with facets or where no phrase or range is asked for and 200,000 postings tell; else they
  /// are estimates. 0: nobody needs them.
  std::size_t count_limit = 1000;
};

/// A place in a work that also has hits.
struct HitPlace {
  std::uint32_t page = 0;
  std::string section;
  friend bool operator==(const HitPlace&, const HitPlace&) = default;
};

struct Hit {
  std::string id;
  std::string title;
  std::string authors;  ///< "Folke et al."
  int year = 0;         ///< 0 is unknown
  std::string type;     ///< "policy-brief"
  std::string language;
  std::string container;   ///< journal, series or publisher
  std::uint32_t page = 0;  ///< PDF page of the best passage, 0 when it has none
  std::string section;     ///< its heading path
  bool in_text = false;    ///< the snippet is of that passage, not of the record
  /// Number of the PDF that `page` is of, where the passage is of another file; 0: the passage's own. Who knows the files sets both.
  std::int64_t file = 0;
  std::vector<SnippetPart> snippet;
  std::vector<HitPlace> more;  ///< other passages with hits, best first, at most ten
  double score = 0;
  std::string family;        ///< with `collapse`, where there are other versions: what they are found by (family.hpp)
  std::size_t versions = 0;  ///< so many others, whether they match or not
};

struct FacetValue {
  std::string value;
  std::size_t count = 0;
  friend bool operator==(const FacetValue&, const FacetValue&) = default;
};

struct ResultPage;
/// What people call a value of a facet: "heat wave" for "urn:colophon:urban:heat-wave", else the value itself. Valid while both are.
const std::string& label_of(const ResultPage& page, const std::string& value);

/// Fewer works than that are hardly any: the first page is filled with the nearest others, when that was asked for.
inline constexpr std::size_t kHardlyAny = 10;

struct ResultPage {
  std::size_t total = 0;  ///< works that match, as facets count them: each version for itself
  bool exact = true;
  bool more = false;     ///< there are hits behind these
  bool partial = false;  ///< a shard is missing: so are its works from everything here; the first note tells (hosts.hpp)
  std::vector<Hit> hits;
  std::vector<Hit> nearest;  ///< works that lack some of the words, the nearest first; neither in the total nor in the facets
  std::map<std::string, std::vector<FacetValue>> facets;  ///< by count, then value; over all matches; years newest first
  std::map<std::string, std::string> labels;  ///< what values of facets are called, where that is not the value itself
  std::vector<query::Note> notes;             ///< what was understood otherwise than it was written
  std::string understood;                     ///< the query as understood, in the query language
  std::string form;                           ///< the same as an S-expression
  AdviceList advice;                          ///< when it was asked for
  std::optional<Explanation> explanation;     ///< when it was asked for and there is a hit
};

/// {"v":1,"total":N,"hits":[{"id","title","authors","year","type","page","section","snippet"}],"facets":{…}} (docs/formats/json.md).
Json to_json(const ResultPage& page);

/// The passages of a work as they stand in the index that the viewer's documents come from. May be empty.
using PassageSource = std::function<std::vector<bib::Passage>(std::string_view work_id)>;
/// The same for a hit, which needs the text of one of them alone, by its place in the list, or of none where there is no such; the others'
/// may be left empty. Without passages hits show the lead.
using HitPassages = std::function<std::vector<bib::Passage>(std::string_view work_id, std::size_t text_of)>;

/// Searches one or several indexes as one. Not thread-safe: one a thread; opening costs little, one per request is fine.
/// `dirs` are exactly those that the viewer may open: nothing of another index takes part in weights, counts or wildcards.
/// A document whose twin class is open too does not appear: its fuller twin does.
///
///   TRY_ASSIGN(auto searcher, Searcher::open(dirs));
///   TRY_ASSIGN(auto page, searcher.search({.text = "\"heat action plan\" year:2019..", .facets = {"type"}}, passages));
///
/// Each search sees the newest commit; when a writer overtakes it, it starts again up to three times, then Errc::busy.
/// Errors: not_found (no index there), conflict (another schema version), io (damaged: rebuild). A query is never an error.
class Searcher {
 public:
  /// With hosts, these rank the works of their shards; where one does not answer, its shard is missing from what is found.
  static Result<Searcher> open(std::span<const std::filesystem::path> dirs, const HostsOfShards& hosts = {});
  Searcher(Searcher&&) noexcept;
  Searcher& operator=(Searcher&&) noexcept;
  ~Searcher();

  Result<ResultPage> search(const SearchRequest& request, const HitPassages& passages = {});
  /// The most frequent words of a field (empty: of all text) that begin so, folded: the dictionary that these indexes are. At most 50,000
  /// words are looked at.
  Result<std::vector<DictionaryWord>> words(std::string_view field, std::string_view beginning, std::size_t limit = 10);
  std::uint64_t documents() const;

 private:
  struct Impl;
  explicit Searcher(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace colophon::indexer

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/analyser.hpp"
#include "indexer/snippet.hpp"

namespace Xapian {
class Database;
}

namespace colophon::indexer {

/// Internal: the terms from `first` on that stand before `last`, by their bytes.
struct Stretch {
  std::string first, last;
  bool holds(std::string_view term) const { return term >= first && term < last; }
};

/// Internal: where the words of a stem stand among all words, of those that are looked for: they begin as the stem does, in its first three
/// letters or, of a longer one, in four; in those of the stemmers that change endings alone, in all but the last two, at most six. Behind the
/// third letter a word may have one with a mark, which stems have lost ("solución"). German and Dutch stemmers take an inner "e" or "ge"
/// away, too ("klaeranlage" of "klaranlag", "uitgevoerd" of "uitvoer"). `tongues`: whose stemmers may have made it. In no order, and they may
/// overlap. REQUIRES: the stem is not empty.
std::vector<Stretch> stretches_of_stem(std::string_view stem, Tongues tongues);

/// Internal: for the words that a query seeks in the text, which words of some documents they are: the same form, one of the same stem in a
/// language of the document, one that fits a wildcard; at most 200 of each in a document.
///
/// The dictionary tells the words there are and their postings who has them; where that would be a long look, the documents' own lists of terms,
/// which are long and compressed, are read. The answer is the same.
class FormTerms {
 public:
  using Terms = std::set<std::string, std::less<>>;

  /// Of some documents of a page of results. `sought` must outlive it. Throws Xapian's errors.
  FormTerms(const Xapian::Database& database,
            const std::vector<Sought>& sought,
            const std::vector<std::string>& languages,
            Analyser& analyser,
            std::vector<std::uint32_t> documents);
  /// REQUIRES: one of the documents, and forms of a word that was sought in the text.
  const Terms& of(std::uint32_t document, const Sought::Forms& forms) const { return found_.at(document).at(&forms); }

 private:
  using ByForms = std::map<const Sought::Forms*, Terms>;
  struct One {
    const Sought::Forms* forms;
    Analyser::SoughtStems stems;
    std::vector<Stretch> stretches;  // of the words of its stems
  };

  ByForms none_found() const;
  std::vector<std::string> learn_tongues(const Xapian::Database& database, const std::vector<std::string>& languages);
  void seek(const Sought::Forms& forms, const std::vector<std::string>& spoken);
  void join_stretches();
  bool ask_dictionary(const Xapian::Database& database);
  void read_terms(const Xapian::Database& database, std::uint32_t document);
  Tongues tongues_in_which(const One& sought, const std::string& term);

  Analyser& analyser_;
  Analyser::Numbering numbering_;
  std::map<std::uint32_t, Tongues> documents_;  // in which their texts are stemmed
  std::vector<One> sought_;
  std::vector<Stretch> stretches_;  // of all that is sought: apart, ascending
  std::map<std::uint32_t, ByForms> found_;
};

}  // namespace colophon::indexer

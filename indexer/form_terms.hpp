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

/// Internal: how the words of a stem begin, of those that are looked for: as the stem does in its first three letters, of a longer stem in four;
/// as German and Dutch words do of which the stemmer takes an inner "e" or "ge" ("klaeranlage" of "klaranlag", "uitgevoerd" of "uitvoer"); with
/// marks, too ("solución" is four bytes before its mark, "adición" three).
std::vector<std::string> beginnings_of_words(std::string_view stem);

/// Internal: for the words that a query seeks in the text, which words of some documents they are: the same form, one of the same stem, one
/// that fits a wildcard; at most 200 of each in a document.
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

  ByForms none_found() const;
  bool ask_dictionary(const Xapian::Database& database);
  void read_terms(const Xapian::Database& database, std::uint32_t document);
  struct One {
    const Sought::Forms* forms;
    Analyser::SoughtStems stems;
    std::vector<std::string> beginnings;  // of the words of its stems
  };
  bool is(const One& sought, const std::string& term);
  bool has_stem(const One& sought, std::string_view term);
  template <class Each>
  void each_beginning(Each each) const;

  Analyser& analyser_;
  Analyser::Numbering numbering_;
  std::vector<std::uint32_t> documents_;  // ascending
  std::vector<One> sought_;
  Terms beginnings_;
  std::map<std::uint32_t, ByForms> found_;
};

}  // namespace colophon::indexer

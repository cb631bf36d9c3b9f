// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "indexer/lexicon.hpp"
#include "indexer/thesaurus.hpp"

namespace colophon::indexer {

/// Finds the concepts of a thesaurus in the words of texts: each label of each concept, as a stretch of words in any form, is looked for
/// in texts of every language. Both sides are stemmed as the text's language is, so that "heat waves" names "heat wave" in an English
/// text, and the label's own form is found in any. A text that names a concept names all broader ones.
/// Constant for its users, thread-safe; what a language needs is made when the first text in it comes.
class ConceptFinder {
 public:
  explicit ConceptFinder(std::shared_ptr<const Thesaurus> thesaurus);
  ~ConceptFinder();
  ConceptFinder(const ConceptFinder&) = delete;
  ConceptFinder& operator=(const ConceptFinder&) = delete;

 private:
  friend class ConceptSearch;
  struct Labels;  // of all concepts, as one language stems them
  const Labels& labels(std::uint8_t tongue) const;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Internal: goes over the texts of one document, whose words are `lexicon`'s. Not thread-safe. Both must outlive it.
class ConceptSearch {
 public:
  ConceptSearch(const ConceptFinder& finder, Lexicon& lexicon) : finder_(finder), lexicon_(lexicon) {}
  /// A new text in the language at that place of stemmed_languages(); no label goes over its border.
  void begin(std::uint8_t tongue);
  void add(Lexicon::Number word);
  /// The ids of the concepts that all texts so far name, and of all broader ones; each once.
  std::vector<std::string> found();

 private:
  struct Keys {
    std::uint32_t first = 0, second = 0;
    bool known = false;
  };
  const Keys& keys_of(Lexicon::Number word);
  void walk(std::uint32_t node, std::size_t at);
  void look();

  const ConceptFinder& finder_;
  Lexicon& lexicon_;
  std::uint8_t tongue_ = 0;
  const ConceptFinder::Labels* labels_ = nullptr;
  std::vector<std::vector<Keys>> keys_;  // by language and word
  std::vector<Keys> text_;
  std::vector<char> named_;  // by concept
};

}  // namespace colophon::indexer

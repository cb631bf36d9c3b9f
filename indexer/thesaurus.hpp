// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bib/concept.hpp"
#include "indexer/query/names.hpp"

namespace colophon::indexer {

/// The concepts that searches know, from one or several vocabularies; two concepts with a label in common are both meant by it.
/// Constant once made, thread-safe.
class Thesaurus {
 public:
  Thesaurus() = default;
  explicit Thesaurus(std::vector<bib::Concept> concepts);

  std::size_t size() const { return concepts_.size(); }
  /// The concepts that a text names: by a whole label in any language, letters and marks folded; else by a label whose words have the same
  /// stems ("heat waves").
  std::vector<const bib::Concept*> named(std::string_view text) const;
  /// Their ids.
  std::vector<std::string> ids_of(std::string_view text) const;
  /// Every other label of those concepts, then of all narrower ones, nearest first; none twice, the text itself not among them.
  std::vector<query::Label> other_names(std::string_view text) const;
  /// Labels with a word that begins so, preferred ones and those that begin so first.
  std::vector<query::Label> beginning(std::string_view text, std::size_t limit = 10) const;
  const bib::Concept* with_id(std::string_view id) const;
  /// What people call a concept: its preferred label in the language, else in English, else any; the id where there is no such concept.
  std::string label_of(std::string_view id, std::string_view language) const;
  /// The ids of the concepts with these numbers and of all broader ones, each once. REQUIRES: numbers below size().
  std::vector<std::string> with_broader(std::vector<std::size_t> numbers) const;
  /// Each label of each concept, with the concept's number.
  void each_label(const std::function<void(std::size_t number, const std::string& label)>& each) const;

 private:
  std::vector<std::size_t> indexes_of(std::string_view text) const;

  std::vector<bib::Concept> concepts_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_label_;  ///< fold_key of each label
  std::unordered_map<std::string, std::vector<std::size_t>> by_stems_;  ///< its words' stems in its language
  std::unordered_map<std::string, std::size_t> by_id_;
  std::vector<std::vector<std::size_t>> narrower_;
};

}  // namespace colophon::indexer

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

namespace colophon::bib {

/// A concept of a thesaurus and what it is called, after SKOS (W3C Recommendation, 18 August 2009).
struct Concept {
  struct Label {
    std::string text;      ///< NFC
    std::string language;  ///< BCP 47 tag, or empty
    friend bool operator==(const Label&, const Label&) = default;
  };
  std::string id;                    ///< its IRI
  std::vector<Label> preferred;      ///< prefLabel, at most one a language
  std::vector<Label> other;          ///< altLabel and hiddenLabel
  std::vector<std::string> broader;  ///< IRIs; narrower is turned round into it
  std::vector<std::string> related;  ///< IRIs
  std::vector<std::string> matches;  ///< IRIs in other vocabularies: exact, close, broad, narrow and related matches
  friend bool operator==(const Concept&, const Concept&) = default;
};

}  // namespace colophon::bib

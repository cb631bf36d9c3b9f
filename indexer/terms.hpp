// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/entry.hpp"
#include "indexer/schema.hpp"

namespace colophon::indexer {

/// The analyser: text to terms, the same for documents, queries and snippets. Not thread-safe (stem caches): one a thread.

/// The languages with a stemmer: de en es fr it nl pt.
std::span<const std::string_view> stemmed_languages();
/// "pt" of "pt-BR" when it has a stemmer, else empty.
std::string_view stemmer_of(std::string_view language_tag);

/// A word of a text: its bytes there and its forms. `accented` is empty when it equals `folded`.
struct Token {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string_view folded;    ///< "mullers" of "Müller’s" without the possessive; "eau" of "l’eau"; "1500" of "1,500"
  std::string_view accented;  ///< "müller"
};

/// Soft hyphens (also at line ends) and zero-width characters removed: do this before tokens() and before showing a text.
std::string clean(std::string_view text);

class Analyser {
 public:
  Analyser();
  ~Analyser();
  Analyser(Analyser&&) noexcept;

  /// The tokens of a clean text, in order; views live until the callback returns. Words beyond 100 bytes have empty forms.
  void tokens(std::string_view text, const std::function<void(const Token&)>& each) const;
  /// The one or two stems of a token: of its accented form, marks removed after stemming, and of its folded form.
  /// Empty for a language without stemmer.
  std::pair<std::string_view, std::string_view> stems(std::string_view language,
                                                      std::string_view folded,
                                                      std::string_view accented);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The terms, values and data of one document before they become Xapian's: sorted, comparable, printable.
struct Terms {
  struct Posting {
    std::string term;
    std::uint32_t wdf = 0;
    std::vector<std::uint32_t> positions;  ///< ascending; none for stems
  };
  std::vector<Posting> postings;      ///< sorted by term, wdf above 0
  std::vector<std::string> booleans;  ///< wdf 0, sorted
  std::map<Slot, std::string> values;
  std::string data;  ///< JSON, see Card
};

/// Positions: record fields first, 100 apart; then the passages, 10 apart when both are pages, else 100, so that no phrase
/// crosses a border.
inline constexpr std::uint32_t kPageGap = 10;
inline constexpr std::uint32_t kSectionGap = 100;

Terms terms_of(const Entry& entry, Analyser& analyser);
/// One document as text, a line a term, value and datum: for comparing indexes.
std::string to_text(const Terms& terms);

/// The page map: first position of each passage, ascending, delta coded in base-128 bytes.
std::string encode_page_map(std::span<const std::uint32_t> starts);
/// Empty for malformed bytes.
std::vector<std::uint32_t> decode_page_map(std::string_view bytes);
/// The passage that a position is in, or -1 for the record's own fields.
int passage_at(std::span<const std::uint32_t> starts, std::uint32_t position);

/// What a hit shows without the store; the document's data.
struct Card {
  std::string id;
  std::string title;
  std::string authors;  ///< "Folke et al."
  std::string type;     ///< "policy-brief"
  std::string language;
  std::string container;  ///< journal, series or publisher
  std::string lead;       ///< the abstract's beginning, at most 1,200 bytes
  int year = 0;           ///< 0 is unknown
};
std::string to_data(const Card& card);
Card card_from_data(std::string_view data);

}  // namespace colophon::indexer

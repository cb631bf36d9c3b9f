// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/analyser.hpp"
#include "indexer/entry.hpp"
#include "indexer/schema.hpp"

namespace colophon::indexer {

/// The terms, values and data of one document before they become Xapian's: sorted, comparable, printable.
struct Terms {
  struct Posting {
    std::string term;
    std::uint32_t wdf = 0;
  };
  std::vector<Posting> postings;       ///< sorted by term, wdf above 0
  std::vector<std::string> booleans;   ///< wdf 0, sorted
  std::map<Slot, std::string> values;  ///< the places of the words among them (places.hpp)
  std::string data;                    ///< JSON, see Card
};

/// Positions: record fields first, 100 apart; then the passages, 10 apart when both are pages, else 100, so that no phrase
/// crosses a border.
inline constexpr std::uint32_t kPageGap = 10;
inline constexpr std::uint32_t kSectionGap = 100;

Terms terms_of(const Entry& entry, Analyser& analyser);
/// One document as text, a line a term, value and datum: for comparing indexes.
std::string to_text(const Terms& terms);

/// A title as documents keep it: folded, at most 80 bytes.
std::string title_key(std::string_view title);

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

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/terms.hpp"

namespace colophon::indexer {

/// A run of a snippet; marked ones matched the query. Plain text: the caller escapes it.
struct SnippetPart {
  std::string text;
  bool marked = false;
  friend bool operator==(const SnippetPart&, const SnippetPart&) = default;
};

/// What a query looks for in texts: one group for each of its words, phrases and wildcards that is not negated.
/// A phrase has several `words`, which must follow each other.
struct Sought {
  struct Forms {
    std::set<std::string, std::less<>> raw;    ///< folded
    std::set<std::string, std::less<>> stems;  ///< without prefix; empty: raw forms only
    std::string pattern;                       ///< of a wildcard, folded (dictionary.hpp), or empty
  };
  std::vector<Forms> words;
  std::string prefix;  ///< of the field whose words are meant, empty for all
};

/// The stretch of about `width` characters with the most different groups, cut at word ends, with "…" where it was cut; blanks
/// squeezed, soft hyphens gone. Without a match, the beginning. Languages are those that the query's stems are of.
std::vector<SnippetPart> snippet(std::string_view text,
                                 const std::vector<Sought>& sought,
                                 const std::vector<std::string>& languages,
                                 Analyser& analyser,
                                 std::size_t width = 180);
/// The same for many texts: a matcher remembers words.
class Matcher;
std::vector<SnippetPart> snippet(std::string_view text, Matcher& matcher, const Analyser& analyser, std::size_t width = 180);

}  // namespace colophon::indexer

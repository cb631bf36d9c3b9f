// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/search.hpp"
#include "bib/work.hpp"

namespace colophon::app {

/// What somebody who has typed so far may be after.
struct Suggestion {
  std::string kind;       ///< "title", "author", "concept", "word"
  std::string text;       ///< as it is shown
  std::string query;      ///< that finds it, in the query language
  std::string id;         ///< of the work, for a title
  std::size_t works = 0;  ///< that the query finds; 1 for a title
};

/// Titles with these words, authors, concepts and words that begin so; from nothing but what the audience may open, and only what finds
/// something there. Nothing for less than two letters. Errors as for a search.
Result<std::vector<Suggestion>> suggest(Library& library, Audience audience, std::string_view text);

/// The same in the indexes of these folders; `record` gives what a document there says.
using RecordSource = std::function<std::optional<bib::Work>(std::string_view id)>;
Result<std::vector<Suggestion>> suggest_in(Library& library,
                                           const std::vector<std::filesystem::path>& open,
                                           const RecordSource& record,
                                           std::string_view text);

/// {"v":1,"suggestions":[{"kind","text","query","id","works"}]}
Json suggestions_json(const std::vector<Suggestion>& suggestions);

}  // namespace colophon::app

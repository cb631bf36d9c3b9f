// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "bib/rich_text.hpp"
#include "indexer/snippet.hpp"
#include "web/html.hpp"

namespace colophon::web {

/// Words for people, and texts with marks.

/// "English" for "en"; the tag itself when its name is unknown.
std::string language_name(std::string_view tag);
/// "Policy brief" for "policy-brief".
std::string type_label(std::string_view type);
/// "1 publication", "38 publications", "10,412 publications".
std::string counted(std::uint64_t count, std::string_view one, std::string_view many);
/// "1.2 MB"
std::string size_text(std::uint64_t bytes);
/// "full text" for "full_text".
std::string spaced(std::string_view name);

/// With <mark> around what matched.
Html marked(const std::vector<indexer::SnippetPart>& parts);
/// With <i>, <b>, <sup>, <sub>, <code>, <a>.
Html rich(const bib::RichText& text);
/// A run's marks, but for its link, around what stands for its text.
Html with_marks(const bib::Run& run, Html inner);
/// Authors, container and year, parted by dots; empty ones left out.
Html byline(std::string_view authors, std::string_view container, std::string_view year);

/// Marks a query's words in texts as snippets do, and keeps the whole text. Not thread-safe.
class WordMarker {
 public:
  WordMarker(std::string_view query, std::string_view language);
  Html mark(std::string_view text);

 private:
  std::vector<indexer::Sought> sought_;
  std::vector<std::string> languages_;
  indexer::Analyser analyser_;
};

}  // namespace colophon::web

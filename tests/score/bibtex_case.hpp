// SPDX-License-Identifier: GPL-3.0-or-later
// The neutral case set: index.json lists *.case.json, each with an input beside it and what a foreign project expects of it.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "bibtex_level.hpp"
#include "formats/draft.hpp"

namespace colophon::score {

struct Case {
  std::string id, kind, format, source, group;
  Writing writing = Writing::unicode;
  std::string input;  ///< the bytes; empty for pairs
  Json expect;
};

/// All cases that index.json lists, in its order; without one that fits, every *.case.json below the folder.
std::vector<Case> load_cases(const std::filesystem::path& set);

/// The input's entries; nothing where we have no reader for its format.
std::optional<formats::Extraction> read_input(const Case& one);

/// What one expectation (an entry, a pair) and our reading differ in.
struct Difference {
  std::string field, expected, got;
  int weight = 1;  ///< 5 an entry that is not there, 3 title or names, 1 other fields
};
struct Unit {
  std::string id;   ///< the case's id and the entry's key or the pair's input
  std::string row;  ///< "SOURCE/KIND"
  std::vector<Difference> differences;
  bool supported = true;
};

/// One unit for each entry of a case of kind bib, csl, zotero-items, convert or bbl.
std::vector<Unit> score_entries(const Case& one);
/// One unit for each pair of a case of kind names, namelist, dates, months or X-to-Y.
std::vector<Unit> score_pairs(const Case& one);

/// The figures for entries: how many of the expected were found, with the same title, the same authors.
struct EntryFigures {
  int entries = 0, found = 0, titles = 0, right_titles = 0, lists = 0, right_lists = 0;
};
/// `second`: another source's expectation of the same input; then only what both say the same counts.
void count_entries(const Case& one, const Case* second, EntryFigures& out);

}  // namespace colophon::score

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include "app/comparison.hpp"
#include "indexer/overlap/overlap.hpp"

namespace colophon::app {

/// An overlapping work with what is shown of it.
struct OverlappingWork {
  indexer::OverlapWork found;
  std::string title, authors;
  int year = 0;  ///< 0 is unknown
};
struct OverlapView {
  std::string name;  ///< of the text that was checked
  std::size_t words = 0;
  std::uint64_t documents = 0;
  std::vector<OverlappingWork> works;
};

/// Which works share passages with a text, over exactly the classes that the audience may read; a work is not compared with itself.
/// An index that is missing or damaged is built first.
Result<OverlapView> check_overlap(Library& library, const ComparedText& text, Audience audience, std::size_t limit);

/// {"v":1,"name","words","documents","works":[{"id","title","same","share","passages":[…]}]} (docs/formats/json.md).
Json overlap_json(const OverlapView& view);

}  // namespace colophon::app

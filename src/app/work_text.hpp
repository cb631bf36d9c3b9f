// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "app/search.hpp"

namespace colophon::app {

/// The pages of a work's PDF, and the number of its file.
struct PrintedText {
  std::int64_t file = 0;
  std::vector<bib::Passage> pages;
};

/// What an audience may read of a work, looked up once. The store must outlive it.
class OpenTexts {
 public:
  OpenTexts(store::Store& store, store::WorkId work, Audience audience, Instant now);

  /// The one that stands for the work: JATS before PDF before others, the older first.
  std::optional<store::SourceId> source() const;
  /// Of that one, as passages_for() has them.
  std::vector<bib::Passage> passages(std::optional<std::size_t> text_of) const;
  /// Nothing where the audience may open no PDF.
  std::optional<PrintedText> printed() const;

 private:
  store::Store* store_;
  std::vector<store::TextRow> texts_;  // the best first
  std::vector<store::FileRow> files_;  // that are open
};

/// The source whose text stands for the work. What it says is passages_for(), body_for() and reviews_for() (app/search.hpp).
std::optional<store::SourceId> text_source(store::Store& store, store::WorkId work, Audience audience, Instant now);

}  // namespace colophon::app

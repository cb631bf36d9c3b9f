// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/query/together.hpp"

#include <algorithm>
#include <utility>

#include "indexer/hosted.hpp"
#include "indexer/places.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <xapian.h>

namespace colophon::indexer::query {
namespace {

using Positions = Places::Positions;
constexpr std::uint32_t kInOrder = 0;  // for a window

bool in_order(const std::vector<Positions>& found) {
  return std::ranges::any_of(found.front(), [&](std::uint32_t first) {
    for (std::uint32_t i = 1; i < found.size(); ++i) {
      if (!std::ranges::binary_search(found[i], first + i)) return false;
    }
    return true;
  });
}

// A position for each place within [from, from + window), no two alike: augmenting paths (Kuhn 1955).
class Seating {
 public:
  Seating(const std::vector<Positions>& found, std::uint32_t from, std::uint32_t window)
      : found_(found), from_(from), taken_by_(window, kNobody) {}

  bool all() {
    for (std::size_t place = 0; place < found_.size(); ++place) {
      std::vector<bool> seen(taken_by_.size(), false);
      if (!seat(place, seen)) return false;
    }
    return true;
  }

 private:
  static constexpr std::size_t kNobody = SIZE_MAX;

  bool seat(std::size_t place, std::vector<bool>& seen) {
    const Positions& mine = found_[place];
    for (auto it = std::ranges::lower_bound(mine, from_); it != mine.end() && *it - from_ < taken_by_.size(); ++it) {
      const std::size_t at = *it - from_;
      if (seen[at]) continue;
      seen[at] = true;
      if (taken_by_[at] != kNobody && !seat(taken_by_[at], seen)) continue;
      taken_by_[at] = place;
      return true;
    }
    return false;
  }

  const std::vector<Positions>& found_;
  std::uint32_t from_;
  std::vector<std::size_t> taken_by_;
};

bool within(const std::vector<Positions>& found, std::uint32_t window) {
  const auto reaches = [&](const Positions& positions, std::uint32_t from) {
    const auto next = std::ranges::lower_bound(positions, from);
    return next != positions.end() && *next - from < window;
  };
  for (const Positions& starts : found) {
    for (const std::uint32_t from : starts) {
      const bool all = std::ranges::all_of(found, [&](const Positions& other) { return reaches(other, from); });
      if (all && Seating(found, from, window).all()) return true;
    }
  }
  return false;
}

// Which of a place's words a document has. Documents are asked for in ascending order.
class Alternatives {
 public:
  Alternatives(const std::vector<std::string>& words, const std::string& prefix, const Xapian::Database& database)
      : words_(words.begin(), words.end()) {
    if (words.size() < 2) return;  // the query sees to it that the word is there
    for (const std::string& word : words) postings_.push_back(database.postlist_begin(prefix + word));
  }

  std::size_t size() const { return words_.size(); }
  template <class Each>
  void in(Xapian::docid document, Each each) {
    if (postings_.empty()) return each(words_.front());
    const Xapian::PostingIterator end;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (postings_[i] != end) postings_[i].skip_to(document);
      if (postings_[i] != end && *postings_[i] == document) each(words_[i]);
    }
  }

 private:
  std::vector<PlacedWord> words_;
  std::vector<Xapian::PostingIterator> postings_;
};

class Together : public Xapian::PostingSource {
 public:
  Together(WordPlaces places, std::uint32_t window, std::string prefix, FieldMask fields)
      : places_(std::move(places)), window_(window), prefix_(std::move(prefix)), fields_(fields) {}

  void init(const Xapian::Database& database) override {
    alternatives_.clear();
    for (const auto& words : places_) alternatives_.emplace_back(words, prefix_, database);
    found_.resize(places_.size());
    values_ = database.valuestream_begin(static_cast<Xapian::valueno>(Slot::places));
    documents_ = database.get_doccount();
    last_ = database.get_lastdocid();
    at_ = 0;
  }
  // Many, so that it is asked last: about documents that have the words.
  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return documents_; }
  Xapian::doccount get_termfreq_max() const override { return documents_; }
  void next(double) override { move_to(at_ + 1); }
  void skip_to(Xapian::docid document, double) override { move_to(std::max(document, at_)); }
  bool check(Xapian::docid document, double) override {
    at_ = document;
    return holds();
  }
  bool at_end() const override { return at_ > last_; }
  Xapian::docid get_docid() const override { return at_; }
  PostingSource* clone() const override { return new Together(places_, window_, prefix_, fields_); }  // NOLINT: Xapian deletes it
  std::string name() const override { return open_source_name(); }
  std::string serialise() const override { return open_source(); }
  std::string get_description() const override {
    std::vector<std::string> out;
    for (const auto& words : places_) out.push_back(fmt::format("{}", fmt::join(words, "|")));
    return fmt::format("{}({})", window_ == kInOrder ? "InOrder" : fmt::format("Near/{}", window_), fmt::join(out, ", "));
  }

 private:
  void move_to(Xapian::docid document) {
    for (at_ = document; at_ <= last_ && !holds(); ++at_) {
    }
  }

  bool holds() {
    const Xapian::ValueIterator end;
    if (values_ != end) values_.skip_to(at_);
    if (values_ == end || values_.get_docid() != at_) return false;
    const std::string bytes = *values_;
    words_.read(bytes);
    for (std::size_t i = 0; i < alternatives_.size(); ++i) {
      found_[i].clear();
      alternatives_[i].in(at_, [&](const PlacedWord& word) { words_.find(word, fields_, found_[i]); });
      if (found_[i].empty()) return false;
      if (alternatives_[i].size() > 1) std::ranges::sort(found_[i]);
    }
    return window_ == kInOrder ? in_order(found_) : within(found_, window_);
  }

  WordPlaces places_;
  std::uint32_t window_;
  std::string prefix_;
  FieldMask fields_;
  std::vector<Alternatives> alternatives_;
  Xapian::ValueIterator values_;
  Places words_;  // of the document, and where those looked for stand: kept for their memory
  std::vector<Positions> found_;
  Xapian::doccount documents_ = 0;
  Xapian::docid last_ = 0, at_ = 0;
};

Xapian::Query together(const WordPlaces& places, std::uint32_t window, const Row* row) {
  using Xapian::Query;
  const std::string prefix(row ? row->prefix : std::string_view());
  std::vector<Query> parts;
  for (const auto& words : places) {
    std::vector<Query> terms;
    for (const std::string& word : words) terms.emplace_back(prefix + word);
    parts.emplace_back(Query::OP_OR, terms.begin(), terms.end());
  }
  if (parts.size() < 2) return parts.empty() ? Query(Query::MatchNothing) : parts.front();
  parts.emplace_back((new Together(places, window, prefix, row ? field_of(*row) : text_fields()))->release());
  return Query(Query::OP_AND, parts.begin(), parts.end());
}

}  // namespace

Xapian::Query in_order(const WordPlaces& places, const Row* row) { return together(places, kInOrder, row); }

Xapian::Query near_each_other(const WordPlaces& places, std::uint32_t window, const Row* row) {
  return together(places, std::max<std::uint32_t>(window, static_cast<std::uint32_t>(places.size())), row);
}

}  // namespace colophon::indexer::query

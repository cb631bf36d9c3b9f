// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace Xapian {
class Database;
class Enquire;
class Query;
}  // namespace Xapian

namespace colophon::indexer {

/// Internal: the weighting of the first stage: IneB2 of the framework of divergence from randomness (Amati and van Rijsbergen 2002), c = 1,
///   wdfn = wdf · log2(1 + average length / length)
///   weight = factor · log2((N + 1) / (N · (1 − exp(−F / N)) + ½)) · (F + 1) / n · wdfn / (wdfn + 1)
/// as Xapian has it, but rounded to multiples of 2^-36: sums of weights are then the same in whatever order they are added, so that several
/// databases answer as one, and best_of_any.hpp as Xapian's matcher, to the last bit.
void weigh(Xapian::Enquire& enquire);
/// The same without rounding, as hosts know it.
void weigh_for_hosts(Xapian::Enquire& enquire);

/// Internal: what a term, or several as one, is weighed by.
struct TermStatistics {
  double documents = 0;       ///< n: with the term
  double occurrences = 0;     ///< F
  double collection = 0;      ///< N: documents in all
  double average_length = 0;  ///< of a document, in terms
  double factor = 0;          ///< of the query: how much it asks for the term
};

/// Internal: log2(1 + average length / length), remembered, for many documents are equally long.
class LengthNorms {
 public:
  explicit LengthNorms(double average_length) : average_length_(average_length) {}
  double of(std::uint32_t length) {
    Known& known = known_[length % known_.size()];
    if (known.length != length) known = {length, norm(average_length_, length)};
    return known.norm;
  }
  static double norm(double average_length, std::uint32_t length) { return std::log2(1 + average_length / length); }
  double average_length() const { return average_length_; }

 private:
  struct Known {
    std::uint32_t length = 0;
    double norm = 0;
  };
  double average_length_;
  std::vector<Known> known_ = std::vector<Known>(1u << 12);
};

/// Internal: the weight of a term in a document.
class TermWeight {
 public:
  explicit TermWeight(const TermStatistics& statistics);
  /// By `wdfn`; 0 where that is 0.
  double of(double wdfn) const { return rounded(wdfn * mean_ / (wdfn + 1.0) * idf_); }
  /// At least that of every smaller `wdfn`, as numbers are rounded.
  double at_most(double wdfn) const { return of(wdfn) + 2 * kUnit; }

 private:
  static constexpr double kUnit = 1.0 / (1ull << 36);
  // Added to what is below 2^15, leaves no digits below 2^-36.
  static double rounded(double weight) {
    constexpr double kShift = 3.0 * (1 << 15);
    return (weight + kShift) - kShift;
  }

  double idf_ = 0;   // times the factor
  double mean_ = 0;  // occurrences in a document that has it
};

/// Internal: what a query's weighted parts are weighed by: for each database of `all` its parts in the order of the query, and how many
/// documents match, estimated as a search would do. Throws Xapian's errors.
struct QueryStatistics {
  std::vector<std::vector<TermStatistics>> databases;
  std::size_t estimated = 0;
  bool exact = false;  ///< the estimate is the number
};
QueryStatistics statistics_of(const Xapian::Query& query, const Xapian::Database& all);

}  // namespace colophon::indexer

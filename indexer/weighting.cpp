// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/weighting.hpp"

#include <memory>
#include <optional>
#include <string>

#include <xapian.h>

namespace colophon::indexer {
namespace {

// What both weightings below are told by Xapian.
class WithStatistics : public Xapian::Weight {
 public:
  WithStatistics() {
    for (const stat_flags needed :
         {AVERAGE_LENGTH, DOC_LENGTH, DOC_LENGTH_MIN, COLLECTION_SIZE, WDF, WDF_MAX, WQF, COLLECTION_FREQ, TERMFREQ})
      need_stat(needed);
  }
  double get_sumextra(Xapian::termcount, Xapian::termcount) const override { return 0; }
  double get_maxextra() const override { return 0; }

 protected:
  TermStatistics statistics(double factor) const {
    return {.documents = static_cast<double>(get_termfreq()),
            .occurrences = static_cast<double>(get_collection_freq()),
            .collection = static_cast<double>(get_collection_size()),
            .average_length = get_average_length(),
            .factor = factor * get_wqf()};
  }
};

class IneB2 : public WithStatistics {
 public:
  IneB2() = default;
  IneB2* clone() const override {  // NOLINT: Xapian deletes it
    auto out = std::make_unique<IneB2>();
    out->norms_ = norms_;
    return out.release();
  }
  void init(double factor) override {
    if (factor == 0) return;  // asked for what does not depend on terms: nothing
    const TermStatistics known = statistics(factor);
    if (!*norms_ || (*norms_)->average_length() != known.average_length) norms_->emplace(known.average_length);
    weight_ = TermWeight(known);
    most_ = weight_.at_most(get_wdf_upper_bound() * (*norms_)->of(get_doclength_lower_bound()));
  }
  double get_sumpart(Xapian::termcount wdf, Xapian::termcount length, Xapian::termcount) const override {
    return wdf == 0 ? 0 : weight_.of(wdf * (*norms_)->of(length));
  }
  double get_maxpart() const override { return most_; }

 private:
  std::shared_ptr<std::optional<LengthNorms>> norms_ = std::make_shared<std::optional<LengthNorms>>();  // of one search
  TermWeight weight_{{}};
  double most_ = 0;
};

// Weighs nothing, but notes what it would be weighed by. Each database ends with a call for what does not depend on terms.
class Recorder : public WithStatistics {
 public:
  using Noted = std::vector<std::vector<TermStatistics>>;
  explicit Recorder(Noted& noted) : noted_(noted) {}
  Recorder* clone() const override { return new Recorder(noted_); }  // NOLINT: Xapian deletes it
  void init(double factor) override {
    if (factor == 0) noted_.emplace_back();
    else noted_.back().push_back(statistics(factor));
  }
  double get_sumpart(Xapian::termcount, Xapian::termcount, Xapian::termcount) const override { return 0; }
  double get_maxpart() const override { return 0; }

 private:
  Noted& noted_;
};

}  // namespace

TermWeight::TermWeight(const TermStatistics& by) {
  if (by.documents == 0 || by.collection == 0) return;
  const double expected = by.collection * (1.0 - std::exp(-by.occurrences / by.collection));
  idf_ = by.factor * std::log2((by.collection + 1.0) / (expected + 0.5));
  mean_ = (by.occurrences + 1.0) / by.documents;
}

void weigh(Xapian::Enquire& enquire) { enquire.set_weighting_scheme(IneB2()); }

void weigh_for_hosts(Xapian::Enquire& enquire) { enquire.set_weighting_scheme(Xapian::IneB2Weight(1)); }

QueryStatistics statistics_of(const Xapian::Query& query, const Xapian::Database& all) {
  QueryStatistics out;
  out.databases.emplace_back();
  Xapian::Enquire enquire(all);
  enquire.set_weighting_scheme(Recorder(out.databases));
  enquire.set_query(query);
  const Xapian::MSet none = enquire.get_mset(0, 0);
  out.databases.pop_back();
  out.estimated = none.get_matches_estimated();
  out.exact = none.get_matches_lower_bound() == none.get_matches_upper_bound();
  return out;
}

}  // namespace colophon::indexer

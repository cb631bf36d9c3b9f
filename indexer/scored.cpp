// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/scored.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <string>

#include "base/text.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

// The works of n databases are numbered in turns; the databases are told apart by their UUIDs.
using ScoresByDatabase = std::map<std::string, std::vector<Score>, std::less<>>;

class Scored : public Xapian::PostingSource {
 public:
  Scored(std::shared_ptr<const ScoresByDatabase> all, double most) : all_(std::move(all)), most_(most) {}

  void init(const Xapian::Database& database) override {
    static const std::vector<Score> kNone;
    const auto found = all_->find(database.get_uuid());
    here_ = found == all_->end() ? &kNone : &found->second;
    at_ = 0;
    begun_ = false;
    set_maxweight(most_);
  }
  Xapian::doccount get_termfreq_min() const override { return size(); }
  Xapian::doccount get_termfreq_est() const override { return size(); }
  Xapian::doccount get_termfreq_max() const override { return size(); }
  double get_weight() const override { return (*here_)[at_].weight; }
  void next(double) override {
    at_ += begun_ ? 1 : 0;
    begun_ = true;
  }
  bool at_end() const override { return at_ >= here_->size(); }
  Xapian::docid get_docid() const override { return (*here_)[at_].document; }
  PostingSource* clone() const override { return new Scored(all_, most_); }  // NOLINT: Xapian deletes it
  std::string name() const override { return "colophon::Scored"; }
  std::string get_description() const override { return "Scored"; }

 private:
  Xapian::doccount size() const { return static_cast<Xapian::doccount>(here_->size()); }

  std::shared_ptr<const ScoresByDatabase> all_;
  double most_;
  const std::vector<Score>* here_ = nullptr;
  std::size_t at_ = 0;
  bool begun_ = false;
};

}  // namespace

Xapian::Query query_of(const std::vector<Score>& scores, const Xapian::Database& all) {
  const std::string uuids = all.get_uuid();
  const auto names = split(uuids, ':');
  const auto count = static_cast<Xapian::docid>(names.size());
  auto parts = std::make_shared<ScoresByDatabase>();
  double most = 0;
  for (const Score& one : scores) {
    (*parts)[std::string(names[(one.document - 1) % count])].push_back({(one.document - 1) / count + 1, one.weight});
    most = std::max(most, one.weight);
  }
  for (auto& [name, part] : *parts) std::ranges::sort(part, {}, &Score::document);
  return Xapian::Query((new Scored(std::move(parts), most))->release());
}

}  // namespace colophon::indexer

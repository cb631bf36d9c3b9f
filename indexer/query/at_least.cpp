// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/query/at_least.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include "base/text.hpp"
#include "indexer/hosted.hpp"

#include <fmt/format.h>
#include <xapian.h>

namespace colophon::indexer::query {
namespace {

using Documents = std::vector<Xapian::docid>;
using ByDatabase = std::map<std::string, Documents, std::less<>>;  // by the database's UUID

// How many of the words each document has.
std::vector<std::uint8_t> counted(const std::vector<Alternatives>& words, const Xapian::Database& database) {
  const std::size_t size = std::size_t{database.get_lastdocid()} + 1;
  std::vector<std::uint8_t> count(size), last(size);  // last: the word that counted last, so that none counts twice
  for (std::size_t i = 0; i < std::min(words.size(), kMostWords); ++i) {
    const auto word = static_cast<std::uint8_t>(i + 1);
    for (const std::string& term : words[i]) {
      for (auto it = database.postlist_begin(term); it != database.postlist_end(term); ++it) {
        if (std::exchange(last[*it], word) != word) ++count[*it];
      }
    }
  }
  return count;
}

AtLeast enough(const std::vector<std::uint8_t>& count, std::size_t words) {
  std::array<std::size_t, kMostWords + 1> having{};
  for (const std::uint8_t one : count) ++having[one];
  AtLeast out{(words * 3 + 3) / 4, 0};
  for (std::size_t i = out.least; i <= words; ++i) out.works += having[i];
  while (out.least > 1 && out.works < kEnough) out.works += having[--out.least];
  return out;
}

// Xapian numbers the documents of n databases in turns, and calls a source once for each database without saying which it is.
ByDatabase parted(const Documents& sorted, const Xapian::Database& database) {
  const std::string uuids = database.get_uuid();
  const auto names = split(uuids, ':');
  const auto count = static_cast<Xapian::docid>(names.size());
  std::vector<Documents> parts(count);
  for (const Xapian::docid document : sorted) parts[(document - 1) % count].push_back((document - 1) / count + 1);
  ByDatabase out;
  for (std::size_t i = 0; i < names.size(); ++i) out[std::string(names[i])] = std::move(parts[i]);
  return out;
}

class Source : public Xapian::PostingSource {
 public:
  Source(std::shared_ptr<const ByDatabase> all, std::string what) : all_(std::move(all)), what_(std::move(what)) {}

  void init(const Xapian::Database& database) override {
    static const Documents kNone;
    const auto found = all_->find(database.get_uuid());
    here_ = found == all_->end() ? &kNone : &found->second;
    at_ = 0;
    begun_ = false;
    set_maxweight(0);
  }
  Xapian::doccount get_termfreq_min() const override { return size(); }
  Xapian::doccount get_termfreq_est() const override { return size(); }
  Xapian::doccount get_termfreq_max() const override { return size(); }
  void next(double) override {
    at_ += begun_ ? 1 : 0;
    begun_ = true;
  }
  void skip_to(Xapian::docid wanted, double) override {
    begun_ = true;
    at_ = static_cast<std::size_t>(std::lower_bound(here_->begin() + static_cast<std::ptrdiff_t>(at_), here_->end(), wanted) -
                                   here_->begin());
  }
  bool at_end() const override { return at_ >= here_->size(); }
  Xapian::docid get_docid() const override { return (*here_)[at_]; }
  PostingSource* clone() const override { return new Source(all_, what_); }  // NOLINT: Xapian deletes it
  std::string name() const override { return open_source_name(); }
  std::string serialise() const override { return open_source(); }
  std::string get_description() const override { return what_; }

 private:
  Xapian::doccount size() const { return static_cast<Xapian::doccount>(here_->size()); }

  std::shared_ptr<const ByDatabase> all_;
  std::string what_;
  const Documents* here_ = nullptr;
  std::size_t at_ = 0;
  bool begun_ = false;
};

Xapian::Query filter(const Documents& sorted, const Xapian::Database& database, std::string what) {
  auto* source = new Source(std::make_shared<const ByDatabase>(parted(sorted, database)), std::move(what));
  return Xapian::Query(source->release());
}

}  // namespace

Xapian::Query among(Documents documents, const Xapian::Database& database) {
  std::ranges::sort(documents);
  return filter(documents, database, fmt::format("Among({})", documents.size()));
}

Xapian::Query at_least(const std::vector<Alternatives>& words, const Xapian::Database& database, AtLeast& out) {
  const std::vector<std::uint8_t> count = counted(words, database);
  out = enough(count, std::min(words.size(), kMostWords));
  Documents found;
  for (std::size_t document = 1; document < count.size(); ++document) {
    if (count[document] >= out.least) found.push_back(static_cast<Xapian::docid>(document));
  }
  return filter(found, database, fmt::format("AtLeast({} of {})", out.least, words.size()));
}

}  // namespace colophon::indexer::query

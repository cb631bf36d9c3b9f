// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/slot_values.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include <xapian.h>

namespace colophon::indexer {

namespace {

// Along a slot: numbers of documents ascend from one call to the next.
class Walk {
 public:
  Walk(Slot slot, const Xapian::Database& database) : at_(database.valuestream_begin(static_cast<Xapian::valueno>(slot))) {}
  std::string to(std::uint32_t document) {
    const Xapian::ValueIterator end;
    if (at_ != end) at_.skip_to(document);
    return at_ != end && at_.get_docid() == document ? *at_ : std::string();
  }

 private:
  Xapian::ValueIterator at_;
};

}  // namespace

struct KeptSlot::Impl {
  Slot slot;
  const Xapian::Database& database;
  Walk walk;
  std::uint32_t last = 0;  // that the walk went to
  std::unordered_map<std::uint32_t, std::string> known = {};
};

KeptSlot::KeptSlot(Slot slot, const Xapian::Database& database)
    : impl_(std::make_unique<Impl>(Impl{slot, database, Walk(slot, database)})) {}
KeptSlot::~KeptSlot() = default;

const std::string& KeptSlot::of(std::uint32_t document) {
  Impl& self = *impl_;
  if (const auto known = self.known.find(document); known != self.known.end()) return known->second;
  if (document < self.last) self.walk = Walk(self.slot, self.database);
  self.last = document;
  return self.known.emplace(document, self.walk.to(document)).first->second;
}

std::vector<std::size_t> by_number(const std::vector<std::uint32_t>& documents) {
  std::vector<std::size_t> out(documents.size());
  std::iota(out.begin(), out.end(), 0);
  std::ranges::sort(out, {}, [&](std::size_t i) { return documents[i]; });
  return out;
}

std::vector<std::string> slot_values(Slot slot, const std::vector<std::uint32_t>& documents, const Xapian::Database& database) {
  std::vector<std::string> out(documents.size());
  Walk walk(slot, database);
  for (const std::size_t i : by_number(documents)) out[i] = walk.to(documents[i]);
  return out;
}

}  // namespace colophon::indexer

// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/slot_values.hpp"

#include <algorithm>
#include <numeric>

#include <xapian.h>

namespace colophon::indexer {

struct SlotReader::Impl {
  Xapian::ValueIterator at;
};

SlotReader::SlotReader(Slot slot, const Xapian::Database& database)
    : impl_(std::make_unique<Impl>(Impl{database.valuestream_begin(static_cast<Xapian::valueno>(slot))})) {}
SlotReader::~SlotReader() = default;

std::string SlotReader::of(std::uint32_t document) {
  const Xapian::ValueIterator end;
  if (impl_->at != end) impl_->at.skip_to(document);
  return impl_->at != end && impl_->at.get_docid() == document ? *impl_->at : std::string();
}

std::vector<std::size_t> by_number(const std::vector<std::uint32_t>& documents) {
  std::vector<std::size_t> out(documents.size());
  std::iota(out.begin(), out.end(), 0);
  std::ranges::sort(out, {}, [&](std::size_t i) { return documents[i]; });
  return out;
}

std::vector<std::string> slot_values(Slot slot, const std::vector<std::uint32_t>& documents, const Xapian::Database& database) {
  std::vector<std::string> out(documents.size());
  SlotReader reader(slot, database);
  for (const std::size_t i : by_number(documents)) out[i] = reader.of(documents[i]);
  return out;
}

}  // namespace colophon::indexer

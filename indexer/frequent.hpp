// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "indexer/changed.hpp"
#include "indexer/frequent_file.hpp"
#include "indexer/mapping.hpp"
#include "indexer/posting_list.hpp"

namespace Xapian {
class Database;
}

namespace colophon::indexer {

class Reader;

/// Internal: the lists of postings of a database's frequent terms, and of its documents the lengths and beginnings of ids, as arrays in the file `frequent` beside
/// the database's own (best_of_any.hpp says what for). Derived: without the file, or with one that is not whole or not of this database,
/// searches take longer and find the same. Memory-mapped; any number of threads.
///
/// The file says how the documents were at one commit. Those that were added, replaced or removed since are known by name (changed.hpp);
/// of too many the file is no longer used until it is made anew, which the writer does when it is closed.
class Frequent {
 public:
  /// Which databases get a file and which terms are in it.
  struct Limits {
    std::size_t fewest_documents = 20'000;
    std::size_t rarest = 200;  ///< a term in one of so many documents; rarer ones cost little to read where they are
  };

  /// None where there is no file that fits the commit which is read. Throws Xapian's errors.
  static std::optional<Frequent> of(const std::filesystem::path& dir, const Xapian::Database& index);
  /// Makes the file as of the commit that is read; a small database gets none. Errors: io; throws Xapian's.
  static Status make(const std::filesystem::path& dir, const Xapian::Database& index, const Limits& limits);
  static Status make(const std::filesystem::path& dir, const Xapian::Database& index) { return make(dir, index, Limits{}); }
  /// Whether there is none that fits, or so much has changed that there soon will be none. Throws Xapian's errors.
  static bool wanted(const std::filesystem::path& dir, const Xapian::Database& index);

  /// What changed since the file was made; none where there is no file that fits. Throws Xapian's errors.
  static std::optional<Changed> changes(const std::filesystem::path& dir, const Xapian::Database& index);

  /// Nothing where the term is not in the file. The list is valid as long as this.
  std::optional<PostingList> find(std::string_view term) const;
  /// What the lists' codes were made with.
  double average_length() const { return average_length_; }
  std::uint32_t blocks() const { return static_cast<std::uint32_t>(lengths_.size() / PostingList::kBlock); }
  /// Of a document by its number, which is in one of the blocks; kLong: so long or longer.
  std::uint16_t length(std::uint32_t document) const { return lengths_[document]; }
  static constexpr std::uint16_t kLong = 65'535;
  /// That it will be asked for soon.
  void fetch_length(std::uint32_t document) const { __builtin_prefetch(lengths_.data() + document); }
  /// The first eight bytes of a work's id, by the number of its document: as a number that orders them as the ids are.
  std::uint64_t id_begin(std::uint32_t document) const { return ids_[document]; }
  /// Whether lists and length of that document are as they are now.
  bool tells(std::uint32_t document) const {
    return document / PostingList::kBlock < blocks() && !changed_->documents().contains(document);
  }
  /// Documents of which the file tells nothing, rising.
  const std::set<std::uint32_t>& changed() const { return changed_->documents(); }

 private:
  bool lay_out(const Xapian::Database& index);
  std::string_view name(std::size_t i) const;

  std::shared_ptr<const Mapping> file_;
  double average_length_ = 0;
  std::uint64_t commit_ = 0;
  std::span<const std::uint16_t> lengths_;
  std::span<const std::uint64_t> ids_;
  std::span<const frequent_file::Term> terms_;
  std::string_view names_;
  std::optional<Changed> changed_;
};

/// Those of each of the reader's shards, in their order. Throws Xapian's errors.
std::vector<std::optional<Frequent>> lists_of(const Reader& reader);

}  // namespace colophon::indexer

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "indexer/schema.hpp"

namespace Xapian {
class Database;
class Document;
}  // namespace Xapian

namespace colophon::indexer {

/// Internal: what every document of one index has for each facet, as numbers in the order of documents: counting over a hundred thousand
/// matches is adding to small arrays. Belongs to exactly one revision of one index: kept beside it in a file that names both, mapped
/// into memory when it fits, else read from the index's own values.
class Columns {
 public:
  /// The values that there are, a year as a decimal number; the lists of values that documents have, by code, of which 0 is the empty one;
  /// and each document's code.
  struct Column {
    const Row* row = nullptr;
    std::vector<std::string> values;
    std::span<const std::uint32_t> ends;   ///< where each list ends among `ids`; it begins where the one before ends
    std::span<const std::uint32_t> ids;    ///< numbers of values
    std::span<const std::uint32_t> codes;  ///< by document number, from 0; documents beyond have none
    std::uint32_t code(std::uint32_t document) const {
      const std::uint32_t out = document < codes.size() ? codes[document] : 0;
      return out < ends.size() ? out : 0;
    }
    std::span<const std::uint32_t> list(std::size_t code) const {
      const std::size_t begin = code == 0 ? 0 : ends[code - 1], end = ends[code];
      return begin <= end && end <= ids.size() ? ids.subspan(begin, end - begin) : std::span<const std::uint32_t>();
    }
  };

  Columns(Columns&&) noexcept;
  Columns& operator=(Columns&&) noexcept;
  ~Columns();

  /// The file's when it is of this revision, else read from the index. Throws Xapian's errors.
  static Columns of(const std::filesystem::path& dir, const Xapian::Database& index);
  /// One a row with a facet, in the order of the schema.
  const std::vector<Column>& columns() const;
  /// Null for a row without a facet.
  const Column* column(const Row& row) const;
  bool from_file() const;

  /// What a document has now; the index itself is written elsewhere.
  void set(std::uint32_t document, const Xapian::Document& content);
  /// Writes the file for the index's present revision.
  Status save(const std::filesystem::path& dir, const Xapian::Database& index) const;

 private:
  struct Impl;
  explicit Columns(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

inline constexpr std::string_view kColumnsFile = "columns";

}  // namespace colophon::indexer

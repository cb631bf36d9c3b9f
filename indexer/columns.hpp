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
  /// Numbers of one, two or four bytes in host order: what is read at many places is small, so that the next place is often at hand.
  class Codes {
   public:
    Codes() = default;
    explicit Codes(std::span<const std::uint32_t> codes) : at_(codes.data()), size_(codes.size()) {}
    /// REQUIRES: aligned as such numbers are.
    Codes(std::string_view bytes, unsigned width) : at_(bytes.data()), size_(bytes.size() / width), width_(width) {}
    std::size_t size() const { return size_; }
    /// use(a span of the numbers as wide as they are).
    template <class Use>
    auto with(Use use) const {
      if (width_ == 1) return use(std::span(static_cast<const std::uint8_t*>(at_), size_));
      if (width_ == 2) return use(std::span(static_cast<const std::uint16_t*>(at_), size_));
      return use(std::span(static_cast<const std::uint32_t*>(at_), size_));
    }
    std::uint32_t operator[](std::size_t i) const {
      return with([&](auto codes) { return std::uint32_t{codes[i]}; });
    }

   private:
    const void* at_ = nullptr;
    std::size_t size_ = 0;
    unsigned width_ = sizeof(std::uint32_t);
  };

  /// The values that there are, a year as a decimal number; the lists of values that documents have, by code, of which 0 is the empty one;
  /// and each document's code.
  struct Column {
    const Row* row = nullptr;
    std::vector<std::string> values;
    std::span<const std::uint32_t> ends;  ///< where each list ends among `ids`; it begins where the one before ends
    std::span<const std::uint32_t> ids;   ///< numbers of values
    Codes codes;                          ///< by document number, from 0; documents beyond have none
    std::uint32_t code(std::uint32_t document) const {
      const std::uint32_t out = document < codes.size() ? codes[document] : 0;
      return out < ends.size() ? out : 0;
    }
    /// visit(code) for each of the documents.
    template <class Visit>
    void each_code(std::span<const std::uint32_t> documents, Visit visit) const {
      codes.with([&](auto numbers) {
        for (const std::uint32_t document : documents) {
          const std::uint32_t out = document < numbers.size() ? numbers[document] : 0;
          visit(out < ends.size() ? out : 0);
        }
      });
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/columns.hpp"

#include <algorithm>
#include <cstring>
#include <unordered_map>

#include "base/io.hpp"
#include "base/text.hpp"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <xapian.h>

namespace colophon::indexer {
namespace {

// The file: this line, the index's uuid and revision as a line, then 32-bit numbers in host order, for it is derived and stays on its
// machine: the number of columns; for each its slot, its number of values, the bytes of their texts; the number of codes; then the texts,
// each ended by a zero byte, padded to four bytes, and the codes.
constexpr std::string_view kMagic = "colophon columns 1\n";

std::string signature(const Xapian::Database& index) {
  return fmt::format("{}{} {}\n", kMagic, index.get_uuid(), index.get_revision());
}

constexpr std::size_t padded(std::size_t size) { return (size + 3) / 4 * 4; }

class Mapping {
 public:
  Mapping() = default;
  explicit Mapping(const Fd& file) {
    struct stat status{};
    if (::fstat(file.get(), &status) != 0 || status.st_size <= 0) return;
    void* const at = ::mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ, MAP_PRIVATE, file.get(), 0);
    if (at != MAP_FAILED) at_ = at, size_ = static_cast<std::size_t>(status.st_size);
  }
  Mapping(Mapping&& other) noexcept : at_(std::exchange(other.at_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  Mapping& operator=(Mapping&& other) noexcept {
    std::swap(at_, other.at_), std::swap(size_, other.size_);
    return *this;
  }
  ~Mapping() {
    if (at_) ::munmap(at_, size_);
  }
  std::string_view bytes() const { return {static_cast<const char*>(at_), size_}; }

 private:
  void* at_ = nullptr;
  std::size_t size_ = 0;
};

// Reads numbers and bytes as long as there are any.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}
  bool number(std::uint32_t& out) {
    std::string_view bytes;
    if (!take(sizeof out, bytes)) return false;
    std::memcpy(&out, bytes.data(), sizeof out);
    return true;
  }
  bool take(std::size_t size, std::string_view& out) {
    if (size > rest_.size()) return false;
    out = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return true;
  }

 private:
  std::string_view rest_;
};

std::string text_of(const Row& row, const std::string& stored) {
  if (stored.empty() || row.match != Match::year) return stored;
  return std::to_string(static_cast<int>(Xapian::sortable_unserialise(stored)));
}

}  // namespace

struct Columns::Impl {
  Mapping file;
  std::size_t header = 0;
  std::vector<Column> columns;
  std::vector<std::vector<std::uint32_t>> owned;  // codes of columns that are not the file's
  std::vector<std::unordered_map<std::string, std::uint32_t>> known;

  Impl() {
    for (const Row& row : rows()) {
      if (row.facet == Facet::yes && row.slot != Slot::none) columns.push_back({&row, {""}, {}});
    }
  }

  // Codes that may be changed, and the values' codes.
  void own() {
    if (!owned.empty()) return;
    for (const Column& column : columns) {
      owned.emplace_back(column.codes.begin(), column.codes.end());
      auto& codes = known.emplace_back();
      for (std::uint32_t code = 0; code < column.values.size(); ++code) codes.emplace(column.values[code], code);
    }
    point();
  }
  void point() {
    for (std::size_t i = 0; i < columns.size(); ++i) columns[i].codes = owned[i];
  }

  void set(std::size_t i, std::uint32_t document, const std::string& stored) {
    const std::string text = text_of(*columns[i].row, stored);
    const auto [at, fresh] = known[i].try_emplace(text, static_cast<std::uint32_t>(columns[i].values.size()));
    if (fresh) columns[i].values.push_back(text);
    if (owned[i].size() <= document) owned[i].resize(std::max<std::size_t>(document + 1, owned[i].size() + owned[i].size() / 2));
    owned[i][document] = at->second;
  }

  void read_index(const Xapian::Database& index) {
    own();
    for (std::size_t i = 0; i < columns.size(); ++i) {
      owned[i].assign(index.get_lastdocid() + 1, 0);
      const auto slot = static_cast<Xapian::valueno>(columns[i].row->slot);
      for (auto it = index.valuestream_begin(slot), end = index.valuestream_end(slot); it != end; ++it)
        set(i, it.get_docid(), *it);
    }
    point();
  }

  bool read_file(const std::filesystem::path& dir, const Xapian::Database& index) {
    const Result<Fd> opened = open_read(dir / kColumnsFile);
    if (!opened) return false;
    file = Mapping(*opened);
    const std::string signed_by = signature(index);
    if (!file.bytes().starts_with(signed_by)) return false;
    Cursor cursor(file.bytes().substr(padded(signed_by.size())));
    std::uint32_t count = 0, codes = 0;
    if (!cursor.number(count) || count != columns.size()) return false;
    std::vector<std::uint32_t> values(count), bytes(count);
    for (std::size_t i = 0; i < count; ++i) {
      std::uint32_t slot = 0;
      if (!cursor.number(slot) || !cursor.number(values[i]) || !cursor.number(bytes[i])) return false;
      if (slot != static_cast<std::uint32_t>(columns[i].row->slot)) return false;
    }
    if (!cursor.number(codes)) return false;
    for (std::size_t i = 0; i < count; ++i) {
      if (!read_column(cursor, columns[i], values[i], bytes[i], codes)) return false;
    }
    return true;
  }

  static bool read_column(Cursor& cursor, Column& column, std::uint32_t values, std::uint32_t bytes, std::uint32_t codes) {
    std::string_view texts, numbers;
    if (!cursor.take(padded(bytes), texts) || !cursor.take(std::size_t{4} * codes, numbers)) return false;
    column.values.clear();
    for (const std::string_view text : split(texts.substr(0, bytes), '\0')) column.values.emplace_back(text);
    column.values.pop_back();  // behind the last zero
    column.codes = {reinterpret_cast<const std::uint32_t*>(numbers.data()), codes};
    return column.values.size() == values && values > 0;
  }
};

Columns::Columns(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Columns::Columns(Columns&&) noexcept = default;
Columns& Columns::operator=(Columns&&) noexcept = default;
Columns::~Columns() = default;

const std::vector<Columns::Column>& Columns::columns() const { return impl_->columns; }
bool Columns::from_file() const { return impl_->owned.empty(); }

const Columns::Column* Columns::column(const Row& row) const {
  const auto found = std::ranges::find(impl_->columns, &row, &Column::row);
  return found == impl_->columns.end() ? nullptr : &*found;
}

Columns Columns::of(const std::filesystem::path& dir, const Xapian::Database& index) {
  auto impl = std::make_unique<Impl>();
  if (!impl->read_file(dir, index)) {
    impl = std::make_unique<Impl>();
    impl->read_index(index);
  }
  return Columns(std::move(impl));
}

void Columns::set(std::uint32_t document, const Xapian::Document& content) {
  impl_->own();
  for (std::size_t i = 0; i < impl_->columns.size(); ++i)
    impl_->set(i, document, content.get_value(static_cast<Xapian::valueno>(impl_->columns[i].row->slot)));
  impl_->point();
}

Status Columns::save(const std::filesystem::path& dir, const Xapian::Database& index) const {
  std::string out = signature(index);
  out.resize(padded(out.size()), '\n');
  const auto put = [&](std::size_t number) {
    const auto value = static_cast<std::uint32_t>(number);
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
  };
  const std::size_t codes = index.get_lastdocid() + 1;
  std::vector<std::string> texts;
  put(impl_->columns.size());
  for (const Column& column : impl_->columns) {
    std::string& text = texts.emplace_back();
    for (const std::string& value : column.values) text.append(value.c_str(), value.size() + 1);
    put(static_cast<std::size_t>(column.row->slot)), put(column.values.size()), put(text.size());
  }
  put(codes);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    out += texts[i];
    out.resize(padded(out.size()), '\0');
    const std::span<const std::uint32_t> all = impl_->columns[i].codes;
    const std::size_t kept = std::min(codes, all.size());
    out.append(reinterpret_cast<const char*>(all.data()), kept * 4);
    out.append((codes - kept) * 4, '\0');
  }
  return replace_file(dir / kColumnsFile, out);
}

}  // namespace colophon::indexer

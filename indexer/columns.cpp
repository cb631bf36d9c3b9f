// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/columns.hpp"

#include <algorithm>
#include <cstring>
#include <unordered_map>

#include "base/digest.hpp"
#include "base/io.hpp"
#include "base/text.hpp"
#include "indexer/mapping.hpp"

#include <fmt/format.h>
#include <xapian.h>

namespace colophon::indexer {
namespace {

// The file: this line, the index's uuid and revision as a line, then 32-bit numbers in host order, for it is derived and stays on its
// machine: the number of columns and of documents; for each column its row in the schema, its number of values, the bytes of their texts,
// the number of lists and of the numbers in them; then for each the texts, each ended by a zero byte, padded to four bytes, the ends of
// the lists, the numbers in them and the documents' codes, in the fewest bytes that hold any of them, padded, too.
constexpr std::string_view kMagic = "colophon columns 3\n";

std::string signature(const Xapian::Database& index) {
  return fmt::format("{}{} {}\n", kMagic, index.get_uuid(), index.get_revision());
}

// Of a code, by the number of lists.
constexpr unsigned width_for(std::size_t lists) { return lists <= 1u << 8 ? 1 : lists <= 1u << 16 ? 2 : 4; }

constexpr std::size_t padded(std::size_t size) { return (size + 3) / 4 * 4; }

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

using Numbers = std::vector<std::uint32_t>;

std::string term_prefix(const Row& row) { return std::string(row.prefix) + ":"; }

// What a value slot holds for a facet.
std::vector<std::string> values_in(const Row& row, const std::string& stored) {
  if (stored.empty()) return {};
  if (row.match == Match::year) return {std::to_string(static_cast<int>(Xapian::sortable_unserialise(stored)))};
  std::vector<std::string> out;
  for (const std::string_view one : split(stored, kListSeparator)) out.emplace_back(one);
  return out;
}

// A facet without a slot is the terms of its row.
std::vector<std::string> values_of(const Row& row, const Xapian::Document& document) {
  if (row.slot != Slot::none) return values_in(row, document.get_value(static_cast<Xapian::valueno>(row.slot)));
  const std::string prefix = term_prefix(row);
  std::vector<std::string> out;
  auto term = document.termlist_begin();
  for (term.skip_to(prefix); term != document.termlist_end() && (*term).starts_with(prefix); ++term)
    out.push_back((*term).substr(prefix.size()));
  return out;
}

// A column that can be changed.
struct Owned {
  Numbers ends{0}, ids, codes;
  std::unordered_map<std::string, std::uint32_t> values;
  std::unordered_multimap<std::uint64_t, std::uint32_t> lists;  // by the digest of their numbers

  static std::uint64_t digest(std::span<const std::uint32_t> list) {
    return fnv1a({reinterpret_cast<const char*>(list.data()), list.size_bytes()});
  }

  explicit Owned(const Columns::Column& column)
      : ends(column.ends.begin(), column.ends.end()),
        ids(column.ids.begin(), column.ids.end()),
        codes(column.codes.with([](auto numbers) { return Numbers(numbers.begin(), numbers.end()); })) {
    if (ends.empty()) ends.push_back(0);
    for (std::uint32_t value = 0; value < column.values.size(); ++value) values.emplace(column.values[value], value);
    for (std::uint32_t code = 0; code < column.ends.size(); ++code) lists.emplace(digest(column.list(code)), code);
  }

  std::uint32_t value(const std::string& text, std::vector<std::string>& texts) {
    const auto [at, fresh] = values.try_emplace(text, static_cast<std::uint32_t>(texts.size()));
    if (fresh) texts.push_back(text);
    return at->second;
  }

  std::uint32_t code_of(const Numbers& list) {
    if (list.empty()) return 0;
    const auto [first, last] = lists.equal_range(digest(list));
    for (auto it = first; it != last; ++it) {
      const std::size_t begin = it->second == 0 ? 0 : ends[it->second - 1];
      if (std::ranges::equal(std::span(ids).subspan(begin, ends[it->second] - begin), list)) return it->second;
    }
    const auto code = static_cast<std::uint32_t>(ends.size());
    ids.insert(ids.end(), list.begin(), list.end());
    ends.push_back(static_cast<std::uint32_t>(ids.size()));
    lists.emplace(digest(list), code);
    return code;
  }

  void set(std::uint32_t document, const Numbers& list) {
    if (codes.size() <= document) codes.resize(std::max<std::size_t>(document + 1, codes.size() + codes.size() / 2));
    codes[document] = code_of(list);
  }
};

}  // namespace

struct Columns::Impl {
  Mapping file;
  std::vector<Column> columns;
  std::vector<Owned> owned;  // none while the columns are the file's

  Impl() {
    for (const Row& row : rows()) {
      if (row.facet == Facet::yes) columns.push_back({&row, {}, {}, {}, {}});
    }
  }

  void own() {
    if (!owned.empty()) return;
    for (const Column& column : columns) owned.emplace_back(column);
    point();
  }
  void point() {
    for (std::size_t i = 0; i < columns.size(); ++i)
      columns[i].ends = owned[i].ends, columns[i].ids = owned[i].ids, columns[i].codes = Codes(owned[i].codes);
  }

  Numbers numbered(std::size_t i, const std::vector<std::string>& values) {
    Numbers out;
    for (const std::string& value : values) out.push_back(owned[i].value(value, columns[i].values));
    return out;
  }

  void read_index(const Xapian::Database& index) {
    own();
    for (std::size_t i = 0; i < columns.size(); ++i) {
      owned[i].codes.assign(index.get_lastdocid() + 1, 0);
      if (columns[i].row->slot == Slot::none) read_terms(i, index);
      else read_slot(i, index);
    }
    point();
  }

  void read_slot(std::size_t i, const Xapian::Database& index) {
    const auto slot = static_cast<Xapian::valueno>(columns[i].row->slot);
    for (auto it = index.valuestream_begin(slot), end = index.valuestream_end(slot); it != end; ++it)
      owned[i].set(it.get_docid(), numbered(i, values_in(*columns[i].row, *it)));
  }

  void read_terms(std::size_t i, const Xapian::Database& index) {
    const std::string prefix = term_prefix(*columns[i].row);
    std::vector<Numbers> lists(index.get_lastdocid() + 1);
    for (auto term = index.allterms_begin(prefix); term != index.allterms_end(prefix); ++term) {
      const std::uint32_t value = owned[i].value((*term).substr(prefix.size()), columns[i].values);
      for (auto at = index.postlist_begin(*term); at != index.postlist_end(*term); ++at) lists[*at].push_back(value);
    }
    for (std::uint32_t document = 0; document < lists.size(); ++document) owned[i].set(document, lists[document]);
  }

  bool read_file(const std::filesystem::path& dir, const Xapian::Database& index) {
    file = Mapping(dir / kColumnsFile);
    const std::string signed_by = signature(index);
    if (!file.bytes().starts_with(signed_by) || file.bytes().size() < padded(signed_by.size())) return false;
    Cursor cursor(file.bytes().substr(padded(signed_by.size())));
    std::uint32_t count = 0, documents = 0;
    if (!cursor.number(count) || count != columns.size() || !cursor.number(documents)) return false;
    std::vector<Sizes> sizes(count);
    for (std::size_t i = 0; i < count; ++i) {
      Sizes& one = sizes[i];
      for (std::uint32_t* part : {&one.row, &one.values, &one.bytes, &one.lists, &one.ids}) {
        if (!cursor.number(*part)) return false;
      }
      if (one.row != number_of(*columns[i].row)) return false;
    }
    for (std::size_t i = 0; i < count; ++i) {
      if (!read_column(cursor, columns[i], sizes[i], documents)) return false;
    }
    return true;
  }

  struct Sizes {
    std::uint32_t row = 0, values = 0, bytes = 0, lists = 0, ids = 0;
  };
  static std::uint32_t number_of(const Row& row) { return static_cast<std::uint32_t>(&row - rows().data()); }

  static bool take_numbers(Cursor& cursor, std::size_t count, std::span<const std::uint32_t>& out) {
    std::string_view bytes;
    if (!cursor.take(count * sizeof(std::uint32_t), bytes)) return false;
    out = {reinterpret_cast<const std::uint32_t*>(bytes.data()), count};
    return true;
  }

  static bool read_column(Cursor& cursor, Column& column, const Sizes& sizes, std::uint32_t documents) {
    std::string_view texts, codes;
    const unsigned width = width_for(sizes.lists);
    const std::size_t bytes = std::size_t{documents} * width;
    if (!cursor.take(padded(sizes.bytes), texts) || !take_numbers(cursor, sizes.lists, column.ends) ||
        !take_numbers(cursor, sizes.ids, column.ids) || !cursor.take(padded(bytes), codes))
      return false;
    column.codes = Codes(codes.substr(0, bytes), width);
    column.values.clear();
    for (const std::string_view text : split(texts.substr(0, sizes.bytes), '\0')) column.values.emplace_back(text);
    column.values.pop_back();  // behind the last zero
    return column.values.size() == sizes.values && sizes.lists > 0;
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
    impl_->owned[i].set(document, impl_->numbered(i, values_of(*impl_->columns[i].row, content)));
  impl_->point();
}

namespace {

// Of so many documents; the later ones have none.
void put_codes(const Columns::Column& column, std::size_t documents, std::string& out) {
  const unsigned width = width_for(column.ends.size());
  const std::size_t end = out.size() + documents * width;
  const auto put = [&](auto number) { out.append(reinterpret_cast<const char*>(&number), sizeof number); };
  for (std::size_t i = 0; i < std::min(documents, column.codes.size()); ++i) {
    const std::uint32_t code = column.codes[i];
    if (width == 1) put(static_cast<std::uint8_t>(code));
    else if (width == 2) put(static_cast<std::uint16_t>(code));
    else put(code);
  }
  out.resize(end, '\0');
  out.resize(padded(end), '\0');
}

}  // namespace

Status Columns::save(const std::filesystem::path& dir, const Xapian::Database& index) const {
  std::string out = signature(index);
  out.resize(padded(out.size()), '\n');
  const auto put = [&](std::span<const std::uint32_t> numbers) {
    out.append(reinterpret_cast<const char*>(numbers.data()), numbers.size_bytes());
  };
  const auto put_sizes = [&](std::initializer_list<std::size_t> sizes) {
    for (const std::size_t size : sizes) {
      const auto number = static_cast<std::uint32_t>(size);
      put({&number, 1});
    }
  };
  const std::size_t documents = index.get_lastdocid() + 1;
  std::vector<std::string> texts;
  put_sizes({impl_->columns.size(), documents});
  for (const Column& column : impl_->columns) {
    std::string& text = texts.emplace_back();
    for (const std::string& value : column.values) text.append(value.c_str(), value.size() + 1);
    put_sizes({Impl::number_of(*column.row), column.values.size(), text.size(), column.ends.size(), column.ids.size()});
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const Column& column = impl_->columns[i];
    out += texts[i];
    out.resize(padded(out.size()), '\0');
    put(column.ends), put(column.ids);
    put_codes(column, documents, out);
  }
  return replace_file(dir / kColumnsFile, out);
}

}  // namespace colophon::indexer
